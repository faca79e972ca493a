"""Who is linked to gov.br, and by what level this web session came in (0022)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from vincula.common import config
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import EntryMeans, entry_of
from vincula.common.audit.services import Event, record
from vincula.national.govbr.models import VinculoGovbr


@dataclass(frozen=True, slots=True)
class Link:
    """A person's account is linked to gov.br: `since` the first entry by it, `last` the latest. `level` (bronze, prata
    or ouro) and `seals` (gov.br's numbers) as gov.br said them at the latest."""

    cpf: str = field(repr=False)
    level: str
    seals: tuple[str, ...]
    since: dt.datetime
    last: dt.datetime


def is_configured() -> bool:
    """Whether this installation has a gov.br to send people to."""
    return config.load().govbr is not None


def link_of(cpf: str) -> Link | None:
    """The link of a CPF (11 digits); None where nobody of this CPF has ever entered by gov.br here (R021)."""
    row = VinculoGovbr.objects.filter(cpf=cpf).first()
    if row is None:
        return None
    return Link(row.cpf, row.nivel, _seals(row.selos), row.desde, row.ultima)


def entry_level(request: HttpRequest) -> str:
    """The gov.br level by which this web session came in: bronze, prata, ouro; "" where it came in otherwise."""
    entry = entry_of(request) if request.user.is_authenticated else None
    return entry.level if entry is not None and entry.means is EntryMeans.GOVBR else ""


def keep(person: Pessoa, level: str, seals: tuple[str, ...]) -> None:
    """The person has just come in by gov.br: made or renewed, and audited, in the caller's transaction if any."""
    now, written = timezone.now(), ",".join(seals)
    with transaction.atomic():
        mine = VinculoGovbr.objects.filter(pessoa_id=person.pk)
        before = mine.select_for_update().values_list("nivel", flat=True).first()
        if before is None and _made(person, level, written, now):
            _audit(person, "govbr:vinculo:criado", nivel=level)
            return
        mine.update(nivel=level, selos=written, ultima=now)
        if before is not None and before != level:
            _audit(person, "govbr:nivel:mudado", de=before, para=level)


def _made(person: Pessoa, level: str, seals: str, now: dt.datetime) -> bool:
    """False where the same person came in at the same moment from elsewhere, and has it already."""
    try:
        with transaction.atomic():
            VinculoGovbr.objects.create(
                pessoa_id=person.pk, cpf=person.cpf, nivel=level, selos=seals, desde=now, ultima=now
            )
    except IntegrityError:
        return False
    return True


def _audit(person: Pessoa, action: str, **details: str) -> None:
    record(Event(f"cpf:{person.cpf}", action, f"cpf:{person.cpf}", details=details))


def _seals(written: str) -> tuple[str, ...]:
    return tuple(one for one in written.split(",") if one)
