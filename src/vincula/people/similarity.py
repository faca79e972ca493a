"""How well a person of the base fits what was asked of one: points from 0 to 100, and why, field by field. Pure.

Only fields that were asked count. A field asked that the base does not know counts for half: it neither fits nor fails.
A CPF or a mother that contradicts vetoes, whatever else agrees. Sources for a score: cadsus-services.md, section 3.5
(100 observed, the range derived); how CadSUS makes it is not public, so weights and rules are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from .demographics import Sex, is_date, sex_from_cadsus
from .identity import identity_key
from .likeness_weights import LikenessWeights, in_force
from .likeness_words import SoughtName, births_alike
from .name import UNKNOWN_PARENT
from .record import PersonRecord

_PLACE_DIGITS = 6
_UNKNOWN_PLACES = frozenset(("", "999999"))
_UNKNOWN_PARENT_KEY = identity_key(UNKNOWN_PARENT)


class Verdict(Enum):
    """What came of comparing a field."""

    AGREES = "confere"
    CLOSE = "próximo"
    DIFFERS = "diferente"
    NOT_COMPARED = "não comparado"


@dataclass(frozen=True, slots=True)
class Compared:
    """A field by its name in PersonRecord, the verdict, and the points, 0 to 100; no value of either side."""

    field: str
    verdict: Verdict
    points: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score`: 0 to 100, 0 where vetoed. `fields`: those asked, in the order of the weights. `veto`: the field that
    contradicts, "" for none."""

    score: int
    fields: tuple[Compared, ...]
    veto: str = ""

    @property
    def identical(self) -> bool:
        """Everything that was asked agrees."""
        return bool(self.fields) and all(one.verdict is Verdict.AGREES for one in self.fields)

    def verdict(self, field: str) -> Verdict:
        """Of one field; NOT_COMPARED where it was not asked."""
        return next((one.verdict for one in self.fields if one.field == field), Verdict.NOT_COMPARED)


def liken(asked: PersonRecord, known: PersonRecord, weights: LikenessWeights | None = None) -> Likeness:
    """How `known` fits what is filled in `asked`. What means nothing (SEM INFORMAÇÃO, 999999, sex I) is not asked.
    Never raises."""
    return Asked(asked, weights).liken(known)


class Asked:
    """What was asked of a person, read once, to be compared with many."""

    def __init__(self, asked: PersonRecord, weights: LikenessWeights | None = None) -> None:
        self._weights = weights or in_force()
        self._fields: list[tuple[str, _Kind, _Compare]] = []
        for field in self._weights.fields:
            kind = _KINDS[field]
            if value := kind.read(getattr(asked, field)):
                self._fields.append((field, kind, kind.comparing(value, self._weights)))

    def liken(self, known: PersonRecord) -> Likeness:
        """How `known` fits, as the function `liken` says it."""
        weights = self._weights
        compared = tuple(self._compare(known))
        if veto := _veto(compared, weights):
            return Likeness(0, compared, veto)
        total = sum(weights.fields[one.field] for one in compared)
        points = sum(weights.fields[one.field] * one.points for one in compared)
        return Likeness(points // total if total else 0, compared)

    def _compare(self, known: PersonRecord) -> Iterator[Compared]:
        for field, kind, compare in self._fields:
            other = kind.read(getattr(known, field))
            if not other:
                yield Compared(field, Verdict.NOT_COMPARED, self._weights.unknown)
                continue
            points = compare(other)
            yield Compared(field, _verdict(points, self._weights), points)


def _verdict(points: int, weights: LikenessWeights) -> Verdict:
    if points == 100:
        return Verdict.AGREES
    return Verdict.CLOSE if points >= weights.close else Verdict.DIFFERS


def _veto(compared: tuple[Compared, ...], weights: LikenessWeights) -> str:
    least = {"cpf": 100, "nome_mae": weights.mother_veto}
    for one in compared:
        if one.verdict is Verdict.DIFFERS and one.points < least.get(one.field, 0):
            return one.field
    return ""


_Compare = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class _Kind:
    """`read`: the value as it is compared, "" where it says nothing. `comparing`: of a value that was asked, what gives
    the points of one that is known."""

    read: Callable[[str], str]
    comparing: Callable[[str, LikenessWeights], _Compare]


def _parent(name: str) -> str:
    return "" if identity_key(name) == _UNKNOWN_PARENT_KEY else name.strip()


def _sex(code: str) -> str:
    sex = sex_from_cadsus(code)
    return "" if sex is None or sex is Sex.IGNORADO else sex.value


def _place(code: str) -> str:
    return "" if code[:_PLACE_DIGITS] in _UNKNOWN_PLACES else code[:_PLACE_DIGITS]


def _birth(day: str) -> str:
    return day if is_date(day) else ""


def _equal(one: str, _weights: LikenessWeights) -> _Compare:
    return lambda other: 100 if one == other else 0


def _names(one: str, weights: LikenessWeights) -> _Compare:
    return SoughtName(one, weights.word).alike


def _births(one: str, weights: LikenessWeights) -> _Compare:
    return lambda other: births_alike(one, other, weights.birth)


_KINDS = {
    "cpf": _Kind(str, _equal),
    "nome": _Kind(str.strip, _names),
    "nome_social": _Kind(str.strip, _names),
    "nome_mae": _Kind(_parent, _names),
    "nome_pai": _Kind(_parent, _names),
    "data_nascimento": _Kind(_birth, _births),
    "sexo": _Kind(_sex, _equal),
    "municipio_nascimento": _Kind(_place, _equal),
}
