"""How a Brazilian name sounds: the key that finds it however it was spelt. Pure; the rules are ours.

The key unites what Brazilian ears do not tell apart (THAÍS, TAÍS, TAYS; WALTER, VALTER; SOUZA, SOUSA) and spellings
that registries produce (JHON, ERICK, ELIZABETH). It looks at letters alone, neither at accents nor at the cedilla:
bases lose both. It is made to find candidates, which are then compared (`similarity`): where it must err, it unites.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .identity import identity_key

PARTICLES = frozenset(("DE", "DA", "DO", "DAS", "DOS", "DI", "DU", "DEL", "E"))
SUFFIXES = frozenset(
    ("JUNIOR", "JR", "FILHO", "FILHA", "NETO", "NETA", "SOBRINHO", "SOBRINHA", "SEGUNDO", "TERCEIRO", "II", "III")
)  # fmt: skip
_PASSED_OVER = PARTICLES | SUFFIXES

# In this order. First groups of letters with a sound of their own, then single letters, then what follows from both.
_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^A-Z]", ""),
        # Names that bases without accents write with C where the sound is that of Ç.
        (r"(?<=.)CAO$", "SAO"),  # CONCEICAO, ASSUNCAO; the next: GONCALVES, GRACA, MENDONCA, FRANCA, LOURENCO
        (r"(?<=^GON|^MAR)C(?=AL)|(?<=^GRA)C(?=A)|(?<=NDON|FRAN|AGAN|ALEN|ROEN)C(?=A$)|(?<=^LOUREN)C", "S"),
        (r"Y", "I"),
        (r"W", "V"),
        (r"^U(?=[AEIO])", "V"),  # UILIAM, UESLEI
        (r"PH", "F"),
        (r"SCH|SH", "X"),
        (r"CHR", "KR"),
        (r"CH", "X"),
        (r"LH", "LI"),  # for what is heard: EMILHA, EMILIA
        (r"NH", "1"),
        (r"H", ""),  # silent, and in TH, RH, JH
        (r"DJ", "J"),
        (r"CK", "K"),
        (r"^EX(?=[AEIOU])", "ES"),  # EXEQUIEL, EZEQUIEL
        (r"[SX]C(?=[EI])", "S"),
        (r"QU(?=[EI])|Q(?:U(?=[AO]))?", "K"),
        (r"GU(?=[EI])", "2"),
        (r"IGN", "IN"),  # IGNEZ, IGNACIO
        (r"G(?=[EI])", "J"),
        (r"J[EI](?=[AOU])", "J"),  # GEOVANA, GIOVANA, JOVANA; GEORGE, JORGE
        (r"[GC]T", "T"),  # VICTOR, BENEDICTO
        (r"(?<=M)P(?=[CST])|P(?=T)", ""),  # ASSUMPCAO, BAPTISTA
        (r"C(?=[EI])|(?<!^)Z", "S"),  # a Z at the beginning is heard: CELIA, ZELIA
        (r"C", "K"),
        (r"X$", "S"),
        (r"([A-Z])\1+", r"\1"),
        (r"^S(?=[BDFKLMNPTV])", "IS"),  # STEFANI, ESTEFANI
        (r"(?<=...)A[OMN]$", "AN"),  # ESTEVAO, ESTEVAM, ESTEVAN
        (r"M(?=[^AEIOU]|$)", "N"),
        (r"EI", "E"),  # OLIVEIRA, OLIVERA; ANDREA, ANDREIA
        (r"OU|O", "U"),  # LOURDES, LURDES
        (r"(?<=[BDKPT2G])$", "I"),  # ELIZABETH, ELISABETE; ERIC, ERIQUE
    )
)
_STRESSED_LAST = re.compile(r"[RLN]$")
_SON = re.compile(r"[ST]UN$")  # NELSON, MILTON: stressed before it
_VOWEL = re.compile(r"[AEIU]")
_TWICE = re.compile(r"([A-Z])\1+")


@lru_cache(maxsize=65_536)
def word_key(word: str) -> str:
    """How one word sounds, in letters and digits of our own; "" for a word without letters. Never raises."""
    text = identity_key(word)
    for pattern, sound in _RULES:
        text = pattern.sub(sound, text)
    return _TWICE.sub(r"\1", _unstressed(text))


def search_key(name: str) -> str:
    """The keys of the first and the last name, one space between; of the only one where there is one; "" for none.

    Particles (de, da, dos) are passed over, and so are JUNIOR, FILHO, NETO and their like after two other names.
    """
    return folded_search_key(identity_key(name))


def folded_search_key(key: str) -> str:
    """`search_key` of a name by its identity key, which a base holds already."""
    words = key.split()
    if len(words) > 1 and (words[-1] in _PASSED_OVER or words[0] in PARTICLES):
        words = _main(words)
    if len(words) < 2:
        return word_key(words[0]) if words else ""
    return f"{word_key(words[0])} {word_key(words[-1])}"


def main_words(name: str) -> list[str]:
    """The words of a name, folded as its identity key is, without particles and what only tells generations."""
    return folded_main_words(identity_key(name))


def folded_main_words(key: str) -> list[str]:
    """`main_words` of a name by its identity key."""
    return _main(key.split())


def _main(words: list[str]) -> list[str]:
    kept = [word for word in words if word not in PARTICLES]
    while len(kept) > 2 and kept[-1] in SUFFIXES:
        kept.pop()
    return kept or words


def _unstressed(text: str) -> str:
    """E as I wherever the voice does not rest: FELIPE and FILIPE, ROSANE and ROSANI, but NELSON and NILSON.

    Where it rests is told by the letters alone: on the last vowel before a final R, L or N, else on the last but one.
    """
    vowels = [found.start() for found in _VOWEL.finditer(text)]
    if not vowels:
        return text
    last = len(vowels) == 1 or (_STRESSED_LAST.search(text) and not _SON.search(text))
    stressed = vowels[-1] if last else vowels[-2]
    return text[:stressed].replace("E", "I") + text[stressed] + text[stressed + 1 :].replace("E", "I")
