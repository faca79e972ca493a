"""PDQ over the wire: who is found by what, and what an operadora and an integrador are told of him."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import httpx
import pytest

from tests.interop import messages as m
from tests.interop import people as p
from tests.interop.world import PDQ, Caller, World

pytestmark = pytest.mark.django_db
HL7 = {"h": "urn:hl7-org:v3"}


def tree(answer: httpx.Response) -> ElementTree.Element:
    return ElementTree.fromstring(answer.content)


def outcome(answer: httpx.Response) -> str:
    """queryResponseCode, or the code of the fault."""
    found = tree(answer).find(".//h:queryResponseCode", HL7)
    if found is not None:
        return found.attrib["code"]
    return re.findall(r"<men:codigo[^>]*>([^<]*)<", answer.text)[-1]


def found_cns(answer: httpx.Response) -> list[str]:
    """The numbers in the answer, the master first."""
    return [
        one.attrib["extension"]
        for one in tree(answer).iter("{urn:hl7-org:v3}id")
        if one.get("root") == m.CNS and one.get("extension")
    ]


def ask(caller: Caller, parameters: str, **more: object) -> httpx.Response:
    return caller.post(PDQ, m.envelope(m.query(parameters, **more)))  # type: ignore[arg-type]


IDENTIFIERS = {
    "the master CNS": (m.CNS, p.MARIA.cns),
    "an older card": (m.CNS, p.MARIA.outros[0]),
    "the CPF": (m.CPF, p.MARIA.cpf),
    "the CPF under the other root": (m.CPF_OTHER, p.MARIA.cpf),
    "the NIS": (m.NIS, p.MARIA.mais["pis"]),
}


@pytest.mark.requirement("R073", "R074", "R075", "R086")
@pytest.mark.parametrize("kind", IDENTIFIERS)
@pytest.mark.parametrize("who", ["operadora", "integrador"])
def test_a_person_is_found_by_any_number_of_his(world: World, who: str, kind: str) -> None:
    answer = ask(getattr(world, who), m.identifier(*IDENTIFIERS[kind]))
    assert (answer.status_code, outcome(answer)) == (200, "OK")
    assert found_cns(answer)[0] == p.MARIA.cns
    assert int(tree(answer).find(".//h:resultTotalQuantity", HL7).attrib["value"]) == 1  # type: ignore[union-attr]


def test_who_has_no_cpf_is_found_by_his_card(world: World) -> None:
    assert found_cns(ask(world.operadora, m.identifier(m.CNS, p.JOSE.cns))) == [p.JOSE.cns]


@pytest.mark.parametrize(
    "number", [(m.CPF, p.NOBODY_CPF), (m.CNS, p.NOBODY_CNS), (m.CPF, p.DISPUTADA[0].cpf)]
)
def test_nobody_is_an_answer(world: World, number: tuple[str, str]) -> None:
    """Also for a CPF that several claim: the base does not guess."""
    answer = ask(world.operadora, m.identifier(*number))
    assert (answer.status_code, outcome(answer)) == (200, "NF")
    quantities = re.findall(r"<result(?:Total|Current|Remaining)Quantity value=\"(\d+)\"", answer.text)
    assert quantities == ["0", "0", "0"]
    assert "<subject" not in answer.text


@pytest.mark.parametrize(
    ("root", "number", "code"),
    [
        (m.CPF, "11144477736", "VINC-CPF"),
        (m.CPF, "111.444.777-35", "VINC-CPF"),
        (m.CPF, "1114447773", "VINC-CPF"),
        (m.CNS, "7000000000000", "VINC-CNS"),
        (m.CNS, "７０００００００００００００５", "VINC-CNS"),
        (m.NIS, "12056412546", "VINC-NIS"),
        ("2.16.840.1.113883.3.4594.100.77", "LOCAL-1", "VINC-IDENTIFICADOR_LOCAL"),
        ("2.16.840.1.113883.13.243", "12345678X", "VINC-DOCUMENTO"),
        ("2.16.840.1.113883.13.241.1", "10453901552013100012021000012321", "VINC-DOCUMENTO"),
    ],
)
def test_a_number_that_is_none_is_refused_with_the_reason(
    world: World, root: str, number: str, code: str
) -> None:
    answer = ask(world.operadora, m.identifier(root, number))
    assert (answer.status_code, outcome(answer)) == (500, code)
    assert number not in answer.text


@pytest.mark.requirement("R088", "minimum")
def test_an_operadora_gets_the_cns_and_what_the_message_needs(world: World) -> None:
    """L3 of access.md: no field outside the set."""
    text = ask(world.operadora, m.identifier(m.CPF, p.MARIA.cpf)).text
    subject = text[text.index("<subject") : text.index("</subject>")]
    for released in (
        p.MARIA.cns,
        p.MARIA.nome,
        "19850312000000",
        'administrativeGenderCode code="F"',
        'value="100"',
    ):
        assert released in subject
    for kept in (
        p.MARIA.cpf, p.MARIA.outros[0], p.MARIA.mae, "JOSE EXEMPLO", "520870", "maria@example.org", "900000000", "DAS FLORES",
        p.MARIA.mais["pis"], "MARI EXEMPLO", 'raceCode code="03"',
    ):  # fmt: skip
        assert kept not in subject


def test_an_integrador_gets_an_answer_of_official_size(world: World) -> None:
    text = ask(world.integrador, m.identifier(m.CNS, p.MARIA.cns)).text
    for released in (
        p.MARIA.cns, p.MARIA.cpf, p.MARIA.outros[0], p.MARIA.mae, "JOSE EXEMPLO", "maria@example.org", "DAS FLORES",
        p.MARIA.mais["pis"], "MARI EXEMPLO", "<city>520870</city>",
    ):  # fmt: skip
        assert released in text


def test_a_cns_or_cpf_outweighs_all_other_criteria(world: World) -> None:
    others = m.demographics("OUTRA PESSOA QUALQUER", "20010101", "NINGUEM DE TAL")
    assert found_cns(ask(world.operadora, others + m.identifier(m.CPF, p.MARIA.cpf)))[0] == p.MARIA.cns
    both = m.identifier(m.CPF, p.NAMESAKES[0].cpf) + m.identifier(m.CNS, p.MARIA.cns)
    assert found_cns(ask(world.operadora, both))[0] == p.MARIA.cns


def test_what_is_echoed(world: World) -> None:
    """Rule 12: queryId, request id, sender's name, and the question verbatim."""
    answer = ask(
        world.operadora, m.identifier(m.CPF, p.MARIA.cpf), query_id="uma &amp; outra", sender="[SYSTEMCODE]"
    )
    root = tree(answer)
    assert root.find(".//h:acknowledgement/h:targetMessage/h:id", HL7).attrib["extension"] == "123456"  # type: ignore[union-attr]
    assert root.find(".//h:queryAck/h:queryId", HL7).attrib["extension"] == "uma & outra"  # type: ignore[union-attr]
    assert root.find(".//h:receiver/h:device/h:name", HL7).text == "[SYSTEMCODE]"  # type: ignore[union-attr]
    assert root.find(".//h:queryByParameter/h:parameterList", HL7) is not None


@pytest.mark.requirement("R088", "audit")
def test_every_person_returned_leaves_one_durable_record_with_its_purpose(world: World) -> None:
    """L1 of access.md."""
    before = len(world.audit("acao = 'api:pdq:consultada'"))
    ask(world.operadora, m.identifier(m.CPF, p.MARIA.cpf))
    records = world.audit("acao = 'api:pdq:consultada'")
    assert len(records) == before + 1
    assert records[-1] == (
        f"credencial:{world.operadora.credential}", "api:pdq:consultada", f"cpf:{p.MARIA.cpf}", "INCLUSAO_BENEFICIARIO",
    )  # fmt: skip
    ask(world.operadora, m.identifier(m.CPF, p.NOBODY_CPF))
    assert world.audit("acao = 'api:pdq:sem-resultado'")[-1][2] == f"cpf:{p.NOBODY_CPF}"


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "jwt",
        "Basic eDp5",
        "jwt a.b.c",
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
        "jwt " + "x" * 9000,
    ],
)
def test_without_a_token_that_holds_nobody_is_answered(world: World, authorization: str) -> None:
    answer = world.operadora.post(PDQ, m.by_cpf(p.MARIA.cpf), authorization=authorization)
    assert answer.status_code == 401
    assert "OSB_SEM_AUTENTICACAO" in answer.text
    assert "As credenciais informadas não são válidas" in answer.text
    assert p.MARIA.cns not in answer.text


def test_a_token_that_was_touched_or_signed_by_another_does_not_hold(world: World) -> None:
    import jwt
    from cryptography.hazmat.primitives.asymmetric import ec

    token = world.operadora.token
    head, body, signature = token.split(".")
    other = ec.generate_private_key(ec.SECP256R1())
    claims = jwt.decode(token, options={"verify_signature": False})
    kid = jwt.get_unverified_header(token)["kid"]
    forged = [
        f"{head}.{body}.{signature[:-4]}AAAA",
        f"{head}.{body}x.{signature}",
        jwt.encode(claims, other, algorithm="ES256", headers={"kid": kid}),
        jwt.encode(claims, "segredo-de-quem-inventa-32-letras", algorithm="HS256", headers={"kid": kid}),
        jwt.encode(
            {**claims, "sub": world.integrador.credential}, other, algorithm="ES256", headers={"kid": kid}
        ),
    ]
    for one in forged:
        assert world.operadora.post(PDQ, m.by_cpf(p.MARIA.cpf), authorization=f"jwt {one}").status_code == 401


def test_gov_br_is_refused_with_the_reason_until_it_is_configured(world: World) -> None:
    answer = world.operadora.post(PDQ + "GovBR", m.by_cpf(p.MARIA.cpf), x_authorization_govbr="abc")
    assert (answer.status_code, outcome(answer)) == (403, "VINC-GOVBR")


def test_every_answer_says_what_is_left_of_the_limit(world: World) -> None:
    answer = ask(world.operadora, m.identifier(m.CPF, p.MARIA.cpf))
    assert answer.headers["ratelimit-limit"] == "6000"
    assert 0 < int(answer.headers["ratelimit-remaining"]) <= 1000
    assert int(answer.headers["content-length"]) == len(answer.content)
