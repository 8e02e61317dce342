"""The child process of a probe: `python -m shortlist_tools.search.probing DIRECTORY`; exit code 0 means sound."""

from __future__ import annotations

import sys
from pathlib import Path

from shortlist_tools.search.probe import examine

if __name__ == "__main__":
    problem = examine(Path(sys.argv[1]))
    if problem:
        sys.stderr.write(problem + "\n")
    sys.exit(3 if problem else 0)
