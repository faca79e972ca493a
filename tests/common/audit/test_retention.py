from datetime import UTC, datetime, timedelta

import pytest

from tests.common.audit.chains import chain, execute, store, without_triggers
from vincula.common import retention as all_purgers
from vincula.common.audit import retention
from vincula.common.audit.models import Registro
from vincula.common.audit.services import purge, verify
from vincula.common.outcomes import Accepted, Refused

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit", "jobs"]),
    pytest.mark.usefixtures("own_anchors"),
]

NOW = datetime(2031, 1, 4, tzinfo=UTC)  # 1825 days after 2026-01-05
OLD, NEW = "a" * 32, "b" * 32


def days(*numbers: int) -> list[str]:
    return [f"2026-01-{n:02d}T12:00:00.000000Z" for n in numbers]


def left(writer: str) -> list[int]:
    return list(Registro.objects.filter(escritor=writer).order_by("seq").values_list("seq", flat=True))


def test_what_passed_its_retention_goes_and_the_rest_still_verifies() -> None:
    store(chain(OLD, days(1, 2, 3)) + chain(NEW, days(3, 4, 5, 6)))
    assert purge(NOW) == 5
    assert left(OLD) == []
    assert left(NEW) == [3, 4]
    answer = verify()
    assert isinstance(answer, Accepted)
    assert answer.value.cut >= 2


def test_purging_again_changes_nothing() -> None:
    store(chain(NEW, days(3, 4, 5, 6)))
    assert purge(NOW) == 2
    assert purge(NOW) == 0
    assert purge(NOW - timedelta(days=400)) == 0
    assert purge(NOW + timedelta(days=1)) == 1
    assert isinstance(verify(), Accepted)


def test_a_purge_killed_after_its_announcement_is_finished_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store(chain(NEW, days(3, 4, 5, 6)))
    with monkeypatch.context() as killed:
        killed.setattr(retention, "_remove", lambda: 0)
        purge(NOW)
    assert left(NEW) == [1, 2, 3, 4]
    assert isinstance(verify(), Accepted)
    assert purge(NOW) == 2
    assert left(NEW) == [3, 4]
    assert isinstance(verify(), Accepted)


def test_a_record_changed_after_the_cut_is_still_found() -> None:
    store(chain(NEW, days(3, 4, 5, 6)))
    purge(NOW)
    with without_triggers():
        execute("DELETE FROM auditoria_registro WHERE escritor = %s AND seq = 3", NEW)
    answer = verify()
    assert isinstance(answer, Refused)
    assert f"{NEW}/3" in answer.message


def test_a_cut_moved_further_than_announced_is_found() -> None:
    store(chain(NEW, days(3, 4, 5, 6)))
    purge(NOW)
    with without_triggers():
        execute("UPDATE auditoria_corte SET seq = 4 WHERE escritor = %s", NEW)
    assert isinstance(verify(), Refused)


def test_records_are_removed_in_bounded_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_BATCH", 2)
    monkeypatch.setattr(retention, "_CHAINS_PER_BATCH", 1)
    store(chain(OLD, days(1, 2, 3)) + chain(NEW, days(3, 4, 5, 6)))
    assert purge(NOW) == 5
    assert isinstance(verify(), Accepted)


@pytest.mark.requirement("R088", part="retention of what is held on people")
def test_the_purge_command_calls_every_purger_and_records_what_each_removed() -> None:
    store(chain(OLD, days(1, 2, 3)))
    before = Registro.objects.filter(acao="retencao:dados:removidos").count()
    purged = {p.name: p.count for p in all_purgers.purge(NOW, actor="cpf:52998224725")}
    assert purged["auditoria.registros"] == 3
    assert purged["tarefas.terminadas"] == 0
    made = Registro.objects.filter(acao="retencao:dados:removidos")
    assert made.count() - before == len(purged)
    assert made.get(assunto="auditoria.registros", ator="cpf:52998224725").dados == {"quantidade": 3}


def test_a_purger_has_a_name_of_its_own() -> None:
    with pytest.raises(ValueError, match="two purgers"):
        all_purgers.register("auditoria.registros", lambda now: 0)
