"""Searches by name over PDQ: who is found, who is refused, and the pages of an answer."""

from __future__ import annotations

import httpx
import pytest

from tests.interop import messages as m
from tests.interop import people as p
from tests.interop.test_pdq import HL7, ask, found_cns, outcome, tree
from tests.interop.world import PDQ, World

pytestmark = pytest.mark.django_db
ALL = {"nome": p.MARIA.nome, "nascimento": "19850312", "mae": p.MARIA.mae, "sexo": "F", "municipio": "520870"}


def scores(answer: httpx.Response) -> list[int]:
    found = tree(answer).iter("{urn:hl7-org:v3}queryMatchObservation")
    return [int(one.find("h:value", HL7).attrib["value"]) for one in found]  # type: ignore[union-attr]


SEARCHES: dict[str, tuple[dict[str, str], str]] = {
    # criteria → the CNS found, or the outcome
    "all five": (ALL, p.MARIA.cns),
    "name and birth": ({"nome": p.MARIA.nome, "nascimento": "19850312"}, p.MARIA.cns),
    "name and birth of 14 digits": ({"nome": p.MARIA.nome, "nascimento": "19850312000000"}, p.MARIA.cns),
    "name and mother": ({"nome": p.MARIA.nome, "mae": p.MARIA.mae}, p.MARIA.cns),
    "small letters": ({"nome": p.MARIA.nome.lower(), "nascimento": "19850312"}, p.MARIA.cns),
    "accents the base has not": ({"nome": "MÁRIA EXÊMPLO DA SÍLVA", "nascimento": "19850312"}, p.MARIA.cns),
    "accents the base has": ({"nome": "JOSE D'AVILA SEM CPF", "nascimento": "19500102"}, p.JOSE.cns),
    "another spelling": ({"nome": "MARIA ESEMPLO DA SILVA", "nascimento": "19850312"}, p.MARIA.cns),
    "another mother": ({**ALL, "mae": "CLEUSA OUTRA DE TAL"}, "NF"),
    "another birth": ({"nome": p.MARIA.nome, "nascimento": "19991231"}, "NF"),
    "nobody": ({"nome": "NINGUEM INEXISTENTE DE TAL", "nascimento": "19850312"}, "NF"),
    "a birth that is none": ({"nome": p.MARIA.nome, "nascimento": "19850231"}, "VINC-NASCIMENTO"),
    "a name alone": ({"nome": p.MARIA.nome}, "VINC-SEGUNDO_CRITERIO"),
    "a birth alone": ({"nascimento": "19850312"}, "VINC-CRITERIOS"),
    "one word": ({"nome": "MARIA", "nascimento": "19850312"}, "VINC-NOME_INCOMPLETO"),
    "wildcards": ({"nome": "MAR% SILVA", "nascimento": "19850312"}, "VINC-CURINGA"),
    "a crowd": ({"nome": "ANA DEMASIADA LIMA", "mae": "MAE DE TODAS"}, "VINC-MUITOS_CADASTROS"),
}


@pytest.mark.requirement("R074")
@pytest.mark.parametrize("case", SEARCHES)
def test_who_is_found_by_what(world: World, case: str) -> None:
    criteria, expected = SEARCHES[case]
    answer = ask(world.operadora, m.demographics(**criteria))
    if expected.isdigit():
        assert (answer.status_code, outcome(answer)) == (200, "OK"), answer.text
        assert found_cns(answer)[0] == expected
        assert all(90 <= one <= 100 for one in scores(answer))
    elif expected == "NF":
        assert (answer.status_code, outcome(answer)) == (200, "NF")
    else:
        assert (answer.status_code, outcome(answer)) == (500, expected)


def test_an_integrador_may_search_by_a_name_alone(world: World) -> None:
    assert found_cns(ask(world.integrador, m.demographics(p.MARIA.nome)))[0] == p.MARIA.cns


def test_the_pages_of_an_answer(world: World) -> None:
    """2 of 12, then the next ones, then none is left; the same persons as all at once."""
    whole = found_cns_of_all(world)
    assert len(whole) == 12
    first = ask(world.integrador, m.demographics(p.NAMESAKES[0].nome), page=2, query_id="pagina")
    seen = masters(first)
    assert quantities(first) == [12, 2, 10]
    for start in range(3, 13, 2):
        answer = world.integrador.post(PDQ, m.continuation("pagina", start, 2))
        assert (answer.status_code, outcome(answer)) == (200, "OK"), answer.text
        assert quantities(answer) == [12, 2, 12 - start - 1]
        seen += masters(answer)
    assert seen == whole
    past = world.integrador.post(PDQ, m.continuation("pagina", 13, 2))
    assert outcome(past) == "NF"


def masters(answer: httpx.Response) -> list[str]:
    """The first CNS of each person."""
    return [
        next(
            one.attrib["extension"]
            for one in subject.iter("{urn:hl7-org:v3}id")
            if one.get("root") == m.CNS and one.get("extension")
        )
        for subject in tree(answer).iter("{urn:hl7-org:v3}subject")
    ]


def found_cns_of_all(world: World) -> list[str]:
    return masters(ask(world.integrador, m.demographics(p.NAMESAKES[0].nome)))


def quantities(answer: httpx.Response) -> list[int]:
    root = tree(answer)
    return [
        int(root.find(f".//h:result{name}Quantity", HL7).attrib["value"])  # type: ignore[union-attr]
        for name in ("Total", "Current", "Remaining")
    ]


def test_a_question_is_continued_by_who_asked_it_until_it_is_cancelled(world: World) -> None:
    ask(world.integrador, m.demographics(p.NAMESAKES[0].nome), page=2, query_id="minha")
    stranger = world.operadora.post(PDQ, m.continuation("minha", 3, 2))
    assert outcome(stranger) == "VINC-CONSULTA_VENCIDA"
    assert outcome(world.integrador.post(PDQ, m.continuation("outra", 3, 2))) == "VINC-CONSULTA_VENCIDA"
    cancelled = world.integrador.post(PDQ, m.continuation("minha", 0, 0, cancel=True))
    assert cancelled.status_code == 200
    assert "MCCI_IN000002UV01" in cancelled.text
    assert 'typeCode code="CA"' in cancelled.text
    assert outcome(world.integrador.post(PDQ, m.continuation("minha", 3, 2))) == "VINC-CONSULTA_VENCIDA"


@pytest.mark.parametrize("start", [1, 0, -3])
def test_a_continuation_from_the_beginning_leaves_the_question_in_place(world: World, start: int) -> None:
    ask(world.integrador, m.demographics(p.NAMESAKES[0].nome), page=2, query_id=f"de-novo{start}")
    again = world.integrador.post(PDQ, m.continuation(f"de-novo{start}", start, 2))
    assert quantities(again) == [12, 2, 10]
    following = world.integrador.post(PDQ, m.continuation(f"de-novo{start}", 3, 2))
    assert quantities(following) == [12, 2, 8]


def test_each_page_leaves_a_record_for_each_of_its_persons(world: World) -> None:
    before = len(world.audit("acao = 'api:pdq:consultada'"))
    ask(world.integrador, m.demographics(p.NAMESAKES[0].nome), page=5, query_id="auditada")
    assert len(world.audit("acao = 'api:pdq:consultada'")) == before + 5
