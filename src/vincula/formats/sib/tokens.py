"""Where the pieces of an XML text end, found without parsing it.

In well-formed XML every `<` opens a tag, a comment, a CDATA section or a processing instruction, so that a stack of
names tells exactly where a procedure ends. What is not well formed is only *cut* here; libxml2 judges each piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

# Possessive throughout: a name of a million characters without a ">" is looked at once, not once per character.
_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<(?P<close>/?+)(?P<name>[^ \t\r\n/<>!?='\"&]++)"
    r"(?P<rest>[^<>'\"]*+(?:(?:\"[^\"<]*+\"|'[^'<]*+')[^<>'\"]*+)*+)>"
    r"|(?P<bad><)",
    re.DOTALL,
)
LONGEST_TAG = 4096
BODY_PATH = ("mensagemSIB", "mensagem", "operadoraParaANS", "beneficiarios")


class Cut(Enum):
    """How the search for the end of a piece ended."""

    COMPLETE = auto()
    BODY_END = auto()
    INCOMPLETE = auto()
    MALFORMED = auto()
    TOO_DEEP = auto()
    TOO_LONG = auto()
    NOT_FOUND = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """`end`: index after a COMPLETE piece, of `</beneficiarios` at BODY_END, of the trouble otherwise."""

    cut: Cut
    end: int


def next_procedure(text: str, start: int, depth_limit: int) -> Piece:
    """The end of the first element at or after `start`, a place directly inside `beneficiarios`."""
    stack: list[str] = []
    for token in _TOKEN.finditer(text, start):
        close, name, rest, bad = token.groups()
        if bad:
            return Piece(_unfinished(text, token.start()), token.start())
        if name is None:
            continue
        if len(rest) + len(name) > LONGEST_TAG:
            return Piece(Cut.TOO_LONG, token.start())
        if close:
            if not stack:
                return Piece(Cut.BODY_END, token.start())
            if stack.pop() != name:
                return Piece(Cut.MALFORMED, token.start())
        elif not rest or rest[-1] != "/":
            stack.append(name)
            if len(stack) > depth_limit:
                return Piece(Cut.TOO_DEEP, token.start())
        if not stack:
            return Piece(Cut.COMPLETE, token.end())
    return Piece(Cut.INCOMPLETE, len(text))


def _unfinished(text: str, start: int) -> Cut:
    """A tag or comment cut off by the end of what was read looks like a stray `<`, until it is too long for that."""
    if text.startswith(("<!--", "<![CDATA[", "<?"), start) or len(text) - start <= LONGEST_TAG:
        return Cut.INCOMPLETE
    # Not even an attribute may hold another "<".
    return Cut.TOO_LONG if text.find("<", start + 1, start + LONGEST_TAG) < 0 else Cut.MALFORMED


@dataclass(frozen=True, slots=True)
class Head:
    """The start of a file: `end` is the index after the start tag of the body; `tags` the start tags open there."""

    cut: Cut
    end: int
    tags: tuple[str, ...] = ()


def find_head(text: str, path: tuple[str, ...], depth_limit: int) -> Head:
    """Looks for the start tag at `path` (names from the root). NOT_FOUND when the text ends well before it."""
    stack: list[str] = []
    tags: list[str] = []
    for token in _TOKEN.finditer(text):
        close, name, rest, bad = token.groups()
        if bad:
            return Head(_unfinished(text, token.start()), token.start())
        if name is None:
            continue
        if len(rest) + len(name) > LONGEST_TAG:
            return Head(Cut.TOO_LONG, token.start())
        if close:
            if not stack or stack.pop() != name:
                return Head(Cut.MALFORMED, token.start())
            tags.pop()
        elif not rest or rest[-1] != "/":
            stack.append(name)
            tags.append(token[0])
            if tuple(stack) == path:
                return Head(Cut.COMPLETE, token.end(), tuple(tags))
            if len(stack) > depth_limit:
                return Head(Cut.TOO_DEEP, token.start())
    return Head(Cut.INCOMPLETE if stack else Cut.NOT_FOUND, len(text))


_RESYNC = re.compile(r"</(?:inclusao|retificacao|mudancaContratual|cancelamento|reativacao)[ \t\r\n]*>")


def resynchronise(text: str, start: int) -> int:
    """The index after the next end tag of a procedure, -1 when there is none: where reading may go on."""
    found = _RESYNC.search(text, start)
    return found.end() if found else -1
