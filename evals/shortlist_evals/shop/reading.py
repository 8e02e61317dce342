"""Reads the files of cases strictly: a slip is named with its file, its line, and what is expected there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from shortlist_evals.places import suites_dir
from shortlist_evals.scorers import ScorerError
from shortlist_evals.shop.cases import CLASSES, LANGUAGES, Case
from shortlist_prompts.errors import CallerError

_FILE = re.compile(r"(?P<kind>[a-z-]+)-(?P<language>[a-z]{2})\.yaml")


class CaseError(CallerError):
    """A case cannot be used, or there is none; says where, and what is expected."""


def read_cases(split: str | None = None, folder: Path | None = None) -> list[Case]:
    """Return the cases of the suite, in the order of files and of the cases in them.

    Args:
        split: Only those of this class or language (`gift`, `zh`), or of both (`gift-zh`).
        folder: Where the files are; those of the project by default.

    Raises:
        CaseError: If a file cannot be used, two cases have one name, or none is left.
    """
    place = folder or suites_dir() / "shop"
    known = [*CLASSES, *LANGUAGES, *(f"{kind}-{language}" for kind in CLASSES for language in LANGUAGES)]
    if split is not None and split not in known:
        raise CaseError(
            f"no class and no language is called {split!r}; there are: {', '.join((*CLASSES, *LANGUAGES))}, "
            "and both together, such as gift-zh"
        )
    found = [case for path in sorted(place.glob("*.yaml")) for case in read_file(path)]
    if not found:
        raise CaseError(f"{place}: no cases; expected files CLASS-LANG.yaml with a list of cases, see README.md there")
    chosen = [case for case in found if split in (None, case.kind, case.language, f"{case.kind}-{case.language}")]
    if not chosen:
        raise CaseError(f"{place}: no case is of {split!r}; there are {len(found)} others")
    return chosen


def read_file(path: Path) -> list[Case]:
    """Return the cases of one file.

    Raises:
        CaseError: If the name, the YAML or a case cannot be used, or two cases have one name.
    """
    named = _FILE.fullmatch(path.name)
    if named is None or named["kind"] not in CLASSES or named["language"] not in LANGUAGES:
        raise CaseError(f"{path}: expected CLASS-LANG.yaml with a class of {', '.join(CLASSES)}, and en or zh")
    root = _composed(path)
    if not isinstance(root, yaml.SequenceNode) or not root.value:
        raise CaseError(f"{path}, line 1: expected a list of cases, each beginning with `- name:`")
    cases = [_case(path, node, named["kind"], named["language"]) for node in root.value]
    for place, case in enumerate(cases):
        if case.name in [one.name for one in cases[:place]]:
            raise CaseError(f"{path}, line {_line(root.value[place])}: a second case is called {case.name!r}")
    return cases


def _composed(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_text("utf-8"), yaml.SafeLoader)
    except OSError as error:
        raise CaseError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CaseError(f"{path}: expected UTF-8: {error}") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise CaseError(f"{path}{line}: no YAML: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise CaseError(f"{path}: no YAML: {error}") from error


def _case(path: Path, node: yaml.Node, kind: str, language: str) -> Case:
    try:
        return Case.model_validate(_built(path, node)).placed(kind, language)
    except ValidationError as error:
        faults = [_fault(one["loc"], one["msg"], node) for one in error.errors()]
        raise CaseError(f"{path}, {'; '.join(faults[:3])}") from error
    except ScorerError as error:
        raise CaseError(f"{path}, line {_line(_at(node, ('scorers',)))}: {error}") from error


def _built(path: Path, node: yaml.Node) -> Any:
    """Return what `node` holds; a key that stands twice is a slip, not a value that wins."""
    for one in _nodes(node):
        keys = [key.value for key, _ in one.value] if isinstance(one, yaml.MappingNode) else []
        for place, key in enumerate(keys):
            if key in keys[:place]:
                raise CaseError(f"{path}, line {_line(one.value[place][0])}: {key!r} stands twice")
    try:
        return yaml.constructor.SafeConstructor().construct_document(node)
    except yaml.YAMLError as error:
        raise CaseError(f"{path}, line {_line(node)}: no usable value: {error}") from error


def _nodes(node: yaml.Node) -> Iterator[yaml.Node]:
    yield node
    for child in node.value if isinstance(node, yaml.MappingNode | yaml.SequenceNode) else ():
        for one in child if isinstance(child, tuple) else (child,):
            yield from _nodes(one)


def _fault(loc: Sequence[str | int], message: str, node: yaml.Node) -> str:
    where = ".".join(str(part) for part in loc if part != "any_of") or "the case"
    return f"line {_line(_at(node, loc))}: {where}: {message[:1].lower()}{message[1:]}"


def _at(node: yaml.Node, loc: Sequence[str | int]) -> yaml.Node:
    """Return the node at `loc`, or the nearest around it that the file has."""
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == part), node)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
    return node


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
