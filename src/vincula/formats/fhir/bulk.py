"""The lines of a bulk look-up, NDJSON in and out: ours, for plans that ask for their whole base at once.

In: `{"id":"…","cpf":"…","cns":"…","nome":"…","nascimento":"AAAA-MM-DD"}`, each part optional, but CPF, CNS, or name and
birth together. Values are texts. Out, one for each and in their order: `linha`, `id`, `resultado`, `cns`, `motivo`,
`proximo_passo`, then what the release lets out. A line that is wrong is answered RECUSADO; it stops no other.

`read_lines` checks the digits of a batch in columns and reads what `read_line` reads, at half the price.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from vincula.formats.fhir.bulk_faults import (
    LineFault,
    empty,
    invalid,
    malformed,
    not_an_object,
    not_text,
    not_utf8,
    nothing_asked,
    repeated_key,
    too_long,
    unknown_key,
    wrong_date,
)
from vincula.identifiers import bulk, cns, cpf
from vincula.identifiers.digits import is_digits, strip_human
from vincula.people.demographics import is_date

MAX_LINE = 2_000
MAX_ID = 64
KEYS = ("id", "cpf", "cns", "nome", "nascimento")
_KNOWN = frozenset(KEYS)
_BOM = codecs.BOM_UTF8


class BulkQuery(NamedTuple):
    """One question. "" is not asked; `cpf` and `cns`: digits that are right; `nascimento`: `AAAA-MM-DD`."""

    id: str = ""
    cpf: str = ""
    cns: str = ""
    nome: str = ""
    nascimento: str = ""

    def __repr__(self) -> str:
        """No log shows a person."""
        return "BulkQuery(…)"


class _RepeatedKeyError(ValueError):
    """A key stands twice."""


def read_line(line: bytes) -> BulkQuery | LineFault:
    """The question of a line, with or without its line feed, or why there is none. Never raises."""
    query = _shape(line)
    if isinstance(query, LineFault):
        return query
    return _checked(query, cpf.is_valid(query.cpf), cns.is_valid(query.cns))


def read_lines(lines: Sequence[bytes]) -> list[BulkQuery | LineFault]:
    """What `read_line` answers for each, in their order."""
    read = [_shape(line) for line in lines]
    queries = [(place, one) for place, one in enumerate(read) if isinstance(one, BulkQuery)]
    cpfs = [(place, one.cpf) for place, one in queries if one.cpf]
    cards = [(place, one.cns) for place, one in queries if one.cns]
    wrong_cpf = _wrong(cpfs, bulk.cpf_valid)
    wrong_cns = _wrong(cards, bulk.cns_valid)
    if wrong_cpf or wrong_cns:
        for place, one in queries:
            read[place] = _checked(one, place not in wrong_cpf, place not in wrong_cns)
    return read


def _wrong(numbers: list[tuple[int, str]], valid: Callable[[Sequence[str]], bulk.Flags]) -> set[int]:
    """The places of the numbers whose check digits are not right."""
    if not numbers:
        return set()
    flags = valid([number for _, number in numbers]).tolist()
    return {place for (place, _), right in zip(numbers, flags, strict=True) if not right}


def _checked(query: BulkQuery, cpf_valid: bool, cns_valid: bool) -> BulkQuery | LineFault:
    """The query, or what its numbers have against them. A CNS may follow the loose rule: the base may know it."""
    if query.cpf and not cpf_valid:
        return invalid("CPF_INVALIDO", cpf.check(query.cpf), query.id)
    if query.cns and not cns_valid and not (verdict := cns.check(query.cns, loose=True)).ok:
        return invalid("CNS_INVALIDO", verdict, query.id)
    return query


def _shape(line: bytes) -> BulkQuery | LineFault:
    """The question as far as its form goes: numbers of the right width whose check digits are still to be held."""
    if len(line) > MAX_LINE:
        return too_long(MAX_LINE, len(line))
    if line.startswith(_BOM):
        line = line[len(_BOM) :]
    try:
        given = _DECODER.decode(line.decode())
    except ValueError as error:
        return _unreadable(line, error)
    except RecursionError:
        return not_an_object()
    if given.__class__ is not dict:
        return not_an_object()
    return _fields(given)


def _unreadable(line: bytes, error: ValueError) -> LineFault:
    if isinstance(error, UnicodeDecodeError):
        return not_utf8()
    if isinstance(error, _RepeatedKeyError):
        return repeated_key()
    return (
        malformed(error.colno if isinstance(error, json.JSONDecodeError) else 0) if line.strip() else empty()
    )


def _fields(given: dict[str, Any]) -> BulkQuery | LineFault:
    if None in given.values():
        given = {key: value for key, value in given.items() if value is not None}
    get = given.get
    id_ = get("id", "")
    if id_.__class__ is int:
        id_ = str(id_)
    if id_.__class__ is not str or len(id_) > MAX_ID or not id_.isprintable():
        return not_text("id", "")
    if not given.keys() <= _KNOWN:
        return unknown_key(given.keys() - _KNOWN, KEYS, id_)
    number, card, name, birth = get("cpf", ""), get("cns", ""), get("nome", ""), get("nascimento", "")
    if not (number.__class__ is card.__class__ is name.__class__ is birth.__class__ is str):
        return not_text(next(key for key in KEYS[1:] if not isinstance(get(key, ""), str)), id_)
    if number and not is_digits(number, 11) and not is_digits(number := strip_human(number), 11):
        return _shapeless("CPF_INVALIDO", number, id_) if number else _fields({**given, "cpf": ""})
    if card and not is_digits(card, 15) and not is_digits(card := strip_human(card), 15):
        return _shapeless("CNS_INVALIDO", card, id_) if card else _fields({**given, "cns": ""})
    if birth and not is_date(birth):
        return wrong_date(id_)
    if name:
        if not name.isprintable():
            return not_text("nome", id_)
        name = " ".join(name.split())
    if not (number or card or (name and birth)):
        return nothing_asked(id_)
    return BulkQuery(id_, number, card, name, birth)


def _shapeless(code: str, number: str, id_: str) -> LineFault:
    verdict = cpf.check(number) if code.startswith("CPF") else cns.check(number)
    return invalid(code, verdict, id_)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RepeatedKeyError
    return found


def _constant(_: str) -> Any:
    """NaN and Infinity: no JSON, and no text either, which is what they are refused as."""
    raise ValueError


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant)
