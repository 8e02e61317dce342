"""Every table says whether it holds what belongs to users."""

from __future__ import annotations

from sqlalchemy import Column, MetaData, String, Table

from shortlist_tools.store import belonging, impersonal, personal, personal_tables, tables, undeclared


def test_every_table_says_whether_it_is_personal_and_how_it_is_erased() -> None:
    assert undeclared(tables.metadata) == ()
    for table in personal_tables(tables.metadata):
        how = belonging(table)
        assert how is not None
        assert how.user in table.c
        assert how.age is None or how.age in table.c


def test_a_table_that_declares_nothing_is_told_and_erased_all_the_same() -> None:
    metadata = MetaData()
    Table("a", metadata, Column("user_id", String))
    Table("b", metadata, Column("person", String), info=personal("person"))
    Table("c", metadata, Column("user_id", String), info=impersonal("hashes"))
    assert undeclared(metadata) == ("a",)
    assert [table.name for table in personal_tables(metadata)] == ["a", "b"]
