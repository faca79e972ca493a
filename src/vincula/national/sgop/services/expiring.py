"""Accesses that nobody uses end, where the installation says after how long (off by default: no source gives a period).

What counts is the last entry into CadSUS Web with the profile, the day it was approved or restored, and for an
ADMINISTRADOR his last decision about an operator of the CNES. A warning goes by mail before.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vincula.common import config
from vincula.common.accounts.models import Pessoa
from vincula.common.jobs.services import Job, Progress, enqueue, executor, latest
from vincula.common.mail import services as mail
from vincula.national.sgop.models import Historico, Solicitacao
from vincula.national.sgop.rules import expiry
from vincula.national.sgop.rules.words import Estado, Perfil, Tipo
from vincula.national.sgop.services import membership, store, telling

KIND = "sgop.expiracao"


def entered(cpf: str, cnes: str) -> None:
    """The person has just passed the gate with this CNES: the time counts anew."""
    _profiles().filter(cpf=cpf, cnes=cnes).update(ultima_entrada=timezone.now(), avisado_em=None)


def expires(profile: Solicitacao) -> datetime | None:
    """When an approved profile ends unless it is used; None: never."""
    days = config.load().sgop_expiry
    return expiry.ends(_last_use(profile), days) if days else None


def expire(now: datetime) -> dict[str, int]:
    """Revoke the profiles whose time has passed and warn those whose time is near; how many of each."""
    days = config.load().sgop_expiry
    if not days:
        return {"revogados": 0, "avisados": 0}
    unused = _profiles().filter(mudada_em__lt=now - expiry.quiet(days)).order_by("pk")
    done = [_looked_at(pk, days, now) for pk in list(unused.values_list("pk", flat=True))]
    return {"revogados": done.count("revogado"), "avisados": done.count("avisado")}


def _looked_at(pk: int, days: int, now: datetime) -> str:
    with transaction.atomic():
        row = _profiles().select_for_update().filter(pk=pk).first()
        if row is None:
            return ""
        used = _last_use(row)
        if now >= expiry.ends(used, days):
            store.moved(row, Estado.REVOGADO, "sgop:pedido:revogado", store.SYSTEM, expiry.reason(days))
            membership.follow(row.cpf, row.cnes, store.SYSTEM)
            telling.of_decision(row)
            return "revogado"
        warned = (
            row.avisado_em is not None and row.avisado_em >= used
        )  # one of before the last use holds no more
        if not warned and now >= used + expiry.quiet(days):
            _warn(row, expiry.ends(used, days))
            return "avisado"
    return ""


def _warn(row: Solicitacao, end: datetime) -> None:
    address = Pessoa.objects.filter(cpf=row.cpf, is_active=True).values_list("email", flat=True).first()
    Solicitacao.objects.filter(pk=row.pk).update(avisado_em=timezone.now())
    if address:
        mail.send(address, *expiry.letter(row.cnes, end), parameters={"cnes": row.cnes})


def _last_use(row: Solicitacao) -> datetime:
    seen = [row.mudada_em]
    if row.ultima_entrada:
        seen.append(row.ultima_entrada)
    if row.perfil == Perfil.ADMINISTRADOR:
        of_his = Historico.objects.filter(por=f"cpf:{row.cpf}", solicitacao__cnes=row.cnes)
        last = of_his.exclude(solicitacao__cpf=row.cpf).order_by("-pk").values_list("em", flat=True).first()
        seen += [last] if last else []
    return max(seen)


def _profiles() -> QuerySet[Solicitacao]:
    return Solicitacao.objects.filter(tipo=Tipo.PERFIL, estado=Estado.APROVADO)


@executor(KIND)
def run(job: Job, progress: Progress) -> dict[str, int]:
    """Once a day over all; run again from the start it finds what is still to be done."""
    return expire(timezone.now())


def enqueue_today() -> None:
    """One look a day, where accesses expire at all; asked again on the same day it does nothing."""
    today = timezone.localdate().isoformat()
    if config.load().sgop_expiry and latest(KIND, today) is None:
        enqueue(KIND, today)
