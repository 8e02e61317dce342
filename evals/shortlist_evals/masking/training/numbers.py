"""Numbers for training sentences: of people, made by the rules they are given by, and of things."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_SPELT = "零一二三四五六七八九"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MISTYPED = 0.2
_PROVINCES = "京沪粤浙苏鲁川鄂湘豫冀皖闽陕辽渝津"


class Numbers:
    """Makes numbers by chance.

    Args:
        chance: Where chance comes from.
        lists: Those of `fillers.yaml`.
        chinese: Whether they stand in a Chinese sentence.
    """

    SLOTS = frozenset(
        ("phone", "identity", "plate", "card", "cvv", "last4", "account", "account8", "sortcode", "qq", "ordernumber",
         "serial", "isbn", "model", "number", "digit")
    )  # fmt: skip

    def __init__(self, chance: random.Random, lists: Mapping[str, Mapping[str, Sequence[str]]], chinese: bool) -> None:
        self._chance = chance
        self._forms, self._english = lists["forms"], lists["english"]
        self._chinese = chinese
        self._language = "chinese" if chinese else "english"

    def fill(self, slot: str) -> str:
        """Return a number for `slot`, one of `SLOTS`."""
        forms = {"ordernumber": "order", "serial": "serial", "isbn": "isbn", "model": "model", "sortcode": "sort_code"}
        if slot in forms:
            return self.form(forms[slot])
        lengths = {
            "cvv": (3, 3, 4),
            "last4": (4,),
            "account8": (8,),
            "qq": (5, 6, 7, 8, 9, 9, 9, 10, 10),
            "digit": (1,),
        }
        if slot in lengths:
            return (
                self._from_one(self._chance.choice(lengths[slot]))
                if slot == "qq"
                else self.digits(self._chance.choice(lengths[slot]))
            )
        if slot == "number":
            return self._from_one(self._chance.choice((1, 2, 2, 3, 4)))
        made = {"phone": self._phone, "identity": self._identity, "plate": self._plate, "card": self._card,
                "account": self._account}  # fmt: skip
        return made[slot]()

    def digits(self, count: int) -> str:
        """Return `count` digits."""
        return "".join(self._chance.choice("0123456789") for _ in range(count))

    def form(self, name: str) -> str:
        """Return a number in one of the forms of that name: 0 is any digit, 9 one from 2 on, A a capital letter."""
        kinds = {"0": "0123456789", "9": "23456789", "A": _LETTERS}
        return "".join(
            self._chance.choice(kinds[sign]) if sign in kinds else sign
            for sign in self._chance.choice(self._forms[name])
        )

    def _from_one(self, count: int) -> str:
        return self._chance.choice("123456789") + self.digits(count - 1)

    def _phone(self) -> str:
        chance = self._chance
        if chance.random() < (0.75 if self._chinese else 0.04):
            return self._mobile()
        if not self._chinese and chance.random() < 0.04:
            words = [*self._english["digits"], "oh"]
            return " ".join(chance.choice(words) for _ in range(chance.choice((7, 10, 11))))
        return self.form(f"phone_{self._language}")

    def _mobile(self) -> str:
        """Return a mobile number of mainland China, grouped, spelt or with the code of the country at times."""
        chance = self._chance
        number, style = "1" + chance.choice("3456789") + self.digits(9), chance.random()
        if style < 0.2:
            number = chance.choice("- .").join((number[:3], number[3:7], number[7:]))
        elif style < 0.25:
            number = f"{number[:3]} {number[3:6]} {number[6:]}"
        elif style < 0.31:
            number = f"{number[:5]} {number[5:]}"
        elif style < 0.37:
            number = "".join(chance.choice("一幺") if one == "1" else _SPELT[int(one)] for one in number)
        return (chance.choice(("+86", "+86 ", "86", "0086 ", "+86-")) if chance.random() < 0.12 else "") + number

    def _identity(self) -> str:
        if not self._chinese or self._chance.random() < 0.5:
            return self.form(f"identity_{self._language}")
        chance = self._chance
        born = f"{chance.randint(1950, 2012)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        number = chance.choice("123456") + self.digits(5) + born + self.digits(3)
        total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=True))
        number += "10X98765432"[total % 11] if chance.random() > _MISTYPED else chance.choice("0123456789Xx")
        return number if chance.random() < 0.9 else f"{number[:6]} {number[6:14]} {number[14:]}"

    def _plate(self) -> str:
        number = self.form(f"plate_{self._language}")
        if not self._chinese:
            return number if self._chance.random() < 0.8 else number.lower()
        return (
            self._chance.choice(_PROVINCES)
            + self._chance.choice(_LETTERS)
            + self._chance.choice(("", "", "·", " "))
            + number
        )

    def _card(self) -> str:
        chance = self._chance
        if chance.random() < 0.12:
            number = self._checked(chance.choice(("34", "37")) + self.digits(12))
            return number if chance.random() < 0.4 else f"{number[:4]} {number[4:10]} {number[10:]}"
        begun = chance.choice(("4", "51", "52", "55", "4", "62", "6225", "6217", "6222"))
        length = 19 if begun.startswith("62") and chance.random() < 0.6 else 16
        number = self._checked(begun + self.digits(length - 1 - len(begun)))
        if chance.random() < 0.4:
            return number
        sign = chance.choice((" ", " ", " ", "-", "-", ".", "  ", " - "))
        return sign.join(number[at : at + 4] for at in range(0, length, 4))

    def _checked(self, number: str) -> str:
        """Return `number` with the check digit of payment cards (ISO/IEC 7812), mistyped at times."""
        doubled = [int(one) * (2 - place % 2) for place, one in enumerate(reversed(number))]
        right = str(-sum(one - 9 if one > 9 else one for one in doubled) % 10)
        return number + (right if self._chance.random() > _MISTYPED else self.digits(1))

    def _account(self) -> str:
        if self._chinese or self._chance.random() < 0.6:
            return self.form(f"account_{self._language}")
        form = self.form("iban")
        land, rest = form[:2], form[2:]
        number = f"{land}{98 - int(''.join(str(int(one, 36)) for one in rest + land + '00')) % 97:02}{rest}"
        return (
            number if self._chance.random() < 0.5 else " ".join(number[at : at + 4] for at in range(0, len(number), 4))
        )
