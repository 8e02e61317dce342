"""Which schema an ingest reads its files by: the one given, or one inferred and joined with the catalog's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shortlist_tools.catalog.files import read_rows
from shortlist_tools.catalog.inference import infer
from shortlist_tools.catalog.schema import Schema
from shortlist_tools.catalog.schema_file import load_schema


@dataclass(frozen=True)
class Plan:
    """The schema to read by, each field's comment for the YAML file, and what was decided."""

    schema: Schema
    comments: Mapping[str, str]
    decisions: tuple[str, ...]


def plan_schema(given: Schema | Path | str | None, paths: Sequence[Path], own: Schema) -> Plan:
    """Return the plan: `given` as it is, or one inferred from the files, whose fields give way to the catalog's `own`.

    Raises:
        IngestError: If a file cannot be read or holds no row.
        SchemaError: If the schema file is wrong.
    """
    if isinstance(given, Schema):
        return Plan(given, {}, ())
    if given is not None:
        return Plan(load_schema(given), {}, (f"the schema is the one of {Path(given).name}",))
    name = paths[0].name.partition(".")[0]
    inferred = infer(_rows(paths), name=name)
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


def _rows(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        for row in read_rows(path):
            if row.values is not None:
                yield row.values
