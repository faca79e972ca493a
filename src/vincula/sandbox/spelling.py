"""How the same name comes to be written differently: what an SBX cannot carry, and what people get wrong.

Each function takes a name in upper case and answers another; it may answer the same where there is nothing
to get wrong. Only characters that the name pattern of SIB accepts come out.
"""

from __future__ import annotations

from vincula.people.name import MAX_LENGTH
from vincula.sandbox.chance import Dice

PARTICLES = frozenset(("DA", "DE", "DO", "DAS", "DOS", "E"))
_VOWELS = "AEIOU"
_SOUNDS = (
    ("SOUZA", "SOUSA"), ("LUIZ", "LUÍS"), ("LUÍS", "LUIZ"), ("Y", "I"), ("TH", "T"), ("PH", "F"), ("LL", "L"),
    ("NN", "N"), ("Z", "S"), ("SS", "Ç"), ("SC", "S"), ("X", "CH"), ("W", "V"), ("K", "C"), ("GE", "JE"),
)  # fmt: skip
_LOOK_ALIKE = (("RN", "M"), ("I", "L"), ("O", "Q"), ("U", "V"), ("E", "F"), ("C", "G"), ("D", "O"))
_NEIGHBOURS = {
    "A": "S",
    "S": "D",
    "D": "F",
    "E": "R",
    "R": "T",
    "T": "Y",
    "I": "U",
    "O": "P",
    "N": "M",
    "M": "N",
}


def civil_to_sib(name: str) -> str:
    """What an SBX can carry of a civil name: hyphen as space, no full stop, at most 70 characters. Still
    identical.
    """
    if "-" in name or "." in name or len(name) > MAX_LENGTH:
        name = name.replace("-", " ").replace(".", "")[:MAX_LENGTH].rstrip()
    return name


def _words(name: str) -> list[str]:
    return name.split()


def _middle(words: list[str]) -> list[int]:
    return [i for i in range(1, len(words) - 1) if words[i] not in PARTICLES]


def abbreviated(name: str, dice: Dice) -> str:
    """MARIA A DA SILVA."""
    words = _words(name)
    middle = _middle(words)
    if middle:
        place = dice.one_of(middle)
        words[place] = words[place][0]
    return " ".join(words)


def middle_left_out(name: str, dice: Dice) -> str:
    words = _words(name)
    middle = _middle(words)
    if middle:
        place = dice.one_of(middle)
        del words[place]
        if words[place - 1] in PARTICLES:
            del words[place - 1]
    return " ".join(words)


def first_and_last(name: str, dice: Dice) -> str:
    words = _words(name)
    return f"{words[0]} {words[-1]}"


def without_particles(name: str, dice: Dice) -> str:
    return " ".join(w for w in _words(name) if w not in PARTICLES)


def out_of_order(name: str, dice: Dice) -> str:
    """The last surname first, as in a list of an office."""
    words = _words(name)
    return " ".join([words[-1], *words[:-1]])


def titled(name: str, dice: Dice) -> str:
    return f"{dice.one_of(('DR', 'DRA', 'SR', 'SRA', 'PROF'))} {name}"


def other_suffix(name: str, dice: Dice) -> str:
    """JÚNIOR becomes JR; who has none gets one or keeps the name."""
    stem, _, last = name.rpartition(" ")
    if last in ("JÚNIOR", "FILHO", "NETO", "SOBRINHO", "JR"):
        return stem if dice.below(2) else f"{stem} {'JÚNIOR' if last == 'JR' else 'JR'}"
    return f"{name} {dice.one_of(('JÚNIOR', 'FILHO', 'NETO'))}"


def letter_swapped(name: str, dice: Dice) -> str:
    """Two neighbouring letters the wrong way round."""
    places = [i for i in range(1, len(name) - 1) if " " not in name[i : i + 2] and name[i] != name[i + 1]]
    if not places:
        return name
    i = dice.one_of(places)
    return f"{name[:i]}{name[i + 1]}{name[i]}{name[i + 2 :]}"


def letter_missing(name: str, dice: Dice) -> str:
    places = [i for i in range(1, len(name)) if name[i] != " " and name[i - 1] != " "]
    i = dice.one_of(places)
    return name[:i] + name[i + 1 :]


def letter_doubled(name: str, dice: Dice) -> str:
    places = [i for i, letter in enumerate(name) if letter in _VOWELS]
    i = dice.one_of(places or [0])
    return name[: i + 1] + name[i] + name[i + 1 :]


def neighbouring_key(name: str, dice: Dice) -> str:
    places = [i for i, letter in enumerate(name) if letter in _NEIGHBOURS]
    if not places:
        return name
    i = dice.one_of(places)
    return name[:i] + _NEIGHBOURS[name[i]] + name[i + 1 :]


def _exchanged(name: str, pairs: tuple[tuple[str, str], ...], dice: Dice) -> str:
    fitting = [(old, new) for old, new in pairs if old in name]
    if not fitting:
        return name
    old, new = dice.one_of(fitting)
    return name.replace(old, new, 1)


def by_sound(name: str, dice: Dice) -> str:
    """SOUZA for SOUSA, and the like."""
    return _exchanged(name, _SOUNDS, dice)


def by_look(name: str, dice: Dice) -> str:
    """What a scanner reads."""
    return _exchanged(name, _LOOK_ALIKE, dice)


def glued(name: str, dice: Dice) -> str:
    """Two words without the space between."""
    words = _words(name)
    i = dice.below(len(words) - 1)
    words[i : i + 2] = [words[i] + words[i + 1]]
    return " ".join(words)


def cut(name: str, dice: Dice) -> str:
    """An old system's field of 30 characters, or of 20."""
    return name[: 30 if len(name) > 30 else 20].rstrip()
