"""The order in which competências open, close and are consolidated, and what each step refuses."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.national.sib import world
from tests.national.sib.world import inclusao
from vincula.common.outcomes import Accepted, Refused, RefusedError
from vincula.national.sib import services
from vincula.national.sib.models import Arquivo, Atribuicao, Competencia
from vincula.national.sib.rules.calendar import as_text, previous_month
from vincula.national.sib.services import files as stored_files
from vincula.national.sib.services import months

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
MONTH, NEXT = 202611, 202612


def _receive(files: world.Files, month: int | None, codigo: str = "X") -> object:
    path = files.make([(1, inclusao(codigo))])
    with path.open("rb") as source:
        return services.receive(source, path.name, world.SENDER, month)


def test_without_saying_the_open_competencia_takes_the_file(files: world.Files) -> None:
    received = _receive(files, None)
    assert isinstance(received, Accepted)
    today = months.now().date()
    expected = months.open_month(today)
    assert Arquivo.objects.get(pk=received.value.arquivo_id).competencia == expected
    assert services.window(expected).holds(today)


@pytest.mark.requirement("R100")
def test_a_closed_competencia_takes_no_more_files(files: world.Files) -> None:
    files.send([(1, inclusao("A"))], MONTH)
    assert isinstance(services.close(MONTH, "teste", world.quiet), Accepted)
    assert world.refusal(_receive(files, MONTH)) == "COMPETENCIA_ENCERRADA"
    assert world.refusal(_receive(files, MONTH - 1)) == "COMPETENCIA_ENCERRADA"
    assert isinstance(_receive(files, NEXT), Accepted)


def test_who_comes_too_late_is_told_which_competencias_still_take_files(files: world.Files) -> None:
    current = months.open_month(months.now().date())
    older, last = previous_month(previous_month(current)), previous_month(current)
    files.send([(1, inclusao("A"))], older)
    world.close(older)
    late = _receive(files, older)
    assert isinstance(late, Refused)
    assert f"ainda abertas, de {as_text(last)} a {as_text(current)};" in late.remedy
    world.close(last)
    late = _receive(files, last)
    assert isinstance(late, Refused)
    assert f"na competência aberta, {as_text(current)};" in late.remedy


def test_a_month_typed_wrong_does_not_shut_the_others_out(files: world.Files) -> None:
    assert world.refusal(_receive(files, 209901)) == "COMPETENCIA_FUTURA"
    assert world.refusal(services.close(209901, "teste", world.quiet)) == "COMPETENCIA_FUTURA"
    assert isinstance(_receive(files, MONTH), Accepted)


def test_an_operadora_does_not_go_back_to_an_earlier_competencia(files: world.Files) -> None:
    files.send([(1, inclusao("A"))], NEXT)
    assert world.refusal(_receive(files, MONTH)) == "COMPETENCIA_PASSADA"


def test_a_file_that_cannot_be_processed_is_named_and_closing_goes_on_once_it_can(files: world.Files) -> None:
    received = _receive(files, MONTH)
    assert isinstance(received, Accepted)
    stored = stored_files.received(Arquivo.objects.get(pk=received.value.arquivo_id).sha256)
    away = stored.rename(stored.with_suffix(".fora"))
    with pytest.raises(RefusedError) as stuck:
        services.close(MONTH, "teste", world.quiet)
    assert stuck.value.refused.code == "ARQUIVO_SEM_FIM"
    assert Arquivo.objects.get().nome in stuck.value.refused.message
    with pytest.raises(RefusedError):
        services.consolidate(MONTH, "teste", world.quiet)
    assert Competencia.objects.get(mes=MONTH).estado == Competencia.Estado.ENCERRADA
    away.rename(stored)
    closed = services.close(MONTH, "teste", world.quiet)
    assert isinstance(closed, Accepted)
    assert closed.value.drained == 1
    assert isinstance(services.consolidate(MONTH, "teste", world.quiet), Accepted)


def test_closing_processes_what_had_arrived(files: world.Files) -> None:
    received = _receive(files, MONTH)
    assert isinstance(received, Accepted)
    closed = services.close(MONTH, "teste", world.quiet)
    assert isinstance(closed, Accepted)
    assert closed.value.drained == 1
    assert services.result(received.value.arquivo_id).state == "PROCESSADO"


def test_competencias_close_and_are_consolidated_in_their_order(files: world.Files) -> None:
    files.send([(1, inclusao("A"))], MONTH)
    files.send([(1, inclusao("B"))], NEXT)
    assert world.refusal(services.close(NEXT, "teste", world.quiet)) == "COMPETENCIA_ANTERIOR_ABERTA"
    assert world.refusal(services.consolidate(MONTH, "teste", world.quiet)) == "COMPETENCIA_ABERTA"
    assert isinstance(services.close(MONTH, "teste", world.quiet), Accepted)
    assert isinstance(services.close(NEXT, "teste", world.quiet), Accepted)
    refused = services.consolidate(NEXT, "teste", world.quiet)
    assert world.refusal(refused) == "COMPETENCIA_ANTERIOR_NAO_CONSOLIDADA"


def test_closing_and_consolidating_twice_changes_nothing(files: world.Files) -> None:
    files.send([(1, inclusao("A"))], MONTH)
    world.close(MONTH)
    rows = list(Atribuicao.objects.values())
    when = Competencia.objects.get(mes=MONTH).consolidada_em
    again = services.consolidate(MONTH, "teste", world.quiet)
    assert isinstance(again, Accepted)
    assert again.value.already
    assert list(Atribuicao.objects.values()) == rows
    assert Competencia.objects.get(mes=MONTH).consolidada_em == when


def test_in_a_registry_a_competencia_is_not_closed_before_its_last_day(
    files: world.Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vincula.common import config

    month = months.open_month(months.now().date())
    monkeypatch.setenv("VINCULA_PROFILE", "registry")
    config.load.cache_clear()
    try:
        assert world.refusal(services.close(month, "teste", world.quiet)) == "COMPETENCIA_EM_CURSO"
    finally:
        monkeypatch.undo()
        config.load.cache_clear()


def test_the_days_of_a_competencia_can_be_changed_until_it_closes(files: world.Files) -> None:
    changed = services.set_window(MONTH, "2026-11-10", "2026-12-10", "teste")
    assert isinstance(changed, Accepted)
    assert services.window(NEXT).first == dt.date(2026, 12, 11)
    for first, last in (
        ("2026-11-10", "2026-11-01"),
        ("2026-11-10", "9999-12-31"),
        ("0001-01-01", "2026-12-10"),
        ("2026-W46-2", "2026-12-10"),
        ("20261110", "2026-12-10"),
        ("", "2026-12-10"),
    ):
        assert world.refusal(services.set_window(MONTH, first, last, "teste")) == "PRAZO_INVALIDO"
    world.close(MONTH)
    assert (
        world.refusal(services.set_window(MONTH, "2026-11-10", "2026-12-10", "teste"))
        == "COMPETENCIA_ENCERRADA"
    )


@pytest.mark.requirement("R094")
def test_status_counts_before_and_after(files: world.Files) -> None:
    files.send([(1, inclusao("A", cns=world.valid_cns(1))), (1, inclusao("B"))], MONTH)
    before = services.status(world.OPERADORA, MONTH)
    assert isinstance(before, Accepted)
    assert (before.value.state, before.value.total, before.value.with_cns) == ("ABERTA", 2, 1)
    world.close(MONTH)
    after = services.status(world.OPERADORA, MONTH)
    assert isinstance(after, Accepted)
    assert (after.value.state, after.value.total, after.value.with_cns) == ("CONSOLIDADA", 2, 1)
    assert world.refusal(services.status("123456", MONTH)) == "OPERADORA_DESCONHECIDA"
    assert world.refusal(services.status(world.OPERADORA, 202001)) == "COMPETENCIA_SEM_ARQUIVOS"
