"""Accesses that nobody uses, where the installation lets them end; and how long what has ended is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, OPERATOR
from vincula.common import config, retention
from vincula.common.accounts.models import Pessoa
from vincula.common.jobs.services import latest, run_now
from vincula.common.mail.models import Correio
from vincula.common.outcomes import Accepted, RefusedError
from vincula.national.sgop.models import Computador, Historico, Solicitacao
from vincula.national.sgop.rules import expiry
from vincula.national.sgop.rules.words import Acao, Estado, Tipo
from vincula.national.sgop.services import deciding, directors, expiring, keeping

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"])
DAYS = 360


@pytest.fixture
def off() -> dict[Tipo, int]:
    world.country()
    world.administrator()
    Pessoa.objects.filter(cpf=OPERATOR).update(email="operador@exemplo.com.br")
    return world.operator()


@pytest.fixture
def on(off: dict[Tipo, int], monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[Tipo, int]]:
    monkeypatch.setenv("VINCULA_SGOP_EXPIRY", str(DAYS))
    config.load.cache_clear()
    yield off
    monkeypatch.undo()
    config.load.cache_clear()


def after(days: float) -> dict[str, int]:
    return expiring.expire(timezone.now() + timedelta(days=days))


def unused(pk: int, days: float) -> None:
    """The access was granted, and last used, so long ago."""
    then = timezone.now() - timedelta(days=days)
    Solicitacao.objects.filter(pk=pk).update(mudada_em=then)


def test_by_default_nothing_expires(off: dict[Tipo, int]) -> None:
    assert after(10_000) == {"revogados": 0, "avisados": 0}
    directors.enqueue_today()
    assert latest(expiring.KIND, timezone.localdate().isoformat()) is None
    assert world.state(off[Tipo.PERFIL]) is Estado.APROVADO


@pytest.mark.requirement("R049")
def test_an_access_without_entry_is_warned_about_once_and_then_revoked(on: dict[Tipo, int]) -> None:
    profile = on[Tipo.PERFIL]
    unused(profile, DAYS - 46)
    assert after(0) == {"revogados": 0, "avisados": 0}
    unused(profile, DAYS - 44)
    assert after(0) == {"revogados": 0, "avisados": 1}
    assert after(0) == {"revogados": 0, "avisados": 0}, "once"
    (letter,) = Correio.objects.filter(para="operador@exemplo.com.br", assunto__contains="expirar")
    assert CNES in letter.texto
    assert "será revogado" in letter.texto
    unused(profile, DAYS + 1)
    assert after(0) == {"revogados": 1, "avisados": 0}
    assert world.state(profile) is Estado.REVOGADO
    last = Historico.objects.filter(solicitacao=profile).latest("pk")
    assert (last.por, last.motivo) == ("sistema", f"Acesso sem uso há {DAYS} dias.")
    assert world.state(on[Tipo.COMPUTADOR]) is Estado.APROVADO, "the profile alone is taken"
    # Restored, the time counts from that day; the gate is closed in between and open again afterwards.
    assert deciding.decide(DIRECTOR, profile, Acao.RESTAURAR, "voltou") == Accepted(Estado.APROVADO)
    assert after(1) == {"revogados": 0, "avisados": 0}


def test_an_entry_begins_the_time_anew_and_takes_the_warning_back(on: dict[Tipo, int]) -> None:
    profile = on[Tipo.PERFIL]
    unused(profile, DAYS - 10)
    assert after(0)["avisados"] == 1
    expiring.entered(OPERATOR, CNES)
    assert after(20) == {"revogados": 0, "avisados": 0}
    assert after(DAYS - 40)["avisados"] == 2, "this one again, and the administrator's"
    row = Solicitacao.objects.get(pk=profile)
    assert expiring.expires(row) == (row.ultima_entrada or timezone.now()) + timedelta(days=DAYS)


def test_who_was_warned_and_went_on_is_warned_again_when_the_time_is_near_again(on: dict[Tipo, int]) -> None:
    profile, boss = on[Tipo.PERFIL], Solicitacao.objects.get(cpf=DIRECTOR, tipo=Tipo.PERFIL)
    long_ago = timezone.now() - timedelta(days=3 * DAYS)
    # The one was revoked and restored since his warning, the other went on to decide; neither passed the gate.
    Solicitacao.objects.filter(pk__in=(profile, boss.pk)).update(avisado_em=long_ago)
    assert after(DAYS - 10) == {"revogados": 0, "avisados": 2}
    assert after(DAYS - 9) == {"revogados": 0, "avisados": 0}, "once for each use"


def test_an_administrator_who_decides_is_in_use(on: dict[Tipo, int]) -> None:
    profile = Solicitacao.objects.get(cpf=DIRECTOR, tipo=Tipo.PERFIL)
    unused(profile.pk, DAYS + 5)
    assert after(0) == {"revogados": 0, "avisados": 0}, "he approved an operator today"
    Historico.objects.filter(por=f"cpf:{DIRECTOR}").update(em=timezone.now() - timedelta(days=DAYS + 5))
    assert after(0)["revogados"] == 1
    assert world.state(profile.pk) is Estado.REVOGADO


def test_the_daily_job_is_queued_once_a_day_where_it_is_on(on: dict[Tipo, int]) -> None:
    directors.enqueue_today()
    first = latest(expiring.KIND, timezone.localdate().isoformat())
    directors.enqueue_today()
    assert first is not None
    assert first == latest(expiring.KIND, timezone.localdate().isoformat())
    assert run_now(first).result == {"revogados": 0, "avisados": 0}


@pytest.mark.parametrize("wrong", ["-1", "sim", "1.5", "9999999"])
def test_a_setting_that_is_no_number_of_days_is_refused(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VINCULA_SGOP_EXPIRY", wrong)
    config.load.cache_clear()
    with pytest.raises(RefusedError) as found:
        config.load()
    assert "VINCULA_SGOP_EXPIRY" in found.value.refused.remedy
    monkeypatch.undo()
    config.load.cache_clear()


@given(st.integers(1, 100_000))
def test_the_warning_comes_before_the_end_and_not_at_once(days: int) -> None:
    assert timedelta() < expiry.quiet(days) < timedelta(days=days)
    assert timedelta(days=days) - expiry.quiet(days) <= timedelta(days=expiry.WARNING_DAYS)


def test_what_ended_goes_with_its_history_when_the_audit_of_it_goes_and_what_holds_stays(
    off: dict[Tipo, int],
) -> None:
    old = timezone.now() + timedelta(days=config.load().retention_audit + 1)
    deciding.decide(DIRECTOR, off[Tipo.COMPUTADOR], Acao.REVOGAR, "computador trocado")
    machine = Solicitacao.objects.get(pk=off[Tipo.COMPUTADOR]).computador_id
    soon = timezone.now() + timedelta(days=config.load().retention_audit - 1)
    assert (keeping.purge_requests(soon), keeping.purge_computers(soon)) == (0, 0)
    assert keeping.purge_requests(old) == 1
    assert not Historico.objects.filter(solicitacao=off[Tipo.COMPUTADOR]).exists()
    assert keeping.purge_computers(old) == 1
    assert not Computador.objects.filter(pk=machine).exists()
    assert world.state(off[Tipo.PERFIL]) is Estado.APROVADO, "however old"
    assert Computador.objects.filter(cpf=DIRECTOR).exists(), "approved, and so kept"
    assert (keeping.purge_requests(old), keeping.purge_computers(old)) == (0, 0)
    assert {"sgop.pedidos", "sgop.computadores", "support.chamados"} <= set(retention.registered())
