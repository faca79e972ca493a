"""RN014 to RN019: which data go with each nationality.

The reference gives these rules as one table, without item numbers (but RN017.3). P (português equiparado) is in the
v5r0 schema only: of it the country of birth is asked, and nothing that the table forbids a foreigner (derived).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vincula.people.record import PersonRecord
from vincula.people.tables import table

from .faults import Around, Fault
from .texts import date_faults, too_long

BRASIL = "010"
UNKNOWN_MUNICIPALITY = "999999"
"""What feeds write where the municipality of birth is not known (observed): accepted, and worth nothing."""
_DECREE = re.compile(r"[0-9/-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Demand:
    """A field of the table: by which nationalities it is demanded (`by`) and allowed (`of`)."""

    rule: str
    field: str
    name: str
    by: str
    of: str


_DEMANDS = (
    _Demand("RN015", "municipio_nascimento", "O município de nascimento", "B", "B"),
    _Demand("RN016", "pais_nascimento", "O país de nascimento", "BNEP", "BNEP"),
    _Demand("RN017", "portaria_naturalizacao", "A portaria de naturalização", "N", "N"),
    _Demand("RN018", "data_naturalizacao", "A data de naturalização", "N", "N"),
    _Demand("RN019", "data_entrada", "A data de entrada no Brasil", "NE", "NEP"),
)
_CALLED = {"B": "brasileiro", "N": "naturalizado", "E": "estrangeiro", "P": "português equiparado"}


def check(record: PersonRecord, around: Around) -> Iterator[Fault]:
    """What RN014 to RN019 have against the record."""
    kind = record.nacionalidade
    if not kind:
        remedy = "Informe B (brasileiro), N (naturalizado) ou E (estrangeiro), com o que cada uma pede."
        yield Fault("RN014", "nacionalidade", "A nacionalidade não foi informada.", remedy)
    elif kind not in table("nacionalidade"):
        yield Fault(
            "RN014", "nacionalidade", "A nacionalidade não é B, N nem E.", "Informe um desses códigos."
        )
    else:
        for demand in _DEMANDS:
            yield from _demanded(record, demand, kind)
    yield from _values(record, around)


def _demanded(record: PersonRecord, demand: _Demand, kind: str) -> Iterator[Fault]:
    value = getattr(record, demand.field)
    if not value and kind in demand.by:
        message = f"{demand.name} é obrigatório para {_CALLED[kind]} e não foi informado."
        if demand.name.startswith("A "):
            message = f"{demand.name} é obrigatória para {_CALLED[kind]} e não foi informada."
        yield Fault(demand.rule, demand.field, message, "Informe o dado ou corrija a nacionalidade.")
    if value and kind not in demand.of:
        message = f"{demand.name} não cabe a {_CALLED[kind]}."
        yield Fault(demand.rule, demand.field, message, "Retire o dado ou corrija a nacionalidade.")


def _values(record: PersonRecord, around: Around) -> Iterator[Fault]:
    place, country = record.municipio_nascimento, record.pais_nascimento
    if place and place != UNKNOWN_MUNICIPALITY and place not in around.municipios:
        remedy = "Informe os 6 algarismos do código, sem o dígito verificador; se não é conhecido, 999999."
        yield Fault("RN015", "municipio_nascimento", "O município de nascimento não é do IBGE.", remedy)
    if country and country not in table("pais"):
        remedy = "Informe os 3 algarismos da tabela do CadSUS (010 é o Brasil)."
        yield Fault("RN016", "pais_nascimento", "O país de nascimento não é da tabela.", remedy)
    elif country and record.nacionalidade == "B" and country != BRASIL:
        message = "O país de nascimento de brasileiro é o Brasil (010)."
        yield Fault("RN016", "pais_nascimento", message, "Corrija o país ou a nacionalidade.")
    decree = record.portaria_naturalizacao
    yield from too_long(decree, 50, 16, "portaria_naturalizacao", "A portaria de naturalização")
    if decree and not _DECREE.fullmatch(decree):
        message = "A portaria de naturalização só tem algarismos, hífen e barra."
        yield Fault("RN017.3", "portaria_naturalizacao", message, "Informe só o número da portaria.")
    for field, name, rule in (
        ("data_naturalizacao", "data de naturalização", "RN018"),
        ("data_entrada", "data de entrada no Brasil", "RN019"),
    ):
        yield from date_faults(getattr(record, field), field, name, rule, around, record.data_nascimento)
