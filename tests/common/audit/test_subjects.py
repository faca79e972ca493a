"""The records about a subject, wherever in the audit they stand."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

import pytest
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st

from vincula.common.audit import subjects
from vincula.common.audit.events import COLUMNS, GENESIS
from vincula.common.audit.models import Registro
from vincula.common.audit.services import about, between
from vincula.common.audit.writer import STORE
from vincula.common.bulk import insert_rows

pytestmark = pytest.mark.django_db(databases=[STORE])

ANA, RUI = "teste:ana", "teste:rui"  # nobody else's: other tests of this process have recorded before
BLOCK = 1 << 14
START = 100 * BLOCK  # of the ids, for the same reason


def keep(rows: dict[int, tuple[str, str]]) -> None:
    """Records under these ids, counted from START: when, about whom."""
    writer = uuid.uuid4().hex
    insert_rows(
        "auditoria_registro",
        ("id", *COLUMNS),
        [
            (
                START + one,
                writer,
                one,
                when,
                "sistema",
                "teste:pessoa:consultada",
                who,
                "",
                "",
                "{}",
                GENESIS,
                GENESIS,
            )
            for one, (when, who) in rows.items()
        ],
        using=STORE,
    )


def places(told: Iterable[Registro]) -> list[int]:
    return [one.pk - START for one in told]


def test_they_are_found_in_every_block_and_told_in_order_of_time() -> None:
    keep(
        {
            1: ("2026-01-01", ANA),
            BLOCK - 1: ("2026-01-02", ANA),
            BLOCK: ("2026-01-03", RUI),
            BLOCK + 1: ("2026-01-04", ANA),
            9 * BLOCK + 5: ("2026-01-05", ANA),
            9 * BLOCK + 6: ("2026-01-04T12", ANA),  # another process, whose commit came later
        }
    )
    newest = [9 * BLOCK + 5, 9 * BLOCK + 6, BLOCK + 1, BLOCK - 1, 1]
    assert places(about(ANA)) == newest
    assert places(about(ANA, limit=2)) == newest[:2]
    assert places(between("", "", [ANA])) == newest[::-1]
    assert places(between("2026-01-02", "2026-01-04T12", [ANA])) == [BLOCK - 1, BLOCK + 1]
    assert places(between("2026-01-03", "2026-01-05", [ANA, RUI])) == [
        BLOCK,
        BLOCK + 1,
        9 * BLOCK + 6,
    ]


def test_of_an_empty_audit_nothing_is_told() -> None:
    assert list(about(ANA)) == []


@given(st.dictionaries(st.integers(1, 5 * BLOCK), st.sampled_from([ANA, RUI]), max_size=12))
@settings(max_examples=60, deadline=None)
def test_none_is_missed_and_none_is_another_s(kept: dict[int, str]) -> None:
    with connections[STORE].cursor() as cursor:
        cursor.execute("SAVEPOINT exemplo")
        try:
            keep({one: (f"2026-{one:06d}", who) for one, who in kept.items()})
            for who in (ANA, RUI):
                assert subjects.about([who]) == sorted(START + one for one, of in kept.items() if of == who)
            assert subjects.about([ANA, RUI, ANA]) == sorted(START + one for one in kept)
        finally:
            cursor.execute("ROLLBACK TO SAVEPOINT exemplo")


def test_a_question_looks_into_the_blocks_by_the_index() -> None:
    keep({one: ("2026-01-01", f"cpf:{one:011d}") for one in range(1, 3_000)})
    engine = connections[STORE].vendor
    with connections[STORE].cursor() as cursor:
        cursor.execute("ANALYZE")
        explain = "EXPLAIN QUERY PLAN" if engine == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {subjects._FOUND[engine]}", [ANA])
        plan = " ".join(str(cell) for row in cursor.fetchall() for cell in row)
    assert "auditoria_registro_assunto" in plan, plan
