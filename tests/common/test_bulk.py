"""Rows in and out in bulk: what goes in comes out, on either engine."""

import string
from collections.abc import Generator

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vincula.common.bulk import FEW, at_once, insert_rows, select_rows

AWKWARD = "\\\t\n\r\b\f\v\x85\x1f'\"%&<éÇãÿ"
CELL = st.text(st.sampled_from(AWKWARD + string.ascii_letters), max_size=12) | st.sampled_from(
    ["\\N", "\\.", "", " "]
)
ROWS = st.lists(st.tuples(CELL, CELL), max_size=12)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, size=st.integers(1, 5), announced=st.sampled_from([0, FEW, FEW + 1]))
def test_every_text_comes_back_as_it_went_in(rows: list[tuple[str, str]], size: int, announced: int) -> None:
    """However it goes in: at once with other statements, or by itself."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS ida_e_volta")
        cursor.execute("CREATE TEMPORARY TABLE ida_e_volta (posicao varchar(4), um text, outro text)")
    with transaction.atomic(), at_once(announced):
        insert_rows(
            "ida_e_volta", ("posicao", "um", "outro"), [(f"{i:04d}", *row) for i, row in enumerate(rows)]
        )
    query = "SELECT um, outro FROM ida_e_volta WHERE posicao >= %s ORDER BY posicao"
    blocks = list(select_rows(query, ["0000"], size))
    assert [tuple(row) for block in blocks for row in block] == rows
    assert all(0 < len(block) <= size for block in blocks)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("announced", [1, FEW + 1])
def test_what_is_sent_at_once_is_refused_as_a_whole_and_by_django_s_name(announced: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS unicos")
        cursor.execute("CREATE TEMPORARY TABLE unicos (numero integer PRIMARY KEY, nome text)")

    def all_three() -> None:
        with transaction.atomic(), at_once(announced):
            for rows in ([(1, "ANA"), (2, None)], [(2, "BIA")], [(3, "CLARA")]):
                insert_rows("unicos", ("numero", "nome"), rows)

    with transaction.atomic():
        with pytest.raises(IntegrityError):
            all_three()
        with at_once(announced):
            insert_rows("unicos", ("numero", "nome"), [("4", "DORA"), ("5", None)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT numero, nome FROM unicos ORDER BY numero")
        assert cursor.fetchall() == [(4, "DORA"), (5, None)]


@pytest.mark.django_db(transaction=True)
def test_a_reading_given_up_leaves_the_connection_usable() -> None:
    blocks = select_rows(
        "SELECT CAST(nome AS text) FROM sib_sequencia UNION ALL SELECT %s UNION ALL SELECT 'b'", ["a"], 1
    )
    next(blocks)
    assert isinstance(blocks, Generator)
    blocks.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
