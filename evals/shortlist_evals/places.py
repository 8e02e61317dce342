"""Where evals read and write: the project's suites and results, and the evaluation data beside the project."""

from __future__ import annotations

import os
from pathlib import Path

from shortlist_prompts.errors import OperatorError

VARIABLE = "SHORTLIST_EVAL_DATA"


class DataMissingError(OperatorError):
    """The evaluation data is not where it is looked for; the suite is skipped, with the reason."""


def project_root() -> Path:
    """Return the project's root: of this checkout, or the working directory where the package is installed apart."""
    checkout = Path(__file__).resolve().parents[2]
    return checkout if (checkout / "evals" / "suites").is_dir() else Path.cwd()


def suites_dir() -> Path:
    """Return the folder that holds a folder of cases for each suite."""
    return project_root() / "evals" / "suites"


def results_dir() -> Path:
    """Return the folder of results."""
    return project_root() / "evals" / "results"


def data_dir(*parts: str) -> Path:
    """Return the folder of the evaluation data, or what lies at `parts` in it.

    Raises:
        DataMissingError: If it is not there; says where it was looked for and how to say where it is.
    """
    folder = Path(os.environ.get(VARIABLE) or project_root().parent / "shared" / "data")
    wanted = folder.joinpath(*parts)
    if not wanted.exists():
        raise DataMissingError(f"no evaluation data at {wanted}; say where it is with {VARIABLE}=FOLDER")
    return wanted
