"""What a person's record holds that the table has no column for, as canonical JSON in `outros_dados`, and back.

Only what is known is written; nothing known is "". Equal contents give equal texts, so a change can be told by
comparing. The columns have the last word on the first telephone and the first e-mail: the JSON adds to the telephone
what its columns cannot say (type, country), as long as they still show the same number, and holds all further ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from vincula.people.documents import keys_of
from vincula.people.record import Certificate, Document, PersonRecord, Phone

PLAIN = (
    "justificativa_obito", "etnia", "tipo_sanguineo", "nacionalidade", "pais_nascimento", "data_naturalizacao",
    "portaria_naturalizacao", "data_entrada", "endereco_tipo", "pais", "municipio_exterior", "nomade",
    "motivo_situacao", "motivo_vip", "descricao_protecao", "motivo_nao_higienizado", "original_rfb",
)  # fmt: skip
"""Fields of one value each: a text, or a yes or no of which only the yes is written."""

_COLUMNS = (
    "nome", "nome_social", "nome_mae", "nome_pai", "sexo", "data_nascimento", "data_obito", "raca_cor", "pis",
    "tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "cep", "uf",
)  # fmt: skip
_LISTS: dict[str, type[Any]] = {"documentos": Document, "certidoes": Certificate, "telefones": Phone}
_PLACE_DIGITS = 6  # of a municipality; feeds also write the seventh, the check digit


def pack(record: PersonRecord) -> str:
    """The text of `outros_dados` for a record; "" where the columns say all."""
    held: dict[str, Any] = {name: value for name in PLAIN if (value := getattr(record, name))}
    for name in _LISTS:
        if parts := [_known(part) for part in getattr(record, name)]:
            held[name] = parts
    if not _more_than_the_columns(record.telefones):
        held.pop("telefones", None)
    if record.emails[1:]:
        held["emails"] = list(record.emails[1:])
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if held else ""


def unpack(text: str) -> dict[str, Any]:
    """Fields of PersonRecord, by name, as `pack` took them: `telefones` from the first on (none, where the columns
    say all), `emails` from the second on. Fields not known are left out."""
    if not text:
        return {}
    held: dict[str, Any] = json.loads(text)
    for name, kind in _LISTS.items():
        if name in held:
            held[name] = tuple(kind(**part) for part in held[name])
    if "emails" in held:
        held["emails"] = tuple(held["emails"])
    return held


def documents_of(text: str) -> set[tuple[str, str]]:
    """The documents in a text of `pack` by which its person may be looked up (people.documents)."""
    if '"documentos"' not in text and '"certidoes"' not in text:
        return set()
    held = unpack(text)
    return keys_of(held.get("documentos", ()), held.get("certidoes", ()))


def complete(data: Mapping[str, str], text: str) -> dict[str, Any]:
    """The fields of PersonRecord that the columns (by the names of records.DATA) and `outros_dados` say together."""
    held = unpack(text)
    held.update({name: data[name] for name in _COLUMNS})
    held["municipio6"] = data["municipio"][:_PLACE_DIGITS]
    held["municipio_nascimento"] = data["municipio_nascimento"][:_PLACE_DIGITS]
    held["telefones"] = _telephones(data["telefone"], data["ddd"], held.get("telefones", ()))
    held["emails"] = ((data["email"],) if data["email"] else ()) + held.get("emails", ())
    return held


def _known(part: Any) -> dict[str, str]:
    """What a part says beyond its defaults."""
    given = {one.name: getattr(part, one.name) for one in fields(part)}
    return {one.name: given[one.name] for one in fields(part) if given[one.name] != one.default}


def _more_than_the_columns(telephones: tuple[Phone, ...]) -> bool:
    """Whether the telephones are more than one plain Brazilian number."""
    return telephones[1:] != () or any(Phone(one.numero, one.ddd) != one for one in telephones)


def _telephones(number: str, ddd: str, held: tuple[Phone, ...]) -> tuple[Phone, ...]:
    first, further = held[:1], held[1:]
    if not number:
        return further
    if first and (first[0].numero, first[0].ddd) == (number, ddd):
        return held
    return (Phone(number, ddd), *further)
