"""What people with similar histories turned to: models over the interactions of all users, and their scores for one."""

from shortlist_tools.ranking.collaborative.als import Als
from shortlist_tools.ranking.collaborative.choosing import Chooser, Chosen, fit_ours, judged, parts_of
from shortlist_tools.ranking.collaborative.ease import Ease, FittedEase, ease_weights
from shortlist_tools.ranking.collaborative.errors import ArtefactError, InteractionsError, TrainingError
from shortlist_tools.ranking.collaborative.interactions import (
    Interaction,
    Interactions,
    interactions_from,
    interactions_of,
)
from shortlist_tools.ranking.collaborative.item_item import FittedItems, ItemItem
from shortlist_tools.ranking.collaborative.ours import NEW_ITEM, Mix, Ours, Settings
from shortlist_tools.ranking.collaborative.popular import FittedPopular, Popular, RecentPopular
from shortlist_tools.ranking.collaborative.protocol import Fitted, Recipe, Scores, standard
from shortlist_tools.ranking.collaborative.recency import Recency
from shortlist_tools.ranking.collaborative.signal import CollaborativeSignal
from shortlist_tools.ranking.collaborative.sparse import shared
from shortlist_tools.ranking.collaborative.successions import Successions
from shortlist_tools.ranking.collaborative.tower import (
    Features,
    FittedTower,
    Tower,
    TowerScores,
    check_features,
    project,
)
from shortlist_tools.ranking.collaborative.validation import Split, best, mean_ndcg, ndcg_of, split_last

__all__ = [
    "NEW_ITEM",
    "Als",
    "ArtefactError",
    "Chooser",
    "Chosen",
    "CollaborativeSignal",
    "Ease",
    "Features",
    "Fitted",
    "FittedEase",
    "FittedItems",
    "FittedPopular",
    "FittedTower",
    "Interaction",
    "Interactions",
    "InteractionsError",
    "ItemItem",
    "Mix",
    "Ours",
    "Popular",
    "Recency",
    "RecentPopular",
    "Recipe",
    "Scores",
    "Settings",
    "Split",
    "Successions",
    "Tower",
    "TowerScores",
    "TrainingError",
    "best",
    "check_features",
    "ease_weights",
    "fit_ours",
    "interactions_from",
    "interactions_of",
    "judged",
    "mean_ndcg",
    "ndcg_of",
    "parts_of",
    "project",
    "shared",
    "split_last",
    "standard",
]
