"""What stands in the slots of training sentences: goods, prices and numbers of things, and what is personal."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from importlib import resources

from shortlist_evals.masking.training.numbers import Numbers
from shortlist_evals.masking.training.people import People
from shortlist_evals.masking.training.streets import Streets
from shortlist_prompts.word_files import load_words
from shortlist_tools.masking import Kind

PERSONAL: dict[str, Kind] = {
    "name": "name", "surname": "name", "given": "name", "called": "name", "child": "name", "foreign": "name",
    "phone": "phone", "address": "address", "postcode": "address", "identity": "identity", "plate": "identity",
    "card": "card", "cvv": "card", "last4": "card", "account": "account", "account8": "account", "sortcode": "account",
    "handle": "account", "nick": "account", "athandle": "account", "qq": "account", "email": "email",
}  # fmt: skip
"""The slots that hold personal data, and its kind."""
_ENGLISH_TOO = 0.15
_LISTS = {
    "product": "products", "color": "colors", "author": "authors", "actor": "actors", "singer": "singers",
    "character": "characters", "place": "places", "month": "months", "time": "times", "size": "sizes",
    "commonname": "words_and_names", "nationality": "nationalities", "homonym": "words_like_names", "artist": "artists",
    "town": "towns", "plain": "plain_words", "small": "small_things", "goods": "goods", "adjective": "adjectives",
}  # fmt: skip


@cache
def word_lists() -> dict[str, dict[str, list[str]]]:
    """Return the lists of `fillers.yaml` and `forms.yaml`, by part and name."""
    folder = resources.files(__package__)
    read = load_words("".join(folder.joinpath(file).read_text("utf-8") for file in ("fillers.yaml", "forms.yaml")))
    return {
        part: {name: [one.strip() for one in words.split(",")] for name, words in lists.items()}
        for part, lists in read.items()
    }


class Fillers:
    """Fills slots by chance.

    Args:
        chance: Where chance comes from.
        language: `en` or `zh`.
    """

    def __init__(self, chance: random.Random, language: str) -> None:
        lists = word_lists()
        self._chance = chance
        self._chinese = language == "zh"
        self._english, self._words = lists["english"], lists["chinese" if self._chinese else "english"]
        self._numbers = Numbers(chance, lists, self._chinese)
        self._people = People(chance, lists, self._chinese)
        self._streets = Streets(chance, lists, self._chinese, self._people)

    def fill(self, slot: str) -> str:
        """Return words for `slot`.

        Raises:
            KeyError: If no filler has that name.
        """
        made: dict[str, Callable[[], str]] = {
            "want": self._want,
            "thing": lambda: self._chance.choice(["the ", "my ", "two ", "a "]) + self._one("products"),
            "Product": lambda: self._one("products").title(),
            "Color": lambda: self._one("colors").title(),
            "Goods": lambda: self._english_one("goods_names"),
            "BrandCaps": lambda: self._english_one("brands").upper(),
            "brand": self._brand,
            "price": self._price,
            "date": self._date,
            "title": self._title,
            "year": lambda: str(self._chance.randint(1950, 2027)),
            "age": lambda: str(self._chance.randint(1, 80)),
            "currency": lambda: self._chance.choice(["dollars", "euros", "pounds", "bucks"]),
            "coined": lambda: self._english_one("coined_heads") + self._english_one("coined_tails"),
            "phrase": self._people.phrase,
            "business": self._people.business,
            "coupon": lambda: self._english_one("coupons") + self._numbers.digits(2),
        }
        if slot in made:
            return made[slot]()
        if slot in _LISTS:
            return self._listed(_LISTS[slot])
        for source in (self._numbers, self._people, self._streets):
            if slot in source.SLOTS:
                return source.fill(slot)
        raise KeyError(slot)

    def _one(self, name: str) -> str:
        return self._chance.choice(self._words[name])

    def _english_one(self, name: str) -> str:
        return self._chance.choice(self._english[name])

    def _listed(self, name: str) -> str:
        """Return one of a list, in Chinese sometimes an English one."""
        if name not in self._words:
            return self._english_one(name)
        foreign = name in ("authors", "actors", "singers", "characters") and self._chance.random() < _ENGLISH_TOO
        return self._english_one(name) if foreign else self._one(name)

    def _want(self) -> str:
        chance = self._chance
        if chance.random() < _ENGLISH_TOO:
            return self._one("brands") + self._one("products") if self._chinese else self._branded()
        if self._chinese:
            kind = self._one("products" if chance.random() < 0.85 else "words_like_names")
            return (self._one("adjectives") if chance.random() < 0.5 else "") + kind
        adjective = self._one("adjectives") + " " if chance.random() < 0.6 else ""
        article = chance.choice(["a ", "a ", "a ", "some ", ""])
        return article + adjective + self._one("products") + ("" if article == "a " else "s")

    def _branded(self) -> str:
        return f"a {self._one('brands')} {self._one('products')}"

    def _brand(self) -> str:
        if self._chinese and self._chance.random() < 0.8:
            return self._one("brands")
        brand = self._english_one("brands")
        return brand if self._chance.random() < 0.75 else brand.lower()

    def _title(self) -> str:
        title = self._one("titles")
        return f"《{title}》" if self._chinese and self._chance.random() < 0.5 else title

    def _price(self) -> str:
        chance = self._chance
        amount = chance.choice(
            [
                str(chance.randint(5, 99)),
                str(chance.randint(1, 30) * 50),
                str(chance.randint(1000, 9999)),
                f"{chance.randint(1, 999)}.{chance.choice(['99', '50', '00'])}",
                f"{chance.randint(1, 9)},{self._numbers.digits(3)}",
            ]
        )
        if self._chinese:
            spelt = self._one("sums") + chance.choice(["块", "元", ""])
            return chance.choice([f"{amount}元", f"{amount}块", f"¥{amount}", amount, spelt, f"{amount}rmb"])
        forms = ["$%s", "£%s", "€%s", "%s dollars", "%s euros", "%s quid", "%s", "%s bucks", "$ %s", "%s$", "%s usd"]
        return chance.choice(forms) % amount

    def _date(self) -> str:
        chance = self._chance
        day, month = chance.randint(1, 28), chance.randint(1, 12)
        if chance.random() < 0.25:
            return self._one("days")
        if self._chinese:
            return chance.choice(
                [f"{month}月{day}号", f"2026年{month}月", f"{month}.{day}", f"2025-{month:02}-{day:02}"]
            )
        return chance.choice(
            [f"{day} {self._one('months')}", f"{month}/{day}/2026", f"2026-{month:02}-{day:02}", f"{day}.{month}.2025"]
        )
