"""Whom an operadora may look up: under INCLUSAO_BENEFICIARIO anybody, else its own. And that a refusal tells nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.national.api.world import REGISTRO, link
from tests.national.cadsus.example import AUTHOR, a_cns, a_cpf, accepted, load, row
from vincula.common import config
from vincula.common.outcomes import Accepted, Refused, RefusedError
from vincula.formats import pdq
from vincula.formats.fhir import BulkQuery
from vincula.formats.hl7.message import Identifier, Target
from vincula.national.api import services as api
from vincula.national.api.models import Credencial
from vincula.national.api.rules import PURPOSES, Client
from vincula.national.api.services import comparing, demographics, finding, linking
from vincula.national.api.services.bulk.finding import answer
from vincula.national.api.services.comparing import Sought
from vincula.national.api.services.finding import Number, Question
from vincula.national.api.services.view import client_of
from vincula.national.cadsus import services as cadsus
from vincula.national.cadsus.models import Pessoa
from vincula.national.cadsus.services import hot
from vincula.national.sib.services.links import STATEMENTS
from vincula.people.record import PersonRecord

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"])
OTHER = "999903"
OWN, FORMER, BY_CARD, FOREIGN, ELSEWHERE, UNITED, VIP, OWN_VIP, NOBODY = 1, 2, 3, 4, 5, 6, 8, 9, 900
SECOND = a_cns(70, "8")
NIS, NIS_OF_ANOTHER = "12345678919", "12056412545"
NAME = "CLARA PESSOA DE TESTE"


@pytest.fixture
def base(tmp_path: Path) -> None:
    """1 and 2 are the operadora's by CPF (2 left), 3 by his second card, 6 by the CPF of 7, who was united into him."""
    load(tmp_path, [
        row(OWN, nome=NAME, pis=NIS), row(FORMER), row(BY_CARD, cpf="", cns_outros=SECOND),
        row(FOREIGN, nome=NAME, pis=NIS_OF_ANOTHER), row(ELSEWHERE), row(UNITED, cpf=""), row(7), row(VIP),
        row(OWN_VIP),
    ])  # fmt: skip
    accepted(cadsus.unite(UNITED, 7, AUTHOR))
    Pessoa.objects.filter(pk__in=(VIP, OWN_VIP)).update(vip=True)
    link(cpf=a_cpf(OWN_VIP))
    link(cpf=a_cpf(OWN))
    link(cpf=a_cpf(FORMER), active=False)
    link(cns=SECOND)
    link(cpf=a_cpf(7))
    link(OTHER, cpf=a_cpf(ELSEWHERE), cns=a_cns(ELSEWHERE))


@pytest.fixture
def question(base: None, operadora: api.Credential) -> Question:
    client: Client = client_of(Credencial.objects.get())
    assert client.registro == REGISTRO
    return Question(client, "pdq", "CORRECAO_SIB")


@pytest.fixture
def policy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets VINCULA_API_VINCULO."""

    def use(value: str) -> None:
        monkeypatch.setenv("VINCULA_API_VINCULO", value)
        config.load.cache_clear()

    yield use
    monkeypatch.undo()
    config.load.cache_clear()


def told(question: Question, number: Number) -> str:
    """`alguem`, `ninguem`, or the code of the refusal."""
    found = finding.by_number(question, number)
    if isinstance(found, Refused):
        return found.code
    return "alguem" if found.value.matches else "ninguem"


@pytest.mark.requirement("R088", "L2 by number")
@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (Number("CPF", a_cpf(OWN)), "alguem"),
        (Number("CPF", a_cpf(FORMER)), "alguem"),
        (Number("CNS", a_cns(OWN)), "alguem"),
        (Number("CNS", SECOND), "alguem"),
        (Number("CNS", a_cns(BY_CARD)), "alguem"),
        (Number("CNS", a_cns(UNITED)), "alguem"),
        (Number("CNS", a_cns(7)), "alguem"),
        (Number("CPF", a_cpf(FOREIGN)), "SEM_VINCULO"),
        (Number("CNS", a_cns(FOREIGN)), "SEM_VINCULO"),
        (Number("CPF", a_cpf(ELSEWHERE)), "SEM_VINCULO"),
        (Number("CNS", a_cns(ELSEWHERE)), "SEM_VINCULO"),
        (Number("CPF", a_cpf(VIP)), "SEM_VINCULO"),
        (Number("CPF", a_cpf(OWN_VIP)), "ninguem"),
        (Number("CNS", a_cns(OWN_VIP)), "SEM_VINCULO"),  # as a number that nobody has: no vínculo bears it
        (Number("CPF", a_cpf(NOBODY)), "SEM_VINCULO"),
        (Number("CNS", a_cns(NOBODY)), "SEM_VINCULO"),
        (Number("CPF", "11111111111"), "CPF"),
        (Number("NIS", NIS), "alguem"),
        (Number("NIS", NIS_OF_ANOTHER), "ninguem"),
    ],
)
def test_a_number_is_answered_where_it_leads_to_one_of_the_operadoras_own(
    question: Question, number: Number, expected: str
) -> None:
    assert told(question, number) == expected


@pytest.mark.requirement("R088", "L2 by purpose")
@pytest.mark.parametrize("purpose", ["INCLUSAO_BENEFICIARIO", "EMISSAO_CARTEIRINHA", "CORRECAO_SIB"])
def test_inclusion_is_the_one_purpose_for_who_is_not_a_beneficiary_yet(
    question: Question, purpose: str
) -> None:
    assert purpose in PURPOSES
    asked = replace(question, purpose=purpose)
    prospective = purpose == "INCLUSAO_BENEFICIARIO"
    assert told(asked, Number("CPF", a_cpf(FOREIGN))) == ("alguem" if prospective else "SEM_VINCULO")
    assert told(asked, Number("CPF", a_cpf(OWN))) == "alguem"


@pytest.mark.requirement("R088", "L2 where no SIB is held")
@pytest.mark.parametrize(
    ("value", "has_data", "expected"),
    [
        ("quando-ha", True, "SEM_VINCULO"),
        ("quando-ha", False, "alguem"),
        ("sempre", True, "SEM_VINCULO"),
        ("sempre", False, "SEM_VINCULO"),
        ("nunca", True, "alguem"),
        ("nunca", False, "alguem"),
    ],
)
def test_the_rule_holds_where_the_installation_can_know(
    question: Question, policy: Callable[[str], None], value: str, has_data: bool, expected: str
) -> None:
    policy(value)
    asked = question if has_data else replace(question, client=replace(question.client, registro="000001"))
    assert told(asked, Number("CPF", a_cpf(FOREIGN))) == expected
    assert told(asked, Number("CNS", a_cns(FOREIGN))) == expected
    assert told(asked, Number("NIS", NIS_OF_ANOTHER)) == ("alguem" if expected == "alguem" else "ninguem")


def test_an_integrador_is_asked_for_no_vinculo(question: Question) -> None:
    integrador = replace(question, client=replace(question.client, kind=api.Kind.INTEGRADOR))
    assert told(integrador, Number("CPF", a_cpf(FOREIGN))) == "alguem"


def test_inclusion_costs_no_statement_more_and_a_cpf_of_its_own_one(question: Question) -> None:
    def statements(purpose: str) -> int:
        asked = replace(question, purpose=purpose)
        told(asked, Number("CPF", a_cpf(OWN)))
        return _counted(lambda: told(asked, Number("CPF", a_cpf(OWN))))

    plain = _counted(lambda: hot.by_cpf(a_cpf(OWN), full=False))
    assert statements("INCLUSAO_BENEFICIARIO") == plain == 1
    assert statements("CORRECAO_SIB") == 2


def _counted(work: Any) -> int:
    from vincula.national.cadsus.services.quick import Statement

    count = 0
    rows = Statement.rows

    def counting(self: Statement, parameters: Any) -> Any:
        nonlocal count
        count += 1
        return rows(self, parameters)

    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as others:
        patch.setattr(Statement, "rows", counting)
        work()
    return count + len(others)


@pytest.mark.requirement("R088", "L2 by description")
def test_who_is_described_and_not_of_its_own_is_as_if_he_were_not_there(question: Question) -> None:
    query = pdq.Query(Target(), Identifier("1.2", "3"), name=NAME, birth="19800101")
    both = demographics.search(replace(question, purpose="INCLUSAO_BENEFICIARIO"), query)
    assert isinstance(both, Accepted)
    assert sorted(match.record.id for match in both.value.matches) == [OWN, FOREIGN]
    assert both.value.events == []
    own = demographics.search(question, query)
    assert isinstance(own, Accepted)
    assert [match.record.id for match in own.value.matches] == [OWN]
    (event,) = own.value.events
    assert (event.action, event.subject) == ("api:pdq:sem-vinculo", "pesquisa:nome+nascimento")
    assert event.details == {"por": "DEMOGRAFICOS", "pessoas": 1}
    described = PersonRecord(nome=NAME, data_nascimento="1980-01-01")
    for ask in (comparing.search, comparing.match):
        found = ask(question, Sought((), described))
        assert isinstance(found, Accepted)
        assert ([one.record.id for one in found.value.candidates], found.value.unlinked) == ([OWN], 1)


@pytest.mark.requirement("R088", "L2 in the bulk look-up")
def test_a_block_of_lines_is_judged_at_once(question: Question) -> None:
    asked = [
        BulkQuery(cpf=a_cpf(OWN)),
        BulkQuery(cpf=a_cpf(FOREIGN)),
        BulkQuery(cpf=a_cpf(OWN), cns=a_cns(FOREIGN)),
        BulkQuery(cns=SECOND),
        BulkQuery(cns=a_cns(BY_CARD)),
        BulkQuery(nome=NAME, nascimento="1980-01-01"),
    ]
    batch = answer(question, asked, 1)
    assert [line for line, _, _ in batch.told] == [1, 4, 5, 6]
    assert [(line, one.kind) for line, one in batch.foreign] == [(2, "CPF"), (3, "CPF"), (3, "CNS")]
    assert (batch.unlinked, batch.rejected) == ([(6, 1)], 2)
    few = _counted(lambda: answer(question, asked[:5], 1))
    many = _counted(lambda: answer(question, asked[:5] * 200, 1))
    assert few == many
    open_ = answer(replace(question, purpose="INCLUSAO_BENEFICIARIO"), asked, 1)
    assert (open_.foreign, open_.unlinked) == ([], [])


# A line whose numbers are still to be put in: `?` stands for the person under test.
LINES = st.fixed_dictionaries(
    {},
    optional={
        "cpf": st.sampled_from(["?", a_cpf(OWN)]),
        "cns": st.sampled_from(["?", a_cns(OWN), a_cns(UNITED)]),
        "nome": st.sampled_from([NAME, "OUTRO NOME QUALQUER"]),
        "nascimento": st.sampled_from(["1980-01-01", "1999-09-09"]),
    },
).filter(lambda one: "?" in one.values())


@pytest.mark.requirement("R088", "L2 tells nothing")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=LINES, meant=st.sampled_from([FOREIGN, ELSEWHERE, VIP]))
def test_an_unknown_number_and_a_foreign_one_are_answered_alike(
    question: Question, shape: dict[str, str], meant: int
) -> None:
    def line(serial: int) -> BulkQuery:
        numbers = {"cpf": a_cpf(serial), "cns": a_cns(serial)}
        return BulkQuery(**{key: numbers[key] if value == "?" else value for key, value in shape.items()})

    def asked(serial: int) -> list[Any]:
        one = line(serial)
        numbers = tuple(Number(kind, value) for kind, value in (("CPF", one.cpf), ("CNS", one.cns)) if value)
        sought = Sought(numbers, PersonRecord(nome=one.nome, data_nascimento=one.nascimento))
        return [
            answer(question, [one], 1).lines,
            comparing.search(question, sought),
            comparing.match(question, sought),
            [finding.by_number(question, number) for number in numbers if number.value not in OF_ITS_OWN],
        ]

    assert asked(meant) == asked(NOBODY)
    assert all(one is linking.NOT_LINKED for one in asked(meant)[1:3])


OF_ITS_OWN = {a_cpf(OWN), a_cns(OWN), a_cns(UNITED)}


@pytest.mark.requirement("R088", "L2 in a crowd")
def test_a_beneficiary_of_a_common_name_is_found_among_all_who_bear_it(question: Question) -> None:
    _crowd(3_000)
    query = pdq.Query(Target(), Identifier("1.2", "3"), name=NAME, mother="MAE B DA SILVA")
    found = demographics.search(question, query)
    assert isinstance(found, Accepted)
    assert [one.record.id for one in found.value.matches] == [OWN]
    others = replace(question, purpose="INCLUSAO_BENEFICIARIO")
    refused = demographics.search(others, query)
    assert isinstance(refused, Refused)
    assert refused.code == "MUITOS_CADASTROS"


def _crowd(people: int) -> None:
    sound = Pessoa.objects.get(pk=OWN).fonetica
    Pessoa.objects.bulk_create(
        Pessoa(pk=n, nome=NAME, nome_chave=NAME, fonetica=sound, nome_mae="MAE B DA SILVA", data_nascimento="1980-01-01")
        for n in range(10_000, 10_000 + people)
    )  # fmt: skip


def test_what_a_refusal_leaves_in_the_audit(question: Question) -> None:
    asked = (Number("CPF", a_cpf(FOREIGN)), Number("CNS", a_cns(NOBODY)), Number("NIS", NIS))
    events = linking.turned_away(question, asked)
    assert [(one.action, one.subject, one.purpose) for one in events] == [
        ("api:pdq:sem-vinculo", f"cpf:{a_cpf(FOREIGN)}", "CORRECAO_SIB"),
        ("api:pdq:sem-vinculo", f"cns:{a_cns(NOBODY)}", "CORRECAO_SIB"),
    ]


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("cpfs", "sib_vinculo_cpf"),
        ("cards", "sib_vinculo_cns"),
        ("people_by_card", "sib_vinculo_cns"),
        ("people_by_cpf", "sib_vinculo_cpf"),
        ("any", "sib_vinculo_codigo"),
    ],
)
def test_every_question_goes_by_an_index(name: str, index: str) -> None:
    query = STATEMENTS[name]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            query = query.replace("AMONG ?", "IN (SELECT value FROM json_each(?))")
            cursor.execute("EXPLAIN QUERY PLAN " + query.replace("?", "'[1]'"))
        else:
            cursor.execute("SET LOCAL enable_seqscan = off")
            values = "'{1}'::bigint[]" if name.startswith("people") else "'{1}'::text[]"
            cursor.execute("EXPLAIN " + query.replace("AMONG ?", f"= ANY({values})").replace("?", "'1'"))
        plan = "\n".join(str(line) for line in cursor.fetchall())
    assert index in plan, plan


def test_a_policy_of_another_name_is_refused(policy: Callable[[str], None]) -> None:
    policy("talvez")
    with pytest.raises(RefusedError) as raised:
        config.load()
    assert "VINCULA_API_VINCULO" in raised.value.refused.remedy
