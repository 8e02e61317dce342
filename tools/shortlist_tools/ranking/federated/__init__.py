"""Training everybody's weights where the events stay with those who hold them."""

from shortlist_tools.ranking.federated.client import Client, Update, clipped
from shortlist_tools.ranking.federated.server import Plan, fit

__all__ = ["Client", "Plan", "Update", "clipped", "fit"]
