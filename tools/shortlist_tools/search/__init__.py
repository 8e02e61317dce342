"""Search by meaning and by words, inside exact requirements; vector indexes that survive what happens to them."""

from shortlist_tools.search.chroma import ChromaIndex
from shortlist_tools.search.embedders import (
    BuiltInEmbedder,
    Embedder,
    LangChainEmbedder,
    OpenAICompatibleEmbedder,
    meanings,
)
from shortlist_tools.search.errors import EmbeddingError, IndexUnusableError, VectorServerError
from shortlist_tools.search.exact import ExactIndex
from shortlist_tools.search.fusion import WEIGHTS, Candidates, Weights, fuse
from shortlist_tools.search.index import Neighbour, VectorIndex
from shortlist_tools.search.lexical import LexicalIndex
from shortlist_tools.search.measuring import recall_of
from shortlist_tools.search.nearest import Nearest
from shortlist_tools.search.said import (
    Passage,
    asked_of,
    count_of,
    known,
    passages,
    priced_by,
    speaking,
    speaks_to_a_machine,
    told_by,
)
from shortlist_tools.search.searcher import Hit, Searcher, Status
from shortlist_tools.search.texts import MeaningText, SearchText, meaning_texts, search_texts
from shortlist_tools.search.wished import Stance, entitled, other_sort, sorted_out, stance, tellers

__all__ = [
    "WEIGHTS",
    "BuiltInEmbedder",
    "Candidates",
    "ChromaIndex",
    "Embedder",
    "EmbeddingError",
    "ExactIndex",
    "Hit",
    "IndexUnusableError",
    "LangChainEmbedder",
    "LexicalIndex",
    "MeaningText",
    "Nearest",
    "Neighbour",
    "OpenAICompatibleEmbedder",
    "Passage",
    "SearchText",
    "Searcher",
    "Stance",
    "Status",
    "VectorIndex",
    "VectorServerError",
    "Weights",
    "asked_of",
    "count_of",
    "entitled",
    "fuse",
    "known",
    "meaning_texts",
    "meanings",
    "other_sort",
    "passages",
    "priced_by",
    "recall_of",
    "search_texts",
    "sorted_out",
    "speaking",
    "speaks_to_a_machine",
    "stance",
    "tellers",
    "told_by",
]
