"""PIX over the wire: systems feed persons, merge what was one, and ask what a person is called elsewhere."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import httpx
import pytest

from tests.formats.pix import messages as f
from tests.interop import feeds as w
from tests.interop import messages as m
from tests.interop import people as p
from tests.interop.test_pdq import HL7, found_cns, outcome
from tests.interop.world import PDQ, World

pytestmark = pytest.mark.django_db


def acknowledged(answer: httpx.Response) -> str:
    """The typeCode, of which CA alone is success; else the codes of the fault."""
    code = ElementTree.fromstring(answer.content).find(
        f"{{*}}Body/h:{w.MCCI}/h:acknowledgement/h:typeCode", HL7
    )
    return code.attrib["code"] if code is not None else f"{answer.status_code} {outcome(answer)}"


def reasons(answer: httpx.Response) -> list[str]:
    return re.findall(r'<acknowledgementDetail typeCode="E"><code code="([^"]*)"', answer.text)


def send(world: World, message: str, **headers: str) -> httpx.Response:
    return world.integrador.post(w.PIX, message, **headers)


def asked_by_cpf(world: World, cpf: str) -> httpx.Response:
    return world.integrador.post(PDQ, m.by_cpf(cpf))


@pytest.mark.requirement("R086", "PIX")
def test_a_new_person_gets_a_number_that_pdq_then_tells(world: World) -> None:
    """The add does not return the number: clients ask PDQ (cadsus-services.md, section 4)."""
    cpf = w.a_cpf(1)
    answer = send(world, w.feed("N-1", w.person("MARTA NOVA DE LIMA", cpf)))
    assert (answer.status_code, acknowledged(answer)) == (200, "CA")
    assert "acknowledgementDetail" not in answer.text
    shown = asked_by_cpf(world, cpf)
    (cns,) = set(found_cns(shown))
    assert cns.startswith(("7099", "8"))
    assert "MARTA NOVA DE LIMA" in shown.text
    assert f'root="{w.ROOT}" extension="N-1"' in shown.text
    assert world.audit(f"acao = 'cadsus:pessoa:adicionada' AND assunto = 'cpf:{cpf}'") == [
        (f"credencial:{world.integrador.credential}", "cadsus:pessoa:adicionada", f"cpf:{cpf}", "")
    ]


def test_the_same_message_updates_and_repeating_it_changes_nothing(world: World) -> None:
    cpf = w.a_cpf(2)
    first = w.feed("N-2", w.person("RENATA REPETIDA LIMA", cpf))
    moved = w.feed(
        "N-2", w.person("RENATA REPETIDA LIMA", cpf, address=f.ADDRESS.replace("DAS ACÁCIAS", "DOS IPÊS"))
    )
    for message in (first, first, moved):
        assert acknowledged(send(world, message)) == "CA"
    shown = asked_by_cpf(world, cpf)
    assert "DOS IPÊS" in shown.text
    assert len(found_cns(shown)) == 1
    events = [one[1] for one in world.audit(f"assunto = 'cpf:{cpf}' AND acao LIKE 'cadsus:%'")]
    assert events == ["cadsus:pessoa:adicionada", "cadsus:pessoa:atualizada"]


GOOD = w.person("VERA VARIADA DE LIMA")
WAYS = {
    "dates of 8 digits, father first, no certidão": GOOD,
    "dates of 14 digits": GOOD.replace('"19840229"', '"19840229000000"'),
    "a date with a zone": GOOD.replace('"19840229"', '"19840229000000.0-0300"'),
    "mother first": w.person(
        "VERA VARIADA DE LIMA",
        parents=f.parent("PRN", "RITA DAS NEVES", "Nome da Mae") + f.parent("NPRN", "SEM INFORMAÇÃO", "Nome do Pai"),
    ),
    "no father at all": w.person("VERA VARIADA DE LIMA", parents=f.parent("PRN", "RITA DAS NEVES", "Nome da Mae")),
    "birthPlace without determinerCode": GOOD.replace(
        'classCode="BIRTHPL" determinerCode="INSTANCE"', 'classCode="BIRTHPL"'
    ),
    "birth municipality unknown": GOOD.replace("<city>520870</city><country>", "<city>999999</city><country>"),
    "no address": w.person("VERA VARIADA DE LIMA", address='<addr use="BAD"/>'),
    "race unknown": w.person("VERA VARIADA DE LIMA", race='<raceCode code="99"/>'),
    "telephone with DDI and hyphens": GOOD.replace('value="6230000000"', 'value="+55-62-30000000"'),
    "uses of the schema": GOOD.replace('use="PRN" value', 'use="H" value'),
    "every use that CadSUS has": w.person(
        "VERA VARIADA DE LIMA",
        telecoms="".join(
            f'<telecom use="{use}" value="+55-62-{number}"/>'
            for use, number in {"PRN": "30000001", "WPN": "30000002", "EMR": "30000003", "ASN": "900000004"}.items()
        )
        + '<telecom use="NET" value="vera@example.org"/>',
    ),
    "a certidão whose first id is null": w.person(
        "VERA VARIADA DE LIMA",
        papers=f.group(
            ("13.241.2", "null"), ("4.706.1", "CARTORIO DO CENTRO"), ("4.706.2", "B12"), ("4.706.3", "34"),
            ("4.706.4", "567"), ("4.706.5", "20070707"),
        ),
    ),
    "RG in the order of the annex": w.person("VERA VARIADA DE LIMA", papers=f.RG),
}  # fmt: skip


@pytest.mark.requirement("R086", "feeds as real clients write them")
@pytest.mark.parametrize("name", WAYS)
def test_every_way_of_writing_a_feed_is_taken(world: World, name: str) -> None:
    answer = send(world, w.feed("V-1", WAYS[name]))
    assert acknowledged(answer) == "CA", answer.text


NIL = '<custodian xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
MESSAGES = {
    "custodian nil": w.feed("V-1", GOOD, after=NIL),
    "no custodian": w.feed("V-1", GOOD, after=""),
    "prefixes on every element": re.sub(
        r"<(/?)(?!soap|\?)([A-Za-z])", r"<\1v3:\2", w.feed("V-1", GOOD).replace(' xmlns="urn:', ' xmlns:v3="urn:')
    ),
    "a byte-order mark": "\ufeff" + w.feed("V-1", GOOD),
    "no providerOrganization": w.feed("V-1", GOOD).replace(f.PROVIDER, ""),
    "no name of the system": w.feed("V-1", GOOD, ids=w.local("V-1", system="")),
    "the ids of other systems beside its own": w.feed("V-1", GOOD, ids=w.local("OUTRO", root="1.2.3") + w.local("V-1")),
    "the corporate id sent back": w.feed("V-1", GOOD, ids=w.local("V-1") + w.local("0000000001", root="2.16.840.1.113883.3.4594")),
    "processing code T": w.feed("V-1", GOOD).replace('processingCode code="P"', 'processingCode code="T"'),
}  # fmt: skip


@pytest.mark.parametrize("name", MESSAGES)
def test_every_way_of_wrapping_it_is_taken(world: World, name: str) -> None:
    answer = send(world, MESSAGES[name])
    assert acknowledged(answer) == "CA", answer.text


NUMBER = "11144477736"
REFUSED = {
    "a first name alone": (w.person("JOANA"), "VINC-RN002"),
    "a term that CadSUS does not take": (w.person("JOANA DESCONHECIDA LIMA"), "VINC-RN002.3"),
    "a CPF that is none": (w.person(cpf=NUMBER), "VINC-RN"),
    "no sex": (w.person(sex=""), "VINC-RN"),
    "no mother": (w.person(parents=f.parent("NPRN", "JOAO DE LIMA", "Nome do Pai")), "VINC-RN"),
    "born tomorrow": (w.person(birth="29991231"), "VINC-RN"),
    "a date that does not exist": (w.person(birth="19840230"), "VINC-LEITURA"),
    "dead without a day": (w.person(death='<deceasedInd value="true"/>'), "VINC-LEITURA"),
    "a CNS of another": (w.person(papers=f.group(("13.236", p.MARIA.cns), ("13.236.1", "D"))), "VINC-CNS_DE_OUTRO"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_rules_refuse_is_answered_ce_with_every_reason(world: World, name: str) -> None:
    message, code = REFUSED[name]
    answer = send(world, w.feed("R-1", message))
    assert (answer.status_code, acknowledged(answer)) == (200, "CE")
    assert [one for one in reasons(answer) if one.startswith(code)], answer.text
    assert all(text for text in re.findall("<text>([^<]*)</text>", answer.text))
    assert not {NUMBER, p.MARIA.cns, "JOANA"} & set(re.findall(r"\w+", answer.text))


@pytest.mark.requirement("R088", "audit")
@pytest.mark.parametrize(
    ("message", "subject"),
    [
        (w.feed("R-2", w.person("JOANA", w.a_cpf(60))), f"cpf:{w.a_cpf(60)}"),
        (w.feed("R-3", w.person("JOANA", NUMBER)), f"local:{w.ROOT}/R-3"),
        (w.revise("R-4", GOOD.replace(w.a_cpf(1), "")), f"local:{w.ROOT}/R-4"),
        (w.merge("R-5", priors=w.prior("R-6")), f"local:{w.ROOT}/R-5"),
    ],
    ids=["a rule", "no CPF to tell", "a local id nobody has", "nobody to merge"],
)
def test_a_refusal_leaves_a_trace_of_whom_it_was_about(world: World, message: str, subject: str) -> None:
    """What it says of a person, of his CPF above all, may be all that somebody wanted to know."""
    assert acknowledged(send(world, message)) == "CE"
    assert world.audit("acao = 'api:pix:recusada'")[-1][2:] == (subject, "CADASTRO_SUS")


def test_several_faults_are_told_at_once(world: World) -> None:
    answer = send(world, w.feed("R-1", w.person("JOANA", NUMBER, sex="", birth="29991231")))
    assert len(reasons(answer)) >= 4
    assert answer.text.count("(RN") >= 4


def test_a_feed_without_a_local_id_is_refused(world: World) -> None:
    answer = send(world, w.feed("", GOOD, ids='<id nullFlavor="NI"/>'))
    assert (acknowledged(answer), reasons(answer)) == ("CE", ["VINC-IDENTIFICADOR_LOCAL"])


def test_a_local_id_that_is_somebody_elses_is_refused(world: World) -> None:
    assert acknowledged(send(world, w.feed("C-1", w.person("CARLA PRIMEIRA LIMA", w.a_cpf(10))))) == "CA"
    answer = send(world, w.feed("C-1", w.person("DORA SEGUNDA PRADO", w.a_cpf(11), birth="19911111")))
    assert (acknowledged(answer), reasons(answer)) == ("CE", ["VINC-LOCAL_CONTRADIZ"])


@pytest.mark.parametrize(
    "message",
    [
        w.feed("1", GOOD, ids=w.local("1", root="2.16.840.1.113883.3.4594.100.999997")),
        w.revise("1", GOOD).replace(w.ROOT, "1.2.3"),
        w.merge("V-1", ids=w.local("V-1", root="1.2.3"), priors=w.prior("X")),
        w.merge("V-1", priors=w.prior("X", root="1.2.3")),
    ],
    ids=["add", "revise", "merge into another's", "merge another's"],
)
def test_nobody_speaks_for_the_ids_of_another_system(world: World, message: str) -> None:
    assert acknowledged(send(world, message)) == "403 VINC-SISTEMA_ALHEIO"


@pytest.mark.requirement("R086", "an operadora registers nobody")
def test_an_operadora_registers_nobody_and_asks_nothing_here(world: World) -> None:
    for message in (w.feed("O-1", GOOD), w.cross(m.CPF, p.MARIA.cpf)):
        answer = world.operadora.post(w.PIX, message)
        assert acknowledged(answer) == "403 VINC-SO_INTEGRADOR"
        assert "/cadsus/v2/PDQSupplierJWT" in answer.text
        assert "/fhir/r4/Patient/$ihe-pix" in answer.text


def test_a_revision_takes_the_place_of_what_was_held(world: World) -> None:
    cpf = w.a_cpf(20)
    assert acknowledged(send(world, w.revise("REVISAO-1", w.person("IRIS CORRIGIDA LIMA", cpf)))) == "CE"
    assert (
        acknowledged(
            send(world, w.feed("REVISAO-1", w.person("IRIS CORRIGDA LIMA", cpf, mother="RITA ERRADA")))
        )
        == "CA"
    )
    corrected = w.person("IRIS CORRIGIDA LIMA", cpf, mother="RITA CERTA DAS NEVES", birth="19840301")
    assert acknowledged(send(world, w.revise("REVISAO-1", corrected))) == "CA"
    shown = asked_by_cpf(world, cpf).text
    assert "IRIS CORRIGIDA LIMA" in shown
    assert "RITA CERTA DAS NEVES" in shown
    assert "19840301000000" in shown


def test_two_local_ids_merged_lead_to_one_person_and_every_number_resolves(world: World) -> None:
    one, other = w.a_cpf(30), ""
    assert acknowledged(send(world, w.feed("M-1", w.person("LAURA DUPLA DE LIMA", one)))) == "CA"
    assert (
        acknowledged(send(world, w.feed("M-2", w.person("LAURA DUPLA LIMA", other, birth="19840228"))))
        == "CA"
    )
    numbers = [
        found_cns(world.integrador.post(PDQ, m.envelope(m.query(m.identifier(w.ROOT, local)))))[0]
        for local in ("M-1", "M-2")
    ]
    assert len(set(numbers)) == 2
    for _ in range(2):  # merging again changes nothing
        assert acknowledged(send(world, w.merge("M-1", "M-2"))) == "CA"
    shown = [found_cns(world.integrador.post(PDQ, m.by_cns(number))) for number in numbers]
    assert shown[0] == shown[1]
    assert set(shown[0]) == set(numbers)
    assert world.audit("acao = 'cadsus:pessoa:unida'")[-1][2] == f"cpf:{one}"


def test_persons_of_two_cpfs_are_not_merged(world: World) -> None:
    for number in (40, 41):
        message = w.feed(
            f"M-{number}", w.person(f"OLGA {'UMA' if number == 40 else 'DUAS'} DE LIMA", w.a_cpf(number))
        )
        assert acknowledged(send(world, message)) == "CA"
    answer = send(world, w.merge("M-40", "M-41"))
    assert (acknowledged(answer), reasons(answer)) == ("CE", ["VINC-CPF_DIFERENTES"])
    answer = send(world, w.merge("M-40", "NUNCA-VISTO"))
    assert (acknowledged(answer), reasons(answer)) == ("CE", ["VINC-LOCAL_DESCONHECIDO"])
    answer = send(world, w.merge("M-40"))
    assert (acknowledged(answer), reasons(answer)) == ("CE", ["VINC-UNIFICACAO"])


def ids(answer: httpx.Response) -> list[tuple[str, str]]:
    found = ElementTree.fromstring(answer.content).iterfind(".//h:subject//h:patient/h:id", HL7)
    return [(one.attrib["root"], one.attrib["extension"]) for one in found]


def test_what_else_a_person_is_called(world: World) -> None:
    cpf = w.a_cpf(50)
    assert acknowledged(send(world, w.feed("X-1", w.person("SONIA CRUZADA LIMA", cpf)))) == "CA"
    by_cpf = send(world, w.cross(m.CPF, cpf))
    assert outcome(by_cpf) == "OK"
    assert ids(by_cpf)[1:] == [(w.ROOT, "X-1")]
    assert ids(send(world, w.cross(w.ROOT, "X-1"))) == ids(by_cpf)
    assert ids(send(world, w.cross(*ids(by_cpf)[0]))) == ids(by_cpf)
    assert outcome(send(world, w.cross(ids(by_cpf)[0][0], "9" * 40))) == "NF"
    assert ids(send(world, w.cross(w.ROOT, "X-1", w.ROOT))) == [(w.ROOT, "X-1")]
    assert outcome(send(world, w.cross(w.ROOT, "X-1", "1.2.3"))) == "NF"
    assert outcome(send(world, w.cross(w.ROOT, "NUNCA-VISTO"))) == "NF"
    assert outcome(send(world, w.cross(m.CPF, NUMBER))) == "VINC-CPF"
    assert [one[1:] for one in world.audit(f"acao LIKE 'api:pix:%' AND assunto = 'cpf:{cpf}'")][:3] == [
        ("api:pix:consultada", f"cpf:{cpf}", "CADASTRO_SUS")
    ] * 3


def test_no_feed_is_a_fault(world: World) -> None:
    assert acknowledged(send(world, m.by_cpf(p.MARIA.cpf))) == "500 VINC-OPERACAO"
    assert acknowledged(send(world, m.envelope(f.message("")))) == "500 VINC-SEM_PESSOA"
    assert acknowledged(send(world, "<nada")) == "400 VINC-MENSAGEM"
    assert acknowledged(send(world, w.feed("1", GOOD), authorization="jwt a.b.c")).startswith("401")


def test_govbr_is_closed_with_the_reason(world: World) -> None:
    answer = world.integrador.post(w.PIX + "GovBR", w.feed("1", GOOD))
    assert acknowledged(answer) == "403 VINC-GOVBR"


def test_the_legacy_door_takes_user_and_password(world: World) -> None:
    """The sandbox gives both with the credential, and tells the password once."""
    given = world.integrador.login
    folder = str(world.stage.out / "outra-pasta")
    made = world.run(*"sandbox credential 999903 --kind integrador --json --out".split(), folder)
    again = json.loads(made)
    assert (again["usuario"], again["senha"]) == (given[0], "")
    header = m.username_token(*given)
    message = w.feed("L-1", w.person("LEIDE LEGADA LIMA")).replace("<soap:Header/>", header)
    post = world.integrador.http.post
    assert acknowledged(post(world.api + w.LEGACY_PIX, content=message.encode())) == "CA"
    wrong = message.replace(given[1], "outra")
    assert post(world.api + w.LEGACY_PIX, content=wrong.encode()).status_code == 401


def test_the_description_names_its_own_address(world: World) -> None:
    found = world.integrador.http.get(f"{world.api}{w.PIX}?wsdl")
    assert found.status_code == 200
    assert f'location="{world.api}{w.PIX}"' in found.text
    for name in re.findall(r"\?xsd=([A-Za-z.]+)", found.text):
        assert world.integrador.http.get(f"{world.api}{w.PIX}?xsd={name}").status_code == 200
