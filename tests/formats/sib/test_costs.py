"""What a hostile file may cost: time in proportion to its size, memory within a bound, whatever it repeats."""

from __future__ import annotations

import io
import time
import tracemalloc
from collections.abc import Iterable, Iterator
from random import Random

import pytest

from tests.formats.sib.files import GOOD, check, sbx, swap
from vincula.formats.sib import (
    COLUMNS_CNX,
    DamagedAnswerError,
    Header,
    Limits,
    parse_cnx_name,
    parse_name,
    read_cnx,
    read_rpx,
    write_cnx,
)
from vincula.formats.sib.answers import AnswerReader
from vincula.formats.sib.render import MOST_PATTERNS

MANY = 200_000
HEAD = '<?xml version="1.0" encoding="ISO-8859-1"?>'
REPEATED = [
    # what, file; each took hours, or minutes, by expressions that tried every start against every end
    ("a name that never ends, among the procedures", sbx(GOOD + "<" + "a" * MANY)),
    ("a name that never ends, at the beginning", HEAD + "<" + "a" * MANY),
    ("an end tag that never ends", sbx(GOOD + "</" + "a" * MANY)),
    ("attributes that never end", sbx(GOOD + "<a " + "b='' " * MANY)),
    ("quotes that never close", sbx(GOOD + "<a " + "'" * (MANY + 1))),
    ("comments that never close", sbx(GOOD + "<!--" * MANY + "</inclusao>")),
    ("CDATA that never closes", sbx(GOOD + "<![CDATA[" * (MANY // 2) + "</inclusao>")),
    ("instructions that never close", sbx(GOOD + "<?" * MANY + "</inclusao>")),
    ("ends of procedures that never began", sbx(GOOD + "<a>" + "</inclusao >" * (MANY // 2))),
    ("zeros before no number", sbx(swap("<sexo>1", "<sexo>" + "0" * 4 * MANY + "x") * 3)),
    ("blanks before no date", sbx(swap("1980-02-28", " " * 4 * MANY + "x") * 3)),
    ("digits of a reference", sbx(swap("JOÃO", "&#" + "1" * 4 * MANY))),
]


@pytest.mark.parametrize("text", [text for _, text in REPEATED], ids=[what for what, _ in REPEATED])
def test_time_is_in_proportion_to_the_size(text: str) -> None:
    began = time.process_time()
    assert check(text).fault_count >= 1
    assert time.process_time() - began < 10


SOME = 40_000
FAULTY = [
    ("children that nobody knows", f"<inclusao>{'<a/>' * SOME}</inclusao>", SOME),
    ("the same child", f"<inclusao>{'<identificacao/>' * SOME}</inclusao>", SOME),
    ("attributes", "<inclusao>" + '<a b=""/>' * SOME + "</inclusao>", SOME),
    ("no procedures at all", "<a/>" * SOME, SOME),
    ("empty procedures", "<reativacao/>" * SOME, 2 * SOME),
]


@pytest.mark.parametrize(("body", "least"), [case[1:] for case in FAULTY], ids=[case[0] for case in FAULTY])
def test_faults_are_all_counted_and_only_the_first_ones_kept(body: str, least: int) -> None:
    data = sbx(body).encode("iso-8859-1")
    tracemalloc.start()
    outcome = check(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcome.fault_count >= least
    assert (len(outcome.faults), outcome.truncated_faults) == (1_000, True)
    assert peak < 16 << 20


def test_past_a_million_faults_the_rest_is_left_unread() -> None:
    outcome = check(sbx("<reativacao/>" * 5_000), Limits(counted_faults=500, faults=1_000))
    assert not outcome.complete
    assert "mais de 500 falhas" in outcome.faults[-1].message
    assert outcome.procedures < 5_000


class _Parts(io.BytesIO):
    """A file that is never in memory as a whole."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        super().__init__()
        self._parts: Iterator[bytes] = iter(parts)

    def read(self, size: int | None = -1) -> bytes:
        return next(self._parts, b"")


OPENING = f"{HEAD}<mensagemSIB><mensagem><ansParaOperadora>".encode()
ANSWERS = [
    ("elements that are no record", b"<conferencia>", b"<x/>" * 8_000),
    ("a record that never ends", b"<conferencia><beneficiario>", b"<x/>" * 8_000),
    ("text", b"<conferencia>", b"x" * 32_000),
]


@pytest.mark.parametrize(("start", "part"), [case[1:] for case in ANSWERS], ids=[case[0] for case in ANSWERS])
def test_an_answer_that_would_fill_the_memory_is_refused(start: bytes, part: bytes) -> None:
    with pytest.raises(DamagedAnswerError, match="sem um registro completo"):
        list(read_cnx(_Parts([OPENING + start, *[part] * 200])))


def test_what_came_before_a_record_is_forgotten_however_the_records_are_wrapped() -> None:
    part = b"<x><beneficiario cco='1'><identificacao/></beneficiario></x>" * 100
    ending = b"</conferencia></ansParaOperadora></mensagem></mensagemSIB>"
    source = _Parts([OPENING + b"<conferencia>", *[part] * 20, ending])
    records = AnswerReader(source, ("beneficiario",), "conferencia").elements()
    held = [sum(1 for _ in element.getroottree().iter()) for element in records]
    assert len(held) == 2_000
    assert max(held) < 500, "no more than what one reading brings"


def test_a_kind_of_movement_of_thousands_of_digits_is_none() -> None:
    record = f'<registroRejeitado codigoTipoMovimento="{"1" * 5_000}"/>'
    text = f"<resultadoProcessamento>{record}</resultadoProcessamento></ansParaOperadora></mensagem></mensagemSIB>"
    (found,) = list(read_rpx(io.BytesIO(OPENING + text.encode())))
    assert found.kind == 0  # type: ignore[union-attr]  # only rejected records have one


class _Nowhere(io.BytesIO):
    def write(self, data: object, /) -> int:
        return 0


def test_what_a_writer_remembers_of_its_rows_is_bounded() -> None:
    chance = Random(1)
    rows = (["x" if chance.random() < 0.5 else "" for _ in COLUMNS_CNX] for _ in range(3 * MOST_PATTERNS))
    tracemalloc.start()
    write_cnx(_Nowhere(), Header(), rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 << 20


def test_the_letters_of_a_file_name_are_those_of_ascii() -> None:
    assert parse_name("99999720250502103000.sbx")
    assert parse_name("99999720250502103000.\u017fbx") is None
    assert parse_cnx_name("ArqConf9999971120250501.cnx")


SHOWN = [
    ("the código of a record that is no XML", swap("<codigoBeneficiario>0001", "<codigoBeneficiario>A\0\x1b[2J\x9b1")),
    ("the código of a record that is", swap("<codigoBeneficiario>0001", "<codigoBeneficiario>A\x9b2J\x851").replace("JOÃO", "JO1")),
]  # fmt: skip


@pytest.mark.parametrize("body", [case[1] for case in SHOWN], ids=[case[0] for case in SHOWN])
def test_what_a_fault_repeats_of_the_file_commands_no_terminal(body: str) -> None:
    (fault,) = check(sbx(body)).faults
    assert fault.beneficiary.startswith("A?")
    assert fault.as_text().isprintable()


def test_the_encoding_that_a_file_claims_is_repeated_only_where_it_can_be_shown() -> None:
    (fault,) = check(sbx(GOOD).replace("ISO-8859-1", "x\0\x1b]0;y", 1)).faults
    assert "codificação x??]0;y." in fault.message
