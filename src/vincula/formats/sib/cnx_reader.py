"""Reads a CNX as a stream: what the plan's side compares with its own base (`sib.md`, section 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from vincula.formats.sib.answers import AnswerReader
from vincula.formats.sib.cnx import ATTRIBUTES, COLUMNS_CNX, TRANSFER_ELEMENT
from vincula.formats.sib.digest import HashDiagnosis
from vincula.formats.sib.envelope import Header

_FIELDS = tuple(
    TRANSFER_ELEMENT if name == "situacaoTransferencia" else name
    for name in COLUMNS_CNX
    if name not in ATTRIBUTES
)


class CnxReader:
    """Iterate over it for the rows: tuples in COLUMNS_CNX order, "" where absent, values as written.

    `header` is known from the first row on, `hash_diagnosis` after the last. Iterating raises `DamagedAnswerError`.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._answer = AnswerReader(source, ("beneficiario",), "conferencia")

    @property
    def header(self) -> Header:
        """The cabecalho; empty before the first record was given."""
        return self._answer.header

    @property
    def hash_diagnosis(self) -> HashDiagnosis:
        """What became of the hash; NOT_CHECKED before the last record was given."""
        return self._answer.hash_diagnosis

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for element in self._answer.elements():
            found: dict[str, str] = {}
            for child in element:
                if not len(child):
                    found[str(child.tag)] = child.text or ""
                for field in child:
                    found[str(field.tag)] = field.text or ""
            attributes = [str(element.get(name) or "") for name in ATTRIBUTES]
            yield (*attributes, *(found.get(name, "") for name in _FIELDS))


def read_cnx(source: BinaryIO) -> CnxReader:
    """Begins to read a CNX from a binary stream."""
    return CnxReader(source)
