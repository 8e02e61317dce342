"""Evals judge: suites of cases, scripted users, scorers, recordings and benchmarks over the whole of Shortlist."""

from shortlist_evals.places import DataMissingError, data_dir
from shortlist_evals.results import comparable, read_result, write_result
from shortlist_evals.suites import SUITES, Suite, SuiteError, suite

__all__ = [
    "SUITES",
    "DataMissingError",
    "Suite",
    "SuiteError",
    "comparable",
    "data_dir",
    "read_result",
    "suite",
    "write_result",
]
