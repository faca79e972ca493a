"""RPX and CNX: written by ANS's side, read by the plan's."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from lxml import etree

from tests.formats.sib.files import answer_header
from vincula.formats.sib import (
    COLUMNS_CNX,
    NOT_INFORMED,
    TRANSACAO_RPX,
    DamagedAnswerError,
    ErrorCount,
    FieldErrors,
    HashDiagnosis,
    IncludedRecord,
    RecordError,
    RejectedFile,
    RejectedRecord,
    RpxWriter,
    Totals,
    read_cnx,
    read_rpx,
    write_rpx_rejected,
)

SAMPLES = Path(__file__).with_name("samples")
HEADER = answer_header(TRANSACAO_RPX)
REJECTED = [
    RejectedRecord(
        1,
        "",
        "A-2",
        (
            FieldErrors("06", "CPF", NOT_INFORMED, (RecordError("0601", "CPF não informado & obrigatório"),)),
            FieldErrors(
                "03", "Nome", "J <3", (RecordError("0301", "curto"), RecordError("0302", "abreviado"))
            ),
        ),
    ),
    RejectedRecord(
        4, "000123456709", "", (FieldErrors("29", "Cancelamento", "", (RecordError("2901", "futuro"),)),)
    ),
]
INCLUDED = [
    IncludedRecord("A-1", "000200000104", "JOÃO D'ÁVILA"),
    IncludedRecord('A"3', "000200000202", "ANA LUZ"),
    IncludedRecord("A€4 \U0001f4c4", "000200000303", "EVA LUZ"),
]
TOTALS = {1: Totals(3, 2, 1), 2: Totals(3, 3, 0), 4: Totals(1, 0, 1)}
ERRORS = [ErrorCount("0601", "CPF não informado", 1)]


def _rpx() -> tuple[bytes, str]:
    out = io.BytesIO()
    writer = RpxWriter(out, HEADER, "PTC-1", "99999720261005100000.SBX")
    assert writer.rejected(REJECTED) == 2
    assert writer.included(iter(INCLUDED)) == len(INCLUDED)
    writer.close(TOTALS, ERRORS)
    return out.getvalue(), "PTC-1"


def test_an_rpx_reads_back_as_it_was_written() -> None:
    data, protocol = _rpx()
    reader = read_rpx(io.BytesIO(data))
    assert list(reader) == [*REJECTED, *INCLUDED]
    assert reader.header == HEADER
    assert (reader.protocol, reader.file_name) == (protocol, "99999720261005100000.SBX")
    assert reader.errors == ERRORS
    assert {kind: part for kind, part in reader.totals.items() if part.records} == TOTALS
    assert reader.hash_diagnosis is HashDiagnosis.OK
    assert reader.refused is None


def test_the_parts_of_an_rpx_stand_in_the_order_of_the_schema() -> None:
    root = etree.fromstring(_rpx()[0])
    processed = root.find("mensagem/ansParaOperadora/resultadoProcessamento/arquivoProcessado")
    assert processed is not None
    assert [child.tag for child in processed] == [
        "protocoloProcessamento",
        "registrosRejeitados",
        "registrosIncluidos",
        "consolidado",
    ]
    parts = processed.find("consolidado/consolidadoProcessamento")
    assert parts is not None
    assert [child.tag.removeprefix("consolidado") for child in parts] == [
        "Inclusao",
        "Retificacao",
        "MudancaContratual",
        "Reativacao",
        "Cancelamento",
        "SemMovimentacao",
        "Total",
    ]
    assert [element.text for element in parts[-1]] == ["7", "5", "2", "71.43"]
    assert [element.text for element in parts[2]] == ["0", "0", "0", "0.0"]
    rejected = processed.find("registrosRejeitados/registroRejeitado[2]")
    assert rejected is not None
    assert {str(name): str(value) for name, value in rejected.attrib.items()} == {
        "cco": "000123456709",
        "codigoTipoMovimento": "4",
        "tipoMovimento": "CANCELAMENTO",
    }


def test_an_rpx_without_rejections_or_inclusions_has_no_such_parts() -> None:
    out = io.BytesIO()
    writer = RpxWriter(out, HEADER, "PTC-1", "99999720261005100000.SBX")
    assert writer.rejected([]) == writer.included([]) == 0
    writer.close({6: Totals(1, 1, 0)})
    assert b"registros" not in out.getvalue()
    assert b"consolidadoErro" not in out.getvalue()
    reader = read_rpx(io.BytesIO(out.getvalue()))
    assert list(reader) == []
    assert reader.totals[6] == Totals(1, 1, 0)
    assert reader.hash_diagnosis is HashDiagnosis.OK


def test_the_rpx_of_a_refused_file_says_the_reason() -> None:
    out = io.BytesIO()
    refused = RejectedFile("99999720261005100000.SBX", 1024, "2026-10-05T10:01:00", "203.0.113.10", 20)
    write_rpx_rejected(out, HEADER, refused)
    assert b"<motivoRejeicao>ERRO_EPILOGO_HASH_INVALIDO</motivoRejeicao>" in out.getvalue()
    reader = read_rpx(io.BytesIO(out.getvalue()))
    assert list(reader) == []
    assert reader.refused == refused
    assert reader.file_name == refused.file_name
    assert reader.hash_diagnosis is HashDiagnosis.OK


def test_our_sample_of_an_rpx_is_read() -> None:
    reader = read_rpx(io.BytesIO((SAMPLES / "99990320261006100000.RPX").read_bytes()))
    rejected, included = reader
    assert isinstance(rejected, RejectedRecord)
    assert rejected.codigo_beneficiario == "A-2"
    assert rejected.fields[0].value == ""
    assert included == IncludedRecord("A-1", "000300000107", "LUÍS D'ÁVILA CONCEIÇÃO")
    assert reader.totals[1] == Totals(2, 1, 1)


def test_our_sample_of_a_cnx_is_read() -> None:
    reader = read_cnx(io.BytesIO((SAMPLES / "ArqConf9999031120261005.CNX").read_bytes()))
    first, second = (dict(zip(COLUMNS_CNX, row, strict=True)) for row in reader)
    assert first["nome"] == "LUÍS D'ÁVILA-CONCEIÇÃO"
    assert first["cns"] == "750000000000141"
    assert (second["situacao"], second["dataAtualizacao"]) == ("INATIVO", "")
    assert second["ccoBeneficiarioTitular"] == first["cco"]
    assert second["situacaoTransferencia"] == "1"


@pytest.mark.parametrize("name", ["99990320261006100000.RPX", "ArqConf9999031120261005.CNX"])
def test_the_reading_without_attributes_is_accepted_too(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    root = etree.fromstring(data)
    values = [*root.attrib.values()]
    for element in root.iter():
        if element.tag not in ("epilogo", "hash") and element.text and element.text.strip():
            values.append(element.text)
    hashed = hashlib.md5("".join(values).encode("iso-8859-1")).hexdigest().upper()
    before, after = data.split(b"<hash>")
    data = before + b"<hash>" + hashed.encode() + after[32:]
    answer = read_cnx(io.BytesIO(data)) if name.endswith("CNX") else read_rpx(io.BytesIO(data))
    for _ in answer:
        pass
    assert answer.hash_diagnosis is HashDiagnosis.ATTRIBUTES_SKIPPED
    assert answer.hash_diagnosis.accepted


DAMAGED = [
    ("truncated", lambda data: data[:-200], "Linha"),
    ("empty", lambda data: b"", "Baixe o arquivo de novo"),
    ("another file", lambda data: b"<html/>", "mensagemSIB"),
    ("DOCTYPE", lambda data: data.replace(b"?>", b'?><!DOCTYPE m [<!ENTITY a "b">]>', 1), "DOCTYPE"),
    ("wrong kind", lambda data: data.replace(b"conferencia>", b"resultadoProcessamento>"), "outro tipo"),
]


@pytest.mark.parametrize(
    ("damage", "says"), [case[1:] for case in DAMAGED], ids=[case[0] for case in DAMAGED]
)
def test_a_damaged_answer_is_refused_with_a_reason(damage: object, says: str) -> None:
    assert callable(damage)
    data = damage((SAMPLES / "ArqConf9999031120261005.CNX").read_bytes())
    with pytest.raises(DamagedAnswerError, match=says):
        list(read_cnx(io.BytesIO(data)))


def test_a_changed_answer_has_a_wrong_hash() -> None:
    data = (
        (SAMPLES / "ArqConf9999031120261005.CNX").read_bytes().replace(b"750000000000141", b"750000000000142")
    )
    reader = read_cnx(io.BytesIO(data))
    assert len(list(reader)) == 2
    assert reader.hash_diagnosis is HashDiagnosis.WRONG
