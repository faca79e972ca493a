import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.common.outcomes import Accepted, Refused, RefusedError
from vincula.common.tabular import Limits, Table, open_table

COLUMNS = ("cpf", "nome")


def opened(
    path: Path, *, limits: Limits | None = None, optional: tuple[str, ...] = (), extras: bool = False
) -> Table:
    answer = open_table(path, COLUMNS, optional=optional, extras=extras, limits=limits or Limits())
    assert isinstance(answer, Accepted), answer
    return answer.value


def made(folder: Path, content: bytes | str, name: str = "base.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path, *, limits: Limits | None = None) -> Refused:
    answer = open_table(path, COLUMNS, limits=limits or Limits())
    assert isinstance(answer, Refused)
    assert answer.message
    assert answer.remedy
    return answer


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_usual_separators_and_line_ends_are_read(tmp_path: Path, delimiter: str, end: str) -> None:
    content = end.join(delimiter.join(row) for row in (("cpf", "nome"), ("1", "ANA"), ("2", "ZÉ"))) + end
    table = opened(made(tmp_path, content))
    assert list(table) == [(2, ("1", "ANA")), (3, ("2", "ZÉ"))]
    assert table.delimiter == delimiter
    assert table.refused.count == 0


def test_a_table_can_be_read_again(tmp_path: Path) -> None:
    table = opened(made(tmp_path, "cpf,nome\n1,ANA\n"))
    assert list(table) == list(table) == [(2, ("1", "ANA"))]
    assert table.lines == 2


@pytest.mark.parametrize(
    ("content", "encoding", "name"),
    [
        ("cpf,nome\n1,JOÃO\n".encode(), "utf-8", "JOÃO"),
        (b"\xef\xbb\xbf" + "cpf,nome\n1,JOÃO\n".encode(), "utf-8-sig", "JOÃO"),
        ("cpf,nome\n1,JOÃO\n".encode("latin-1"), "iso-8859-1", "JOÃO"),
        ("cpf,nome\n1,D’ÁVILA\n".encode("cp1252"), "cp1252", "D’ÁVILA"),
        (b"cpf,nome\n1,ANA\n", "utf-8", "ANA"),
        ("cpf,nome\n1,JOÃO \ufffd\u00a0\u0085 X\n".encode(), "utf-8", "JOÃO \ufffd\u00a0\u0085 X"),
    ],
)
def test_the_encoding_is_found_by_looking(tmp_path: Path, content: bytes, encoding: str, name: str) -> None:
    table = opened(made(tmp_path, content))
    assert table.encoding == encoding
    assert list(table) == [(2, ("1", name))]


def test_an_accent_that_comes_late_counts_too(tmp_path: Path) -> None:
    content = b"cpf,nome\n" + b"1,ANA\n" * 300_000 + "2,JOÃO\n".encode("latin-1")
    table = opened(made(tmp_path, content))
    assert table.encoding == "iso-8859-1"
    assert list(table)[-1] == (300_002, ("2", "JOÃO"))


def test_an_accent_across_two_blocks_is_no_fault(tmp_path: Path) -> None:
    rows = b"cpf,nome\n" + b"1,ANA\n" * 174_000
    content = rows + b"2," + b"A" * ((1 << 20) - len(rows) - 3) + "É\n3,JOSÉ\n".encode()
    assert content[(1 << 20) - 1 : (1 << 20) + 1] == "É".encode()
    table = opened(made(tmp_path, content))
    assert table.encoding == "utf-8"
    assert [row for _, row in table][-1] == ("3", "JOSÉ")


def test_a_limit_that_the_parser_cannot_hold_is_our_error() -> None:
    with pytest.raises(ValueError, match="line"):
        Limits(line=1 << 20)


def test_a_byte_that_is_not_utf8_refuses_its_row_alone(tmp_path: Path) -> None:
    table = opened(made(tmp_path, "cpf,nome\n1,JOÃO\n".encode() + b"2,JO\xc3O\n3,ANA\n"))
    assert list(table) == [(2, ("1", "JOÃO")), (4, ("3", "ANA"))]
    assert [(r.line, r.code) for r in table.refused.rows] == [(3, "CODIFICACAO")]


@pytest.mark.parametrize("name", ["base.csv.gz", "base.csv"])
def test_a_packed_file_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    table = opened(made(tmp_path, gzip.compress(b"cpf;nome\n1;ANA\n"), name))
    assert list(table) == [(2, ("1", "ANA"))]


def test_columns_come_in_the_order_asked_for_and_optional_ones_may_be_absent(tmp_path: Path) -> None:
    path = made(tmp_path, "uf, NOME ,cpf\nSP,ANA,1\n")
    assert list(opened(path, optional=("email", "uf"))) == [(2, ("1", "ANA", "", "SP"))]


@pytest.mark.parametrize(
    ("header", "missing", "surplus", "repeated"),
    [
        ("cpf,name", ["nome"], ["name"], []),
        ("cpf,nome,uf", [], ["uf"], []),
        ("cpf,nome,cpf", [], [], ["cpf"]),
        ("nome", ["cpf"], [], []),
    ],
)
def test_wrong_columns_refuse_the_file_and_are_named(
    tmp_path: Path, header: str, missing: list[str], surplus: list[str], repeated: list[str]
) -> None:
    refused = refusal(made(tmp_path, header + "\n1,ANA\n"))
    assert refused.code == "CABECALHO"
    assert refused.details == {"faltam": missing, "sobram": surplus, "repetidas": repeated}
    for name in missing + surplus + repeated:
        assert name in refused.message


def test_further_columns_can_be_passed_over(tmp_path: Path) -> None:
    assert list(opened(made(tmp_path, "x,nome,y,cpf\na,ANA,b,1\n"), extras=True)) == [(2, ("1", "ANA"))]


def test_a_file_without_header_is_refused_without_repeating_its_first_row(tmp_path: Path) -> None:
    refused = refusal(made(tmp_path, "52998224725,MARIA DE SOUZA\n"))
    assert refused.code == "CABECALHO"
    assert "MARIA" not in str(refused)
    assert "52998224725" not in str(refused).replace("base.csv", "")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "ARQUIVO_VAZIO"),
        ("cpf,nome\n".encode("utf-16"), "CODIFICACAO"),
        (gzip.compress(b"cpf,nome\n" * 999, mtime=0)[:40], "ARQUIVO_DANIFICADO"),
        (b"\x1f\x8bnada", "ARQUIVO_DANIFICADO"),
        (gzip.compress(b"", mtime=0), "ARQUIVO_VAZIO"),
        (b"\n\n", "CABECALHO"),
        (b"\0" * 50, "FORMATO"),
        (b"PK\x03\x04resto", "FORMATO"),
        (b"PK\x03\x04cpf,nome\n1,ANA\n", "FORMATO"),
        (gzip.compress(b"%PDF-1.7 cpf,nome\n", mtime=0), "FORMATO"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "FORMATO"),
        (b"\xef\xbb\xbf  <html><body>cpf,nome", "FORMATO"),
        (b"\x7fELF\x02\x01\x01\0\0", "FORMATO"),
        (b"cpf,nome\x1b[31m\n1,ANA\n", "FORMATO"),
        ("cpf,nome\n1,ANA\n".encode("utf-16-le"), "CODIFICACAO"),
        ("cpf,nome\n1,ANA\n".encode("utf-16-be"), "CODIFICACAO"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal(made(tmp_path, content)).code == code


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nada.csv").code == "ARQUIVO_AUSENTE"


def test_what_is_no_file_is_refused_by_its_whole_name(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/null")):
        refused = refusal(path)
        assert refused.code == "ARQUIVO_ESPECIAL"
        assert str(path) in refused.message


def test_a_refused_file_is_told_what_it_is(tmp_path: Path) -> None:
    refused = refusal(made(tmp_path, b"PK\x03\x04resto"))
    assert refused.message.startswith("O arquivo base.csv é um ZIP")
    assert refused.message.endswith("e não um CSV.")
    assert ".xlsx" in refused.remedy


def test_a_file_that_grows_when_unpacked_is_capped(tmp_path: Path) -> None:
    bomb = made(tmp_path, gzip.compress(b"cpf,nome\n" + b"0" * 5_000_000))
    assert bomb.stat().st_size < 10_000
    assert refusal(bomb, limits=Limits(size=3_000_000)).code == "ARQUIVO_GRANDE"


def test_a_file_damaged_after_it_was_opened_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(b"cpf,nome\n" + b"1,ANA\n" * 99)
    path = made(tmp_path, packed)
    table = opened(path)
    path.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(RefusedError) as caught:
        list(table)
    assert caught.value.refused.code == "ARQUIVO_DANIFICADO"


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("1", "COLUNAS_DA_LINHA"),
        ("1,ANA,x", "COLUNAS_DA_LINHA"),
        ("1,A\0NA", "NULO"),
        ("1," + "A" * 3_000, "LINHA_LONGA"),
        ('1,"ANA', "ASPAS"),
    ],
)
def test_a_bad_row_is_refused_by_its_line_and_the_rest_is_read(tmp_path: Path, bad: str, code: str) -> None:
    content = f"cpf,nome\n1,ANA\n\n{bad}\n" + "2,BIA\n" * 200
    table = opened(made(tmp_path, content), limits=Limits(line=2_000))
    rows = list(table)
    assert rows[0] == (2, ("1", "ANA"))
    assert rows[1:] == [(line, ("2", "BIA")) for line in range(5, 205)]
    assert [(r.line, r.code) for r in table.refused.rows] == [(4, code)]


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    table = opened(made(tmp_path, b"cpf,nome\n" + b"x" * 3_000_000 + b"\n2,BIA\n"), limits=Limits(line=1_000))
    assert list(table) == [(3, ("2", "BIA"))]
    assert table.refused.by_code == {"LINHA_LONGA": 1}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('1,"ANA\nMARIA"\n2,BIA\n', [(2, ("1", "ANA\nMARIA")), (4, ("2", "BIA"))]),
        ('1,"ANA ""A"" SÁ"\n2,BIA\n', [(2, ("1", 'ANA "A" SÁ')), (3, ("2", "BIA"))]),
        ('1,TELA 5" X\n2,BIA\n', [(2, ("1", 'TELA 5" X')), (3, ("2", "BIA"))]),
        (
            '1,TELA 5" X\n2,BIA\n3,TELA 7"\n4,C\n',
            [(2, ("1", 'TELA 5" X')), (3, ("2", "BIA")), (4, ("3", 'TELA 7"')), (5, ("4", "C"))],
        ),
        ('"1","ANA"', [(2, ("1", "ANA"))]),
        ('1,"ANA\r\n\r\nSÁ"\r\n', [(2, ("1", "ANA\r\n\r\nSÁ"))]),
    ],
)
def test_quotes_are_read_as_a_spreadsheet_writes_them(
    tmp_path: Path, text: str, rows: list[tuple[int, tuple[str, str]]]
) -> None:
    table = opened(made(tmp_path, "cpf,nome\n" + text))
    assert list(table) == rows
    assert table.refused.count == 0


cells = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=30)


@given(st.lists(st.tuples(cells, cells), max_size=20))
def test_whatever_a_csv_writer_quotes_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerows([COLUMNS, *rows])
    table = opened(made(tmp_path_factory.mktemp("csv"), text.getvalue().encode()))
    assert [row for _, row in table] == rows
    assert table.refused.count == 0


@given(st.binary(max_size=400))
def test_no_bytes_whatever_raise_or_lose_count(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes
) -> None:
    path = made(tmp_path_factory.mktemp("csv"), b"cpf,nome\n" + noise + b"\n1,ANA\n")
    answer = open_table(path, COLUMNS)
    assert isinstance(answer, Accepted)
    lines = [line for line, row in answer.value if len(row) == 2]
    assert lines == sorted(set(lines))
