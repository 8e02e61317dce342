"""Sentences to train the tagger on: frames filled by chance, joined, and written as carelessly as people type."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from shortlist_evals.masking.training.fillers import PERSONAL, Fillers
from shortlist_prompts.word_files import load_words
from shortlist_tools.masking import Personal

_CHOICE = re.compile(r"\(([^()]*)\)")
_SLOT = re.compile(r"<(\w+)>")
_SENTENCE = re.compile(r"(^|[.!?] |\n)([a-z])")
_WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789:()-"}
_PERSONAL, _CLAUSE_BEFORE, _CLAUSE_AFTER, _AGAIN = 0.55, 0.3, 0.55, 0.63
_FILES = {"en": "english.yaml", "zh": "chinese.yaml"}
_BETWEEN = {"en": (", ", ",", ". ", ". ", " - ", " ", "! ", "\n"), "zh": (",", ",", "。", " ", "", "!", ", ")}
_ENDS = {"en": (".", "!", "?", "...", " :)", " please", " thanks"), "zh": ("。", "!", "?", "~", "谢谢", "哈", "哦")}


@dataclass(frozen=True)
class Sentence:
    """A text and the personal data in it."""

    text: str
    spans: tuple[Personal, ...]


def sentences(count: int, seed: int) -> Iterator[Sentence]:
    """Yield `count` sentences, English and Chinese in turn; the same ones for the same seed."""
    chance = random.Random(seed)
    writers = [_Writer(chance, language) for language in ("zh", "en")]
    for number in range(count):
        yield writers[number % 2].write()


@cache
def _frames(language: str) -> Mapping[str, Sequence[str]]:
    """Return the frames of a language: `personal` ones, `nothing` and `clauses`; a choice may hold a new line."""
    read = load_words(resources.files(__package__).joinpath(_FILES[language]).read_text("utf-8"))
    return {part: re.sub(r"\n(?=\))", "\0", text).splitlines() for part, text in read.items()}


class _Writer:
    def __init__(self, chance: random.Random, language: str) -> None:
        self._chance = chance
        self._language = language
        self._fillers = Fillers(chance, language)

    def write(self) -> Sentence:
        chance = self._chance
        if chance.random() < _PERSONAL:
            parts, style = [self._filled("personal")], chance.random()
            if style < _CLAUSE_BEFORE:
                parts.insert(0, self._filled("nothing" if style < _CLAUSE_BEFORE / 2 else "clauses"))
            elif style < _CLAUSE_AFTER:
                parts.append(self._filled("clauses" if style < 0.45 else "nothing"))
            elif style < _AGAIN:
                parts.append(self._filled("personal"))
        else:
            parts = [self._filled("nothing")]
            if chance.random() < 0.3:
                parts.append(self._filled(chance.choice(("nothing", "clauses"))))
        return self._typed(_joined(parts, chance.choice(_BETWEEN[self._language])))

    def _filled(self, part: str) -> Sentence:
        """Return a frame with its choices made and its slots filled."""
        frame, chosen = self._chance.choice(_frames(self._language)[part]), ""
        while chosen != frame:
            chosen, frame = frame, _CHOICE.sub(lambda match: self._chance.choice(match[1].split("|")), frame)
        frame = frame.replace('["]', '"' if self._chance.random() < 0.4 else "").replace("\0", "\n")
        text, at = "", 0
        spans: list[Personal] = []
        for slot in _SLOT.finditer(frame):
            text += frame[at : slot.start()]
            words, at = self._fillers.fill(slot[1]), slot.end()
            kind = PERSONAL.get(slot[1])
            if kind:
                spans.append(Personal(len(text), len(text) + len(words), kind))
            text += words
        return Sentence(text + frame[at:], tuple(spans))

    def _typed(self, sentence: Sentence) -> Sentence:
        """Return `sentence` in small letters, with capitals, with wide signs or without spaces, as people type."""
        chance, text = self._chance, sentence.text
        style = chance.random()
        if self._language == "zh":
            if style < 0.06:
                text = text.translate(_WIDE)
            elif style < 0.2:
                sentence = _close(sentence)
                text = sentence.text
        elif style < 0.25:
            text = text.lower()
        elif style < 0.6:
            text = _SENTENCE.sub(lambda match: match[1] + match[2].upper(), text)
            text = re.sub(r"\bi\b(?![\w.@])", "I", text)
        elif style < 0.63:
            text = text.upper()
        if len(text) != len(sentence.text):
            text = sentence.text
        if chance.random() < 0.3:
            text += chance.choice(_ENDS[self._language])
        return Sentence(text, sentence.spans)


def _joined(parts: Sequence[Sentence], between: str) -> Sentence:
    text = ""
    spans: list[Personal] = []
    for part in parts:
        text += between if text else ""
        spans += [Personal(len(text) + one.start, len(text) + one.end, one.kind) for one in part.spans]
        text += part.text
    return Sentence(text, tuple(spans))


def _close(sentence: Sentence) -> Sentence:
    """Return `sentence` without the spaces beside Chinese characters and signs."""
    text, kept, places = sentence.text, "", [0]
    for at, sign in enumerate(text):
        inside = 0 < at < len(text) - 1 and text[at - 1].isascii() and text[at + 1].isascii()
        kept += "" if sign == " " and not inside else sign
        places.append(len(kept))
    return Sentence(kept, tuple(Personal(places[one.start], places[one.end], one.kind) for one in sentence.spans))
