"""Reads an RPX as a stream: what the plan's side learns from ANS (`sib.md`, section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from vincula.formats.sib.answers import AnswerReader
from vincula.formats.sib.digest import HashDiagnosis
from vincula.formats.sib.envelope import Header
from vincula.formats.sib.rpx import (
    MOVEMENT_NAMES,
    SECTIONS,
    ErrorCount,
    FieldErrors,
    IncludedRecord,
    RecordError,
    RejectedFile,
    RejectedRecord,
    Totals,
)
from vincula.formats.sib.values import canonical_integer

_KINDS = {str(kind): kind for kind in MOVEMENT_NAMES}
_RECORDS = (
    "protocoloProcessamento",
    "registroRejeitado",
    "registroIncluido",
    "consolidadoErroProcessamento",
    "consolidadoProcessamento",
    "arquivoRejeitado",
)


class RpxReader:
    """Iterate over it for the records, rejected and included, in file order; then ask for the rest.

    `refused` is there for a file refused as a whole, else None; `totals` by movement (1 to 6), `errors` as counted by
    ANS. Accepted retificações are listed nowhere: they show in `totals` alone. Iterating raises `DamagedAnswerError`.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._answer = AnswerReader(source, _RECORDS, "resultadoProcessamento")
        self.protocol = ""
        self.file_name = ""
        self.refused: RejectedFile | None = None
        self.totals: dict[int, Totals] = {}
        self.errors: list[ErrorCount] = []

    @property
    def header(self) -> Header:
        """The cabecalho; empty before the first record was given."""
        return self._answer.header

    @property
    def hash_diagnosis(self) -> HashDiagnosis:
        """What became of the hash; NOT_CHECKED before the last record was given."""
        return self._answer.hash_diagnosis

    def __iter__(self) -> Iterator[RejectedRecord | IncludedRecord]:
        for element in self._answer.elements():
            tag = element.tag
            if tag == "registroRejeitado":
                yield _rejected(element)
            elif tag == "registroIncluido":
                codigo = str(element.get("codigoBeneficiario") or "")
                yield IncludedRecord(codigo, _text(element, "cco"), _text(element, "nomeBeneficiario"))
            elif tag == "protocoloProcessamento":
                self.protocol = _text(element, "numeroProtocolo")
                self.file_name = _text(element, "nomeArquivo")
            elif tag == "arquivoRejeitado":
                self.refused = _refused(element)
                self.file_name = self.refused.file_name
            elif tag == "consolidadoErroProcessamento":
                self.errors.extend(_count(error) for error in element)
            else:
                self.totals = {kind: _totals(element, name) for kind, name in SECTIONS}


def read_rpx(source: BinaryIO) -> RpxReader:
    """Begins to read an RPX from a binary stream."""
    return RpxReader(source)


def _text(element: etree._Element, path: str) -> str:
    return str(element.findtext(path) or "").strip()


def _number(element: etree._Element, path: str) -> int:
    """A whole number, also written as `1024.0`; 0 for what is none."""
    try:
        return int(float(_text(element, path)))
    except (ValueError, OverflowError):
        return 0


def _rejected(element: etree._Element) -> RejectedRecord:
    kind = canonical_integer(str(element.get("codigoTipoMovimento") or ""))
    return RejectedRecord(
        _KINDS.get(kind, 0),
        str(element.get("cco") or ""),
        str(element.get("codigoBeneficiario") or ""),
        tuple(_field(child) for child in element.iterchildren("campoErro")),
    )


def _field(element: etree._Element) -> FieldErrors:
    errors = tuple(
        RecordError(_text(error, "codigoErro"), _text(error, "mensagemErro"))
        for error in element.iterchildren("erro")
    )
    return FieldErrors(
        _text(element, "codigoCampo"), _text(element, "descricaoCampo"), _text(element, "valorCampo"), errors
    )


def _count(element: etree._Element) -> ErrorCount:
    return ErrorCount(
        _text(element, "codigoErro"),
        _text(element, "mensagemErro"),
        _number(element, "quantidadeOcorrenciaErro"),
    )


def _totals(element: etree._Element, name: str) -> Totals:
    return Totals(
        _number(element, f"{name}/quantidadeRegistros"),
        _number(element, f"{name}/quantidadeProcessados"),
        _number(element, f"{name}/quantidadeRejeitados"),
    )


def _refused(element: etree._Element) -> RejectedFile:
    return RejectedFile(
        _text(element, "nomeArquivo"),
        _number(element, "tamanhoArquivo"),
        _text(element, "dataHoraRecebimento"),
        _text(element, "enderecoIPOrigem"),
        _number(element, "codigoMotivoRejeicao"),
    )
