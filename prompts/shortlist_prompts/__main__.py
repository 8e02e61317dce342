"""`python -m shortlist_prompts lock|check|list`: release new prompt versions, check the released ones, list them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from shortlist_prompts.errors import PromptError
from shortlist_prompts.library import FOLDER, LOCK, Prompts, differences, read_files, read_lock


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 when all is well, 1 when something must be mended."""
    parser = argparse.ArgumentParser(prog="python -m shortlist_prompts", description=__doc__)
    parser.add_argument("command", choices=["lock", "check", "list"])
    parser.add_argument("--folder", type=Path, default=FOLDER, help="folder of the prompts")
    parser.add_argument("--force", action="store_true", help="lock: also accept changes of locked versions")
    options = parser.parse_args(arguments)
    try:
        lines, code = {"lock": _lock, "check": _check, "list": _list}[options.command](options)
    except PromptError as error:
        lines, code = [str(error)], 1
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return code


def _lock(options: argparse.Namespace) -> tuple[list[str], int]:
    prompts, old = read_files(options.folder), read_lock(options.folder)
    new = {f"{ident}@{version}": prompt.file.digest for (ident, version), prompt in sorted(prompts.items())}
    changed = [name for name in old if new.get(name) != old[name]]
    if changed and not options.force:
        return [*differences(prompts, {name: old[name] for name in changed} | new | old)], 1
    (options.folder / LOCK).write_text(json.dumps(new, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    added = sorted(new.keys() - old.keys())
    return [f"{LOCK}: {len(new)} versions, new: {', '.join(added) or 'none'}"], 0


def _check(options: argparse.Namespace) -> tuple[list[str], int]:
    return [f"{len(Prompts.load(options.folder))} versions are as released"], 0


def _list(options: argparse.Namespace) -> tuple[list[str], int]:
    prompts = Prompts.load(options.folder)
    lines = []
    for prompt in prompts:
        pointing = [label for label, versions in prompts.labels.items() if versions.get(prompt.id) == prompt.version]
        lines.append(f"{prompt.ref}  {prompt.output:<15} {', '.join(pointing) or '-':<12} {prompt.file.front.why}")
    return lines, 0


if __name__ == "__main__":
    sys.exit(main())
