"""People with sessions, one ticket of Ana's, one of a visitor's, a draft, a published notice, an interruption."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.test import Client

from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import create_person, join_operadora, set_staff
from vincula.common.outcomes import Accepted, Outcome
from vincula.national.support import services

T = TypeVar("T")
ANA, BIA, CARLA = "52998224725", "11144477735", "39053344705"
SCRIPT = "<script>alert(1)</script>"
ACTOR = f"cpf:{CARLA}"


@dataclass(frozen=True)
class Web:
    """`ana` and `bia` have accounts, `carla` is of the team, `visitor` is nobody."""

    ana: Client
    bia: Client
    carla: Client
    visitor: Client
    hers: str
    visitors: str
    draft: int
    notice: int
    interruption: int


def accepted(outcome: Outcome[T]) -> T:
    assert isinstance(outcome, Accepted), outcome
    return outcome.value


def session(cpf: str, *, csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=csrf)
    client.force_login(Pessoa.objects.get(cpf=cpf), "django.contrib.auth.backends.ModelBackend")
    return client


def raise_curtain() -> Web:
    for cpf, name, mail in (
        (ANA, "ANA LIMA", "ana"),
        (BIA, "BIA PRADO", "bia"),
        (CARLA, "CARLA SÁ", "carla"),
    ):
        accepted(create_person(cpf, name, email=f"{mail}@exemplo.com.br"))
    join_operadora(Pessoa.objects.get(cpf=ANA), "123456")
    set_staff(Pessoa.objects.get(cpf=CARLA), True, actor="teste")
    hers = services.open_ticket(
        "sgop",
        f"Assunto secreto {SCRIPT}",
        f"Segredo de Ana\n{SCRIPT}",
        contato="ana@exemplo.com.br",
        cpf=ANA,
    )
    visitors = services.open_ticket("sib", "De visita", "Pergunta de visita", contato="v@exemplo.com.br")
    notice = accepted(
        services.write_notice(
            f"Novo prazo {SCRIPT}",
            f"Texto do aviso {SCRIPT}",
            "Página | https://www.exemplo.gov.br/a?b=1&c=2",
            actor=ACTOR,
        )
    )
    accepted(services.publish(notice.id, actor=ACTOR))
    draft = accepted(services.write_notice("Ainda não", "Rascunho por publicar", actor=ACTOR))
    stopped = accepted(services.declare("cadsus-web", f"Manutenção {SCRIPT}", actor=ACTOR))
    return Web(
        session(ANA),
        session(BIA),
        session(CARLA),
        Client(),
        accepted(hers).numero,
        accepted(visitors).numero,
        draft.id,
        notice.id,
        stopped.id,
    )
