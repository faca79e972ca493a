"""A person's record as UsuarioSUS holds it, both ways.

What UsuarioSUS has no place for: the justification of a death, the OID of a local id, a second document of one kind.
What the record has none for: whether a card was added by hand, identifiers of parts, the pre-registration, the
photograph.
"""

from __future__ import annotations

from typing import Any

from vincula.formats.cadsus_service.documents import (
    given_documents,
    read_certificates,
    read_documents,
    written_certificates,
    written_documents,
)
from vincula.formats.cadsus_service.faults import Faults
from vincula.formats.cadsus_service.person_fields import FLAGS, REST, TEXTS
from vincula.formats.cadsus_service.tree import Values, branch, branches, holds, leaf, put
from vincula.people.record import Card, LocalId, PersonRecord, Phone

_NATIONAL = (10, 11)  # digits of a number that has its DDD in it
_BRASIL = "55"
_SEXES = {"M": "MASCULINO", "F": "FEMININO", "I": "IGNORADO"}
_SYSTEM = 25


def person_values(record: PersonRecord) -> Values:
    """The record as the parts of UsuarioSUS. What is not known is not there, or says so by its code."""
    values: Values = {}
    for place in TEXTS:
        if value := place.write(getattr(record, place.field)):
            put(values, place.path, value)
    for field, name in FLAGS.items():
        values[name] = _boolean(getattr(record, field))
    values["vivo"] = _boolean(not record.data_obito)
    if record.cartoes:
        values["Cartoes"] = {"CNS": [card_values(card) for card in record.cartoes]}
    put(values, ("Sexo", "descricaoSexo"), _SEXES[leaf(values, "Sexo", "codigoSexo")])
    if record.uf:
        put(values, ("Enderecos", "Endereco", "Municipio", "UF", "codigoUF"), record.municipio6[:2])
    values["Documentos"] = branch(values, "Documentos") | written_documents(record.documentos)
    values["Certidoes"] = written_certificates(record.certidoes)
    values["Telefones"] = {"Telefone": [_phone_values(phone) for phone in record.telefones]}
    values["Emails"] = {"Email": _email_values(record.emails)}
    values["IdentificadorLocal"] = local_values(record.locais[0]) if record.locais else {}
    values["IdentificadorCorporativo"] = corporate_values(record.id)
    values["GrauQualidade"] = quality_values(record.qualidade)
    return values


def read_person(values: Values, faults: Faults) -> tuple[PersonRecord, frozenset[str]]:
    """The record that UsuarioSUS says, and the names of the fields that it brought, be they empty.

    An address, the nationality, the telephones, the e-mails and the certidões come as wholes: what one of them does not
    say is brought as unknown. Documents do not: each kind stands for itself.
    """
    fields: dict[str, Any] = {place.field: place.read(leaf(values, *place.path)) for place in TEXTS}
    for field, name in FLAGS.items():
        if flag := leaf(values, name):
            fields[field] = flag == "true"
    corporate = leaf(values, "IdentificadorCorporativo", "numeroIdentificadorCorporativo")
    record = PersonRecord(
        id=corporate_number(corporate) or 0,
        cartoes=tuple(_card(one) for one in branches(values, "Cartoes", "CNS")),
        documentos=read_documents(branch(values, "Documentos")),
        certidoes=read_certificates(branch(values, "Certidoes"), faults),
        telefones=_phones(values),
        emails=_emails(values),
        locais=_locals(values),
        qualidade=int(leaf(values, "GrauQualidade", "percentualQualidade") or 0),
        **fields,
    )
    _check_death(values, record, faults)
    return record, _given(values)


def card_values(card: Card) -> Values:
    """A CNS. The base knows the day it was given, the message wants a moment: midnight."""
    moment = f"{card.atribuido_em}T00:00:00" if card.atribuido_em else ""
    return {"numeroCNS": card.numero, "dataAtribuicao": moment, "tipoCartao": card.tipo}


def corporate_values(number: int) -> Values:
    """The identificador corporativo, ten digits; nothing for a person not known yet."""
    return {"numeroIdentificadorCorporativo": f"{number:010d}"} if number else {}


def corporate_number(written: str) -> int | None:
    """The number of an identificador corporativo; None where it is none of ours."""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 18 else None


def local_values(local: LocalId) -> Values:
    """A local id; where the system has no name, its OID stands for it, if it fits."""
    system = local.sistema or (local.raiz if len(local.raiz) <= _SYSTEM else "")
    return {"numeroIdentificadorLocal": local.extensao, "identificadorSistema": system}


def quality_values(percent: int) -> Values:
    """GrauQualidade."""
    return {"percentualQualidade": str(percent)}


def _given(values: Values) -> frozenset[str]:
    given = {place.field for place in TEXTS if holds(values, _anchor(place.path))}
    given |= {field for field, name in FLAGS.items() if name in values}
    given |= {field for field, path in REST.items() if holds(values, path)}
    return frozenset(given | {"documentos"}) if given_documents(values) else frozenset(given)


def _anchor(path: tuple[str, ...]) -> tuple[str, ...]:
    return path[:2] if path[0] == "Documentos" else path[:1]


def _check_death(values: Values, record: PersonRecord, faults: Faults) -> None:
    alive = leaf(values, "vivo")
    if alive and (alive == "true") == bool(record.data_obito):
        faults.death(alive=alive == "true")


def _card(values: Values) -> Card:
    return Card(leaf(values, "numeroCNS"), leaf(values, "tipoCartao"), leaf(values, "dataAtribuicao")[:10])


def _phone_values(phone: Phone) -> Values:
    ddd, number = phone.ddd, phone.numero
    if not ddd and len(number) in _NATIONAL:
        ddd, number = number[:2], number[2:]
    return {
        "TipoTelefone": {"codigoTipoTelefone": phone.tipo},
        "DDI": phone.ddi or _BRASIL,
        "DDD": ddd,
        "numeroTelefone": number,
    }


def _phones(values: Values) -> tuple[Phone, ...]:
    """The telephones that say anything; type 03 is type 3."""
    phones = (
        Phone(
            leaf(one, "numeroTelefone"),
            leaf(one, "DDD"),
            leaf(one, "TipoTelefone", "codigoTipoTelefone").lstrip("0"),
            leaf(one, "DDI") or _BRASIL,
        )
        for one in branches(values, "Telefones", "Telefone")
    )
    return tuple(phone for phone in phones if phone.numero or phone.ddd or phone.tipo)


def _email_values(emails: tuple[str, ...]) -> list[Values]:
    """The principal and the alternative; more have no place."""
    return [
        {"descricaoEmail": email, "tipoEmail": kind}
        for email, kind in zip(emails, "PA", strict=False)
        if email
    ]


def _emails(values: Values) -> tuple[str, ...]:
    """The principal first; an alternative that comes alone is the principal."""
    listed = sorted(branches(values, "Emails", "Email"), key=lambda one: leaf(one, "tipoEmail") != "P")
    return tuple(email for one in listed if (email := leaf(one, "descricaoEmail")))


def _locals(values: Values) -> tuple[LocalId, ...]:
    number = leaf(values, "IdentificadorLocal", "numeroIdentificadorLocal")
    return (
        (LocalId("", number, leaf(values, "IdentificadorLocal", "identificadorSistema")),) if number else ()
    )


def _boolean(value: bool) -> str:
    return "true" if value else "false"
