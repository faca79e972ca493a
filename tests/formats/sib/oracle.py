"""A plain, whole-file reading with libxml2 and an XSD, written apart from `vincula.formats.sib`: the other opinion."""

from __future__ import annotations

import copy
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

_SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("oracle.xsd"))))
_KINDS = {"inclusao": 1, "retificacao": 2, "mudancaContratual": 3, "cancelamento": 4, "reativacao": 5}
_INTEGERS = {
    "sexo",
    "resideExterior",
    "relacaoDependencia",
    "motivoCancelamento",
    "coberturaParcialTemporaria",
    "itensExcluidosCobertura",
}
_BLANK = " \t\r\n"


@dataclass(frozen=True)
class Opinion:
    """`procedures`: (kind, fields sent) in order."""

    valid: bool
    procedures: tuple[tuple[int, dict[str, str]], ...] = ()
    hash: str = ""
    reason: str | None = None


def opinion(data: bytes) -> Opinion:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, load_dtd=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Opinion(False)
    if root.getroottree().docinfo.internalDTD is not None or not _SCHEMA.validate(
        _without_blanks_around_dates(root)
    ):
        return Opinion(False)
    texts: list[str] = []
    for element in root.iter():
        if element.tag in ("epilogo", "hash"):
            continue
        texts += [str(value) for value in element.attrib.values()]
        if element.text and element.text.strip(_BLANK):
            texts.append(element.text)
    hashed = hashlib.md5("".join(texts).encode("iso-8859-1", errors="replace")).hexdigest().upper()
    body = root.find("mensagem/operadoraParaANS/beneficiarios")
    procedures = tuple((_KINDS[child.tag], _fields(child)) for child in body) if body is not None else ()
    reason = root.findtext("mensagem/operadoraParaANS/naoEnvioBeneficiarios/motivoNaoEnvioBeneficiarios")
    return Opinion(True, procedures, hashed, str(int(reason)) if reason else None)


def _without_blanks_around_dates(root: etree._Element) -> etree._Element:
    """XML Schema collapses the white space of dates; libxml2 forgets it where the type is restricted."""
    copied = copy.deepcopy(root)
    for element in copied.iter():
        if str(element.tag).startswith("data") and element.text:
            element.text = element.text.strip(_BLANK)
    return copied


def _fields(procedure: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in procedure.iter():
        if not len(element) and element.tag not in ("identificacao", "endereco", "vinculo"):
            found[element.tag] = _value(element.tag, element.text or "")
    return found


def _value(name: str, text: str) -> str:
    if name in _INTEGERS:
        return str(int(text))
    if name.startswith("data"):
        return re.sub(r"(Z|[+-]\d\d:\d\d)$", "", text.strip(_BLANK))
    return text
