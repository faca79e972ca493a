"""The answers of a bulk look-up, a line each, and the manifest that names the file of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted

from vincula.formats.fhir.bulk_faults import LineFault
from vincula.formats.fhir.outcome import Resource
from vincula.formats.pdq.release import Release
from vincula.people.demographics import is_date
from vincula.people.record import PersonRecord

Part = Callable[[PersonRecord], str]


class Resultado(Enum):
    """How a line came out."""

    ENCONTRADO = "ENCONTRADO"
    NAO_ENCONTRADO = "NAO_ENCONTRADO"
    NAO_CONFERE = "NAO_CONFERE"  # the number exists, and one field differs that may be named
    RECUSADO = "RECUSADO"


def render_line(
    linha: int,
    id_: str,
    resultado: Resultado,
    *,
    record: PersonRecord | None = None,
    release: Release = frozenset(),
    motivo: str = "",
    proximo_passo: str = "",
) -> bytes:
    """One answer, ASCII, with its line feed. `linha`: counted from 1. What is not known is null, or absent.

    `record` belongs to ENCONTRADO and to no other. Raises ValueError where it comes with another.
    """
    if record is None:
        number, more = "null", ""
    elif resultado is Resultado.ENCONTRADO:
        cards = record.cartoes
        number = quoted(cards[0].numero) if cards else "null"
        more = "".join([part(record) for part in _parts(release)])
    else:
        raise ValueError("a person in an answer that found none")
    return (
        f'{{"linha":{linha},"id":{quoted(id_) if id_ else "null"},"resultado":"{resultado.value}","cns":{number},'
        f'"motivo":{quoted(motivo) if motivo else "null"},'
        f'"proximo_passo":{quoted(proximo_passo) if proximo_passo else "null"}{more}}}\n'
    ).encode("ascii")


def render_refused(linha: int, fault: LineFault) -> bytes:
    """The answer to a line that could not be read."""
    return render_line(linha, fault.id, Resultado.RECUSADO, motivo=fault.message, proximo_passo=fault.remedy)


def manifest(
    request: str, output: str, *, moment: str, answered: int, refused: int, expires: str = ""
) -> Resource:
    """What a finished request is answered with, in the manner of FHIR Bulk Data. `request`, `output`: addresses.

    `moment`, `expires`: FHIR instants. `answered` counts every line, `refused` those among them.
    """
    written: Resource = {
        "transactionTime": moment,
        "request": request,
        "requiresAccessToken": True,
        "output": [{"type": "ConsultaEmLote", "url": output, "count": answered}],
        "error": [],
        "extension": {"recusadas": refused},
    }
    if expires:
        written["extension"]["expira"] = expires
    return written


@lru_cache(maxsize=64)
def _parts(release: Release) -> tuple[Part, ...]:
    """What the release adds to a line. A frozenset of known fields: there are few."""
    return tuple(part for field, part in _WRITERS.items() if field in release)


def _text(field: str, key: str) -> Part:
    def write(record: PersonRecord) -> str:
        value = getattr(record, field)
        return f',"{key}":{quoted(value)}' if value else ""

    return write


def _day(field: str, key: str) -> Part:
    def write(record: PersonRecord) -> str:
        value = getattr(record, field)
        return f',"{key}":"{value}"' if is_date(value) else ""

    return write


def _cards(record: PersonRecord) -> str:
    cards = [{"cns": card.numero, "tipo": card.tipo} for card in record.cartoes]
    return f',"cartoes":{json.dumps(cards)}' if cards else ""


def _phones(record: PersonRecord) -> str:
    phones = [f"+{one.ddi or '55'} {one.ddd} {one.numero}" for one in record.telefones if one.numero]
    return f',"telefones":{json.dumps(phones)}' if phones else ""


def _emails(record: PersonRecord) -> str:
    return f',"emails":{json.dumps(record.emails)}' if record.emails else ""


def _address(record: PersonRecord) -> str:
    parts = {
        "logradouro": record.logradouro,
        "numero": record.numero,
        "complemento": record.complemento,
        "bairro": record.bairro,
        "municipio": record.municipio6 or record.municipio_exterior,
        "uf": record.uf,
        "cep": record.cep,
    }
    held = {key: value for key, value in parts.items() if value}
    return f',"endereco":{json.dumps(held)}' if held else ""


# In the order in which they are written. Every field that can be released is here (tests hold it so).
_WRITERS: dict[str, Part] = {
    "nome": _text("nome", "nome"),
    "nome_social": _text("nome_social", "nome_social"),
    "sexo": _text("sexo", "sexo"),
    "data_nascimento": _day("data_nascimento", "nascimento"),
    "obito": _day("data_obito", "obito"),
    "cpf": _text("cpf", "cpf"),
    "pis": _text("pis", "nis"),
    "cartoes": _cards,
    "nome_mae": _text("nome_mae", "nome_mae"),
    "nome_pai": _text("nome_pai", "nome_pai"),
    "raca_cor": _text("raca_cor", "raca_cor"),
    "municipio_nascimento": _text("municipio_nascimento", "municipio_nascimento"),
    "endereco": _address,
    "telefone": _phones,
    "email": _emails,
}
