"""Tickets: opened, routed, answered, closed; whose they are; how many; the mails about them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.common.threads import at_once
from vincula.common import config
from vincula.common.accounts.services import create_person, join_operadora
from vincula.common.audit.models import Registro
from vincula.common.mail.models import Correio
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.cadop import services as cadop
from vincula.national.support import models, services
from vincula.national.support.services import Ticket, keeping, limits
from vincula.sandbox.operadoras import cadop_csv

pytestmark = [pytest.mark.django_db(databases=["default", "audit"], transaction=True)]
T = TypeVar("T")
ANA, BIA, STAFF = "52998224725", "11144477735", "cpf:39053344705"
NOW = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)  # still the 21st in Brasília


def opened(cpf: str = ANA, area: str = "sgop", **more: Any) -> Ticket:
    fields = {"assunto": "Não entro", "texto": "A tela diz não.\nE agora?", "contato": "ana@exemplo.com.br"}
    return accepted(services.open_ticket(area, cpf=cpf, **{**fields, "now": NOW, **more}))


def accepted(outcome: Outcome[T]) -> T:
    assert isinstance(outcome, Accepted), outcome
    return outcome.value


def refused(outcome: object) -> str:
    assert isinstance(outcome, Refused), outcome
    assert outcome.message
    assert outcome.remedy
    return outcome.code


def mails() -> list[Correio]:
    return list(Correio.objects.order_by("pk"))


@pytest.mark.requirement("R059")
def test_a_ticket_bears_the_day_and_eight_digits_and_its_mails_bear_it_in_the_subject() -> None:
    one = opened()
    assert re.fullmatch(r"20261121[0-9]{8}", one.numero)
    accepted(services.answer(one.numero, "Tente de novo.", actor=STAFF))
    accepted(services.close(one.numero, actor=STAFF))
    assert [m.assunto.split("] ")[0] for m in mails()] == [f"[Ticket#{one.numero}"] * 3
    assert {m.para for m in mails()} == {"ana@exemplo.com.br"}


@pytest.mark.requirement("R059")
def test_the_base_holds_no_two_tickets_of_one_number(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([7, 7, 7, 8])
    monkeypatch.setattr("vincula.national.support.services.tickets.secrets.randbelow", lambda _: next(drawn))
    assert [opened(assunto=f"Assunto {n}").numero[-8:] for n in range(2)] == ["00000007", "00000008"]


@pytest.mark.requirement("R060", "R061", "R062", "R063")
def test_an_answer_repeats_the_question_tells_the_technical_area_the_channels_and_not_to_reply() -> None:
    one = opened()
    accepted(services.route(one.numero, "Coordenação do CNES", actor=STAFF))
    accepted(services.answer(one.numero, "O CNPJ da sede está errado.\nCorrija-o.", actor=STAFF))
    text = mails()[-1].texto
    assert "direcionada à área técnica competente (Coordenação do CNES), que se manifestou como segue" in text
    assert "O CNPJ da sede está errado.\nCorrija-o." in text
    assert (
        "Conteúdo original de sua consulta para referência:\n> Assunto: Não entro\n>\n> A tela diz não.\n> E agora?"
        in text
    )
    assert "favor não respondê-lo" in text
    assert "Disque ANS: 0800 701 9656" in text
    assert "Fale Conosco" in text


def test_the_states_and_who_may_do_what() -> None:
    one = opened()
    number = one.numero
    assert one.estado == "ABERTO"
    assert accepted(services.route(number, "TI", actor=STAFF, area="cnes")).estado == "EM_ANALISE"
    assert accepted(services.answer(number, "Feito.", actor=STAFF)).estado == "RESPONDIDO"
    assert accepted(services.add_message(ANA, number, "Ainda não.")).estado == "ABERTO"
    assert refused(services.answer(number, "Eu mesma.", actor=f"cpf:{ANA}")) == "CHAMADO_PROPRIO"
    assert refused(services.close(number, actor=f"cpf:{ANA}")) == "CHAMADO_PROPRIO"
    assert accepted(services.close_own(ANA, number)).estado == "ENCERRADO"
    for outcome in (
        services.answer(number, "Tarde.", actor=STAFF),
        services.add_message(ANA, number, "Voltou."),
        services.close(number, actor=STAFF),
        services.route(number, "TI", actor=STAFF),
    ):
        assert refused(outcome) == "CHAMADO_ENCERRADO"
    found = services.own_ticket(ANA, number)
    assert found is not None
    assert [m.tipo.value for m in found.messages] == [
        "PERGUNTA", "ENCAMINHAMENTO", "RESPOSTA", "COMPLEMENTO", "ENCERRAMENTO",
    ]  # fmt: skip
    assert [m.da_equipe for m in found.messages] == [False, True, True, False, False]


def test_nobody_reads_or_changes_the_ticket_of_another_and_a_number_opens_nothing() -> None:
    hers, nobodys = opened(), opened("", contato="visita@exemplo.com.br")
    for number in (hers.numero, nobodys.numero, "2026112100000000", "", "x", "\0", "²" * 16):
        for who in (BIA, ""):
            assert services.own_ticket(who, number) is None
            assert refused(services.add_message(who, number, "Olá")) == "CHAMADO_DESCONHECIDO"
            assert refused(services.close_own(who, number)) == "CHAMADO_DESCONHECIDO"
    assert services.tickets_of(BIA) == []
    assert services.tickets_of("") == []


def test_the_open_ticket_about_an_area_is_what_a_decision_asks_for() -> None:
    one = opened()
    assert services.open_ticket_about(BIA, "sgop") is None
    assert services.open_ticket_about(ANA, "cnes") is None
    found = services.open_ticket_about(ANA, "sgop")
    assert found is not None
    assert found.numero == one.numero
    accepted(services.answer(one.numero, "Autorizado.", actor=STAFF))
    assert services.open_ticket_about(ANA, "sgop") is not None
    accepted(services.close(one.numero, actor=STAFF))
    assert services.open_ticket_about(ANA, "sgop") is None


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"area": "outra"}, "AREA_DESCONHECIDA"),
        ({"assunto": "…"}, "ASSUNTO_INVALIDO"),
        ({"assunto": "Não entro\nBcc: todos@exemplo.com.br"}, "ASSUNTO_INVALIDO"),
        ({"assunto": "a" * 151}, "ASSUNTO_INVALIDO"),
        ({"texto": " \n "}, "TEXTO_AUSENTE"),
        ({"texto": "a" * 4_001}, "TEXTO_LONGO"),
        ({"contato": "ana@exemplo.com.br, bia@exemplo.com.br"}, "EMAIL_INVALIDO"),
        ({"contato": "ana@exemplo.com.br\nBcc: x@y.com"}, "EMAIL_INVALIDO"),
        ({"contato": ""}, "EMAIL_INVALIDO"),
    ],
)
def test_what_is_refused_leaves_nothing(fields: dict[str, str], code: str) -> None:
    given = {
        "area": "sgop",
        "assunto": "Não entro",
        "texto": "A tela diz não.",
        "contato": "ana@exemplo.com.br",
    }
    assert refused(services.open_ticket(**{**given, **fields}, cpf=ANA)) == code
    assert not models.Chamado.objects.exists()
    assert not mails()


def test_a_person_opens_so_many_in_a_day_however_fast_and_another_day_again() -> None:
    outcomes: list[object] = []
    numbers = count()

    def one_more() -> None:
        fields = {"assunto": f"Assunto {next(numbers)}", "texto": "Texto", "contato": "a@exemplo.com.br"}
        outcomes.append(services.open_ticket("sib", **fields, cpf=ANA, now=NOW))

    for _ in range(3):
        at_once([one_more] * 5)
    assert (
        sum(isinstance(one, Accepted) for one in outcomes)
        == limits.PER_PERSON
        == models.Chamado.objects.count()
    )
    assert {refused(one) for one in outcomes if not isinstance(one, Accepted)} == {"LIMITE_DE_CHAMADOS"}
    opened(now=NOW.replace(day=23))


def test_a_visitor_is_held_by_address_of_mail_and_of_network_and_neither_is_kept() -> None:
    numbers = count()

    def visit(mail: str, origin: str) -> object:
        return services.open_ticket(
            "sib", f"Assunto {next(numbers)}", "Texto", contato=mail, origem=origin, now=NOW
        )

    for _ in range(limits.PER_ADDRESS):
        accepted(visit("vitima@exemplo.com.br", "192.0.2.1"))  # type: ignore[arg-type]
    assert refused(visit("Vitima@exemplo.com.br", "192.0.2.1")) == "LIMITE_DE_CHAMADOS"
    # Who writes from elsewhere is not shut out by that; nor is a mailbox filled from many places.
    filled = [visit("vitima@exemplo.com.br", f"198.51.100.{n}") for n in range(limits.PER_MAILBOX)]
    assert [isinstance(one, Accepted) for one in filled] == [True] * (
        limits.PER_MAILBOX - limits.PER_ADDRESS
    ) + [False] * limits.PER_ADDRESS
    for n in range(limits.PER_ORIGIN - limits.PER_ADDRESS):
        accepted(visit(f"m{n}@exemplo.com.br", "192.0.2.1"))  # type: ignore[arg-type]
    assert refused(visit("outra@exemplo.com.br", "192.0.2.1")) == "LIMITE_DE_CHAMADOS"
    kept = "".join(models.Limite.objects.values_list("chave", flat=True))
    assert re.fullmatch(r"[0-9a-f]+", kept)
    assert limits.purge(NOW) == 0
    assert limits.purge(NOW.replace(day=25)) > 0


def test_the_first_mail_to_an_address_that_nobody_has_proven_repeats_nothing_of_what_was_written() -> None:
    opened("", contato="vitima@exemplo.com.br", assunto="Compre já", texto="Visite https://exemplo.com")
    (mail,) = mails()
    assert "Compre" not in mail.assunto + mail.texto
    assert "exemplo.com" not in mail.texto


def test_every_step_is_audited_without_what_was_written() -> None:
    one = opened()
    services.route(one.numero, "TI", actor=STAFF)
    services.answer(one.numero, "Feito.", actor=STAFF)
    services.close(one.numero, actor=STAFF)
    rows = list(Registro.objects.filter(detalhes__contains=one.numero).order_by("id"))
    assert [row.acao for row in rows] == [
        f"support:chamado:{what}" for what in ("aberto", "encaminhado", "respondido", "encerrado")
    ]
    assert {row.assunto for row in rows} == {f"cpf:{ANA}"}
    assert not any("Não entro" in str(row.detalhes) or "ana@" in str(row.detalhes) for row in rows)


def test_the_repr_of_a_ticket_tells_nobody_and_nothing_that_was_written() -> None:
    told = repr(services.ticket(opened().numero))
    for word in (ANA, "ana@", "Não entro", "A tela"):
        assert word not in told


def test_a_form_sent_twice_opens_one_ticket_and_answers_once() -> None:
    at_once([opened] * 4)
    assert models.Chamado.objects.count() == len(mails()) == 1
    number = opened().numero
    at_once([lambda: services.answer(number, "Feito.", actor=STAFF)] * 3)
    assert len(mails()) == 2
    at_once([lambda: services.add_message(ANA, number, "Obrigada.")] * 3)
    found = services.ticket(number)
    assert found is not None
    assert [m.tipo.value for m in found.messages] == ["PERGUNTA", "RESPOSTA", "COMPLEMENTO"]
    assert opened(now=NOW + timedelta(minutes=11)).numero != number


def test_a_ticket_that_is_over_goes_after_its_time_and_one_that_waits_does_not() -> None:
    days = timedelta(days=config.load().retention_tickets)
    waits, answered, closed = (opened(assunto=f"Assunto {n}") for n in range(3))
    accepted(services.answer(answered.numero, "Tente de novo.", actor=STAFF, now=NOW))
    accepted(services.close(closed.numero, actor=STAFF, now=NOW))
    assert keeping.purge_tickets(NOW + days) == 0
    assert keeping.purge_tickets(NOW + days + timedelta(seconds=1)) == 2
    assert [services.ticket(one.numero) is not None for one in (waits, answered, closed)] == [
        True,
        False,
        False,
    ]
    assert models.Mensagem.objects.count() == 1
    assert keeping.purge_tickets(NOW + days + timedelta(seconds=1)) == 0


@pytest.mark.requirement("R055", "R058")
@pytest.mark.parametrize(
    ("area", "name"),
    [("cadsus-web", "Suporte ao Usuário – CadSUS Web"), ("api", "Suporte Técnico do CadSUS: API do CNS")],
)
def test_a_doubt_reaches_the_support_that_answers_it(area: str, name: str) -> None:
    one = opened(area=area)
    opened(area="sib", assunto="Outro")
    assert [each.numero for each in services.listed(list(services.queue(area=area)))] == [one.numero]
    assert one.area.nome == name
    accepted(services.answer(one.numero, "Assim se faz.", actor=STAFF))
    assert "Assim se faz." in mails()[-1].texto


@pytest.mark.requirement("R064")
def test_a_notice_goes_to_all_operadoras_in_activity_and_to_who_acts_for_one(tmp_path: Path) -> None:
    lines = cadop_csv().decode("iso-8859-1").splitlines()
    address = lines[0].split(";").index("Endereco_eletronico")
    for kept in (lines, lines[:-1]):  # the last one is no longer in the register, and so not in activity
        (tmp_path / "cadop.csv").write_bytes("\n".join(kept).encode("iso-8859-1"))
        accepted(cadop.load_csv(tmp_path / "cadop.csv"))
    made = accepted(create_person(ANA, "ANA EXEMPLO", email="ana@exemplo.com.br"))
    join_operadora(made, "999997")
    one = accepted(services.write_notice("Novo prazo", "Leiam.", actor=STAFF))
    published = accepted(services.publish(one.id, actor=STAFF))
    assert not cadop.is_active(lines[-1][1:7])
    expected = {line.split(";")[address].strip('"') for line in lines[1:-1]} | {"ana@exemplo.com.br"}
    assert {mail.para for mail in mails()} == expected
    assert published.enviados == len(expected)
    assert services.published()[0].titulo == "Novo prazo"
