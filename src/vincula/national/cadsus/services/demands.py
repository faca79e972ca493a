"""What the rules ask of a record that needs more than the record: municipalities, the Receita, the base itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.utils import timezone

from vincula.common.outcomes import Refused
from vincula.formats.tables.municipios import UF_BY_CODE
from vincula.national.cadsus.rules import KNOWN_SEXES, UNKNOWN_PARENT
from vincula.national.cadsus.services import store
from vincula.national.cadsus.services.records import DATA, GOVERNED, WIDTHS
from vincula.national.ibge import services as ibge
from vincula.national.receita import services as receita
from vincula.people.identity import identity_key
from vincula.people.record import PersonRecord
from vincula.people.registration import Around, Book, Channel, Fault, check, convert

BRASIL = "010"
SHOWN = 10  # faults told in one text; all of them are in the details
_NAMES = {
    "nome": "o nome", "data_nascimento": "a data de nascimento", "nome_mae": "o nome da mãe", "sexo": "o sexo",
}  # fmt: skip
_REMEDY = "Confira o documento da pessoa; o que está errado na Receita só ela corrige."


def prepared(record: PersonRecord) -> PersonRecord:
    """The record converted, with the UF that its municipality says (V10); abroad there is none."""
    record = convert(record)
    if record.pais not in ("", BRASIL):
        return replace(record, uf="")
    return (
        replace(record, uf=UF_BY_CODE.get(record.municipio6[:2], record.uf)) if record.municipio6 else record
    )


def around(channel: Channel, *, ignore_quality: bool = False) -> Around:
    """What the rules need besides the record, today."""
    today = timezone.localdate().isoformat()
    return Around(today, ibge.municipality_codes6(), channel, ignore_quality)


def unmet(
    record: PersonRecord, held: PersonRecord | None, given: Collection[str], world: Around, book: Book
) -> list[Fault]:
    """What stands against the record as it is to be. Of a person held already, what was so before and this message
    does not touch is not held against it: an old registration must be open to being put right bit by bit (derived).
    """
    faults = check(record, world, book)
    if held is None or not faults:
        return list(faults)
    before = {(one.rule, one.field) for one in check(held, world, book)}
    return [one for one in faults if one.root in given or (one.rule, one.field) not in before]


def too_wide(data: Sequence[str]) -> list[Fault]:
    """What the columns cannot hold, also where its rule is switched off."""
    wide = [name for name, value in zip(DATA, data, strict=True) if len(value) > WIDTHS.get(name, len(value))]
    return [
        Fault("CAMPO00", name, "O valor é maior que o campo comporta.", "Confira o que foi informado.")
        for name in wide
    ]


def against_receita(
    record: PersonRecord, given: Collection[str], book: Book
) -> tuple[list[Fault], int | None]:
    """RN001.4, C1: what the Receita has against the record, and the situation of its CPF where all agrees, None where
    it was not asked: no CPF, nothing given that it governs, no base of the Receita.

    The oracle rule (0008): a field is named only where the CPF exists and the other of name and birth agrees.
    """
    if not record.cpf or not GOVERNED.intersection(given) or not book.holds("RN001.4"):
        return [], None
    found = receita.holder_of(record.cpf)
    if found is None:
        return ([_unconfirmed()], None) if receita.has_people() else ([], None)
    mother = identity_key(record.nome_mae)
    agrees = {
        "nome": identity_key(record.nome) == found.nome_chave,
        "data_nascimento": record.data_nascimento == found.data_nascimento,
        "nome_mae": found.mae_chave in ("", UNKNOWN_PARENT, mother),
        "sexo": found.sexo not in KNOWN_SEXES or record.sexo == found.sexo,
    }
    if all(agrees.values()):
        return [], found.situacao
    if not (agrees["nome"] or agrees["data_nascimento"]):
        return [_unconfirmed()], None
    if not (agrees["nome"] and agrees["data_nascimento"]):
        named = ["nome" if not agrees["nome"] else "data_nascimento"]
    else:
        named = [name for name, same in agrees.items() if not same]
    return [_differs(name) for name in named], None


def _differs(name: str) -> Fault:
    message = f"Com este CPF, {_NAMES[name]} não é o que consta na Receita Federal."
    return Fault("RN001.4", name, message, _REMEDY)


def _unconfirmed() -> Fault:
    message = "CPF, nome e nascimento não conferem com a Receita Federal."
    return Fault("RN001.4", "cpf", message, "Confira os três no documento da pessoa.")


def emails_of_others(
    record: PersonRecord, person: int | None, given: Collection[str], book: Book
) -> list[Fault]:
    """RN020.4, V8: an address that is the principal one of another person. Alternative addresses of others are not
    looked up: they have no index."""
    if "emails" not in given or not record.emails or not book.holds("RN020.4"):
        return []
    wanted = [email.lower() for email in record.emails]
    query = (
        "SELECT lower(email) FROM cadsus_pessoa WHERE lower(email) {among} AND NOT (email = '')"
        f" AND unida_em_id IS NULL AND id <> {person or 0}"
    )
    taken = {row[0] for row in store.fetch_among(query, wanted)}
    return [
        Fault(
            "RN020.4",
            f"emails.{place}",
            "Um dos e-mails já é de outra pessoa.",
            "Informe um endereço que seja só desta pessoa, ou nenhum.",
        )
        for place, email in enumerate(wanted, start=1)
        if email in taken
    ]


def refusal(faults: Sequence[Fault]) -> Refused:
    """All the faults in one refusal: code REGRAS, the faults in `details["faltas"]` as (regra, campo, mensagem,
    providencia)."""
    told = [f"{one.message} ({one.rule})" for one in faults[:SHOWN]]
    if len(faults) > SHOWN:
        told.append(f"Há mais {len(faults) - SHOWN}.")
    remedies = list(dict.fromkeys(one.remedy for one in faults[:SHOWN]))
    details = [
        {"regra": one.rule, "campo": one.field, "mensagem": one.message, "providencia": one.remedy}
        for one in faults
    ]
    return Refused("REGRAS", " ".join(told), " ".join(remedies), {"faltas": details})
