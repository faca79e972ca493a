"""A person's record out of the columns, and the columns of a record."""

from __future__ import annotations

from collections.abc import Sequence

from vincula.national.cadsus.services import others
from vincula.national.cadsus.services.records import DATA, PLACE
from vincula.people.record import PersonRecord

_DERIVED = frozenset({"cpf_situacao", "municipio", "municipio_nascimento", "ddd", "telefone", "email"})
_SAME = tuple(name for name in DATA if name not in _DERIVED)


def record_of(cpf: str, data: Sequence[str], outros: str) -> PersonRecord:
    """The record that CPF, columns (in the order of records.DATA) and the data beside them make."""
    return PersonRecord(cpf=cpf, **others.complete(dict(zip(DATA, data, strict=True)), outros))


def columns_of(record: PersonRecord, held: Sequence[str] | None = None) -> tuple[str, ...]:
    """The columns of a record, in the order of records.DATA. `held`: those it had, which keep what the record does not
    say: the situation of the CPF, and the seventh digit of a municipality that is the same."""
    values = {name: getattr(record, name) for name in _SAME}
    phone = record.telefones[0] if record.telefones else None
    values["ddd"], values["telefone"] = (phone.ddd, phone.numero) if phone else ("", "")
    values["email"] = record.emails[0] if record.emails else ""
    values["cpf_situacao"] = held[PLACE["cpf_situacao"]] if held else ""
    for name, place in (
        ("municipio", record.municipio6),
        ("municipio_nascimento", record.municipio_nascimento),
    ):
        known = held[PLACE[name]] if held else ""
        values[name] = known if place and known[:6] == place else place
    return tuple(values[name] for name in DATA)
