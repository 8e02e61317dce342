"""Which suites there are, what each measures and needs, and how one is run."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from shortlist_evals.places import DataMissingError, data_dir
from shortlist_prompts.errors import CallerError


class SuiteError(CallerError):
    """A suite does not exist, or does not take an option; says which do."""


@dataclass(frozen=True)
class Suite:
    """One suite: its module `shortlist_evals.NAME` has `run(...) -> dict` and `render(result)`.

    Attributes:
        name: Its name, and that of its folder of cases.
        measures: What it measures, in a few words.
        data: The folder of the evaluation data without which it cannot run, or None.
        catalogs: Over which catalogs it runs: `demo`, or folders of the evaluation data.
        scorers: Its scorers with their versions; a scorer that counts otherwise gets a new version.
        headline: The metrics that tell most about it, the first one most of all; score tables and plots show these.
    """

    name: str
    measures: str
    data: str | None = None
    catalogs: tuple[str, ...] = ("demo",)
    scorers: tuple[str, ...] = ()
    headline: tuple[str, ...] = ()

    def missing(self) -> str | None:
        """Return why it cannot run here, or None when it can."""
        if self.data is None:
            return None
        try:
            data_dir(self.data)
        except DataMissingError as error:
            return str(error)
        return None

    def module(self) -> ModuleType:
        """Return its module, loaded now."""
        return import_module(f"shortlist_evals.{self.name}")

    def run(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Run it with the options that were given; those that are None were not.

        Raises:
            SuiteError: If it does not take an option.
            DataMissingError: If its data is absent.
        """
        if self.data is not None:
            data_dir(self.data)
        run = self.module().run
        takes = inspect.signature(run).parameters
        given = {name: value for name, value in options.items() if value is not None}
        refused = sorted(set(given) - set(takes) - {"progress"})
        if refused:
            allowed = (
                ", ".join(f"--{name.replace('_', '-')}" for name in takes if name in options and name != "progress")
                or "none"
            )
            flags = ", ".join(f"--{name.replace('_', '-')}" for name in refused)
            raise SuiteError(f"suite {self.name!r} does not take {flags}; it takes: {allowed}")
        result: dict[str, Any] = run(**{name: value for name, value in given.items() if name in takes})
        return result


_CONVERSATION = (
    "asked_before_guess/1", "calls/1", "claim_support/1", "contribution/1", "cost/1", "hit/1", "language_match/1",
    "latency/1", "ledger/1", "mrr/1", "ndcg/1", "policy_violations/1", "question_usefulness/1", "regret/1",
    "reply_length/1", "requirement_satisfaction/1", "tokens/1", "unknown_items/1",
)  # fmt: skip
"""What `scorers.versions()` returns, written down so that the list of suites loads nothing."""

SUITES: dict[str, Suite] = {
    suite.name: suite
    for suite in (
        Suite("chorus", "graded search: nDCG of words, meaning and both", "chorus", ("chorus", "litemall", "demo"),
              ("ndcg@10/1", "judged_ndcg@10/1", "unjudged@10/1")),
        Suite("contribution", "what a turn costs, and what the model adds to it", None, ("demo",),
              ("calls/1", "tokens/1", "contribution/1")),
        Suite("conversations", "recorded conversations, replayed and judged, and what the model added", None, ("demo",),
              ("calls/1", "tokens/1", "contribution/1", "expectations/1", "violations/1"),
              ("kept", "calls", "tokens", "sentences_kept")),
        Suite("crosswoz", "Chinese dialogues: requirements heard, slates that fit, what a human chose", "crosswoz",
              ("crosswoz/database",), ("requirements/1", "satisfied/1", "recall@10/1"),
              ("recall", "precision", "satisfied", "recall@10")),
        Suite("invariants", "random conversations in which nothing may be invented or forgotten", None,
              ("demo", "chorus"), ("violations/1",)),
        Suite("masking", "personal data in free text: what is masked of it, and what else is", None, (),
              ("spans/1",), ("recall", "precision", "right")),
        Suite("movielens", "what people rate next: collaborative models, new movies, and what a history is worth",
              "movielens", ("movielens",), ("ndcg@10/1", "recall@10/1"), ("ndcg@10", "recall@10")),
        Suite("personas", "shoppers with a hidden target and taste: how soon it is found, cold and warm", None,
              ("demo",), ("hits/1", "regret/1"), ("success", "hit@1", "turns", "regret")),
        Suite("plain", "a plain tool-calling agent beside Shortlist, on 15 cases of tau_rec and 15 of shop", "tau-rec",
              ("tau-rec", "demo"), ("passed/1", "violations/1", "invented/1"),
              ("passed", "violations", "invented", "tokens")),
        Suite("profiles", "generated shoppers whose tastes are known: what their profiles tell, and what of it is true",
              None, ("demo",), ("interests/1", "drift/1", "facts/1", "price/1", "people/1", "edges/1"),
              ("primary_precision", "primary_recall", "drift_found", "true_facts", "price_spearman", "identity")),
        Suite("prompts", "recorded calls of every version of each prompt: plans by their rows, drafts by what holds",
              None, ("demo",), ("plan/1", "draft/1", "understand/1"), ("recall", "precision", "kept", "told")),
        Suite("ranking", "simulations: learned weights, narrowing, exploration, fairness, kinds, federated training",
              None, ("demo",), ("planted/1",), ("rank_correlation", "hit@3", "turns")),
        Suite("reader", "requirements read from the user's words: F1 of ledger entries", None, ("demo",),
              ("ledger_f1/1",), ("f1", "right")),
        Suite("redial", "movie dialogues: recall of what a person recommended next", "redial", ("redial",),
              ("recall/1", "all_recall/1"), ("recall@10", "recall@1", "recall@50")),
        Suite("reviews", "goods found by what only their reviews say", "litemall", ("litemall",),
              ("recall@10/1", "mrr/1", "ndcg@10/1"), ("ndcg@10", "recall@10", "mrr")),
        Suite("shop", "conversations of every class over the demo shop: expectations, promises, and what shoppers get",
              None, ("demo",), _CONVERSATION, ("passed", "satisfied", "ledger_recall", "ndcg@3")),
        Suite("tau_rec", "scripted movie goers with hidden goals, and every policy of a movie desk", "tau-rec",
              ("tau-rec",), ("reward/1", "first_right/1"), ("reward", "first_right", "satisfied", "questions")),
        Suite("understanding", "topics and opinions read from reviews, against stars and labels", None,
              ("demo", "litemall"), ("agreement/1",)),
        Suite("wishes", "implicit wishes: the model against the built-in planner", None, ("demo",),
              ("hit@3/1", "bad@3/1"), ("hit@3", "bad@3")),
    )
}  # fmt: skip


def suite(name: str) -> Suite:
    """Return the suite called `name`.

    Raises:
        SuiteError: If there is none; names those there are.
    """
    found = SUITES.get(name)
    if found is None:
        raise SuiteError(f"no suite is called {name!r}; there are: {', '.join(sorted(SUITES))}")
    return found
