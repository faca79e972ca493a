from pathlib import Path

import pytest
from django.db import DatabaseError, connections, transaction

from tests.common.audit.chains import TABLES, chain, execute, store, without_triggers
from vincula.common.audit import anchors
from vincula.common.audit.cuts import Cut, digest
from vincula.common.audit.services import Event, record, record_many, verify
from vincula.common.outcomes import Accepted, Refused

pytestmark = [pytest.mark.django_db(databases=["default", "audit"]), pytest.mark.usefixtures("own_anchors")]

W = "a" * 32
DAYS = [f"2026-01-0{day}T12:00:00.000000Z" for day in range(1, 7)]


def problems() -> list[str]:
    answer = verify()
    assert isinstance(answer, Refused), "the audit verifies although it was tampered with"
    assert answer.code == "AUDITORIA_VIOLADA"
    found: list[str] = answer.details["problemas"]
    return found


def sound() -> None:
    """Six records, two days apart from what others wrote."""
    store(chain(W, DAYS))


@pytest.mark.requirement("R088", part="a broken hash chain is detected")
@pytest.mark.parametrize(
    ("what", "sql", "named"),
    [
        (
            "altered",
            "UPDATE auditoria_registro SET assunto = 'caso:9' WHERE escritor = %s AND seq = 3",
            f"{W}/3",
        ),
        ("removed", "DELETE FROM auditoria_registro WHERE escritor = %s AND seq = 3", f"{W}/3"),
        ("first removed", "DELETE FROM auditoria_registro WHERE escritor = %s AND seq = 1", f"{W}/1"),
        (
            "several removed",
            "DELETE FROM auditoria_registro WHERE escritor = %s AND seq IN (2, 3)",
            f"{W}/2 a 3",
        ),
        (
            "redated",
            "UPDATE auditoria_registro SET quando = '2020' WHERE escritor = %s AND seq = 6",
            f"{W}/6",
        ),
    ],
)
def test_a_change_made_behind_the_audit_is_named(what: str, sql: str, named: str) -> None:
    sound()
    assert isinstance(verify(), Accepted)
    with without_triggers():
        execute(sql, W)
    assert named in problems()[0]


def test_two_records_that_changed_places_are_named() -> None:
    sound()
    with without_triggers():
        for old, new in ((2, 99), (3, 2), (99, 3)):
            execute("UPDATE auditoria_registro SET seq = %s WHERE escritor = %s AND seq = %s", new, W, old)
    assert any("fora de ordem" in p and f"{W}/2" in p for p in problems())


def test_a_record_put_in_between_is_named() -> None:
    sound()
    rows = chain(W, DAYS)
    with without_triggers():
        for seq in range(6, 2, -1):
            execute("UPDATE auditoria_registro SET seq = seq + 1 WHERE escritor = %s AND seq = %s", W, seq)
        forged = chain(W, [DAYS[2]], previous=rows[1][-1], first=3)
        store(forged)
    assert any(f"{W}/4" in p for p in problems())


def test_a_chain_rewritten_whole_is_found_by_its_anchor() -> None:
    sound()
    anchors.anchor()
    with without_triggers():
        execute("DELETE FROM auditoria_registro WHERE escritor = %s", W)
    rewritten = chain(W, [*DAYS[:5], "2026-01-06T13:00:00.000000Z"])
    store(rewritten)
    assert "não é o que foi ancorado" in problems()[0]


@pytest.mark.parametrize("kept", [5, 0])
def test_a_chain_cut_short_is_found_by_its_anchor(kept: int) -> None:
    sound()
    anchors.anchor()
    with without_triggers():
        execute("DELETE FROM auditoria_registro WHERE escritor = %s AND seq > %s", W, kept)
    assert problems() == [f"Truncado: o registro ancorado {W}/6 não existe mais."]


def test_a_chain_slipped_in_with_an_older_date_is_found() -> None:
    sound()
    anchors.anchor()
    store(chain("b" * 32, DAYS))
    assert "não existia quando" in problems()[0]


def test_what_is_recorded_after_the_anchor_is_as_good() -> None:
    sound()
    anchors.anchor()
    record(Event("sistema", "teste:caso:feito", "x"))
    answer = verify()
    assert isinstance(answer, Accepted)
    assert answer.value.anchored >= 1
    assert answer.value.writers >= 2
    assert answer.value.last_anchor


def test_an_altered_anchor_file_is_found(own_anchors: Path) -> None:
    sound()
    anchors.anchor()
    anchors.anchor()
    own_anchors.write_bytes(own_anchors.read_bytes().replace(b'"cabecas":[', b'"cabecas":[["x",1,"y"],', 1))
    assert "linha 1 do arquivo de âncoras" in problems()[0]


def test_a_removed_anchor_line_is_found(own_anchors: Path) -> None:
    sound()
    anchors.anchor()
    anchors.anchor()
    own_anchors.write_bytes(own_anchors.read_bytes().split(b"\n", 1)[1])
    assert "linha 1 do arquivo de âncoras" in problems()[0]


@pytest.mark.parametrize("kept", [0, 1])
def test_an_anchor_file_taken_away_or_cut_short_is_found(own_anchors: Path, kept: int) -> None:
    sound()
    anchors.anchor()
    anchors.anchor()
    lines = own_anchors.read_bytes().splitlines(keepends=True)
    if kept:
        own_anchors.write_bytes(b"".join(lines[:kept]))
    else:
        own_anchors.unlink()
    if kept == 0 and connections["audit"].vendor == "postgresql":
        assert isinstance(verify(), Accepted)  # another machine's file answers for it
    else:
        assert "Âncora ausente" in problems()[0]


def test_an_anchor_torn_by_a_kill_is_passed_over(own_anchors: Path) -> None:
    sound()
    anchors.anchor()
    with own_anchors.open("ab") as out:
        out.write(b'{"quando":"2026-')
    assert isinstance(verify(), Accepted)
    anchors.anchor()
    assert len(anchors.read().anchors) == 2
    assert isinstance(verify(), Accepted)


def test_the_anchors_are_their_owners_only_and_made_once_a_day(own_anchors: Path) -> None:
    sound()
    assert anchors.anchor_daily() is not None
    assert anchors.anchor_daily() is None
    assert own_anchors.stat().st_mode & 0o777 == 0o600


def test_a_cut_that_nobody_announced_is_found() -> None:
    sound()
    forged = Cut(W, 3, chain(W, DAYS)[2][-1])
    insert = (
        "INSERT INTO auditoria_corte (lote, escritor, seq, hash, evento_escritor, evento_seq)"
        " VALUES (%s, %s, %s, %s, %s, 1)"
    )
    execute(insert, "c" * 32, forged.writer, forged.seq, forged.hash, "d" * 32)
    execute("DELETE FROM auditoria_registro WHERE escritor = %s AND seq <= 3", W)
    assert any("corte de retenção" in p for p in problems())
    assert len(digest([forged])) == 64


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE auditoria_registro SET assunto = 'x'",
        "DELETE FROM auditoria_registro",
        "UPDATE auditoria_base SET id = 'x'",
        "DELETE FROM auditoria_base",
    ],
)
def test_the_base_itself_refuses_to_change_the_audit(sql: str) -> None:
    sound()
    with pytest.raises(DatabaseError), transaction.atomic(using="audit"):
        execute(sql)
    assert isinstance(verify(), Accepted)


def test_the_base_refuses_to_replace_or_empty_the_audit() -> None:
    sound()
    if connections["audit"].vendor == "postgresql":
        statements = [f"TRUNCATE {table}" for table in (*TABLES, "auditoria_base")]
    else:
        columns = "escritor, seq, quando, ator, acao, assunto, finalidade, termo, detalhes, anterior, hash"
        statements = [
            f"INSERT OR REPLACE INTO auditoria_registro ({columns}) SELECT {columns} FROM auditoria_registro",
            "INSERT INTO auditoria_base (id) VALUES ('outra')",
        ]
    for sql in statements:
        with pytest.raises(DatabaseError), transaction.atomic(using="audit"):
            execute(sql)


def test_many_problems_are_counted_and_the_first_ones_shown() -> None:
    store(chain(W, [DAYS[0]] * 50))
    with without_triggers():
        execute("UPDATE auditoria_registro SET ator = 'outro' WHERE escritor = %s", W)
    answer = verify()
    assert isinstance(answer, Refused)
    assert answer.details["total"] == 50
    assert len(answer.details["problemas"]) == 20


def test_pages_of_records_are_followed_across_their_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vincula.common.audit.verify._PAGE", 4)
    sound()
    record_many(Event("sistema", "teste:caso:feito", str(n)) for n in range(9))
    answer = verify()
    assert isinstance(answer, Accepted)
    assert answer.value.records >= 15
