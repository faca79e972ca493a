"""RN031 to RN036 and RN045 to RN054: DNV, NIS, RG, CTPS, CNH, passport. Each group is given whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vincula.identifiers import pis as pis_rule
from vincula.identifiers.digits import is_digits
from vincula.people.record import Document, PersonRecord
from vincula.people.tables import table

from .faults import Around, Fault
from .texts import date_faults, is_document_number, too_long

_Part = tuple[str, str]
"""A field of Document and how messages call it, with its article."""


@dataclass(frozen=True, slots=True)
class _Group:
    """What belongs together: (field, name), each with the item that asks for the others where it is given."""

    called: str
    parts: tuple[tuple[_Part, str], ...]


_GROUPS = {
    "rg": _Group(
        "do RG",
        (
            (("numero", "o número"), "RN033.2"),
            (("orgao", "o órgão emissor"), "RN034.2"),
            (("uf", "a UF"), "RN035.2"),
            (("emissao", "a data de emissão"), "RN036.2"),
        ),
    ),
    "ctps": _Group(
        "da CTPS",
        (
            (("numero", "o número"), "RN045.2"),
            (("serie", "a série"), "RN046.2"),
            (("emissao", "a data de emissão"), "RN047.2"),
        ),
    ),
    "cnh": _Group(
        "da CNH",
        (
            (("numero", "o número"), "RN048.3"),
            (("emissao", "a data de emissão"), "RN049.2"),
            (("uf", "a UF"), "RN050.2"),
        ),
    ),
    "passaporte": _Group(
        "do passaporte",
        (
            (("numero", "o número"), "RN051.2"),
            (("pais", "o país"), "RN052.2"),
            (("validade", "a data de validade"), "RN053.2"),
            (("emissao", "a data de emissão"), "RN054.2"),
        ),
    ),
}
_EMISSION = {"rg": "RN036.3", "ctps": "RN047.3", "cnh": "RN049.3", "passaporte": "RN054.3"}
# The sizes that the table of fields gives (ours for the título and the RIC, of which it says nothing).
_SIZES = {"rg": (35, 15), "ctps": (42, 11), "cnh": (45, 11), "passaporte": (48, 15)}


def check(record: PersonRecord, around: Around) -> Iterator[Fault]:
    """What the rules of the documents have against the record. Of título and RIC there is no rule, only a size."""
    verdict = pis_rule.check(record.pis)
    if not verdict.ok:
        yield Fault("RN032.2", "pis", verdict.message, verdict.remedy)
    for document in record.documentos:
        yield from _document(document, record, around)


def _document(document: Document, record: PersonRecord, around: Around) -> Iterator[Fault]:
    kind, field = document.tipo, f"documentos.{document.tipo}"
    if kind == "dnv":
        # Which weights its modulo 11 has is not public: only the shape is checked.
        if not is_digits(document.numero, 11):
            message = "A DNV não tem 11 algarismos."
            yield Fault("RN031.2", f"{field}.numero", message, "Confira o número na declaração.")
        return
    if kind not in _GROUPS:
        if len(document.numero) > 15 or max(len(document.zona), len(document.secao)) > 5:
            yield Fault("CAMPO00", field, "O número de um documento é longo demais.", "Confira o documento.")
        return
    yield from _whole(document, _GROUPS[kind], field)
    number, size = _SIZES[kind]
    yield from too_long(document.numero, size, number, f"{field}.numero", f"O número {_GROUPS[kind].called}")
    yield from _values(document, field)
    yield from date_faults(
        document.emissao,
        f"{field}.emissao",
        f"data de emissão {_GROUPS[kind].called}",
        _EMISSION[kind],
        around,
        record.data_nascimento,
    )
    if kind == "passaporte":
        yield from _validity(document, record, around)


def _whole(document: Document, group: _Group, field: str) -> Iterator[Fault]:
    """Item 2 of each rule, under the number of the first part given."""
    given = [item for (name, _), item in group.parts if getattr(document, name)]
    if not given:
        yield Fault(
            group.parts[0][1], field, f"Os dados {group.called} estão vazios.", "Informe-os ou retire-os."
        )
        return
    for (name, called), _ in group.parts:
        if not getattr(document, name):
            message = f"Falta {called} {group.called}: os dados vão todos ou nenhum."
            yield Fault(given[0], f"{field}.{name}", message, "Complete os dados do documento ou retire-o.")


def _values(document: Document, field: str) -> Iterator[Fault]:
    kind, number = document.tipo, document.numero
    called = _GROUPS[kind].called
    if kind in ("rg", "passaporte") and number and not is_document_number(number):
        rule = "RN033.3" if kind == "rg" else "RN051.3"
        message = f"O número {called} só tem letras e algarismos, e não só letras."
        yield Fault(rule, f"{field}.numero", message, "Retire pontos, traços e espaços.")
    if kind == "ctps" and number and number.count(number[0]) == len(number):
        yield Fault(
            "RN045.3",
            f"{field}.numero",
            "O número da CTPS é um só caractere repetido.",
            "Confira a carteira.",
        )
    if kind == "ctps":
        yield from too_long(document.serie, 5, 43, f"{field}.serie", "A série da CTPS")
    if kind == "cnh" and number and not (number.isascii() and number.isdigit()):
        yield Fault("RN048.2", f"{field}.numero", "O número da CNH só tem algarismos.", "Confira a carteira.")
    yield from _codes(document, field, called)


def _codes(document: Document, field: str, called: str) -> Iterator[Fault]:
    if document.tipo == "rg" and document.orgao and document.orgao not in table("orgao_emissor"):
        message = "O órgão emissor do RG não é da tabela."
        yield Fault(
            "RN034.3", f"{field}.orgao", message, "Informe o código (10 é a SSP, 81 outros emissores)."
        )
    if document.tipo in ("rg", "cnh") and document.uf and document.uf not in table("uf"):
        rule = "RN035.3" if document.tipo == "rg" else "RN050.3"
        yield Fault(
            rule, f"{field}.uf", f"A UF {called} não existe.", "Informe a sigla de um dos 27 Estados."
        )
    if document.tipo == "passaporte" and document.pais and document.pais not in table("pais"):
        message = "O país do passaporte não é da tabela."
        yield Fault("RN052.3", f"{field}.pais", message, "Informe os 3 algarismos da tabela do CadSUS.")


def _validity(document: Document, record: PersonRecord, around: Around) -> Iterator[Fault]:
    field = "documentos.passaporte.validade"
    yield from date_faults(
        document.validade,
        field,
        "data de validade do passaporte",
        "RN053.3",
        around,
        record.data_nascimento,
        future=True,
    )
    if document.validade and document.emissao and document.validade <= document.emissao:
        message = "A validade do passaporte não é posterior à emissão."
        yield Fault("RN053.4", field, message, "Confira as duas datas no passaporte.")
