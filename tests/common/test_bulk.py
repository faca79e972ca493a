"""Rows in and out in bulk: what goes in comes out, on either engine."""

import string
from collections.abc import Generator

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vincula.common.bulk import insert_rows, select_rows

AWKWARD = "\\\t\n\r\b\f\v\x85\x1f'\"%&<éÇãÿ"
CELL = st.text(st.sampled_from(AWKWARD + string.ascii_letters), max_size=12) | st.sampled_from(
    ["\\N", "\\.", "", " "]
)
ROWS = st.lists(st.tuples(CELL, CELL), max_size=12)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, size=st.integers(1, 5))
def test_every_text_comes_back_as_it_went_in(rows: list[tuple[str, str]], size: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS ida_e_volta")
        cursor.execute("CREATE TEMPORARY TABLE ida_e_volta (posicao varchar(4), um text, outro text)")
    with transaction.atomic():
        insert_rows(
            "ida_e_volta", ("posicao", "um", "outro"), [(f"{i:04d}", *row) for i, row in enumerate(rows)]
        )
    query = "SELECT um, outro FROM ida_e_volta WHERE posicao >= %s ORDER BY posicao"
    blocks = list(select_rows(query, ["0000"], size))
    assert [tuple(row) for block in blocks for row in block] == rows
    assert all(0 < len(block) <= size for block in blocks)


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
