"""A person as a FHIR R4 Patient, cut to a release: the same fields as in PDQ leave, and nothing beside them.

What PDQ carries only in its official-size answer (release.MORE: documents, certidões …) has no place here: who needs
it asks PDQ. What no release lists leaves always, as in PDQ: the identificador corporativo (as `id`), the state of the
record (`active`) and the master card.

Ours, where no public guide was found: the whole name stands in `name.text` alone (the base holds no family name apart);
`address.city` is the code of IBGE, `line` the street with its number and then the complement, `district` the bairro;
the mother stands whole in HL7's patient-mothersMaidenName, the father as a contact. Another definitive card is
`secondary`, a provisional one `temp`; none is `old`, because a number once issued always resolves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from vincula.formats.fhir import systems
from vincula.formats.fhir.outcome import Resource
from vincula.formats.fhir.rendering import clean
from vincula.formats.pdq.release import Release
from vincula.people.demographics import Sex, is_date, sex_from_cadsus
from vincula.people.record import Card, PersonRecord, Phone

_GENDERS = {Sex.MASCULINO: "male", Sex.FEMININO: "female", Sex.IGNORADO: "unknown"}
_PHONE_USES = {"1": "home", "2": "work", "3": "mobile", "9": "mobile"}  # table cadsus-tipo-telefone
_BRASIL = ("", "010")
_CODE = re.compile(r"[0-9A-Za-z]{1,4}", re.ASCII)


def patient(record: PersonRecord, release: Release, domains: Collection[str] = ()) -> Resource:
    """The Patient. `domains`: only identifiers of these systems, where the question named any (ITI-78)."""
    resource: Resource = {"resourceType": "Patient"}
    if record.id:
        resource["id"] = patient_id(record)
    _put(resource, "extension", list(_extensions(record, release)))
    _put(resource, "identifier", [one for one in _identifiers(record, release) if _wanted(one, domains)])
    resource["active"] = record.ativa
    _put(resource, "name", list(_names(record, release)))
    _put(resource, "telecom", list(_telecoms(record, release)))
    if "sexo" in release and (sex := sex_from_cadsus(record.sexo)):
        resource["gender"] = _GENDERS[sex]
    if "data_nascimento" in release and is_date(record.data_nascimento):
        resource["birthDate"] = record.data_nascimento
    if "obito" in release:
        died = is_date(record.data_obito)
        resource["deceasedDateTime" if died else "deceasedBoolean"] = record.data_obito if died else False
    if "endereco" in release and (address := _address(record)):
        resource["address"] = [address]
    if "nome_pai" in release and (father := clean(record.nome_pai)):
        resource["contact"] = [
            {
                "relationship": [{"coding": [{"system": systems.ROLES, "code": "FTH"}]}],
                "name": {"text": father},
            }
        ]
    return resource


def patient_id(record: PersonRecord) -> str:
    """The identificador corporativo, ten digits: what `Patient/{id}` is asked by."""
    return f"{record.id:010d}"


def _put(resource: Resource, name: str, values: list[Any]) -> None:
    """FHIR knows no empty array."""
    if values:
        resource[name] = values


def _wanted(identifier: Resource, domains: Collection[str]) -> bool:
    if not domains:
        return True
    kind = systems.kind_of(identifier["system"])
    return any(systems.kind_of(domain) == kind for domain in domains)


def _identifiers(record: PersonRecord, release: Release) -> Iterator[Resource]:
    for place, card in enumerate(record.cartoes if "cartoes" in release else record.cartoes[:1]):
        if number := clean(card.numero):
            yield _card(card, number, "official" if place == 0 else _use_of(card))
    if "cpf" in release and (number := clean(record.cpf)):
        yield _identifier(systems.CPF, number, "official", "TAX")
    if "pis" in release and (number := clean(record.pis)):
        yield _identifier(systems.NIS, number, "secondary")


def _use_of(card: Card) -> str:
    return "secondary" if card.tipo == "D" else "temp"


def _card(card: Card, number: str, use: str) -> Resource:
    written = _identifier(systems.CNS, number, use, "HC")
    if is_date(card.atribuido_em):
        written["period"] = {"start": card.atribuido_em}
    return written


def _identifier(system: str, value: str, use: str, kind: str = "") -> Resource:
    written: Resource = {"use": use}
    if kind:
        written["type"] = {"coding": [{"system": systems.IDENTIFIER_TYPES, "code": kind}]}
    written["system"] = system
    written["value"] = value
    return written


def _names(record: PersonRecord, release: Release) -> Iterator[Resource]:
    if "nome" in release and (name := clean(record.nome)):
        yield {"use": "official", "text": name}
    if "nome_social" in release and (name := clean(record.nome_social)):
        yield {"use": "usual", "text": name}


def _telecoms(record: PersonRecord, release: Release) -> Iterator[Resource]:
    if "telefone" in release:
        for phone in record.telefones:
            if value := _number(phone):
                yield {"system": "fax" if phone.tipo == "4" else "phone", "value": value} | _phone_use(phone)
    if "email" in release:
        for email in record.emails:
            if value := clean(email):
                yield {"system": "email", "value": value}


def _number(phone: Phone) -> str:
    """`+55 62 900000000`; "" without a number."""
    number = clean(phone.numero)
    return (
        " ".join(part for part in (f"+{clean(phone.ddi) or '55'}", clean(phone.ddd), number) if part)
        if number
        else ""
    )


def _phone_use(phone: Phone) -> Resource:
    use = _PHONE_USES.get(phone.tipo)
    return {"use": use} if use else {}


def _address(record: PersonRecord) -> Resource:
    """The address; empty where nothing but the country would stand in it."""
    street = ", ".join(filter(None, (clean(record.logradouro), clean(record.numero))))
    lines = [line for line in (street, clean(record.complemento)) if line]
    written: Resource = {}
    _put(written, "line", lines)
    for name, value in (
        ("district", record.bairro),
        ("city", record.municipio6 or record.municipio_exterior),
        ("state", record.uf),
        ("postalCode", record.cep),
    ):
        if text := clean(value):
            written[name] = text
    if not written:
        return {}
    country = "BR" if record.pais in _BRASIL else clean(record.pais)
    use = "work" if record.endereco_tipo == "WP" else "home"
    return {"use": use, **written, **({"country": country} if country else {})}


def _extensions(record: PersonRecord, release: Release) -> Iterator[Resource]:
    if "raca_cor" in release and _CODE.fullmatch(record.raca_cor):
        concept = {"coding": [{"system": systems.RACE_CODES, "code": record.raca_cor}]}
        yield {"url": systems.RACE, "extension": [{"url": "race", "valueCodeableConcept": concept}]}
    if "nome_mae" in release and (mother := clean(record.nome_mae)):
        yield {"url": systems.MOTHER, "valueString": mother}
    if "municipio_nascimento" in release and (city := clean(record.municipio_nascimento)):
        yield {"url": systems.BIRTH_PLACE, "valueAddress": {"city": city, "country": "BR"}}
