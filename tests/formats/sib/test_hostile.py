"""Truncated, gigantic, deeply nested, entity-laden and mis-encoded files: one clear fault each, in little time."""

from __future__ import annotations

import io
import time
import tracemalloc

import pytest

from tests.formats.sib.files import CANCEL, GOOD, check, sbx, swap
from vincula.formats.sib import HashDiagnosis, Limits, read_sbx

FILE = sbx(GOOD * 3)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

CASES = [
    # what, file, where the message must point
    ("empty", b"", "vazio"),
    ("no XML at all", b"%PDF-1.7\n", "é um PDF"),
    ("another XML", b'<?xml version="1.0" encoding="ISO-8859-1"?><html><body/></html>', "html"),
    ("no declaration", FILE.split("\n", 1)[1].encode("iso-8859-1"), "não começa com uma declaração XML"),
    ("blank before the declaration", ("\n" + FILE).encode("iso-8859-1"), "antes da declaração"),
    ("no encoding declared", FILE.replace(' encoding="ISO-8859-1"', "").encode("iso-8859-1"), "não diz a codificação"),
    ("UTF-8 declared", FILE.replace("ISO-8859-1", "utf-8").encode(), "declara a codificação utf-8"),
    ("UTF-8 in disguise", FILE.encode(), "foi gravado em UTF-8"),
    ("UTF-8 with BOM", b"\xef\xbb\xbf" + FILE.encode(), "BOM"),
    ("UTF-16", FILE.encode("utf-16"), "UTF-16"),
    ("UTF-16 without BOM", FILE.encode("utf-16-le"), "UTF-16"),
    ("cut in the header", FILE[:400].encode("iso-8859-1"), "termina no meio"),
    ("cut in a procedure", FILE[:-700].encode("iso-8859-1"), "termina no meio"),
    ("cut between procedures", sbx(GOOD * 3).split("</beneficiarios>")[0].encode("iso-8859-1"), "termina no meio"),
    ("cut in the epilogue", FILE[:-30].encode("iso-8859-1"), "termina no meio"),
    ("without epilogo", FILE.replace("<epilogo><hash>X</hash></epilogo>", "").encode("iso-8859-1"), "falta o elemento epilogo"),
    ("something after the end", (FILE + "<x/>").encode("iso-8859-1"), "depois do fim"),
    ("NUL", sbx(swap("JOÃO", "JO\0O")).encode("iso-8859-1"), "NUL"),
    ("control character", sbx(swap("JOÃO", "JO\x0bO")).encode("iso-8859-1"), "0x0b"),
    ("DOCTYPE", FILE.replace("?>", '?><!DOCTYPE m SYSTEM "file:///etc/passwd">', 1).encode("iso-8859-1"), "DOCTYPE"),
    (
        "billion laughs",
        FILE.replace("?>", f'?><!DOCTYPE m [<!ENTITY l0 "ha">{LAUGHS}]>', 1).replace("JOÃO", "&l9;").encode("iso-8859-1"),
        "DOCTYPE",
    ),
    ("entity of HTML", sbx(swap("JOÃO", "JO&atilde;O")).encode("iso-8859-1"), "&atilde; não existe em XML"),
    ("DOCTYPE among the procedures", sbx(GOOD + '<!DOCTYPE x [<!ENTITY a "b">]>' + GOOD).encode("iso-8859-1"), ""),
    ("deep", sbx("<a>" * 200_000).encode("iso-8859-1"), "uns dentro dos outros"),
    ("deep in a procedure", sbx(swap("<sexo>", "<a>" * 200_000)).encode("iso-8859-1"), "uns dentro dos outros"),
    ("deep from the start", ('<?xml version="1.0" encoding="ISO-8859-1"?>' + "<a>" * 200_000).encode(), "uns dentro dos outros"),
    ("200,000 attributes", sbx(swap("<inclusao>", "<inclusao" + "".join(f' a{n}="1"' for n in range(200_000)) + ">")).encode("iso-8859-1"), "Uma tag passa de"),
    ("root with 200,000 attributes", FILE.replace("<mensagemSIB ", "<mensagemSIB " + "".join(f'a{n}="1" ' for n in range(200_000))).encode("iso-8859-1"), "Uma tag passa de"),
    ("gigantic text", sbx(GOOD + swap("JOÃO", "A" * 3_000_000)).encode("iso-8859-1"), "passa de 1048576 bytes"),
    ("gigantic comment", sbx(GOOD + f"<!--{'x' * 3_000_000}-->" + GOOD).encode("iso-8859-1"), "passa de 1048576 bytes"),
    ("500,000 children", sbx(GOOD + f"<inclusao>{'<cpf/>' * 500_000}</inclusao>").encode("iso-8859-1"), "passa de 1048576 bytes"),
    ("endless tail", (sbx(GOOD) + " " * 3_000_000).encode("iso-8859-1"), "mais conteúdo do que o epílogo"),
    ("endless head", FILE.replace("<cabecalho>", f"<!--{'x' * 3_000_000}--><cabecalho>").encode("iso-8859-1"), "Não se encontrou"),
    ("stray less-than in a big file", sbx(swap("JOÃO", "A < B") + GOOD * 9_000).encode("iso-8859-1"), "sinal de menor"),
    ("unclosed comment", sbx(GOOD + "<!-- " + GOOD).encode("iso-8859-1"), "comentário"),
    ("two bodies", sbx(GOOD + "</beneficiarios><beneficiarios>" + GOOD).encode("iso-8859-1"), "mais de uma vez"),
    ("namespaced root", FILE.replace("<mensagemSIB ", '<mensagemSIB xmlns="urn:x" ').encode("iso-8859-1"), "namespace"),
    ("namespaced procedures", sbx(GOOD.replace("inclusao>", "x:inclusao>")).replace("<mensagemSIB ", '<mensagemSIB xmlns:x="urn:x" ').encode("iso-8859-1"), "namespace"),
    ("undeclared prefix", sbx(GOOD.replace("inclusao>", "x:inclusao>")).encode("iso-8859-1"), "prefixo"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "says"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_hostile_file_gets_a_clear_fault_in_little_time(data: bytes, says: str) -> None:
    began = time.process_time()
    outcome = check(data)
    assert outcome.fault_count >= 1
    assert says in outcome.faults[0].message
    assert outcome.faults[0].remedy
    assert outcome.faults[0].line >= 1
    assert time.process_time() - began < 10


def test_a_file_past_the_cap_is_left_alone() -> None:
    outcome = check(sbx(GOOD * 5_000), Limits(file_bytes=1_000_000, block_bytes=100_000))
    assert "passa de 1000000 bytes" in outcome.faults[-1].message
    assert not outcome.complete
    assert outcome.hash_diagnosis is HashDiagnosis.NOT_CHECKED


class _Endless(io.BytesIO):
    """A file of many procedures that is never in memory as a whole."""

    def __init__(self, count: int) -> None:
        super().__init__()
        head, tail = sbx("MARK").encode("iso-8859-1").split(b"MARK")
        self._parts = iter(
            [head, *([(GOOD * 100 + CANCEL * 100).encode("iso-8859-1")] * (count // 200)), tail]
        )

    def seekable(self) -> bool:
        return False

    def read(self, size: int | None = -1) -> bytes:
        return next(self._parts, b"")


def test_memory_does_not_grow_with_the_file() -> None:
    reader = read_sbx(_Endless(80_000), Limits(block_bytes=1 << 18))
    peaks = []
    tracemalloc.start()
    for run in reader.runs():
        assert run.rows
        peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert reader.outcome.procedures == 80_000
    assert not reader.outcome.faults
    assert peaks[-1] < 12 << 20


LEGAL = [
    ("comment", "<nome>JOÃO<!-- </inclusao> --> DA"),
    ("CDATA", "<nome><![CDATA[JOÃO]]> DA"),
    ("processing instruction", "<nome>JOÃO<?pi </inclusao> ?> DA"),
    ("decimal reference", "<nome>JO&#195;O DA"),
    ("hexadecimal reference", "<nome>JO&#xC3;O DA"),
]


@pytest.mark.parametrize(("how", "nome"), LEGAL)
def test_legal_xml_is_read_as_libxml2_reads_it(how: str, nome: str) -> None:
    data = sbx(GOOD + swap("<nome>JOÃO DA", nome) + GOOD).encode("iso-8859-1")
    reader = read_sbx(io.BytesIO(data))
    rows = [row for run in reader.runs() for row in run.rows]
    assert len({tuple(row) for row in rows}) == 1, how
    assert not reader.outcome.faults


def test_entities_of_xml_are_decoded_and_integers_and_dates_made_canonical() -> None:
    body = swap("JOÃO", "D&apos;ÁVILA").replace("<sexo>1", "<sexo> 01").replace("2025-04-15", " 2025-04-15Z")
    body = body.replace("<codigoMunicipio>", "<logradouro>A &amp; B &lt;C&gt;</logradouro><codigoMunicipio>")
    reader = read_sbx(io.BytesIO(sbx(body).encode("iso-8859-1")))
    (run,) = reader.runs()
    row = run.rows[0]
    assert isinstance(row, tuple)
    assert row[4:6] == ("D'ÁVILA DA CONCEIÇÃO", "1")
    assert row[8] == "A & B <C>"
    assert row[20] == "2025-04-15"


def test_the_outcome_is_not_to_be_had_before_the_end() -> None:
    reader = read_sbx(io.BytesIO(FILE.encode("iso-8859-1")))
    with pytest.raises(RuntimeError):
        _ = reader.outcome
