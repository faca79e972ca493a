"""Streams what ANS sends (RPX, CNX): one record element at a time, both readings of the hash on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from vincula.formats.hardened import HARDENED
from vincula.formats.sib.digest import Digest, HashDiagnosis, compare, is_blank
from vincula.formats.sib.envelope import Header, header_of
from vincula.formats.sib.wellformed import by_error

MOST_BYTES_WITHOUT_RECORD = 1 << 20
_BODIES = ("conferencia", "transferencia", "resultadoProcessamento", "operadoraParaANS")


class DamagedAnswerError(ValueError):
    """The file cannot be read; the message says why and what to do, in Portuguese."""


class _Measured:
    """A binary stream that counts the bytes since the last record, because only a record's end frees memory."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.since_record = 0

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.since_record += len(data)
        if self.since_record > MOST_BYTES_WITHOUT_RECORD:
            raise DamagedAnswerError(
                f"O arquivo traz mais de {MOST_BYTES_WITHOUT_RECORD} bytes seguidos sem um registro completo: não é "
                "da ANS ou está danificado. Baixe-o de novo."
            )
        return data


class AnswerReader:
    """Goes through an RPX or CNX once. `header` is known when the first record comes, the hash after the last.

    `records`: names of the elements given one by one; they are emptied after use, so memory does not grow.
    Raises `DamagedAnswerError` for what is not well formed, carries a DOCTYPE, is another kind of file, or would not
    fit in memory.
    """

    def __init__(self, source: BinaryIO, records: tuple[str, ...], body: str) -> None:
        self._source = _Measured(source)
        self._records = records
        self._body = body
        self._digest = Digest()
        self._without_attributes = Digest()
        self._informed: str | None = None
        self.header = Header()
        self.hash_diagnosis = HashDiagnosis.NOT_CHECKED

    def elements(self) -> Iterator[etree._Element]:
        """The record elements in document order."""
        try:
            yield from self._walk()
        except etree.XMLSyntaxError as error:
            found = by_error(error)
            where = f"Linha {found.place.line}: " if found.place.line else ""
            raise DamagedAnswerError(f"{where}{found.message} Baixe o arquivo de novo.") from None

    def _walk(self) -> Iterator[etree._Element]:
        events = etree.iterparse(
            self._source,
            events=("start", "end"),
            tag=("mensagemSIB", "cabecalho", "epilogo", *_BODIES, *self._records),
            **HARDENED,
        )
        found = False
        for event, element in events:
            tag = element.tag
            if event == "start":
                if tag == "mensagemSIB":
                    self._begin(element)
                    found = True
                elif tag in _BODIES and tag != self._body:
                    raise DamagedAnswerError(
                        f"O arquivo traz {tag}, e não {self._body}: é de outro tipo. Confira o arquivo."
                    )
            elif tag in self._records:
                self._feed(element)
                yield element
                _forget(element)
                self._source.since_record = 0
            elif tag == "cabecalho":
                self.header = header_of(element)
                self._feed(element)
            elif tag == "epilogo":
                self._informed = element.findtext("hash")
        if not found:
            raise DamagedAnswerError("O arquivo não é uma mensagem do SIB (mensagemSIB). Confira o arquivo.")
        self._conclude()

    def _begin(self, root: etree._Element) -> None:
        if root.getroottree().docinfo.internalDTD is not None:
            raise DamagedAnswerError("O arquivo traz um DOCTYPE, que não é aceito. Baixe-o de novo da ANS.")
        values = [str(value) for value in root.attrib.values()]
        self._digest.feed(values)
        self._without_attributes.feed(values)

    def _feed(self, element: etree._Element) -> None:
        """A record's values; in RPX and CNX only the record element itself has attributes."""
        texts = [str(text) for text in element.itertext() if not is_blank(str(text))]
        self._digest.feed([*(str(value) for value in element.attrib.values()), *texts])
        self._without_attributes.feed(texts)

    def _conclude(self) -> None:
        other = {HashDiagnosis.ATTRIBUTES_SKIPPED: self._without_attributes.hexdigest()}
        self.hash_diagnosis = compare(
            self._informed, self._digest.hexdigest(), other, lambda: HashDiagnosis.WRONG
        )


def _forget(element: etree._Element) -> None:
    """Empties a record and drops what came before it, at every height: all of it was counted."""
    element.clear()
    node, parent = element, element.getparent()
    while parent is not None:
        while node.getprevious() is not None:
            del parent[0]
        node, parent = parent, parent.getparent()
