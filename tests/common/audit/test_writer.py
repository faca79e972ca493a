"""Group commit, and what was acknowledged: durable, in one chain per process, whoever else writes or dies."""

import os
import signal
import time
from contextlib import ExitStack

import pytest
from django.db import connections, transaction

from tests.common.audit.chains import execute
from tests.common.installation import Installation
from tests.common.threads import at_once, started
from vincula.common.audit.events import GENESIS, digest
from vincula.common.audit.models import Registro
from vincula.common.audit.services import Event, about, record, record_many, verify
from vincula.common.audit.writer import COMMIT_LIMIT, Writer
from vincula.common.outcomes import Accepted

ACTION = "teste:caso:feito"
IMPORTS = """
from vincula.common.audit.models import Registro
from vincula.common.audit.services import Event, record, record_many, verify
from vincula.common.outcomes import RefusedError
"""


@pytest.fixture
def audited(installation: Installation) -> Installation:
    """An installation whose processes have the audit at hand."""
    installation.imports = IMPORTS
    return installation


def event(subject: str = "x") -> Event:
    return Event("sistema", ACTION, subject)


@pytest.mark.django_db(databases=["default", "audit"])
def test_each_record_continues_the_one_before() -> None:
    receipts = [record(event()), *record_many([event(), event()])]
    rows = Registro.objects.filter(escritor=receipts[0].writer).order_by("seq")
    head = GENESIS
    for receipt, row in zip(receipts, rows, strict=True):
        assert (row.seq, row.hash, row.anterior) == (receipt.seq, receipt.hash, head)
        values = Registro.objects.filter(pk=row.pk).values_list(*[f.name for f in Registro._meta.fields[1:]])[
            0
        ]
        assert digest(values) == row.hash
        head = row.hash


@pytest.mark.django_db(databases=["default", "audit"])
def test_a_person_is_told_who_looked_him_up() -> None:
    record_many([event("cpf:98765432100"), event("cpf:11144477735"), event("cpf:98765432100")])
    assert [r.seq for r in about("cpf:98765432100")] == [3, 1]
    assert [r.seq for r in about("cpf:98765432100", limit=1)] == [3]
    assert list(about("cpf:00000000000")) == []


@pytest.mark.django_db(databases=["default", "audit"])
def test_nothing_to_record_is_nothing_recorded() -> None:
    assert record_many([]) == []


@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_threads_that_wait_share_one_commit() -> None:
    writer = Writer()
    done: list[int] = []

    def work() -> None:
        done.append(writer.record([event()])[0].seq)

    with ExitStack() as under_way:
        under_way.enter_context(writer._leading)  # as while a commit is under way
        with started([work] * 30):
            while len(writer._queue) < 30:
                time.sleep(0.001)
            assert done == []
            under_way.close()
    assert sorted(done) == list(range(1, 31))
    assert writer.commits == 1
    assert Registro.objects.filter(escritor=writer.id).count() == 30


@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_many_threads_make_one_sound_chain() -> None:
    writer = Writer()
    seen: list[int] = []

    def work() -> None:
        for _ in range(20):
            receipt = writer.record([event()])[0]
            # durable when it returns: another connection sees it
            seen.append(
                Registro.objects.filter(escritor=receipt.writer, seq=receipt.seq, hash=receipt.hash).count()
            )

    at_once([work] * 8)
    assert seen == [1] * 160
    assert isinstance(verify(), Accepted)


@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_a_commit_takes_only_so_many_events_at_once() -> None:
    writer = Writer()
    with ExitStack() as under_way:
        under_way.enter_context(writer._leading)
        with started([lambda: writer.record([event()] * COMMIT_LIMIT)] * 3):
            while len(writer._queue) < 3:
                time.sleep(0.001)
            under_way.close()
    assert writer.commits == 3
    assert len(record_many(event() for _ in range(COMMIT_LIMIT + 1))) == COMMIT_LIMIT + 1


@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_nothing_is_called_durable_inside_somebody_elses_transaction() -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic(using="audit"):
        record(event())


@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_a_connection_that_was_lost_is_opened_again() -> None:
    writer = Writer()
    writer.record([event()])
    raw = connections["audit"].connection
    raw.close()
    assert writer.record([event()])[0].seq == 2


@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_a_clock_set_back_does_not_reorder_a_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer()
    writer.record([event()])
    monkeypatch.setattr("vincula.common.audit.writer.utc_now", lambda: "2001-01-01T00:00:00.000000Z")
    writer.record([event()])
    first, second = Registro.objects.filter(escritor=writer.id).order_by("seq")
    assert second.quando == first.quando


@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_a_forked_child_writes_a_chain_of_its_own() -> None:
    from vincula.common.audit.writer import process_writer

    mine = process_writer.id
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, process_writer.id.encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 100).decode() != mine
    assert process_writer.id == mine


@pytest.mark.django_db(databases=["default", "audit"])
def test_the_audit_waits_for_the_disk() -> None:
    with connections["audit"].cursor() as cursor:
        if connections["audit"].vendor == "postgresql":
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
        else:
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone() == (2,)  # FULL
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
    execute("SELECT 1")


@pytest.mark.django_db
@pytest.mark.requirement("R088", part="no audit record that was acknowledged is lost by a kill")
def test_what_was_acknowledged_outlives_a_kill(audited: Installation) -> None:
    process = audited.start(
        """
        import os, threading
        def work():
            while True:
                receipt = record(Event("sistema", "teste:caso:feito", "x"))
                os.write(1, f"{receipt.writer} {receipt.seq} {receipt.hash}\\n".encode())
        for _ in range(6):
            threading.Thread(target=work).start()
        """
    )
    assert process.stdout is not None
    acknowledged = [process.stdout.readline() for _ in range(100)]
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    acknowledged += [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    out = audited.run(
        """
        for row in Registro.objects.order_by("seq"):
            print(row.escritor, row.seq, row.hash)
        print(verify())
        """
    ).splitlines()
    missing = {line.strip() for line in acknowledged if len(line.split()) == 3} - set(out)
    assert missing == set()
    assert out[-1].startswith("Accepted")


@pytest.mark.django_db
def test_several_processes_write_at_once_each_its_own_chain(audited: Installation) -> None:
    code = """
        for number in range(60):
            record(Event("sistema", "teste:caso:feito", str(number)))
    """
    processes = [audited.start(code) for _ in range(4)]
    for process in processes:
        process.communicate(timeout=120)
    assert [process.returncode for process in processes] == [0] * 4
    out = audited.run(
        """
        from django.db.models import Count
        made = Registro.objects.filter(acao="teste:caso:feito").values("escritor")
        print([r["n"] for r in made.annotate(n=Count("seq"))])
        print(verify())
        """
    )
    assert out.startswith("[60, 60, 60, 60]\nAccepted")


@pytest.mark.django_db
def test_without_its_record_nothing_goes_on_and_the_user_is_told_why(audited: Installation) -> None:
    out = audited.run(
        """
        from django.db import connections
        with connections["audit"].cursor() as cursor:
            cursor.execute("ALTER TABLE auditoria_registro RENAME TO perdida")
        try:
            record(Event("sistema", "teste:caso:feito", "x"))
        except RefusedError as error:
            print(error.refused.code, error.refused.as_text())
        """
    )
    assert "AUDITORIA_INDISPONIVEL" in out
    assert "não foi feita" in out


@pytest.mark.django_db
def test_the_first_record_of_the_day_anchors_the_chains(audited: Installation) -> None:
    audited.run('record(Event("sistema", "teste:caso:feito", "x"))')
    (file,) = (audited.data / "auditoria").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text().count("\n") == 1
