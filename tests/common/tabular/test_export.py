import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.common.outcomes import Accepted
from vincula.common.tabular import RefusedRows, open_table, safe_cell, write_csv


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+55 11", "'+55 11"),
        ("-A1", "'-A1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1+1", "'＝1+1"),
        ("-5", "-5"),
        ("-1.234,56", "-1.234,56"),
        ("+5", "+5"),
        ("ANA", "ANA"),
        ("A=B", "A=B"),
        ("", ""),
        (None, ""),
        (12, "12"),
        ("A\0B", "AB"),
        ("\0=1", "'=1"),
    ],
)
def test_no_cell_is_a_formula(value: object, text: str) -> None:
    assert safe_cell(value) == text


@given(st.text())
def test_a_safe_cell_never_begins_like_a_formula_unless_it_is_a_number(text: str) -> None:
    cell = safe_cell(text)
    if cell[:1] and cell[0] in "=@\t\r":
        raise AssertionError(cell)
    if cell[:1] in ("+", "-") and cell:
        assert cell[1:].replace(".", "").replace(",", "").isdigit()


def test_a_table_written_opens_in_a_spreadsheet_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    with path.open("wb") as out:
        assert write_csv(out, ("código", "mensagem"), [(1, 'com "aspas"; e\nlinha'), (2, "=1")]) == 2
        assert not out.closed
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    answer = open_table(path, ("código", "mensagem"))
    assert isinstance(answer, Accepted)
    assert [row for _, row in answer.value] == [("1", 'com "aspas"; e\nlinha'), ("2", "'=1")]


def test_a_report_of_refused_rows_is_bounded_and_counts_all() -> None:
    refused = RefusedRows(limit=3)
    for line in range(2, 12):
        refused.add(line, "CPF" if line % 2 else "NOME", "=mensagem", "cpf")
    assert (refused.count, len(refused.rows), refused.truncated) == (10, 3, True)
    assert refused.by_code == {"CPF": 5, "NOME": 5}
    out = io.BytesIO()
    assert refused.write_csv(out) == 3
    rows = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert rows[:2] == [["linha", "codigo", "coluna", "mensagem"], ["2", "NOME", "cpf", "'=mensagem"]]


def test_no_other_place_of_the_product_writes_a_csv() -> None:
    """But for the sandbox, which writes the official files that it then loads."""
    source = Path(safe_cell.__code__.co_filename).parents[2]
    found = {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if "csv.writer(" in path.read_text(encoding="utf-8")
        or "DictWriter(" in path.read_text(encoding="utf-8")
    }
    assert {one for one in found if not one.startswith("sandbox")} == {"common/tabular/export.py"}
