"""Streams what ANS sends (RPX, CNX): one record element at a time, both readings of the hash on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from vincula.formats.sib.digest import Digest, HashDiagnosis, compare, is_blank
from vincula.formats.sib.envelope import Header, header_of
from vincula.formats.sib.parse import walk_values
from vincula.formats.sib.wellformed import by_error


class DamagedAnswerError(ValueError):
    """The file cannot be read; the message says why and what to do, in Portuguese."""


class AnswerReader:
    """Goes through an RPX or CNX once. `header` is known when the first record comes, the hash after the last.

    `records`: names of the elements given one by one; they are emptied after use, so memory does not grow.
    Raises `DamagedAnswerError` for what is not well formed, carries a DOCTYPE, or is another kind of file.
    """

    def __init__(self, source: BinaryIO, records: tuple[str, ...], body: str) -> None:
        self._source = source
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
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        path: list[str] = []
        record_depth = 0
        for event, element in events:
            if event == "start":
                path.append(str(element.tag))
                self._begin(element, path)
                if not record_depth and path[-1] in self._records:
                    record_depth = len(path)
            else:
                if len(path) == record_depth:
                    record_depth = 0
                    self._feed_record(element)
                    yield element
                    _forget(element)
                elif not record_depth:
                    self._finish(element, path)
                path.pop()
        self._conclude()

    def _begin(self, element: etree._Element, path: list[str]) -> None:
        if len(path) == 1:
            self._check_root(element)
            values = [str(value) for value in element.attrib.values()]
            self._digest.feed(values)
            self._without_attributes.feed(values)
        elif len(path) == 4 and path[3] != self._body and path[1] == "mensagem":
            raise DamagedAnswerError(
                f"O arquivo traz {path[3][:60]}, e não {self._body}: é de outro tipo. Confira o arquivo."
            )

    def _check_root(self, root: etree._Element) -> None:
        if root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]
            raise DamagedAnswerError("O arquivo traz um DOCTYPE, que não é aceito. Baixe-o de novo da ANS.")
        if root.tag != "mensagemSIB":
            raise DamagedAnswerError("O arquivo não é uma mensagem do SIB (mensagemSIB). Confira o arquivo.")

    def _feed_record(self, element: etree._Element) -> None:
        self._digest.feed([value for _, value in walk_values(element)])
        self._without_attributes.feed([str(text) for text in element.itertext() if not is_blank(str(text))])

    def _finish(self, element: etree._Element, path: list[str]) -> None:
        if path[-1] == "cabecalho":
            self.header = header_of(element)
        elif path[1:2] == ["epilogo"]:
            if path[-1] == "hash":
                self._informed = element.text
        elif not len(element):
            text = "" if is_blank(element.text) else str(element.text)
            self._digest.feed([text])
            self._without_attributes.feed([text])

    def _conclude(self) -> None:
        other = {HashDiagnosis.ATTRIBUTES_SKIPPED: self._without_attributes.hexdigest()}
        self.hash_diagnosis = compare(
            self._informed, self._digest.hexdigest(), other, lambda: HashDiagnosis.WRONG
        )


def _forget(element: etree._Element) -> None:
    """Empties a record and drops the ones before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
