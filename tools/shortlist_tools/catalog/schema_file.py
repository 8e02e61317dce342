"""Schema files: YAML that people edit, read with errors that name the line and written with comments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from shortlist_tools.catalog.errors import SchemaError
from shortlist_tools.catalog.schema import Field, Schema


def load_schema(path: Path | str) -> Schema:
    """Return the schema of a YAML file.

    Raises:
        SchemaError: If the file cannot be read or is no schema; names file, line and what is wrong there.
    """
    path = Path(path)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SchemaError(f"cannot read schema file {path}: {error}") from error
    return parse_schema(text, str(path))


def parse_schema(text: str, name: str = "schema") -> Schema:
    """Return the schema written in `text`; `name` is what errors call it.

    Raises:
        SchemaError: As `load_schema`.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise SchemaError(f"{name}{line}: not valid YAML: {getattr(error, 'problem', None) or error}") from error
    if not isinstance(data, dict) or node is None:
        raise SchemaError(f"{name}:1: expected a mapping with 'fields'")
    try:
        return Schema.model_validate(_stringed(data))
    except ValidationError as error:
        problems = [
            f"{name}:{_line(node, each['loc'])}: {'.'.join(map(str, each['loc'])) or 'schema'}: {each['msg']}"
            for each in error.errors()[:8]
        ]
        raise SchemaError("\n".join(problems)) from error


def dump_schema(schema: Schema, comments: Mapping[str, str] | None = None, decisions: tuple[str, ...] = ()) -> str:
    """Return `schema` as YAML to edit: `decisions` at the top, each field's comment (by name) above it."""
    comments = comments or {}
    data = schema.model_dump(exclude_defaults=True, mode="json")
    lines = [
        "# The catalog's schema. Edit it and ingest again: names people use, units, roles, what is asked and shown."
    ]
    lines += [f"# {line}" for decision in decisions for line in decision.splitlines()]
    head = {"name": schema.name, "languages": list(schema.languages)}
    head |= {key: data[key] for key in ("id", "rates", "roles") if key in data}
    lines.append(_yaml(head).rstrip())
    lines.append("fields:")
    for field in schema.fields:
        if field.name in comments:
            lines.append(f"  # {comments[field.name]}")
        lines += [("  - " if number == 0 else "    ") + line for number, line in enumerate(_field_lines(field))]
    return "\n".join(lines) + "\n"


def save_schema(
    schema: Schema, path: Path | str, comments: Mapping[str, str] | None = None, decisions: tuple[str, ...] = ()
) -> None:
    """Write `schema` to a YAML file, whole or not at all.

    Raises:
        SchemaError: If the file cannot be written.
    """
    path = Path(path)
    temporary = path.with_name(path.name + ".new")
    try:
        temporary.write_text(dump_schema(schema, comments, decisions), "utf-8")
        temporary.replace(path)
    except OSError as error:
        raise SchemaError(f"cannot write schema file {path}: {error}") from error


def _field_lines(field: Field) -> list[str]:
    data = field.model_dump(exclude_defaults=True, mode="json")
    values = data.pop("values", {})
    lines = _yaml(data).rstrip().splitlines()
    if values:
        lines.append("values:")
        lines += [f"  {_flow(value)}: {_flow(words)}" for value, words in values.items()]
    return lines


def _yaml(data: Mapping[str, Any]) -> str:
    return "".join(f"{key}: {_flow(value)}\n" for key, value in data.items())


def _flow(value: Any) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10**6, sort_keys=False)
    return text.strip().removesuffix("...").strip()


def _stringed(data: dict[str, Any]) -> dict[str, Any]:
    """Undo YAML's reading of words such as `no`, `on` and 1994 as booleans and numbers, where a word is meant."""
    fields = data.get("fields")
    for field in fields if isinstance(fields, list) else ():
        values = field.get("values") if isinstance(field, dict) else None
        if isinstance(values, list):
            field["values"] = {str(value): {} for value in values}
        elif isinstance(values, dict):
            field["values"] = {_key(value): words or {} for value, words in values.items()}
    return data


def _key(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _line(node: yaml.Node, location: tuple[int | str, ...]) -> int:
    line = int(node.start_mark.line) + 1
    for step in location:
        found: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if str(getattr(key, "value", "")) == str(step):
                    found, line = value, int(key.start_mark.line) + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = node.value[step]
            line = int(found.start_mark.line) + 1
        if found is None:
            return line
        node = found
    return line
