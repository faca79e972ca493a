"""The refusing items of RN002 as small predicates on a converted name, in the document's order.

Readings of the document that are ours (cadsus-rules.md, "Readings"): item 8 for words of two or more
characters; items 15 and 16 spare a first word with W *or* Y; item 16 looks at the beginning of the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from .folding import without_accents

_ACCENTS = frozenset({"", "\u0301", "\u0302", "\u0303", "\u0308"})  # none, agudo, circunflexo, til, trema
_CONSONANTS = "BCDFGHJKLMNPQRSTVXZ"
_FOUR_CONSONANTS_AND_VOWEL = re.compile(rf"[{_CONSONANTS}]{{4,}}[AEIOU]")
_LONELY_LETTERS = {"E", "Y"}
_DOCUMENT = "Escreva o nome completo, como está no documento."

Complaint = tuple[int, str, str]
"""Item of RN002, why (continues "O nome …"), remedy."""


def complaints(text: str) -> Iterator[Complaint]:
    """What RN002 has against the name, save items 1 and 3; `text` is converted and not blank."""
    words = text.split()
    for item, against, why, remedy in _ITEMS:
        place = against(words)
        if place:
            yield item, why.format(place=place), remedy
    if "  " in text:
        yield 7, "traz dois espaços seguidos", "Deixe um só espaço entre as palavras."
    strange = sorted(character for character in set(text) if not allowed(character))
    if strange:
        yield (
            6,
            f"traz {_listed(strange)}; só valem letras, acentos (´ ^ ~ ¨), apóstrofo e espaço",
            _advice(strange),
        )


def _short(words: list[str]) -> int:
    return int(len(" ".join(words)) < 3)


def _single(words: list[str]) -> int:
    return int(len(words) == 1)


def _one_letter(words: list[str]) -> int:
    return _place(words, lambda word: len(word) == 1 and word not in _LONELY_LETTERS, start=1)


def _one_repeated(words: list[str]) -> int:
    return _place(words, lambda word: len(word) > 1 and len(set(word)) == 1 and word != "III")


def _two_initials(words: list[str]) -> int:
    return int(len(words) > 1 and len(words[0]) == len(words[1]) == 1)


def _two_short_words(words: list[str]) -> int:
    return int(len(words) == 2 and len(words[0]) == len(words[1]) == 2)


def _no_vowel_first(words: list[str]) -> int:
    first = _letters(words[0])
    return int(first != "RN" and bool(first) and all(letter in _CONSONANTS for letter in first))


def _four_consonants_first(words: list[str]) -> int:
    first = _letters(words[0])
    spared = "W" in first or "Y" in first
    return int(not spared and _FOUR_CONSONANTS_AND_VOWEL.match(first) is not None)


def _letters(word: str) -> str:
    """The word's letters without accents; apostrophes do not separate."""
    return without_accents(word).replace("'", "")


def _place(words: list[str], wrong: Callable[[str], bool], start: int = 0) -> int:
    """Which word (counted from 1) is the first wrong one, from index `start`; 0 for none."""
    return next((index + 1 for index, word in enumerate(words) if index >= start and wrong(word)), 0)


_ITEMS: tuple[tuple[int, Callable[[list[str]], int], str, str], ...] = (
    (2, _short, "tem menos de 3 caracteres", _DOCUMENT),
    (4, _single, "tem uma só palavra", _DOCUMENT),
    (
        5,
        _one_letter,
        "traz uma letra sozinha na {place}ª palavra (só E e Y valem)",
        "Escreva o nome sem abreviar.",
    ),
    (8, _one_repeated, "traz, na {place}ª palavra, um só caractere repetido (só III vale)", _DOCUMENT),
    (13, _two_initials, "começa por duas letras sozinhas", "Escreva o nome sem abreviar."),
    (14, _two_short_words, "tem só duas palavras, de duas letras cada", _DOCUMENT),
    (15, _no_vowel_first, "começa por uma palavra só de consoantes", "Confira a grafia do primeiro nome."),
    (
        16,
        _four_consonants_first,
        "começa por quatro ou mais consoantes",
        "Confira a grafia do primeiro nome.",
    ),
)


@lru_cache(maxsize=4096)
def allowed(character: str) -> bool:
    """RN002.6: whether it is A to Z, with or without one of the four accents, Ç, apostrophe or space."""
    if character in "Ç' ":
        return True
    decomposed = unicodedata.normalize("NFD", character)
    return "A" <= decomposed[0] <= "Z" and decomposed[1:] in _ACCENTS


def _listed(characters: list[str]) -> str:
    """The characters by sight, or by code where they have none, at most five."""
    shown = [
        f"“{one}”" if one.isprintable() else f"o caractere invisível U+{ord(one):04X}"
        for one in characters[:5]
    ]
    return ", ".join(shown)


def _advice(characters: list[str]) -> str:
    """The remedy for the commonest intruder."""
    if any(character.isdigit() for character in characters):
        return "Retire os algarismos do nome."
    if "-" in characters or "." in characters:
        return "Troque o hífen por espaço e retire o ponto."
    if any("\u0300" in unicodedata.normalize("NFD", character) for character in characters):
        return "Troque o acento grave pelo agudo ou retire-o, conforme o documento."
    return "Retire esses caracteres e confira se o nome não chegou com a codificação trocada."
