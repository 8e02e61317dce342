"""The tree of errors is whole, drawn as it is, and costs nothing to import."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator

import shortlist
import shortlist.errors
import shortlist_prompts
import shortlist_tools
from shortlist.errors import ShortlistError


def every_error(cls: type[ShortlistError]) -> Iterator[type[ShortlistError]]:
    for child in cls.__subclasses__():
        yield child
        yield from every_error(child)


def test_every_error_of_every_package_is_in_the_tree() -> None:
    for package in (shortlist_prompts, shortlist_tools, shortlist):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    found = {
        cls.__name__
        for cls in every_error(ShortlistError)
        if cls.__module__.partition(".")[0] in {"shortlist", "shortlist_tools", "shortlist_prompts"}
    }
    assert found | {"ShortlistError"} == set(shortlist.errors.__all__)


def test_each_name_gives_its_class_and_stands_in_the_drawing_under_its_parent() -> None:
    parents: dict[str, str] = {}
    line_of: list[tuple[int, str]] = []
    for line in (shortlist.errors.__doc__ or "").splitlines():
        if match := re.match(r"(?P<before>[ │├└─]*)(?P<name>\w+Error)\b", line):
            depth = len(match["before"])
            while line_of and line_of[-1][0] >= depth:
                line_of.pop()
            parents[match["name"]] = line_of[-1][1] if line_of else ""
            line_of.append((depth, match["name"]))
    for name in shortlist.errors.__all__:
        cls = getattr(shortlist.errors, name)
        assert cls.__name__ == name
        assert parents[name] in {base.__name__ for base in cls.__bases__} | {""}
    assert set(parents) == set(shortlist.errors.__all__)


def test_the_names_are_sorted() -> None:
    assert shortlist.errors.__all__ == sorted(shortlist.errors.__all__)


def test_importing_the_errors_imports_nothing_else() -> None:
    heavy = "('pydantic', 'sqlalchemy', 'numpy')"
    code = f"import sys, shortlist.errors; print(sum(m.startswith({heavy}) for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
