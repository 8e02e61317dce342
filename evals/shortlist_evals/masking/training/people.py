"""Names of people for training sentences, and what is made of them: addresses of mail and ids at networks."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module

_LOCALES = {
    "en_US": 6, "en_GB": 5, "en_IN": 4, "en_IE": 2, "en_NZ": 1, "en_PK": 2, "en_KE": 1, "en_NG": 3, "de_DE": 2,
    "fr_FR": 2, "es_ES": 3, "es_MX": 2, "it_IT": 2, "nl_NL": 2, "tr_TR": 1, "sv_SE": 2, "pt_BR": 2, "vi_VN": 2,
    "zh_CN": 3, "zh_TW": 2, "ja_JP": 2, "id_ID": 2, "cs_CZ": 1, "da_DK": 1, "fi_FI": 1, "hu_HU": 1, "ro_RO": 1,
    "hr_HR": 1, "yo_NG": 2, "tw_GH": 1, "zu_ZA": 1, "az_AZ": 1, "uz_UZ": 1, "sw": 1, "no_NO": 1, "ga_IE": 1, "en": 3,
}  # fmt: skip
"""How often names of a land are drawn."""
_FIRSTS = ("first_names", "first_names_male", "first_names_female", "first_romanized_names")
_LASTS = ("last_names", "last_romanized_names")
_USUAL = 0.35
"""How often a Chinese given name is one that many have."""
_LATIN = re.compile(r"[A-Za-zÀ-ž' -]{2,20}")
_SMALL = re.compile("[^a-z]")


@cache
def latin_names() -> dict[str, tuple[list[str], list[str]]]:
    """Return first names and surnames in Latin letters by locale, as the package Faker lists them."""
    found = {}
    for locale in _LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        found[locale] = (_listed(provider, _FIRSTS), _listed(provider, _LASTS))
    return {locale: names for locale, names in found.items() if all(names)}


def _listed(provider: type, attributes: Sequence[str]) -> list[str]:
    names: set[str] = set()
    for attribute in attributes:
        held = getattr(provider, attribute, None) or ()
        names |= {one for one in held if isinstance(one, str)} if not isinstance(held, property) else set()
    return sorted(name for name in names if _LATIN.fullmatch(name))


class People:
    """Makes names by chance.

    Args:
        chance: Where chance comes from.
        lists: Those of `fillers.yaml`.
        chinese: Whether they stand in a Chinese sentence.
    """

    SLOTS = frozenset(("name", "surname", "given", "called", "child", "foreign", "email", "handle", "nick", "athandle"))

    def __init__(self, chance: random.Random, lists: Mapping[str, Mapping[str, Sequence[str]]], chinese: bool) -> None:
        self._chance = chance
        self._english, self._words = lists["english"], lists["chinese"]
        self._chinese = chinese
        self._surnames = "".join(self._words["surnames"]).replace(" ", "")
        self._weights = [max(1, 200 - place) for place in range(len(self._surnames))]
        self._given = "".join(self._words["given"]).replace(" ", "")
        self._locales = list(latin_names())
        self._shares = [_LOCALES[locale] for locale in self._locales]

    def fill(self, slot: str) -> str:
        """Return words for `slot`, one of `SLOTS`."""
        if slot == "name":
            return self._chinese_name() if self._chinese != (self._chance.random() < 0.02) else self._latin_name()
        if slot == "surname":
            return self._chinese_surname() if self._chinese else self._small_at_times(self.surname())
        if slot in ("given", "called", "child", "foreign"):
            return self._chinese_call(slot)
        if slot == "email":
            return self._email()
        if slot == "nick":
            return self._nick()
        if slot == "athandle" and self._chinese and self._chance.random() < 0.4:
            return "@" + self._nick()
        return ("@" if slot == "athandle" or self._chance.random() < 0.07 else "") + self._handle()

    def first(self, locale: str = "") -> str:
        """Return a first name."""
        if not locale and self._chance.random() < 0.1:
            return self._chance.choice(self._english["names_and_words"])
        return self._chance.choice(latin_names()[locale or self._locale()][0])

    def surname(self, locale: str = "") -> str:
        """Return a surname in Latin letters."""
        return self._chance.choice(latin_names()[locale or self._locale()][1])

    def _locale(self) -> str:
        return self._chance.choices(self._locales, self._shares)[0]

    def _small_at_times(self, name: str) -> str:
        style = self._chance.random()
        return name.upper() if style < 0.06 else name.lower() if style < 0.2 else name

    def _latin_name(self) -> str:
        chance, locale = self._chance, self._locale()
        first, last = self.first("" if chance.random() < 0.15 else locale), self.surname(locale)
        style = chance.random()
        if style < 0.42:
            return self._small_at_times(first)
        if style < 0.82:
            return self._small_at_times(f"{first} {last}")
        middle = chance.choice("ABCDEFGHJKLMNPRSTW")
        forms = [
            f"{first[0]}. {last}",
            f"{first} {middle}. {last}",
            f"{first} {last[0]}",
            f"{first} {last[0]}.",
            f"{last}, {first}",
            f"{first}-{self.first(locale)}",
            f"{first} {last}-{self.surname(locale)}",
            f"{first} {chance.choice(self._english['particles'])} {last}",
        ]
        return self._small_at_times(chance.choice(forms))

    def _chinese_surname(self) -> str:
        if self._chance.random() < 0.06:
            return self._chance.choice(self._words["compound_surnames"])
        return self._chance.choices(self._surnames, self._weights)[0]

    def _chinese_given(self) -> str:
        if self._chance.random() < _USUAL:
            return self._chance.choice(self._words["given_names"])
        style = self._chance.random()
        first = self._chance.choice(self._given)
        return first if style < 0.35 else first + (self._chance.choice(self._given) if style < 0.9 else first)

    def _chinese_call(self, slot: str) -> str:
        """Return what people call each other (or are called abroad), without the whole of a Chinese name."""
        chance, given = self._chance, self._chinese_given()
        if slot == "called":
            return chance.choice("小小老老阿大") + (self._chinese_surname() if chance.random() < 0.75 else given[0])
        if slot == "given":
            return given[0] + chance.choice(self._given) if len(given) == 1 or chance.random() < 0.1 else given
        if slot == "child":
            forms = [
                given[0] * 2,
                "小" + given[0],
                given[0] + chance.choice("宝仔妹儿"),
                chance.choice(self._words["pets"]),
            ]
            return chance.choices(forms, [4, 2, 1, 3])[0]
        first, last = chance.choice(self._words["foreign_firsts"]), chance.choice(self._words["foreign_lasts"])
        middle = chance.choice(self._words["foreign_firsts"])
        return chance.choices([first, f"{first}·{last}", f"{first}{last}", f"{first}·{middle}·{last}"], [4, 5, 1, 1])[0]

    def _chinese_name(self) -> str:
        chance, style = self._chance, self._chance.random()
        surname, given = self._chinese_surname(), self._chinese_given()
        if style < 0.66:
            return surname + given
        if style < 0.72:
            return chance.choice("小阿老大") + (surname[0] if chance.random() < 0.5 else given[0])
        if style < 0.78:
            return given[0] * 2
        if style < 0.86:
            return given if len(given) == 2 else surname + given
        if style < 0.95:
            return self.first() if chance.random() < 0.7 else self._latin_name()
        return chance.choice(self._words["foreign_names"]) if style < 0.98 else self._chinese_call("foreign")

    def _letters(self, name: str, otherwise: str) -> str:
        return _SMALL.sub("", name.lower()) or otherwise

    def _email(self) -> str:
        chance, english = self._chance, self._english
        first, last = self._letters(self.first(), "jo"), self._letters(self.surname(), "lee")
        number = str(chance.randint(10, 99))
        local = chance.choice([first, f"{first}.{last}", first[0] + last, first + number, f"{first}_{last}",
                               f"{first}+shop", number * 4])  # fmt: skip
        host, end = chance.choice([*english["mail_hosts"], last]), chance.choice(english["mail_ends"])
        style = chance.random()
        if style < 0.1:
            return f"{local} at {host}{end.replace('.', ' dot ')}"
        return local + (chance.choice(["(at)", " [at] ", "#", "@ "]) if style < 0.2 else "@") + host + end

    def _nick(self) -> str:
        """Return a Chinese name that somebody gave themselves at a network."""
        end = self._chance.choice(["", "", "", "呀", "w", "er", "0" + str(self._chance.randint(1, 9))])
        return self.phrase() + end

    def phrase(self) -> str:
        """Return words that some have for a name at a network, and that others say of anybody."""
        return self._chance.choice(self._words["nick_heads"]) + self._chance.choice(self._words["nick_tails"])

    def business(self) -> str:
        """Return a Chinese name of a hotel, a restaurant or a sight, of characters that people are named by too."""
        chance = self._chance
        own = "".join(chance.choices([self._chinese_given(), self._chinese_surname(), self._one("roads")], k=2))
        sort = chance.choice(["", "", "国际", "大", "商务", "精选", "世纪", "老", "艺术"])
        branch = f"({self._one('towns')}店)" if chance.random() < 0.3 else ""
        return (self._one("cities") if chance.random() < 0.4 else "") + own + sort + self._one("businesses") + branch

    def _one(self, name: str) -> str:
        return self._chance.choice(self._words[name])

    def _handle(self) -> str:
        chance, words = self._chance, self._english["handle_words"]
        first, sign = self._letters(self.first(), "mia"), chance.choice(["_", ".", "", "-"])
        number = str(chance.randint(10, 9999))
        syllables = chance.choice(self._english["syllables"]) + chance.choice(self._english["syllables"])
        forms = [
            first + sign + self._letters(self.surname(), "lee"),
            first + sign + number,
            chance.choice(words) + sign + chance.choice(words) + chance.choice(["", number]),
            syllables + sign + number,
            syllables + sign + chance.choice(self._english["syllables"]),
            "wxid_" + "".join(chance.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(10)),
            f"{first}#{number.zfill(4)}",
            chance.choice(words) + number,
        ]
        made = chance.choices(forms, [5, 4, 3, 4, 2, 1, 1, 2])[0]
        return made + number if len(made) < 4 else made if chance.random() < 0.9 else made.title()
