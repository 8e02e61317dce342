"""The model card: what a model was fitted on, how well it ranks, for whom, and what it keeps of people."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from shortlist_tools.ranking.fusion import FusionModel

FORMAT = 1


class Slice(BaseModel):
    """One part of the users, with nDCG@10 of the model and of popularity alone on what they chose last."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    users: int
    ndcg: float
    popular: float


class Card(BaseModel):
    """What is to be known of a trained model.

    Attributes:
        format: Of the artefact.
        method: `ease` or `item-item` for what is told from which items, the latter for large catalogs.
        users: Users who were learnt from.
        items: Items that enough of them turned to.
        interactions: Of users with items, each pair once.
        first: Time of the first, as an ISO 8601 day; None without any.
        last: Time of the last.
        people: How many users stand behind everything that is kept.
        pairs: Pairs of items that are kept.
        ndcg: nDCG@10 on what each user chose last, held out while the settings were chosen.
        popular: The same of popularity alone.
        slices: Both by how much was known of the user.
        settings: What was chosen, by name.
        seed: Of what is drawn.
        checksum: Of all the files of the model; the same events and catalog give the same one on the same machine.
        fusion: Everybody's weights of signals, learned from logged slates; None where there were too few of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    method: str
    users: int
    items: int
    interactions: int
    first: str | None
    last: str | None
    people: int
    pairs: int
    ndcg: float
    popular: float
    slices: tuple[Slice, ...]
    settings: dict[str, float | int | str | None]
    seed: int
    checksum: str = ""
    fusion: FusionModel | None = None


def card_text(card: Card) -> str:
    """Return the card as a page in plain words."""
    window = f"from {card.first} to {card.last}" if card.first else "none"
    lines = [
        "# Model card: what people with similar histories turn to",
        "",
        f"- Learnt from {card.users:,} users and {card.interactions:,} interactions ({window}), of those who allow it.",
        f"- Knows {card.items:,} items and {card.pairs:,} pairs of items; each was chosen by at least {card.people} "
        "users, so that nothing in it tells of one person. It holds no user ids.",
        f"- nDCG@10 on what each user chose last: {card.ndcg:.3f}; popularity alone: {card.popular:.3f}. What was "
        "held out for this served to choose the settings too, so both are a little flattering.",
        f"- Method: {card.method}, successions and content; seed {card.seed}; checksum {card.checksum}.",
        "",
        "| known of the user | users | nDCG@10 | popularity alone |",
        "|---|---:|---:|---:|",
    ]
    lines += [f"| {one.name} | {one.users:,} | {one.ndcg:.3f} | {one.popular:.3f} |" for one in card.slices]
    lines += ["", "| setting | chosen |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in card.settings.items()]
    lines += ["", *_weights(card.fusion)]
    return "\n".join(lines) + "\n"


def _weights(fusion: FusionModel | None) -> list[str]:
    if fusion is None:
        return ["Weights of signals: as without training, since too few slates with reactions were logged."]
    told = f"Weights of signals, learned from {fusion.slates:,} slates with {fusion.reactions:,} likings:"
    rows = [f"| {name} | {value:.3f} |" for name, value in fusion.weights.model_dump().items()]
    return [told, "", "| signal | weight |", "|---|---:|", *rows]


def write_card(folder: Path, card: Card) -> None:
    """Write the card for machines (`card.json`) and for people (`card.md`)."""
    (folder / "card.json").write_text(card.model_dump_json(indent=1) + "\n", encoding="utf-8")
    (folder / "card.md").write_text(card_text(card), encoding="utf-8")
