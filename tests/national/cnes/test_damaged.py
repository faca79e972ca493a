"""Whatever is in an archive, a load answers: a report or a refusal, never a traceback, and half a base never."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.national.cnes.archives import MONTH, archive, establishment, number, table_bytes, tables, zipped
from vincula.common.outcomes import Accepted, Refused
from vincula.formats.opendata.cnes import LAYOUTS
from vincula.national.cnes import models, services

pytestmark = pytest.mark.django_db

ROWS = [establishment(number(n)) for n in range(1, 4)]
GOOD = {f"{name}{MONTH}.csv": table_bytes(rows) for name, rows in tables(ROWS).items()}
WHOLE = archive(ROWS)
NASTY = st.sampled_from(
    ['"', ";", "\r", "\n", "\0", "\x1a", "é", "\ud800", "9" * 400, "=1+1", "'", "\\", "\t", "-1", "²"]
)
CELL = st.one_of(NASTY, st.text(max_size=12), st.sampled_from(["68", "005", "8900010", "2611608900010"]))
few = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
many = settings(
    max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def loaded(content: bytes) -> None:
    """Load the bytes: what holds whatever they are."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.zip"
        path.write_bytes(content)
        outcome = services.load_zip(path)
        if isinstance(outcome, Refused):
            assert outcome.code
            assert outcome.message
            assert outcome.remedy
        else:
            assert isinstance(outcome, Accepted)
            report = outcome.value
            assert (
                report.inserted + report.updated + report.unchanged + report.repeated + report.refused.count
                == (report.rows)
            )
        for one in models.Estabelecimento.objects.all():
            assert services.get(one.cnes) is not None
        models.Estabelecimento.objects.all().delete()
        models.Carga.objects.all().delete()


ANY_MEMBER = st.tuples(st.sampled_from([f"{name}{MONTH}.csv" for name in LAYOUTS]), st.binary(max_size=400))
CELLS = st.tuples(
    st.sampled_from([f"{name}{MONTH}.csv" for name in LAYOUTS]),
    st.lists(st.lists(CELL, max_size=16), max_size=4),
)


def with_bytes(found: tuple[str, bytes]) -> bytes:
    return zipped(GOOD | {found[0]: GOOD.get(found[0], b"") + found[1]})


def with_cells(found: tuple[str, list[list[str]]]) -> bytes:
    name, rows = found
    text = "\n".join(";".join(row) for row in rows)
    return zipped(GOOD | {name: GOOD.get(name, b"") + text.encode("iso-8859-1", "replace")})


def cut(at: tuple[int, int]) -> bytes:
    place, byte = at[0] % len(WHOLE), at[1]
    changed = bytearray(WHOLE)
    changed[place] = byte
    return bytes(changed)


@few
@given(ANY_MEMBER)
def test_any_bytes_in_any_member(found: tuple[str, bytes]) -> None:
    loaded(with_bytes(found))


@few
@given(st.binary(max_size=400))
def test_any_bytes_instead_of_the_table_of_establishments(content: bytes) -> None:
    loaded(zipped(GOOD | {f"tbEstabelecimento{MONTH}.csv": content}))


@few
@given(CELLS)
def test_any_cells_after_the_good_ones(found: tuple[str, list[list[str]]]) -> None:
    loaded(with_cells(found))


@few
@given(st.tuples(st.integers(0, 10**6), st.integers(0, 255)))
def test_any_byte_of_the_archive_changed(at: tuple[int, int]) -> None:
    loaded(cut(at))


@few
@given(st.binary(max_size=200))
def test_any_bytes_instead_of_an_archive(content: bytes) -> None:
    loaded(content)


@pytest.mark.long
@many
@given(
    st.one_of(
        ANY_MEMBER.map(with_bytes),
        CELLS.map(with_cells),
        st.tuples(st.integers(0, 10**6), st.integers(0, 255)).map(cut),
    )
)
def test_at_length(content: bytes) -> None:
    loaded(content)
