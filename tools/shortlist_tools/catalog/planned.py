"""Which schema an ingest reads its files by: the one given, or one inferred and joined with the catalog's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from shortlist_tools.catalog.inference import SAMPLE, infer
from shortlist_tools.catalog.reading import Rows
from shortlist_tools.catalog.schema import Schema
from shortlist_tools.catalog.schema_file import load_schema


@dataclass(frozen=True)
class Plan:
    """The schema to read by, each field's comment for the YAML file, and what was decided."""

    schema: Schema
    comments: Mapping[str, str]
    decisions: tuple[str, ...]


def plan_schema(given: Schema | Path | str | None, rows: Rows, name: str, own: Schema) -> Plan:
    """Return the plan: `given` as it is, or one inferred from `rows`, whose fields give way to the catalog's `own`.

    Args:
        given: A schema, or the YAML file of one.
        rows: The rows of the files; they are only looked at.
        name: What an inferred schema is called.
        own: The catalog's schema.

    Raises:
        IngestError: If a file cannot be read or holds no row.
        SchemaError: If the schema file is wrong.
    """
    if isinstance(given, Schema):
        return Plan(given, {}, ())
    if given is not None:
        return Plan(load_schema(given), {}, (f"the schema is the one of {Path(given).name}",))
    inferred = infer(rows.look(SAMPLE), name=name)
    if not own.fields:
        return Plan(inferred.schema, inferred.comments, inferred.decisions)
    return Plan(joined(own, inferred.schema), inferred.comments, (*inferred.decisions, *_news(own, inferred.schema)))


def joined(own: Schema, new: Schema) -> Schema:
    """Return `own` with the fields and roles that only `new` has, read by `new`'s id."""
    fields = own.fields + tuple(field for field in new.fields if field.name not in own.by_name)
    languages = own.languages + tuple(code for code in new.languages if code not in own.languages)
    update = {"fields": fields, "roles": {**new.roles, **own.roles}, "languages": languages, "id": new.id}
    return own.model_copy(update=update)


def _news(own: Schema, new: Schema) -> Iterator[str]:
    added = [field.name for field in new.fields if field.name not in own.by_name]
    yield f"fields added to the catalog's schema: {', '.join(added)}" if added else "no field is new to the catalog"
    for field in new.fields:
        old = own.get(field.name)
        if old is not None and old.kind != field.kind:
            yield f"'{field.name}' looks like a {field.kind} here but is a {old.kind} in the catalog: read as that"
