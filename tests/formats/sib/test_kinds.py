"""A file that is no SBX is called what it is, by its first bytes, with what to send instead."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.sib.files import GOOD, check, sbx
from vincula.formats.sib import CNPJ_ANS, Header, Limits, RejectedFile, write_rpx_rejected
from vincula.formats.sib.faults import KIND_RULE
from vincula.formats.sib.kinds import SIGNATURES, foreign

FILE = sbx(GOOD).encode("iso-8859-1")
NAME = "99999720261110090000.SBX"


def packed(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo(NAME))
    return out.getvalue()


def sample(name: str) -> bytes:
    return (Path(__file__).parent / "samples" / name).read_bytes()


def with_a_long_head() -> bytes:
    """An RPX whose header alone is longer than a head may be."""
    out = io.BytesIO()
    header = Header(origem_cnpj=CNPJ_ANS, destino_registro="999997", fabricante="A" * 300_000)
    write_rpx_rejected(out, header, RejectedFile(NAME, 1, "2026-11-10T09:00:00", "127.0.0.1", 20))
    return out.getvalue()


UNPACK = "Descompacte e envie o SBX de dentro."
CSV = "CPF;NOME;NASCIMENTO\n11122233396;MARIA DA SILVA;1980-05-17\n"

CASES = [
    # what was sent under the name of an SBX, its content, what the message says, what the remedy says
    ("ZIP", packed((NAME, FILE)), "é um ZIP (compactado)", UNPACK),
    ("ZIP with nothing in it", packed(), "é um ZIP vazio", "envie o próprio SBX"),
    ("gzip", gzip.compress(FILE), "um gzip (compactado)", UNPACK),
    ("bzip2", bz2.compress(FILE), "um bzip2 (compactado)", UNPACK),
    ("xz", lzma.compress(FILE), "um xz (compactado)", UNPACK),
    ("tar", tarred(), "é um TAR", UNPACK),
    ("7-Zip", b"7z\xbc\xaf'\x1c\x00\x04" + bytes(24), "é um 7-Zip", UNPACK),
    ("RAR", b"Rar!\x1a\x07\x01\x00" + bytes(24), "é um RAR", UNPACK),
    ("XLSX", packed(("[Content_Types].xml", b"<x/>")), "planilha ou um documento (como XLSX", "Gere o SBX"),
    ("ODS", packed(("mimetype", b"application/vnd.oasis")), "planilha ou um documento", "Gere o SBX"),
    ("XLS", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "antigo do Office", "Gere o SBX"),
    ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "é um PDF", "Gere o SBX"),
    ("RTF", b"{\\rtf1\\ansi", "documento RTF", "Gere o SBX"),
    ("picture", b"\x89PNG\r\n\x1a\n" + bytes(20), "imagem PNG", "Gere o SBX"),
    ("page of the web", b"\n<!DOCTYPE html><html><body>Erro</body></html>", "página da web", "Gere o SBX"),
    ("CSV", CSV.encode("iso-8859-1"), "parece ser uma planilha em texto (CSV)", "Gere o SBX"),
    ("CSV with BOM", CSV.encode("utf-8-sig"), "parece ser uma planilha em texto (CSV)", "Gere o SBX"),
    ("CSV in UTF-16", CSV.encode("utf-16"), "planilha em texto (CSV), em UTF-16", "Gere o SBX"),
    ("one line of columns", b"CPF,NOME,NASCIMENTO", "planilha em texto (CSV)", "Gere o SBX"),
    ("plain text", "Olá, segue o arquivo.".encode("iso-8859-1"), "um texto comum", "Gere o SBX"),
    ("text of fixed columns", b"0199999720261110\n0211122233396MARIA\n", "um texto comum", "Gere o SBX"),
    ("zeros, as after a crash", bytes(4_096), "arquivo binário", "Gere o SBX"),
    ("anything", bytes(range(256)) * 4, "arquivo binário", "Gere o SBX"),
    ("XML of a mainframe", FILE.decode("iso-8859-1").encode("cp500"), "gravado em EBCDIC", "ISO-8859-1"),
    ("another XML", b'<?xml version="1.0" encoding="ISO-8859-1"?><nota><cpf/></nota>', "XML de outro tipo", "Gere o SBX"),
    ("RPX", sample("99990320261006100000.RPX"), "é um RPX", "Gere o SBX"),
    ("RPX with a long head", with_a_long_head(), "é um RPX", "Gere o SBX"),
    ("CNX", sample("ArqConf9999031120261005.CNX"), "é um CNX", "Gere o SBX"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "says", "remedy"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_the_refusal_says_what_was_sent_and_what_to_send(content: bytes, says: str, remedy: str) -> None:
    (fault,) = check(content).faults
    assert says in fault.message
    assert "não é um SBX" in fault.message or "e não um SBX" in fault.message
    assert remedy in fault.remedy
    assert fault.rule == KIND_RULE


BEGINS_LIKE_XML = [
    ("an SBX", FILE),
    ("UTF-16", FILE.decode("iso-8859-1").encode("utf-16")),
    ("UTF-8 with BOM", b"\xef\xbb\xbf" + FILE),
    ("without declaration", FILE.split(b"\n", 1)[1]),
    ("another XML", b"<?xml version='1.0'?><nota/>"),
    ("its first letters lost", FILE[5:]),
    ("nothing", b""),
    ("blanks", b"\r\n \t"),
]


@pytest.mark.parametrize("content", [c[1] for c in BEGINS_LIKE_XML], ids=[c[0] for c in BEGINS_LIKE_XML])
def test_what_begins_like_xml_is_left_to_the_other_checks(content: bytes) -> None:
    assert foreign(content.decode("iso-8859-1")) is None


@pytest.mark.parametrize("signature", [one[0] for one in SIGNATURES], ids=[one[1] for one in SIGNATURES])
def test_every_signature_is_recognised_even_when_nothing_follows(signature: str) -> None:
    assert foreign(signature) is not None


@given(st.binary(max_size=600))
def test_any_bytes_get_an_answer_in_whole_sentences(content: bytes) -> None:
    found = foreign(content.decode("iso-8859-1"))
    assert found is None or (found.message.endswith("SBX.") and found.remedy.endswith((".", "?>")))
    assert check(content, Limits(block_bytes=64)).fault_count >= 1
