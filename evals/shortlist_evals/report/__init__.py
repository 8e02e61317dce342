"""The report: results, differences and conversations on one HTML page that needs nothing else."""

from shortlist_evals.report.page import build, write

__all__ = ["build", "write"]
