"""The documents of a feed: each asOtherIDs read by the roots of its ids and never by their place, and the passport."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from lxml import etree

from vincula.formats.hl7 import oids
from vincula.formats.hl7.documents import (
    CERTIFICATE_ROOTS,
    DOCUMENTS,
    NATURALISATION,
    NEW_CERTIFICATE,
    NULL,
    OLD_CERTIFICATE,
)
from vincula.formats.hl7.message import attribute, children, find
from vincula.formats.pix.reading import Reading, moment
from vincula.formats.soap import local_name
from vincula.people.record import Card, Certificate, Document

Ids = dict[str, list[str]]

_SINGLE = {oids.CPF: "cpf", oids.CPF_OUTRO: "cpf", oids.NIS: "pis"}
_WHAT = {
    "cnh": "CNH",
    "titulo": "título de eleitor",
    "dnv": "DNV",
    "rg": "RG",
    "ctps": "CTPS",
    "ric": "RIC",
}
_ISSUED_BY_STATE = [root for root, _ in (*DOCUMENTS["rg"], *DOCUMENTS["cnh"]) if root != oids.DOCUMENTO_UF]
_TYPES = {root: tipo for (tipo, _), root in CERTIFICATE_ROOTS.items()}
_CERTIFICATE = dict((*NEW_CERTIFICATE, *OLD_CERTIFICATE))
_ARRIVALS = {
    "data_entrada": "data de entrada no Brasil",
    "data_naturalizacao": "data de naturalização",
}
_ONE_EACH = "Envie um asOtherIDs para cada documento, com um id para cada dado."


def read_other_ids(groups: list[etree._Element], reading: Reading) -> None:
    """All groups: cards, CPF, NIS, documents, certidões, naturalisation. Unknown roots are left aside."""
    cards: list[Card] = []
    documents: list[Document] = []
    certificates: list[Certificate] = []
    for group in groups:
        ids = _ids(group)
        cards += _cards(ids)
        for root, name in _SINGLE.items():
            for number in ids.get(root, ()):
                reading.give(name, number)
        documents += _documents(ids, reading)
        certificates += _certificates(ids, reading)
        _read_naturalisation(ids, reading)
    for name, found in (("cartoes", cards), ("documentos", documents), ("certidoes", certificates)):
        if found:
            reading.values[name] = (*reading.values.get(name, ()), *dict.fromkeys(found))


def _ids(group: etree._Element) -> Ids:
    """Of each root what its ids say, in their order. The scopingOrganization only repeats the roots."""
    ids: Ids = {}
    for one in group:
        if local_name(one) == "id" and (root := attribute(one, "root")):
            extension = attribute(one, "extension")
            ids.setdefault(root, []).append("" if extension.lower() == NULL else extension)
    return ids


def _cards(ids: Ids) -> Iterator[Card]:
    """Each number with its kind, D or P. One group has one card; where it has more, the first kind is of the first."""
    numbers, kinds = ids.get(oids.CNS, []), ids.get(oids.CNS_TIPO, [])
    for number, kind in zip_longest(numbers, kinds[: len(numbers)], fillvalue=""):
        if number:
            yield Card(number, kind.upper())


def _documents(ids: Ids, reading: Reading) -> Iterator[Document]:
    mixed = oids.DOCUMENTO_UF in ids and oids.RG in ids and oids.CNH in ids
    if mixed:
        reading.fault(
            "documentos", "Um mesmo grupo traz o RG e a CNH: não se sabe de qual é a UF.", _ONE_EACH
        )
    if any(ids.get(oids.DOCUMENTO_UF, ())) and not any(root in ids for root in _ISSUED_BY_STATE):
        reading.fault("documentos", "Uma UF de documento veio sem o documento.", _ONE_EACH)
    for tipo, roots in DOCUMENTS.items():
        if not any(root in ids for root, _ in roots if root != oids.DOCUMENTO_UF):
            continue
        given = {field: _one(ids, root, _WHAT[tipo], "documentos", reading) for root, field in roots}
        if any(given.values()):
            if "emissao" in given:
                what = f"data de emissão ({_WHAT[tipo]})"
                given["emissao"] = reading.day("documentos", what, given["emissao"])
            yield Document(tipo=tipo, numero=given.pop("numero"), **given)


def _one(ids: Ids, root: str, what: str, name: str, reading: Reading) -> str:
    """The value of a root. Two that differ are two documents in one group: which goes with which cannot be told."""
    values = list(dict.fromkeys(filter(None, ids.get(root, ()))))
    if len(values) > 1:
        reading.fault(name, f"Um mesmo grupo traz o mesmo dado duas vezes ({what}).", _ONE_EACH)
    return values[0] if values else ""


def _certificates(ids: Ids, reading: Reading) -> Iterator[Certificate]:
    roots = [root for root in ids if root in _TYPES]
    given = {field: _one(ids, root, "certidão", "certidoes", reading) for root, field in _CERTIFICATE.items()}
    if not any(given.values()):
        return
    if len(roots) != 1:
        message = (
            "Uma certidão veio sem o seu tipo." if not roots else "Uma certidão veio com mais de um tipo."
        )
        reading.fault("certidoes", message, "Envie primeiro o id do tipo, com extension null.")
        return
    tipo = _TYPES[roots[0]]
    if CERTIFICATE_ROOTS[tipo, True] == roots[0] and not given["matricula"]:
        reading.fault(
            "certidoes", "Uma certidão de modelo novo veio sem a matrícula.", "Envie os 32 algarismos da matrícula."
        )  # fmt: skip
    given["emissao"] = reading.day("certidoes", "data de emissão (certidão)", given["emissao"])
    yield Certificate(tipo=tipo, **given)


def _read_naturalisation(ids: Ids, reading: Reading) -> None:
    for root, name in NATURALISATION:
        value = _one(ids, root, "naturalização", name, reading)
        reading.give(name, reading.day(name, _ARRIVALS[name], value) if name in _ARRIVALS else value)


def read_passports(citizens: list[etree._Element], reading: Reading) -> None:
    """asCitizen. The date of issue is the effectiveTime's value (or low), that of expiry its high."""
    found: list[Document] = []
    for citizen in citizens:
        parts = children(citizen)
        number = next((value for value in _ids(citizen).get(oids.PASSAPORTE, ()) if value), "")
        time, nation = parts.get("effectiveTime"), parts.get("politicalNation")
        bounds = {} if time is None else children(time)
        issued = attribute(time, "value") or moment(bounds.get("low"))
        country = attribute(None if nation is None else find(nation, "code"), "code")
        passport = Document(
            tipo="passaporte",
            numero=number,
            pais=country,
            emissao=reading.day("documentos", "data de emissão (passaporte)", issued),
            validade=reading.day("documentos", "data de validade (passaporte)", moment(bounds.get("high"))),
        )
        if number or issued or passport.validade:
            found.append(passport)
    if found:
        reading.values["documentos"] = (*reading.values.get("documentos", ()), *dict.fromkeys(found))
