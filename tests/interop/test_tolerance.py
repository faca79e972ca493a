"""What real clients send that no schema allows, and what they must find in the answer (cadsus-services.md, section 9)."""

from __future__ import annotations

import re
import socket
import ssl
import time
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from tests.interop import messages as m
from tests.interop import people as p
from tests.interop.test_pdq import HL7, found_cns, outcome
from tests.interop.world import PDQ, World

pytestmark = pytest.mark.django_db
ASKED = m.identifier(m.CPF, p.MARIA.cpf)
QUERY = m.query(ASKED)
PLAIN = m.envelope(QUERY)


def _prefixed(query: str) -> str:
    """Every HL7 element with a prefix, as one generated client writes."""
    query = query.replace(' xmlns="urn:hl7-org:v3"', ' xmlns:v3="urn:hl7-org:v3"')
    return re.sub(r"<(/?)([A-Za-z])", r"<\1v3:\2", query)


BODIES = {
    "default namespace": PLAIN,
    "a prefix on every element": m.envelope(_prefixed(QUERY)),
    "unused declarations and schemaLocation": m.envelope(
        QUERY.replace(
            ' xmlns="urn:hl7-org:v3"',
            ' xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:nada="urn:nada"'
            ' xsi:schemaLocation="urn:hl7-org:v3 ../schema/HL7V3/NE2008/multicacheschemas/PRPA_IN201305UV02.xsd"',
        )
    ),
    "no Header": m.envelope(QUERY, header=""),
    "an empty Header": m.envelope(QUERY, header="<soap:Header></soap:Header>"),
    "unknown headers": m.envelope(
        QUERY,
        header='<soap:Header><work:WorkContext xmlns:work="http://oracle.com/weblogic/soap/workarea/">x</work:WorkContext>'
        '<To xmlns="http://www.w3.org/2005/08/addressing" soap:mustUnderstand="1">x</To></soap:Header>',
    ),
    "no XML declaration": PLAIN.partition("?>")[2],
    "a byte-order mark": "\ufeff" + PLAIN,
    "no line breaks": PLAIN.replace("\n", ""),
    "line breaks and tabs between elements": PLAIN.replace("><", ">\r\n\t<"),
    "creationTime as text": PLAIN.replace(
        '<creationTime value="20260801120000"/>', "<creationTime>20260801120000</creationTime>"
    ),
    "a UUID as message id": PLAIN.replace(
        'extension="123456"', 'extension="0f8fad5b-d9cb-469f-a165-70867728950e"'
    ),
    "processing code P": PLAIN.replace('<processingCode code="T"/>', '<processingCode code="P"/>'),
    "devices swapped": PLAIN.replace("3.72.6.5.100.85", "TROCA")
    .replace("3.72.6.2", "3.72.6.5.100.85")
    .replace("TROCA", "3.72.6.2"),
    "foreign device OIDs": PLAIN.replace("3.72.6.5.100.85", "9.9.9"),
    "elements out of order": PLAIN.replace('<acceptAckCode code="AL"/>', "").replace(
        "</sender>", '</sender><acceptAckCode code="AL"/>'
    ),
    "semanticsText before the value": PLAIN.replace(
        ASKED,
        f'<livingSubjectId><semanticsText>LivingSubject.id</semanticsText><value root="{m.CPF}" extension="{p.MARIA.cpf}"/></livingSubjectId>',
    ),
    "single quotes, and a comment": PLAIN.replace('"', "'").replace(
        "<soap:Body>", "<!-- gerado --><soap:Body>"
    ),
    "another prefix for the envelope": PLAIN.replace("soap:", "env:").replace("xmlns:soap", "xmlns:env"),
    "no prefix for the envelope": PLAIN.replace("soap:", "").replace("xmlns:soap", "xmlns"),
    "ISO-8859-1, declared": PLAIN.replace("UTF-8", "ISO-8859-1"),
}


@pytest.mark.requirement("R086", "messages as real clients write them")
@pytest.mark.parametrize("name", BODIES)
def test_every_way_of_writing_the_question_is_understood(world: World, name: str) -> None:
    answer = world.operadora.post(PDQ, BODIES[name].encode())
    assert (answer.status_code, outcome(answer)) == (200, "OK"), answer.text
    assert found_cns(answer)[0] == p.MARIA.cns


HEADERS = {
    "SOAP 1.2 with its action": {
        "content_type": 'application/soap+xml; charset=utf-8; action="urn:hl7-org:v3:PRPA_IN201305UV02"'
    },
    "a SOAPAction with SOAP 1.2": {"soapaction": "urn:hl7-org:v3:PRPA_IN201305UV02"},
    "a SOAPAction of another operation": {"soapaction": '"urn:hl7-org:v3: QUQI_IN000003UV01_Cancel"'},
    "text/xml": {"content_type": "text/xml; charset=UTF-8"},
    "application/xml": {"content_type": "application/xml"},
    "a form": {"content_type": "application/x-www-form-urlencoded"},
    "no type": {"content_type": ""},
    "compression offered": {"accept_encoding": "gzip,deflate"},
    "a gov.br token nobody asked for": {"x_authorization_govbr": "abc"},
    "a browser's headers": {
        "origin": "https://exemplo.example.org",
        "user_agent": "Mozilla/5.0",
        "cookie": "a=b",
    },
}


@pytest.mark.parametrize("name", HEADERS)
def test_headers_that_clients_send(world: World, name: str) -> None:
    answer = world.operadora.post(PDQ, PLAIN, **HEADERS[name])
    assert (answer.status_code, outcome(answer)) == (200, "OK")


@pytest.mark.parametrize("scheme", ["jwt", "JWT", "Bearer", "bearer", "Jwt"])
def test_the_scheme_is_jwt_or_bearer(world: World, scheme: str) -> None:
    answer = world.operadora.post(PDQ, PLAIN, authorization=f"{scheme} {world.operadora.token}")
    assert answer.status_code == 200


def test_a_body_in_chunks(world: World) -> None:
    answer = world.operadora.http.post(
        world.api + PDQ,
        content=iter([PLAIN.encode()[:100], PLAIN.encode()[100:]]),
        headers={"authorization": f"jwt {world.operadora.token}"},
    )
    assert answer.status_code == 200
    assert "content-length" in answer.headers


def test_without_a_client_certificate_too(world: World) -> None:
    """Rule 19: required for the token only."""
    import httpx

    with httpx.Client(verify=world.operadora.context(certificate=False)) as client:
        answer = client.post(
            world.api + PDQ, content=PLAIN, headers={"authorization": f"jwt {world.operadora.token}"}
        )
    assert answer.status_code == 200


def test_http_10_and_a_connection_for_each_question(world: World) -> None:
    place = urlsplit(world.api)
    body = PLAIN.encode()
    with (
        socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as raw,
        world.operadora.context().wrap_socket(raw, server_hostname="localhost") as wire,
    ):
        head = f"POST {PDQ} HTTP/1.0\r\nAuthorization: jwt {world.operadora.token}\r\nContent-Length: {len(body)}\r\n\r\n"
        wire.sendall(head.encode() + body)
        got = b""
        while part := wire.recv(65536):
            got += part
    assert got.startswith(b"HTTP/1.0 200")
    assert p.MARIA.cns.encode() in got


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_both_tls_versions(world: World, version: ssl.TLSVersion) -> None:
    import httpx

    for address in (f"{world.identity}/api/osb/token", f"{world.api}/.well-known/jwks.json"):
        context = world.operadora.context()
        context.minimum_version = context.maximum_version = version
        with httpx.Client(verify=context) as client:
            assert client.get(address).status_code == 200


# -- what is in the answer --------------------------------------------------------------------------------------------


def test_the_answers_shape_that_clients_depend_on(world: World) -> None:
    """Rules 1 to 11 and 17, on an answer of official size."""
    answer = world.integrador.post(PDQ, PLAIN)
    text = answer.text
    assert '<PRPA_IN201306UV02 ITSVersion="XML_1.0" xmlns="urn:hl7-org:v3">' in text  # 1
    assert "<subject " in text
    assert not re.search(r"<[a-z0-9]+:(?!Envelope|Header|Body)", text)
    assert text.index("<soap:Envelope") < text.index("<S:Body xmlns:S=")  # 2
    assert re.findall(r'birthTime value="(\d+)"', text) == ["19850312000000"]  # 4
    assert text.index('<code code="PRN"') < text.index('<code code="NPRN"')  # 5
    assert text.index('<name use="L">') < text.index('<name use="ASGN">')  # 6
    root = ElementTree.fromstring(answer.content)
    person = root.find(".//h:patientPerson", HL7)
    assert person is not None
    tags = [child.tag for child in person]
    for tag in set(tags):  # 7
        places = [place for place, one in enumerate(tags) if one == tag]
        assert places == list(range(places[0], places[0] + len(places)))
    for others in person.iterfind("h:asOtherIDs", HL7):
        assert others.attrib["classCode"] == "ROL"  # 6
        roots = [one.attrib["root"] for one in others.iterfind("h:id", HL7)]
        scoped = [one.attrib["root"] for one in others.iterfind("h:scopingOrganization/h:id", HL7)]
        assert roots == scoped  # 11
    cards = [one for one in person.iterfind("h:asOtherIDs", HL7) if one[0].attrib["root"] == m.CNS]
    kinds = [one[1].attrib["extension"] for one in cards]
    assert kinds == sorted(kinds)  # 8 and 9: number, then D or P; the D cards first
    place = [child.tag.partition("}")[2] for child in root.find(".//h:birthPlace/h:addr", HL7) or ()]
    assert place == ["city", "country"]  # 10
    for address in root.iter("{urn:hl7-org:v3}telecom"):
        assert address.attrib["use"]
    assert "Security" not in text  # 2.3: answers carry no security header


def test_nobody_is_a_200_with_zeroes(world: World) -> None:
    """Rule 3."""
    answer = world.operadora.post(PDQ, m.by_cpf(p.NOBODY_CPF))
    assert (answer.status_code, answer.text.count('Quantity value="0"')) == (200, 3)


def test_a_soap_11_envelope_is_answered_in_its_version(world: World) -> None:
    """Rule 16; PDQ itself is 1.2 only (official), clients of 1.1 get an answer all the same."""
    answer = world.operadora.post(PDQ, m.envelope(QUERY, version=m.SOAP11), content_type="text/xml")
    assert m.SOAP11 in answer.text
    assert m.SOAP12 not in answer.text
    assert answer.headers["content-type"].startswith("text/xml")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_other_methods_get_a_fault(world: World, method: str) -> None:
    answer = world.operadora.http.request(method, world.api + PDQ)
    assert answer.status_code == 405
    assert "Fault" in answer.text


HOSTILE = {
    "no body": b"",
    "no XML": b"isto nao e xml",
    "half of it": PLAIN.encode()[:400],
    "an entity": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    + PLAIN.encode()[38:],
    "another message": m.envelope('<outra xmlns="urn:x"/>').encode(),
    "no envelope": QUERY.encode(),
    "an empty Body": m.envelope("").encode(),
    "UTF-16": PLAIN.encode("utf-16"),
    "no parameters": m.envelope(m.query("")).encode(),
    "200,000 attributes": PLAIN.replace(
        "<parameterList>", "<parameterList " + " ".join(f'a{n}=""' for n in range(200_000)) + ">"
    ).encode(),
    "depth 200,000": PLAIN.replace(ASKED, "<a>" * 200_000 + "</a>" * 200_000).encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_get_a_fault_and_nothing_more(world: World, name: str) -> None:
    answer = world.operadora.post(PDQ, HOSTILE[name])
    assert answer.status_code in (400, 413, 500)
    assert "Fault" in answer.text
    assert "MSFalha" in answer.text
    assert "root:" not in answer.text
    assert world.operadora.post(PDQ, PLAIN).status_code == 200


def test_a_body_of_100_mb_is_refused_without_being_read(world: World) -> None:
    import httpx

    sent = 0

    def endless() -> object:
        nonlocal sent
        for _ in range(1_600):
            sent += 65_536
            yield b" " * 65_536

    try:
        answer = world.operadora.http.post(
            world.api + PDQ,
            content=endless(),  # type: ignore[arg-type]
            headers={"authorization": f"jwt {world.operadora.token}"},
        )
        assert answer.status_code == 413
    except httpx.HTTPError:
        pass  # the listener closed the connection while we were still sending
    assert sent < 20 * 1024 * 1024
    assert world.operadora.post(PDQ, PLAIN).status_code == 200


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_somewhat_too_long_is_read_to_its_end_so_that_the_reason_arrives(
    world: World, chunked: bool
) -> None:
    body = b"x" * 2_000_000
    content = iter([body[at : at + 50_000] for at in range(0, len(body), 50_000)]) if chunked else body
    answer = world.operadora.post(PDQ, content)  # type: ignore[arg-type]
    assert (answer.status_code, outcome(answer)) == (413, "VINC-CORPO_GRANDE")


def test_slow_senders_do_not_keep_others_waiting(world: World) -> None:
    place = urlsplit(world.api)
    slow = []
    for _ in range(100):
        raw = socket.create_connection((place.hostname or "", place.port or 0), timeout=20)
        wire = world.operadora.context().wrap_socket(raw, server_hostname="localhost")
        wire.sendall(
            f"POST {PDQ} HTTP/1.1\r\nHost: localhost\r\nAuthorization: jwt {world.operadora.token}\r\n"
            "Content-Length: 1000\r\n\r\n<soap".encode()
        )
        slow.append(wire)
    assert world.operadora.post(PDQ, PLAIN).elapsed.total_seconds() < 5
    for wire in slow:
        wire.close()


@pytest.mark.parametrize(
    "declared", ["Content-Length: 1000\r\n\r\n<soap", "Transfer-Encoding: chunked\r\n\r\n5\r\n<soap\r\n"]
)
@pytest.mark.parametrize("path", [PDQ, "/fhir/r4/$consulta-em-lote"])
def test_who_hangs_up_amid_his_body_is_no_error_of_ours(world: World, declared: str, path: str) -> None:
    place = urlsplit(world.api)
    traces = world.stage.data / "registros"
    before = len(list(traces.glob("erro-*")))
    raw = socket.create_connection((place.hostname or "", place.port or 0), timeout=20)
    wire = world.operadora.context().wrap_socket(raw, server_hostname="localhost")
    wire.sendall(
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: jwt {world.operadora.token}\r\n{declared}".encode()
    )
    time.sleep(0.3)
    wire.close()
    time.sleep(0.7)
    assert world.operadora.post(PDQ, PLAIN).status_code == 200
    assert len(list(traces.glob("erro-*"))) == before
