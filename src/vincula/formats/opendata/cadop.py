"""The register of operadoras of ANS (Relatorio_cadop.csv): its rows, and what is wrong with those that are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from vincula.formats.opendata import cadop_values as values
from vincula.formats.opendata.cadop_layout import LINES_BEFORE, Header, Layout, find_header
from vincula.formats.opendata.cadop_values import Bad
from vincula.formats.opendata.cells import split
from vincula.formats.opendata.lines import Line, read_lines


@dataclass(frozen=True, slots=True)
class CadopRow:
    """An operadora of the file: text without blanks around it, "" or None where the file says nothing.

    `regiao` is always None in the layout ANTERIOR, which does not have it.
    """

    line: int
    layout: Layout
    registro_ans: str
    cnpj: str
    razao_social: str
    nome_fantasia: str
    modalidade: str
    logradouro: str
    numero: str
    complemento: str
    bairro: str
    cidade: str
    uf: str
    cep: str
    ddd: str
    telefone: str
    fax: str
    email: str
    representante: str
    cargo_representante: str
    regiao: int | None
    data_registro: date | None


@dataclass(frozen=True, slots=True)
class CadopFault:
    """A row that is refused, or (`whole_file`) a file: line, stable code, column, reason and remedy in Portuguese.

    `registro` and `cnpj` say whose row it is, where a right one can be read in it. `columns` are those that a header
    lacks or has twice.
    """

    line: int
    code: str
    column: str
    message: str
    remedy: str
    registro: str = ""
    cnpj: str = ""
    whole_file: bool = False
    columns: tuple[str, ...] = ()


def read_cadop(source: BinaryIO) -> Iterator[CadopRow | CadopFault]:
    """The operadoras of a register in either official layout, streamed, in file order.

    Takes ISO-8859-1, Windows-1252 or UTF-8, LF or CRLF, cells quoted or not, inner quotes escaped or not. Blank lines
    are passed over. A bad row is one fault, the first that it has; a file without a right header is one fault with
    `whole_file`, and nothing after it. Never raises on bad content; raises only what reading `source` raises.
    """
    lines = read_lines(source)
    header, fault = _header(lines)
    if header is None:
        yield fault
        return
    for line in lines:
        if line.problem:
            reason, remedy = line.problem.value
            yield CadopFault(line.number, line.problem.name, "", reason, remedy)
        elif line.text.strip(f" {header.delimiter}"):
            yield _row(line, header)


_NOT_A_REGISTER = CadopFault(
    1,
    "CABECALHO",
    "",
    f"O arquivo não traz, nas primeiras {LINES_BEFORE} linhas, o cabeçalho do relatório de operadoras da ANS.",
    "Baixe Relatorio_cadop.csv dos dados abertos da ANS (operadoras de plano de saúde ativas) e repita.",
    whole_file=True,
    columns=("Registro_ANS", "CNPJ"),
)


def _header(lines: Iterator[Line]) -> tuple[Header | None, CadopFault]:
    for line in islice(lines, LINES_BEFORE):
        header = find_header(line.text)
        if header is None:
            continue
        if header.missing or header.repeated:
            return None, _wrong_header(line.number, header)
        return header, _NOT_A_REGISTER
    return None, _NOT_A_REGISTER


def _wrong_header(line: int, header: Header) -> CadopFault:
    labels = (("faltam", header.missing), ("repetidas", header.repeated))
    said = "; ".join(f"{label}: {', '.join(names)}" for label, names in labels if names)
    return CadopFault(
        line,
        "CABECALHO",
        "",
        f"As colunas do relatório de operadoras não são as esperadas; {said}.",
        "Baixe o arquivo original dos dados abertos da ANS, sem tirar nem repetir colunas, e repita.",
        whole_file=True,
        columns=header.missing + header.repeated,
    )


def _row(line: Line, header: Header) -> CadopRow | CadopFault:
    cells = split(line.text, header.delimiter, header.width)
    if len(cells) != header.width:
        return CadopFault(
            line.number,
            "COLUNAS_DA_LINHA",
            "",
            f"A linha tem {len(cells)} colunas e o cabeçalho {header.width}.",
            "Confira nela as aspas, o separador e se um campo não foi quebrado em duas linhas.",
        )
    named = {column: cells[place].strip() for column, place in header.places.items()}
    registro, cnpj = values.registro(named.pop("registro_ans")), values.cnpj(named.pop("cnpj"))
    uf, day = values.uf(named.pop("uf")), values.day(named.pop("data_registro"))
    regiao = values.regiao(named.pop("regiao", ""))
    checked: dict[str, Any] = {
        "registro_ans": registro,
        "cnpj": cnpj,
        **_texts(named),
        "uf": uf,
        "data_registro": day,
        "regiao": regiao,
    }
    for column, value in checked.items():
        if isinstance(value, Bad):
            owner = "" if isinstance(registro, Bad) else registro
            company = "" if isinstance(cnpj, Bad) else cnpj
            return CadopFault(line.number, value.code, column, value.message, value.remedy, owner, company)
    # Each value is of its field's type: whatever is Bad has just been answered.
    return CadopRow(line=line.number, layout=header.layout, **checked)


def _texts(named: dict[str, str]) -> dict[str, str | Bad]:
    checked: dict[str, str | Bad] = dict(named)
    for column in ("razao_social", "modalidade"):
        if not named[column]:
            checked[column] = Bad(
                "OBRIGATORIO", "Falta a razão social." if "razao" in column else "Falta a modalidade."
            )
    for column, value in named.items():
        if len(value) > values.CELL_LIMIT:
            checked[column] = Bad(
                "TAMANHO", f"O campo passa de {values.CELL_LIMIT} caracteres: confira as aspas."
            )
    return checked
