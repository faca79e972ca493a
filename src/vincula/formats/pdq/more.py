"""The parts of a person that only an answer of official size has (cadsus-services.md, sections 3.5 to 3.7).

Apart from `person`, so that the answers of operadoras, which have none of it, pay nothing for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from vincula.formats.hl7 import oids
from vincula.formats.hl7.documents import (
    CERTIFICATE_ROOTS,
    DOCUMENTS,
    NATURALISATION,
    NEW_CERTIFICATE,
    NULL,
    OLD_CERTIFICATE,
)
from vincula.formats.pdq.release import Release
from vincula.formats.soap import quoted
from vincula.people.demographics import is_date
from vincula.people.record import Certificate, Document, LocalId, PersonRecord

INDIGENA = "05"  # of the table of races; only there an ethnicity stands (RN007)
PASSPORT = "passaporte"
_RESTRICTED = f'<confidentialityCode code="R" codeSystem="{oids.CONFIDENCIALIDADE}"/>'
_VIP = f'<veryImportantPersonCode code="VIP" codeSystem="{oids.VIP}"/>'
_LANGUAGE = (
    f'\n<languageCommunication><languageCode code="pt" codeSystem="{oids.IDIOMA}"/><preferenceInd value="true"/>'
    "</languageCommunication>"
)


@dataclass(frozen=True, slots=True, repr=False)
class More:
    """Texts for their places in the answer. `marks`: "" where the usual confidentiality, N, stands."""

    ids: str = ""
    marks: str = ""
    ethnicity: str = ""
    passport: str = ""
    documents: str = ""
    language: str = ""
    provider: str = ""


NOTHING = More()


def render_more(record: PersonRecord, release: Release) -> More:
    """What the release adds to the usual parts."""
    locais = record.locais if "locais" in release else ()
    documents = list(record.documentos) if "documentos" in release else []
    passports = record.documentos if "passaporte" in release else ()
    certificates = record.certidoes if "certidoes" in release else ()
    etnia = record.etnia if "etnia" in release and record.raca_cor == INDIGENA else ""
    return More(
        ids="".join([_local_id(one) for one in locais]),
        marks=_marks(record) if "sigilo" in release else "",
        ethnicity=f'<ethnicGroupCode code="{quoted(etnia)}"/>' if etnia else "",
        passport="".join([_passport(one) for one in passports if one.tipo == PASSPORT]),
        documents="".join(
            [_of_document(one) for one in documents]
            + [_of_certificate(one) for one in certificates]
            + [_naturalisation(record) if "naturalizacao" in release else ""]
        ),
        language=_LANGUAGE if "idioma" in release else "",
        provider="".join([f'<id root="{quoted(root)}"/>' for root in dict.fromkeys(x.raiz for x in locais)]),
    )


def render_other_ids(*ids: tuple[str, str]) -> str:
    """One asOtherIDs: the ids, and their roots again in the same order (rule 11)."""
    numbers = "".join([f'<id root="{root}" extension="{quoted(number)}"/>' for root, number in ids])
    roots = "".join([f'<id root="{root}"/>' for root, _ in ids])
    return (
        f'\n<asOtherIDs classCode="ROL">{numbers}<scopingOrganization classCode="ORG" determinerCode="INSTANCE">'
        f"{roots}</scopingOrganization></asOtherIDs>"
    )


def _marks(record: PersonRecord) -> str:
    """R for a VIP and for a witness under protection. V is never written: no source says whom it is for, and the
    mark must not tell a witness from a VIP by itself."""
    if not record.restrita:
        return ""
    return _RESTRICTED + (_VIP if record.vip else "")


def _local_id(one: LocalId) -> str:
    name = f' assigningAuthorityName="{quoted(one.sistema)}"' if one.sistema else ""
    return f'<id root="{quoted(one.raiz)}" extension="{quoted(one.extensao)}"{name}/>'


def _of_document(one: Document) -> str:
    """Empty for the passport, which has another place, and for what has no number."""
    if one.tipo not in DOCUMENTS or not one.numero:
        return ""
    return render_other_ids(*_held(one, DOCUMENTS[one.tipo]))


def _of_certificate(one: Certificate) -> str:
    """The type's root first, its extension literally null."""
    root = CERTIFICATE_ROOTS.get((one.tipo, one.nova))
    ids = _held(one, NEW_CERTIFICATE if one.nova else OLD_CERTIFICATE)
    return render_other_ids((root, NULL), *ids) if root and ids else ""


def _naturalisation(record: PersonRecord) -> str:
    ids = _held(record, NATURALISATION)
    return render_other_ids(*ids) if ids else ""


_DATES = frozenset({"emissao", "data_entrada", "data_naturalizacao"})


def _held(
    one: Document | Certificate | PersonRecord, fields: tuple[tuple[str, str], ...]
) -> list[tuple[str, str]]:
    """The ids of which there is a value; dates with 14 digits."""
    ids: list[tuple[str, str]] = []
    for root, field in fields:
        value = getattr(one, field)
        if field in _DATES:
            value = _moment(value)
        if value:
            ids.append((root, value))
    return ids


def _passport(one: Document) -> str:
    """asCitizen, whose parts are in the official order; empty for a passport without number."""
    if not one.numero:
        return ""
    issued, expires = _moment(one.emissao), _moment(one.validade)
    value = f' value="{issued}"' if issued else ""
    high = f'<high value="{expires}"/>' if expires else ""
    time = f"<effectiveTime{value}>{high}</effectiveTime>" if value or high else ""
    code = f'<code code="{quoted(one.pais)}"/>' if one.pais else ""
    return (
        f'\n<asCitizen classCode="CIT"><id root="{oids.PASSAPORTE}" extension="{quoted(one.numero)}"/>{time}'
        f'<politicalNation classCode="NAT" determinerCode="INSTANCE">{code}</politicalNation></asCitizen>'
    )


def _moment(day: str) -> str:
    return f"{day.replace('-', '')}000000" if is_date(day) else ""
