"""The register of operadoras of ANS, as it comes and as it comes damaged."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.opendata.registers import (
    COLUMNS,
    REGISTROS,
    cells,
    cnpj_of,
    former_register,
    line,
    register,
)
from vincula.formats.opendata import CadopFault, CadopRow, Layout, read_cadop

ONE, TWO, THREE = REGISTROS[:3]


def read(data: bytes) -> list[CadopRow | CadopFault]:
    return list(read_cadop(io.BytesIO(data)))


def rows_of(data: bytes) -> list[CadopRow]:
    found = read(data)
    assert all(isinstance(item, CadopRow) for item in found), found
    return [item for item in found if isinstance(item, CadopRow)]


def only_fault(data: bytes) -> CadopFault:
    faults = [item for item in read(data) if isinstance(item, CadopFault)]
    assert len(faults) == 1, faults
    return faults[0]


def test_a_row_of_the_layout_of_december_2021() -> None:
    (row,) = rows_of(register([line(ONE)]))
    assert row == CadopRow(
        line=2, layout=Layout.ATUAL, registro_ans=ONE, cnpj=cnpj_of(ONE),
        razao_social=f"OPERADORA FICTÍCIA {ONE} LTDA.", nome_fantasia=f"Fictícia {ONE}", modalidade="Medicina de Grupo",
        logradouro="RUA DA AMOSTRA", numero="100", complemento="", bairro="CENTRO", cidade="Curitiba", uf="PR",
        cep="80010000", ddd="41", telefone=f"00{ONE}", fax="", email=f"contato@operadora-{ONE}.example",
        representante="PESSOA EXEMPLO DA AMOSTRA", cargo_representante="DIRETOR", regiao=4,
        data_registro=date(2010, 3, 1),
    )  # fmt: skip


def test_the_former_layout_has_a_title_a_blank_line_and_no_region() -> None:
    first, second = rows_of(former_register([ONE, TWO]))
    assert (first.line, second.line) == (4, 5)
    assert first.layout is Layout.ANTERIOR
    assert first.regiao is None
    assert first.email == f"contato@operadora-{ONE}.example"
    assert first.data_registro == date(2010, 3, 1)


def test_the_newest_files_call_the_first_column_otherwise_and_write_iso_dates() -> None:
    header = COLUMNS.replace("Registro_ANS", "REGISTRO_OPERADORA", 1)
    (row,) = rows_of(register([line(ONE, Data_Registro_ANS="2010-03-01")], header=header, encoding="utf-8"))
    assert (row.registro_ans, row.data_registro) == (ONE, date(2010, 3, 1))


@pytest.mark.parametrize("encoding", ["iso-8859-1", "cp1252", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_encoding_and_line_end_in_use_reads_the_same(encoding: str, end: str) -> None:
    (row,) = rows_of(register([line(ONE)], encoding=encoding, end=end))
    assert row.razao_social == f"OPERADORA FICTÍCIA {ONE} LTDA."


INNER_QUOTES = [
    ("Bairro", 'VILA "A"'),
    ("Logradouro", 'SGAS QUADRA 901, CONJUNTO "A", EDIFÍCIO'),
    ("Logradouro", '"A" INICIAL'),
    ("Razao_Social", 'COOPERATIVA DE CONSUMO "C.S. AMOSTRA"'),
    ("Logradouro", 'EDIFÍCIO "A"; BLOCO B'),
    ("Complemento", 'SALA 5"'),
]


@pytest.mark.parametrize(("column", "value"), INNER_QUOTES)
def test_inner_quotes_that_nobody_escaped(column: str, value: str) -> None:
    (row,) = rows_of(register([line(ONE, **{column: value})]))
    assert getattr(row, column.lower()) == value
    assert row.data_registro == date(2010, 3, 1)


@pytest.mark.parametrize(("column", "value"), INNER_QUOTES)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_copy_saved_again_by_a_spreadsheet_escapes_them(column: str, value: str, delimiter: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS.split(";"))
    writer.writerow(cells(ONE, **{column: value}).values())
    (row,) = rows_of(text.getvalue().encode("utf-8-sig"))
    assert getattr(row, column.lower()) == value


def test_blank_lines_and_lines_of_empty_cells_are_passed_over() -> None:
    assert [row.line for row in rows_of(register(["", line(ONE), ";" * 19, line(TWO)]))] == [3, 5]


BAD = [
    ("CNPJ", "1,18281E+13", "CNPJ_NOTACAO_CIENTIFICA", "notação científica"),
    ("CNPJ", "9.9E13", "CNPJ_NOTACAO_CIENTIFICA", "notação científica"),
    ("CNPJ", cnpj_of(TWO)[:-1] + str((int(cnpj_of(TWO)[-1]) + 1) % 10), "CNPJ", "verificador"),
    ("CNPJ", "539806000152", "CNPJ", "zeros à esquerda"),
    ("CNPJ", "", "CNPJ", "Falta o CNPJ"),
    ("Registro_ANS", ONE[:-1] + str((int(ONE[-1]) + 1) % 10), "REGISTRO", "verificador"),
    ("Registro_ANS", "60", "REGISTRO", "zeros à esquerda"),
    ("Registro_ANS", "", "REGISTRO", "Falta o registro"),
    ("Razao_Social", "", "OBRIGATORIO", "razão social"),
    ("Modalidade", "", "OBRIGATORIO", "modalidade"),
    ("UF", "XX", "UF", "estado"),
    ("Regiao_de_Comercializacao", "7", "REGIAO", "1 a 6"),
    ("Data_Registro_ANS", "31/02/2010", "DATA", "dd/mm/aaaa"),
    ("Data_Registro_ANS", "40238", "DATA", "dd/mm/aaaa"),
    ("Bairro", "X" * 501, "TAMANHO", "500"),
]


@pytest.mark.parametrize(("column", "value", "code", "said"), BAD)
def test_a_bad_cell_refuses_its_row_and_no_other(column: str, value: str, code: str, said: str) -> None:
    data = register([line(TWO), line(ONE, **{column: value}), line(THREE)])
    fault = only_fault(data)
    assert (fault.line, fault.code, fault.whole_file) == (3, code, False)
    assert said in fault.message
    assert fault.remedy
    assert [item.registro_ans for item in read(data) if isinstance(item, CadopRow)] == [TWO, THREE]


def test_a_refused_row_says_whose_it_is_where_that_can_be_read() -> None:
    assert only_fault(register([line(ONE, CNPJ="1,18281E+13")])).registro == ONE
    fault = only_fault(register([line(ONE, Registro_ANS="60")]))
    assert (fault.registro, fault.cnpj) == ("", cnpj_of(ONE))


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (b'"999997";"1";"x"', "COLUNAS_DA_LINHA"),
        (b'"999' + b"\0" + b'997"', "NULO"),
        (b"x" * 20_000, "LINHA_LONGA"),
        (b'"' * 9_001 + b";" * 7_000, "COLUNAS_DA_LINHA"),
    ],
)
def test_a_line_that_cannot_be_read_is_one_fault(bad: bytes, code: str) -> None:
    data = register([line(ONE)]) + bad + b"\n" + line(TWO).encode("iso-8859-1")
    fault = only_fault(data)
    assert (fault.line, fault.code) == (3, code)


def test_a_byte_that_is_not_of_a_utf8_file_refuses_its_line() -> None:
    data = register([line(ONE)], encoding="utf-8") + line(TWO).encode("iso-8859-1")
    assert only_fault(data).code == "CODIFICACAO"


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"cpf;nome\n1;A\n", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b";" * 99]
)
def test_a_file_that_is_not_the_register_is_one_fault_of_the_whole(data: bytes) -> None:
    fault = only_fault(data)
    assert fault.whole_file
    assert fault.code == "CABECALHO"


def test_missing_and_repeated_columns_are_named() -> None:
    lacking = only_fault(register([line(ONE)], header=COLUMNS.replace("Modalidade;", "")))
    assert lacking.whole_file
    assert lacking.columns == ("modalidade",)
    assert "modalidade" in lacking.message
    twice = only_fault(register([line(ONE)], header=COLUMNS + ";CNPJ"))
    assert twice.columns == ("cnpj",)


@given(st.binary(max_size=2_000))
def test_no_content_makes_it_raise(data: bytes) -> None:
    read(data)
    read(register([line(ONE)]) + data)


@given(
    st.text(
        st.characters(codec="iso-8859-1", exclude_categories=("Cc",), exclude_characters='";'), max_size=80
    )
)
def test_any_text_comes_back_as_it_was_but_for_blanks_around_it(value: str) -> None:
    (row,) = rows_of(register([line(ONE, Complemento=value)]))
    assert row.complemento == value.strip()
