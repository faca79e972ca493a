"""What is wrong with an answer, in words; "" where nothing is. Answers are strangers': read hardened and bounded."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from vincula.formats.hardened import HARDENED
from vincula.formats.hl7.oids import HL7
from vincula.formats.soap import SoapVersion
from vincula.site.conformance.calling import Heard
from vincula.site.conformance.message import CNS, MESSAGE_ID, SENDER

FIELDS = {"access_token", "scope", "token_type", "expires_in"}
_NS = {"h": HL7}
_QUANTITIES = ("resultTotalQuantity", "resultCurrentQuantity", "resultRemainingQuantity")


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """A token, and what is wrong with how it came."""

    token: str
    fault: str
    life_fault: str


def token_of(heard: Heard) -> Found:
    if heard.status != 200:
        return Found("", f"veio {_status(heard)}", "não há token")
    try:
        body = json.loads(heard.body)
        token = str(body["access_token"])
    except (ValueError, KeyError, TypeError):
        return Found("", "o corpo não é JSON com access_token", "não há token")
    missing = sorted(FIELDS - set(body))
    return Found(token, f"faltam {', '.join(missing)}" if missing else "", _life_fault(token, body))


def _life_fault(token: str, body: dict[str, object]) -> str:
    try:
        part = token.split(".")[1]
        claims = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        seconds = int(claims["exp"]) - int(claims["iat"])
        told = int(str(body.get("expires_in")))
    except (ValueError, KeyError, TypeError, IndexError):
        return "o token não é um JWT com exp e iat em números, ou falta expires_in"
    return "" if told == seconds * 1_000 else f"expires_in {told}, e o token vale {seconds} s"


def wsdl_fault(heard: Heard, address: str) -> str:
    if heard.status != 200:
        return f"veio {_status(heard)}"
    tree = _tree(heard)
    if tree is None or etree.QName(tree).localname != "definitions":
        return "não é um WSDL"
    return "" if address in heard.text else "não traz o endereço por que foi pedido"


def outcome(heard: Heard) -> str:
    """queryResponseCode, or the status of whatever else came."""
    tree = _tree(heard)
    found = None if tree is None else tree.find(".//h:queryResponseCode", _NS)
    return str(found.get("code")) if heard.status == 200 and found is not None else _status(heard)


def of_everybody(heard: Heard, asked: str, query_id: str) -> Iterator[tuple[str, str]]:
    """What holds for every answer: (what is looked at, what is wrong)."""
    text, tree = heard.text, _tree(heard)
    code = outcome(heard)
    yield "200 com OK ou NF", "" if code in ("OK", "NF") else f"veio {code}"
    yield "HTTP/1.1 com Content-Length, sem compressão", _http_fault(heard)
    yield (
        "a mensagem declara o seu xmlns, sem prefixos",
        ""
        if re.search(r'<PRPA_IN201306UV02\b[^>]*\bxmlns="urn:hl7-org:v3"', text)
        else "não há <PRPA_IN201306UV02 … xmlns=…>",
    )
    yield (
        "envelope soap:Envelope e S:Body",
        "" if "<soap:Envelope" in text and "<S:Body" in text else "outros prefixos",
    )
    yield "devolve queryId, id do pedido e nome do remetente", _echo_fault(tree, query_id)
    yield "devolve queryByParameter como veio", _parameters_fault(tree, asked)
    yield "quantidades; com NF, zeros e ninguém", _quantity_fault(tree, code)


def _http_fault(heard: Heard) -> str:
    if heard.version != 11:
        return "não é HTTP/1.1"
    if "content-encoding" in heard.headers:
        return f"veio comprimido ({heard.headers['content-encoding']}) sem ser pedido"
    return "" if "content-length" in heard.headers else "falta Content-Length"


def _echo_fault(tree: etree._Element | None, query_id: str) -> str:
    if tree is None:
        return "não é XML"
    looked = {
        "queryId": tree.xpath("string(.//h:queryAck/h:queryId/@extension)", namespaces=_NS) == query_id,
        "id do pedido": tree.xpath(
            "string(.//h:acknowledgement/h:targetMessage/h:id/@extension)", namespaces=_NS
        ) == MESSAGE_ID,
        "nome do remetente": tree.xpath("string(.//h:receiver//h:name)", namespaces=_NS) == SENDER,
    }  # fmt: skip
    wrong = [name for name, right in looked.items() if not right]
    return f"difere: {', '.join(wrong)}" if wrong else ""


def _parameters_fault(tree: etree._Element | None, asked: str) -> str:
    if tree is None:
        return "não é XML"
    came = tree.find(".//h:queryByParameter", _NS)
    sent = etree.fromstring(asked.encode()).find(".//h:queryByParameter", _NS)
    assert sent is not None
    return "" if came is not None and _flat(came) == _flat(sent) else "difere, ou falta"


def _flat(element: etree._Element) -> list[tuple[str, tuple[tuple[str, str], ...], str]]:
    """Names, attributes and texts, without what only pleases the eye."""
    return [
        (str(one.tag), tuple(sorted((str(k), str(v)) for k, v in one.attrib.items())), (one.text or "").strip())
        for one in element.iter()
    ]  # fmt: skip


def _quantity_fault(tree: etree._Element | None, code: str) -> str:
    if tree is None:
        return "não é XML"
    values = [tree.xpath(f"string(.//h:{name}/@value)", namespaces=_NS) for name in _QUANTITIES]
    if code == "NF":
        nobody = tree.find(".//h:subject", _NS) is None
        return "" if values == ["0"] * 3 and nobody else f"com NF vieram {values}"
    return "" if all(str(value).isdigit() for value in values) else f"vieram {values}"


def of_somebody(heard: Heard) -> Iterator[tuple[str, str]]:
    """What holds where a person is told of."""
    tree = _tree(heard)
    person = None if tree is None else tree.find(".//h:patientPerson", _NS)
    if person is None:
        person = etree.Element("nobody")
    births = _values(person, "h:birthTime/@value | h:deceasedTime/@value")
    long = all(re.fullmatch(r"\d{14}", one) for one in births)
    yield "nascimento com 14 algarismos", "" if long and births else f"veio {births}"
    parents = _values(person, "h:personalRelationship/h:code/@code")
    yield "mãe (PRN) antes do pai (NPRN), ambos", "" if parents == ["PRN", "NPRN"] else f"veio {parents}"
    names = _values(person, "h:name/@use")
    bare = person.xpath("h:name[not(@use)] | h:telecom[not(@use)]", namespaces=_NS)
    yield (
        "nome civil (L) primeiro; use em nomes e telefones",
        "" if names[:1] == ["L"] and not bare else f"veio {names}",
    )
    yield "CNS definitivo (D) primeiro, número e D no mesmo grupo", _card_fault(person)
    yield "scopingOrganization com as mesmas raízes, na ordem", _roots_fault(person)
    yield "elementos iguais juntos", _contiguous_fault(person)


def _card_fault(person: etree._Element) -> str:
    groups = [
        [(one.get("root"), one.get("extension")) for one in group.findall("h:id", _NS)]
        for group in person.findall("h:asOtherIDs", _NS)
    ]
    cards = [group for group in groups if group and group[0][0] == CNS]
    if not cards:
        return "não há CNS"
    return "" if len(cards[0]) > 1 and cards[0][1][1] == "D" else "o primeiro cartão não traz D"


def _roots_fault(person: etree._Element) -> str:
    for group in person.findall("h:asOtherIDs", _NS):
        own = _values(group, "h:id/@root")
        if own != _values(group, "h:scopingOrganization/h:id/@root"):
            return "as raízes diferem"
        if not group.get("classCode"):
            return "falta classCode"
    return ""


def _contiguous_fault(person: etree._Element) -> str:
    seen: list[str] = []
    for child in person:
        name = etree.QName(child).localname
        if name in seen[:-1]:
            return f"{name} em lugares separados"
        if seen[-1:] != [name]:
            seen.append(name)
    return ""


def version_fault(heard: Heard, version: SoapVersion) -> str:
    tree = _tree(heard)
    if tree is None:
        return f"veio {_status(heard)}"
    return "" if etree.QName(tree).namespace == version.value else f"veio {etree.QName(tree).namespace}"


def refusal_fault(heard: Heard, status: int) -> str:
    if heard.status != status:
        return f"veio {_status(heard)}"
    tree = _tree(heard)
    if tree is None:
        return "não é XML"
    local = "*[local-name()='%s']"
    told = tree.xpath(f".//{local % 'MSFalha'}/{local % 'Mensagem'}/{local % 'codigo'}")
    return "" if told else "não há MSFalha com código"


def _values(element: etree._Element, path: str) -> list[str]:
    """What attributes of this path say, in document order."""
    found = element.xpath(path, namespaces=_NS)
    return [str(one) for one in found] if isinstance(found, list) else []


def _tree(heard: Heard) -> etree._Element | None:
    try:
        return etree.fromstring(heard.body.removeprefix(b"\xef\xbb\xbf"), etree.XMLParser(**HARDENED))
    except etree.XMLSyntaxError:
        return None


def _status(heard: Heard) -> str:
    return f"HTTP {heard.status}" if heard.status else heard.text[:120]
