"""The bytes of a file as ISO-8859-1 text, block by block, with the place reached: memory stays flat."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from vincula.formats.sib.characters import describe, printable
from vincula.formats.sib.faults import ENCODING_RULE, KIND_RULE, SAFETY_RULE, Fault
from vincula.formats.sib.kinds import Kind, foreign
from vincula.formats.sib.limits import Limits
from vincula.formats.sib.locate import START, Place

_NON_ASCII = re.compile("[^\x00-\x7f]")
_PLAUSIBLE = re.compile("[\x00-\xff‐-‧€™\ufffd]*")
_DECLARATION = re.compile(
    r"<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:\"1\.[0-9]\"|'1\.[0-9]')"
    r"(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*[\"']([^\"'<>]{0,40})[\"'])?[^<>]*\?>"
)
_ACCEPTED = {"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1"}
_REMEDY = (
    'Grave o arquivo em ISO-8859-1 e declare-o na primeira linha: <?xml version="1.0" encoding="ISO-8859-1"?>'
)


class FatalFault(Exception):  # noqa: N818 - not an error of the program: it ends the reading of a file
    """Nothing more can be read from the file; carries the fault. Never leaves this package."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def fatal(
    place: Place, message: str, remedy: str, rule: str, character: str = "", position: int = 0
) -> FatalFault:
    """A fault of the file as a whole."""
    return FatalFault(Fault(place.line, place.column, position, "", "", character, message, remedy, rule))


def not_an_sbx(kind: Kind) -> FatalFault:
    """A file of another kind altogether."""
    return fatal(START, kind.message, kind.remedy, KIND_RULE)


class Source:
    """A window on the file: `text[at:]` is what was read and not yet taken, and begins at `place` in the file."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._bytes = 0
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self._proven = False
        self.text = ""
        self.at = 0
        self.place = START

    @property
    def left(self) -> int:
        """How many characters of the window are not yet taken."""
        return len(self.text) - self.at

    def more(self) -> bool:
        """Reads another block; False at the end of the file.

        Raises `FatalFault`: too big, not declared as ISO-8859-1, UTF-8 in disguise.
        """
        block = self._read_block()
        text = block.decode("iso-8859-1")
        if not self._bytes:
            check_declaration(text)
        if not block:
            return False
        self._bytes += len(block)
        if self._bytes > self._limits.file_bytes:
            raise fatal(
                self.place,
                f"O arquivo passa de {self._limits.file_bytes} bytes, o máximo aceito.",
                "Divida os procedimentos em mais de um arquivo.",
                SAFETY_RULE,
            )
        if not self._proven:
            self._refuse_utf8(block, text)
        self.text = self.text[self.at :] + text
        self.at = 0
        return True

    def take(self, length: int) -> None:
        """Moves the window on by `length` characters."""
        lines = self.text.count("\n", self.at, self.at + length)
        column = self.place.column + length
        if lines:
            column = self.at + length - self.text.rfind("\n", self.at, self.at + length)
        self.place = Place(self.place.line + lines, column)
        self.at += length

    def _read_block(self) -> bytes:
        """A full block, or what is left: a stream may give less than asked before its end."""
        parts: list[bytes] = []
        wanted = self._limits.block_bytes
        while wanted > 0 and (part := self._stream.read(wanted)):
            parts.append(part)
            wanted -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _refuse_utf8(self, block: bytes, text: str) -> None:
        """Bytes above 127 that are all UTF-8 of Portuguese text were not written in ISO-8859-1.

        One sequence that is not UTF-8, or means nothing in Portuguese, proves the file to be what it says.
        """
        if block.isascii() and not self._utf8.getstate()[0]:
            return
        try:
            meant = self._utf8.decode(block)
        except UnicodeDecodeError:
            self._proven = True
            return
        foreign = next((character for character in meant if character > "\x7f"), "")
        found = _NON_ASCII.search(text)
        if not foreign or found is None:
            return
        if not _PLAUSIBLE.fullmatch(meant):
            self._proven = True
            return
        raise fatal(
            self.place.after(self.text[self.at :] + text[: found.start()]),
            "O arquivo diz ser ISO-8859-1, mas foi gravado em UTF-8.",
            _REMEDY,
            ENCODING_RULE,
            describe(foreign),
        )


def check_declaration(text: str) -> None:
    """The file must be XML whose first line declares ISO-8859-1. Raises `FatalFault`; `text` is its beginning."""
    if not text:
        raise fatal(START, "O arquivo está vazio.", "Envie um arquivo SBX.", ENCODING_RULE)
    if kind := foreign(text):
        raise not_an_sbx(kind)
    if text.startswith(("\xef\xbb\xbf", "\xff\xfe", "\xfe\xff")) or "\0" in text[:4]:
        written = "UTF-8 (com BOM)" if text.startswith("\xef\xbb\xbf") else "UTF-16"
        raise fatal(START, f"O arquivo está gravado em {written}.", _REMEDY, ENCODING_RULE)
    found = _DECLARATION.match(text)
    if found is None:
        start = text[:200].lstrip(" \t\r\n")
        if start.startswith("<?xml") and start != text[:200] and _DECLARATION.match(start):
            raise fatal(
                START,
                "Há espaços ou linhas antes da declaração <?xml …?>.",
                "Ela tem de começar no primeiro byte do arquivo.",
                ENCODING_RULE,
            )
        message = "O arquivo não começa com uma declaração XML; sem ela, o XML é lido como UTF-8."
        raise fatal(START, message, _REMEDY, ENCODING_RULE)
    encoding = found[1]
    if encoding is None:
        message = "A declaração XML não diz a codificação; sem ela, o XML é lido como UTF-8."
        raise fatal(START, message, _REMEDY, ENCODING_RULE)
    if encoding.lower() not in _ACCEPTED:
        message = f"O arquivo declara a codificação {printable(encoding)}."
        raise fatal(START, message, _REMEDY, ENCODING_RULE)
