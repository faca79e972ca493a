"""Whole records into the base: who is whom, what is refused and why, local ids, numbers (cadsus-rules.md, section 2.4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.national.cadsus.example import AUTHOR, a_cns, a_cpf, accepted
from tests.people.registration_example import CNH, RG, a_full_record, a_record
from vincula.common.outcomes import Outcome, Refused
from vincula.national.cadsus import services
from vincula.national.cadsus.models import Cartao, Identificador, Pessoa, Revisao, Transacao
from vincula.national.cadsus.services import Fate, Incorporated
from vincula.national.receita.models import Contribuinte
from vincula.people.identity import identity_key
from vincula.people.record import Card, LocalId, PersonRecord, Phone
from vincula.people.registration import Channel
from vincula.people.registration.joining import DATA

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
SYSTEM = "2.16.840.1.113883.3.4594.100.7"
ADMIN = services.Author("gestor", "7654321", administrador=True)
EVERYTHING = frozenset(PersonRecord.__dataclass_fields__)


def local(number: int | str) -> LocalId:
    return LocalId(SYSTEM, str(number), "HOSPITAL")


def send(record: PersonRecord, given: Any = DATA, author: Any = AUTHOR, **more: Any) -> Outcome[Incorporated]:
    return services.incorporate(record, {*given, "cartoes"}, author, **more)


def taken(record: PersonRecord, **more: Any) -> Incorporated:
    done: Incorporated = accepted(send(record, **more))
    return done


def refused(outcome: Outcome[Any]) -> Refused:
    assert isinstance(outcome, Refused), outcome
    assert outcome.message
    assert outcome.remedy
    return outcome


def whole(person: int) -> PersonRecord:
    found = services.whole(person)
    assert found is not None
    return found


def without_keeping(record: PersonRecord) -> PersonRecord:
    """What the sender said, without what the base adds."""
    return replace(record, id=0, cartoes=(), locais=(), qualidade=0, original_rfb=False)


def test_a_new_person_comes_out_as_it_went_in_with_a_number_of_its_grade() -> None:
    sent = a_full_record()
    done = taken(sent, local=local(1), source=Channel.PIX)
    assert done.fate is Fate.NEW
    held = whole(done.pessoa_id)
    assert without_keeping(held) == sent
    assert (held.cns, held.cartoes[0].tipo, held.locais) == (done.cns, "D", (local(1),))
    assert held.qualidade == services.grade_of(sent) > 80
    assert done.cns.startswith("7")
    poor = taken(a_record(nome="RITA PAZ"))
    assert poor.cns.startswith("8"), "no document, no 7"


def test_the_uf_is_that_of_the_municipality() -> None:
    assert whole(taken(a_record(uf="RJ")).pessoa_id).uf == "SP"


def test_a_new_person_that_breaks_rules_is_refused_with_all_of_them() -> None:
    outcome = refused(send(a_record(nome="ANA", telefones=(Phone("1", "11", "3"),), raca_cor="")))
    assert outcome.code == "REGRAS"
    assert {one["regra"] for one in outcome.details["faltas"]} == {
        "RN002.4", "RN021.3", "RN021.5", "RN006.1",
    }  # fmt: skip
    assert "RN002.4" in outcome.message
    assert Pessoa.objects.count() == 0


def test_pix_wants_the_local_id_and_a_service_does_not() -> None:
    assert refused(send(a_record(), source=Channel.PIX)).code == "IDENTIFICADOR_LOCAL"
    assert refused(send(a_record(), local=LocalId(SYSTEM, ""))).code == "IDENTIFICADOR_LOCAL"
    assert refused(send(a_record(), local=local("1\0"))).code == "IDENTIFICADOR_LOCAL"
    assert refused(send(a_record(), local=local("1" * 101))).code == "IDENTIFICADOR_LOCAL"
    assert taken(a_record()).fate is Fate.NEW


CPF = a_cpf(1)
BASE = a_record(cpf=CPF)
NO_CPF = a_record()
# (who is held, what arrives, what becomes of it, how many persons, how many pairs for people to see)
DETECTION: list[tuple[str, PersonRecord, PersonRecord, Fate, int, int]] = [
    ("the same again", BASE, BASE, Fate.UNCHANGED, 1, 0),
    ("same CPF, married name", BASE, replace(BASE, nome="MARIA PRADO LIMA"), Fate.JOINED, 1, 0),
    ("same CPF, corrected birth", BASE, replace(BASE, data_nascimento="1990-05-21"), Fate.JOINED, 1, 0),
    ("same CPF, nothing else", BASE, replace(BASE, nome="JOSE PAZ", data_nascimento="2001-01-01"), Fate.NEW, 2, 1),
    ("name, birth, mother; CPF new", NO_CPF, BASE, Fate.JOINED, 1, 0),
    ("name, birth, mother; CPF missing", BASE, NO_CPF, Fate.UNCHANGED, 1, 0),
    ("name, birth, mother; another CPF", BASE, replace(BASE, cpf=a_cpf(2)), Fate.NEW, 2, 0),
    ("name, birth, mother; another sex", NO_CPF, replace(NO_CPF, sexo="M"), Fate.NEW, 2, 1),
    ("name and birth, mother unknown", NO_CPF, replace(NO_CPF, nome_mae="SEM INFORMAÇÃO"), Fate.NEW, 2, 1),
    ("name and birth, another mother", NO_CPF, replace(NO_CPF, nome_mae="EVA DE LOURDES PRADO"), Fate.NEW, 2, 1),
    ("another name", NO_CPF, replace(NO_CPF, nome="RITA DE LOURDES PRADO"), Fate.NEW, 2, 0),
    ("another birth", NO_CPF, replace(NO_CPF, data_nascimento="1991-05-20"), Fate.NEW, 2, 0),
]  # fmt: skip


@pytest.mark.parametrize(("what", "held", "arrived", "fate", "people", "pairs"), DETECTION)
def test_who_is_the_same_person(
    what: str, held: PersonRecord, arrived: PersonRecord, fate: Fate, people: int, pairs: int
) -> None:
    first = taken(held)
    second = taken(arrived)
    assert second.fate is fate, what
    assert (Pessoa.objects.count(), Cartao.objects.count()) == (people, people)
    assert Revisao.objects.count() == pairs
    assert (second.cns == first.cns) == (people == 1)


def test_a_cpf_of_two_who_contradict_each_other_is_disputed_and_resolves_to_nobody() -> None:
    taken(BASE)
    other = taken(replace(BASE, nome="JOSE PAZ", data_nascimento="2001-01-01"))
    assert other.disputed
    assert refused(services.find_by_cpf(CPF)).code == "CPF_DISPUTADO"


def test_a_known_local_id_leads_to_its_person_whatever_changed_of_the_data() -> None:
    first = taken(BASE, local=local(1))
    again = taken(replace(BASE, nome="MARIA PRADO LIMA", nome_mae="ANA PRADO", cpf=""), local=local(1))
    assert (again.pessoa_id, again.cns, again.fate) == (first.pessoa_id, first.cns, Fate.UPDATED)
    held = whole(first.pessoa_id)
    assert (held.nome, held.cpf) == ("MARIA PRADO LIMA", CPF), "an absent CPF empties nothing"
    assert taken(replace(held, cartoes=()), local=local(1)).fate is Fate.UNCHANGED


def test_a_second_local_id_joins_the_first() -> None:
    first = taken(BASE, local=local(1))
    second = taken(BASE, local=LocalId("2.16.840.1.113883.3.4594.100.8", "A-77"))
    assert second.fate is Fate.JOINED
    assert [one.extensao for one in whole(first.pessoa_id).locais] == ["1", "A-77"]


@pytest.mark.parametrize(
    ("arrived", "code"),
    [
        (replace(BASE, cpf=a_cpf(2)), "LOCAL_CONTRADIZ"),
        (a_record(nome="JOSE PAZ", data_nascimento="2001-01-01"), "LOCAL_CONTRADIZ"),
        (a_record(cartoes=(Card(a_cns(9, "8"), "D"),)), "CNS_DE_OUTRO"),
    ],
)
def test_data_of_somebody_else_under_a_known_local_id_are_refused(arrived: PersonRecord, code: str) -> None:
    taken(BASE, local=local(1))
    taken(a_record(nome="RITA PAZ", cpf=a_cpf(3), cartoes=(Card(a_cns(9, "8"), "D"),)))
    assert refused(send(arrived, local=local(1))).code == code


def test_a_known_person_does_not_get_the_cpf_of_another() -> None:
    taken(NO_CPF, local=local(1))
    taken(a_record(nome="RITA PAZ", cpf=CPF))
    assert refused(send(BASE, local=local(1))).code == "CPF_DE_OUTRO"
    assert not Identificador.objects.filter(disputado=True).exists()


def test_a_number_of_the_own_range_that_was_never_issued_is_nobodys_to_bring() -> None:
    invented = next(n for base in range(50) if (n := services.numbers.cns.issue(f"7099{base:010d}")))
    assert refused(send(a_record(cartoes=(Card(invented, "D"),)))).code == "CNS_NAO_EMITIDO"


def test_a_new_person_with_a_number_keeps_it_and_gets_no_other_and_a_known_one_keeps_its_master() -> None:
    first = taken(a_record(cpf=CPF, cartoes=(Card(a_cns(1, "8"), "D"),)))
    assert first.cns == a_cns(1, "8")
    again = taken(a_record(cpf=CPF, cartoes=(Card(a_cns(2, "7"), "D"),)))
    assert again.cns == a_cns(1, "8"), "what a feed adds is provisional"
    assert {one.numero for one in whole(first.pessoa_id).cartoes} == {a_cns(1, "8"), a_cns(2, "7")}


def test_a_record_that_passes_eighty_gets_a_number_that_begins_with_7_and_keeps_the_old_one() -> None:
    poor = taken(a_record(cep="", telefones=(Phone("33334444", "11", "1"),)))
    assert (poor.cns[0], whole(poor.pessoa_id).qualidade) == ("8", 47)
    rich = taken(a_full_record())
    assert rich.pessoa_id == poor.pessoa_id
    assert rich.cns[0] == "7"
    assert {one.numero for one in whole(poor.pessoa_id).cartoes} == {poor.cns, rich.cns}
    found = services.find_by_cns(poor.cns)
    assert found is not None
    assert found.cns_mestre == rich.cns
    assert taken(a_full_record(nome_social="LU")).cns == rich.cns, "once"


def test_where_no_range_was_granted_a_person_is_registered_without_a_number(monkeypatch: Any) -> None:
    monkeypatch.setenv("VINCULA_PROFILE", "registry")
    services.numbers.config.load.cache_clear()
    try:
        done = taken(a_record())
        assert (done.fate, done.cns) == (Fate.NEW, "")
    finally:
        monkeypatch.undo()
        services.numbers.config.load.cache_clear()
    assert taken(a_record(nome_pai="JOSE PRADO")).cns, "and gets one when there is a range"


def test_what_an_old_registration_lacks_does_not_stand_in_the_way_of_an_update_that_does_not_touch_it() -> (
    None
):
    accepted(
        services.register(
            {"nome": "MARIA DE LOURDES PRADO", "data_nascimento": "1990-05-20"}, AUTHOR, cpf=CPF
        )
    )
    arrived = PersonRecord(
        nome="MARIA DE LOURDES PRADO", data_nascimento="1990-05-20", cpf=CPF, emails=("a@exemplo.org",)
    )
    given = {"nome", "data_nascimento", "cpf", "emails"}
    done = accepted(send(arrived, given))
    assert whole(done.pessoa_id).emails == ("a@exemplo.org",)
    outcome = refused(send(replace(arrived, sexo=""), {*given, "sexo"}))
    assert {one["regra"] for one in outcome.details["faltas"]} == {"RN005.1"}
    outcome = refused(send(replace(arrived, nacionalidade="E"), {*given, "nacionalidade"}))
    assert {one["regra"] for one in outcome.details["faltas"]} == {"RN016", "RN019"}, (
        "what it brings about counts"
    )


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ({}, set()),
        ({"nome": "MARIA DE LOURDES PRÁDO"}, set()),
        ({"nome": "MARIA PRADO"}, {"nome"}),
        ({"data_nascimento": "1990-05-21"}, {"data_nascimento"}),
        ({"nome_mae": "EVA PRADO"}, {"nome_mae"}),
        ({"nome_mae": "EVA PRADO", "sexo": "M"}, {"nome_mae", "sexo"}),
        ({"nome": "MARIA PRADO", "nome_mae": "EVA PRADO"}, {"nome"}),
        ({"nome": "MARIA PRADO", "data_nascimento": "1990-05-21"}, {"cpf"}),
        ({"cpf": a_cpf(2)}, {"cpf"}),
    ],
)  # fmt: skip
def test_the_receita_is_asked_and_only_what_may_be_told_is_told(
    sent: dict[str, str], named: set[str]
) -> None:
    assert whole(taken(a_record(nome="RITA PAZ", cpf=a_cpf(5))).pessoa_id).original_rfb is False, (
        "no base, no check"
    )
    held = a_record(cpf=CPF)
    Contribuinte.objects.create(
        cpf=CPF, nome=held.nome, nome_mae=held.nome_mae, data_nascimento=held.data_nascimento, sexo="F", situacao=0,
        nome_chave=identity_key(held.nome), mae_chave=identity_key(held.nome_mae),
    )  # fmt: skip
    outcome = send(replace(held, **sent))
    if named:
        faults = refused(outcome).details["faltas"]
        assert {one["regra"] for one in faults} == {"RN001.4"}
        assert {one["campo"] for one in faults} == named
        assert held.nome_mae not in refused(outcome).as_text()
    else:
        person = accepted(outcome).pessoa_id
        assert whole(person).original_rfb is True
        accepted(services.edit(person, {"nome_social": "LU"}, AUTHOR))
        assert whole(person).original_rfb is True, "not the Receita's to say"
        accepted(services.edit(person, {"nome_mae": "EVA PRADO"}, AUTHOR))
        assert whole(person).original_rfb is False


def test_an_email_is_of_one_person_only() -> None:
    taken(a_record(emails=("Maria@exemplo.org",), cpf=CPF))
    other = a_record(nome="RITA PAZ", emails=("rita@exemplo.org", "MARIA@EXEMPLO.ORG"))
    outcome = refused(send(other))
    assert [(one["regra"], one["campo"]) for one in outcome.details["faltas"]] == [("RN020.4", "emails.2")]
    assert taken(a_record(emails=("maria@exemplo.org",), cpf=CPF)).fate is not Fate.NEW, "her own"


def test_whose_an_email_is_is_found_by_an_index() -> None:
    with CaptureQueriesContext(connection) as queries:
        taken(a_record(emails=("maria@exemplo.org",)))
    asked = [one["sql"] for one in queries if "lower(email)" in one["sql"]]
    assert len(asked) == 1
    many = (Pessoa(id=10**6 + n, email=f"P{n}@exemplo.org") for n in range(5_000))
    Pessoa.objects.bulk_create(many, batch_size=1_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cadsus_pessoa")
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + asked[0])
        plan = str(cursor.fetchall())
    assert "cadsus_pessoa_email" in plan, plan


def test_vip_protection_and_situation_change_only_with_an_administrator() -> None:
    secret = a_record(cpf=CPF, vip=True, motivo_vip="PEDIDO", protegida=True, ativa=False)
    person = accepted(send(secret, EVERYTHING)).pessoa_id
    held = whole(person)
    assert (held.vip, held.motivo_vip, held.protegida, held.ativa) == (False, "", False, True)
    assert refused(services.change_state(person, secret, EVERYTHING, AUTHOR)).code == "PERFIL"
    accepted(services.change_state(person, secret, EVERYTHING, ADMIN))
    held = whole(person)
    assert (held.vip, held.motivo_vip, held.protegida, held.ativa) == (True, "PEDIDO", True, False)
    accepted(send(a_record(cpf=CPF), EVERYTHING))
    assert whole(person).restrita, "a feed leaves it as it is (V12)"
    accepted(send(a_record(cpf=CPF), EVERYTHING, ADMIN))
    assert not whole(person).restrita
    kinds = list(Transacao.objects.filter(pessoa_id=person).order_by("pk").values_list("tipo", flat=True))
    assert kinds == ["ADICIONADO", "DESATIVO", "ATUALIZADO", "ATIVO", "ATUALIZADO"]
    assert refused(services.change_state(10**9, secret, EVERYTHING, ADMIN)).code == "NAO_EXISTE"


def test_an_administrator_registers_a_vip_at_once() -> None:
    person = accepted(send(a_record(vip=True, motivo_vip="PEDIDO"), EVERYTHING, ADMIN)).pessoa_id
    assert (whole(person).vip, whole(person).motivo_vip) == (True, "PEDIDO")


def test_revising_puts_what_was_sent_in_the_place_of_what_is_held() -> None:
    person = taken(a_full_record()).pessoa_id
    sent = replace(whole(person), nome_social="", emails=(), documentos=(RG, CNH), cpf=a_cpf(7))
    done = accepted(services.revise(person, sent, DATA, AUTHOR, source=Channel.TELA))
    assert done.fate is Fate.UPDATED
    assert without_keeping(whole(person)) == without_keeping(replace(sent, documentos=(CNH, RG)))
    assert accepted(services.find_by_cpf(a_full_record().cpf)) is None
    assert accepted(services.find_by_cpf(a_cpf(7))).pessoa_id == person
    assert accepted(services.revise(person, whole(person), DATA, AUTHOR)).fate is Fate.UNCHANGED
    fewer = replace(
        whole(person), documentos=(replace(RG, numero="777"),), nome_social="LU", emails=("a@exemplo.org",)
    )
    accepted(services.revise(person, fewer, DATA, AUTHOR))
    held = whole(person)
    assert held.documentos == (CNH, replace(RG, numero="777")), (
        "over the wire a document not named is not gone"
    )
    accepted(services.revise(person, PersonRecord(), {"cpf"}, AUTHOR))
    assert accepted(services.find_by_cpf(a_cpf(7))) is None, "set free"
    taken(a_record(nome="RITA PAZ", cpf=CPF))
    assert refused(services.revise(person, replace(sent, cpf=CPF), DATA, AUTHOR)).code == "CPF_DE_OUTRO"
    assert refused(services.revise(10**9, sent, DATA, AUTHOR)).code == "NAO_EXISTE"
    assert refused(services.revise(person, replace(sent, sexo=""), DATA, AUTHOR)).code == "REGRAS"


def test_local_ids_go_with_their_registration_through_unification_and_back() -> None:
    one, other = taken(BASE, local=local(1)), taken(a_record(nome="MARIA PRADO"), local=local(2))
    assert accepted(services.merge_local(local(1), local(2), AUTHOR)) == one.cns
    assert accepted(services.merge_local(local(1), local(2), AUTHOR)) == one.cns, "again changes nothing"
    assert whole(one.pessoa_id).locais == (local(1), local(2))
    assert taken(replace(BASE, cpf="", nome_social="LU"), local=local(2)).pessoa_id == one.pessoa_id
    accepted(services.undo_unite(other.pessoa_id, AUTHOR))
    assert whole(one.pessoa_id).locais == (local(1),)
    assert whole(other.pessoa_id).locais == (local(2),)
    assert whole(other.pessoa_id).cns == other.cns
    assert taken(a_record(nome="MARIA PRADO"), local=local(2)).pessoa_id == other.pessoa_id


def test_local_ids_of_two_cpfs_or_of_nobody_are_not_merged() -> None:
    taken(BASE, local=local(1))
    taken(a_record(nome="MARIA PRADO", cpf=a_cpf(2)), local=local(2))
    assert refused(services.merge_local(local(1), local(2), AUTHOR)).code == "CPF_DIFERENTES"
    assert refused(services.merge_local(local(1), local(3), AUTHOR)).code == "LOCAL_DESCONHECIDO"


def test_a_flat_edit_or_load_afterwards_keeps_what_the_columns_do_not_hold() -> None:
    person = taken(a_full_record()).pessoa_id
    before = whole(person)
    accepted(services.edit(person, {"nome_pai": "JOSE PRADO"}, AUTHOR))
    after = whole(person)
    assert after == replace(before, nome_pai="JOSE PRADO", qualidade=services.grade_of(after))
    assert after.qualidade > before.qualidade
