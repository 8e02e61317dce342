"""Addresses for training sentences, as they are written in several lands."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from shortlist_evals.masking.training.numbers import Numbers
from shortlist_evals.masking.training.people import People

_SPELT = "零一二三四五六七八九"


class Streets:
    """Makes addresses by chance.

    Args:
        chance: Where chance comes from.
        lists: Those of `fillers.yaml`.
        chinese: Whether they stand in a Chinese sentence.
        people: Gives names, which many streets have.
    """

    SLOTS = frozenset(("address", "postcode"))

    def __init__(
        self, chance: random.Random, lists: Mapping[str, Mapping[str, Sequence[str]]], chinese: bool, people: People
    ) -> None:
        self._chance = chance
        self._words = lists["chinese" if chinese else "english"]
        self._chinese = chinese
        self._people = people
        self._numbers = Numbers(chance, lists, chinese)

    def fill(self, slot: str) -> str:
        """Return words for `slot`, one of `SLOTS`."""
        if slot == "postcode":
            return (
                str(self._chance.randint(100000, 899999)) if self._chinese else self._numbers.form("postcode_english")
            )
        return self._chinese_address() if self._chinese else self._english_address()

    def _one(self, name: str) -> str:
        return self._chance.choice(self._words[name])

    def _english_address(self) -> str:
        chance = self._chance
        address = self._place_of_its_own() if chance.random() < 0.4 else self._street()
        city, state = self._one("cities"), self._one("states")
        code, style = self._numbers.form("postcode_english"), chance.random()
        if style < 0.25:
            address += f", {city}"
        elif style < 0.4:
            address += f"{chance.choice([', ', ' '])}{city}, {state} {chance.randint(10000, 99999)}"
        elif style < 0.6:
            address += f", {city}{chance.choice([', ', ' '])}{code}"
        elif style < 0.66:
            address += f", {code}"
        elif style < 0.7:
            address += f" {city}"
        return address if chance.random() < 0.85 else address.lower()

    def _street(self) -> str:
        chance = self._chance
        number = str(chance.randint(1, chance.choice((30, 200, 2000, 12000)))) + chance.choice(["", "", "", "a", "B"])
        style = chance.random()
        if style < 0.55:
            street = self._one("streets")
        elif style < 0.88:
            street = self._people.surname()
        else:
            street = self._one("numbered_streets")
        return f"{number} {street} {self._one('street_types')}"

    def _place_of_its_own(self) -> str:
        """Return a box, a house with a name, a flat, or a street of another land."""
        chance, street = self._chance, self._street()
        number, door = chance.randint(1, 220), self._door()
        named = f"{self._one('streets')} {self._one('houses')}"
        quarter = self._one("quarters")
        abroad = chance.choice(
            [
                self._one("foreign_streets"),
                f"{self._people.surname('de_DE')}straße",
                f"Rue {self._people.surname('fr_FR')}",
                f"Via {self._people.surname('it_IT')}",
                f"Calle {self._people.surname('es_ES')}",
            ]
        )
        forms = [
            f"{self._one('boxes')} {chance.randint(10, 99999)}",
            f"{abroad}{chance.choice([' ', ', '])}{number}{chance.choice(['', '', 'a', 'B'])}",
            f"{self._one('doors')} {door}, {street}",
            f"{self._one('doors')} {door}, {named}, {street}",
            f"{named}, {street}",
            f"{street}{chance.choice([' apt ', ', Apt ', ' #', ', unit ', ', flat ', ' Suite ', ', fl '])}{door}",
            f"Blk {number} {quarter} Ave {chance.randint(1, 9)} #{self._numbers.digits(2)}-{self._numbers.digits(3)}",
            f"{chance.choice(['Plot', 'House', 'No.', 'H.No.'])} {number}, {quarter}",
        ]
        return chance.choices(forms, [2, 3, 3, 2, 2, 3, 1, 1])[0]

    def _door(self) -> str:
        number = self._chance.randint(1, 40)
        letter = self._chance.choice("ABCDEF")
        return self._chance.choice([str(number), str(number), f"{number}{letter}", letter, f"{letter}{number}", "402"])

    def _chinese_address(self) -> str:
        chance = self._chance
        written, width = "", chance.random()
        if width < 0.25:
            written += self._one("provinces")
        if width < 0.6:
            written += self._one("cities") + chance.choice(["市", "市", ""])
        if width < 0.75:
            written += self._one("districts")
        if chance.random() < 0.08:
            written += self._one("townships") + chance.choice(["街道", "镇", "乡"])
        style = chance.random()
        if style < 0.6:
            counter = chance.choice(["号", "号", "号", "弄", "巷", "号院", f"-{chance.randint(1, 9)}号"])
            written += self._one("roads") + chance.choice(["路", self._one("road_types")])
            written += self._count(chance.choice((50, 300, 2000))) + counter
            written += self._one("estates") if chance.random() < 0.3 else ""
        elif style < 0.68:
            written += self._one("villages") + chance.choice("村屯庄湾") + self._count(12) + chance.choice("组队号")
        else:
            written += self._one("estates")
        inside = self._inside()
        if style >= 0.68 and not inside:
            inside = self._count(38) + chance.choice(["号", "栋", "幢", "号楼"])
        code = f"{chance.choice([',邮编', ' ', '(邮编'])}{chance.randint(100000, 899999)}"
        return written + inside + (code if chance.random() < 0.06 else "")

    def _inside(self) -> str:
        """Return the building, floor and door of a Chinese address, or nothing."""
        chance = self._chance
        floor, door = chance.randint(1, 33), self._numbers.digits(2)
        forms = [
            self._count(38) + chance.choice(["栋", "幢", "号楼", "座", "栋楼"])
            + chance.choice(["", self._count(6) + "单元"]) + f"{floor}{door}" + chance.choice(["室", "", "房", "号"]),
            f"{chance.randint(1, 38)}-{chance.randint(1, 4)}" + chance.choice([f"-{floor}0{door[0]}", f"0{door[0]}"]),
            chance.choice("ABCDE") + chance.choice("座栋区幢")
            + chance.choice([f"{floor}楼", f"{floor}{door}室", f"{floor}{door}", f"{floor}层"]),
            self._count(33) + chance.choice("楼层") + chance.choice(["", f"{floor}{door}室"]),
            chance.choice(["宿舍", "公寓", ""]) + self._count(20) + chance.choice(["号楼", "栋", "舍"]) + door,
            "",
        ]  # fmt: skip
        return chance.choices(forms, [28, 12, 10, 8, 6, 36])[0]

    def _count(self, most: int) -> str:
        number = str(self._chance.randint(1, most))
        return number if self._chance.random() < 0.9 else "".join(_SPELT[int(one)] for one in number)
