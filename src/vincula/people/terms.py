"""The invalid terms of RN055: versioned data, and how a text is compared with them (cadsus-rules.md,
section 4).

How a term matches is not in the official text. Our reading, per field: whole words for names (a term is a
run of words), the whole field for addresses; case and accents do not count. The list mixes offensive
words with everyday ones and with surnames: it is never shown, and a term is never put beside a person's
name in a log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib.resources import files

from .folding import without_accents

_HEADER = "numero\ttermo"
_VERSION = "# versao:"


class Match(Enum):
    """What part of a text must be the term."""

    WHOLE_WORDS = "palavras inteiras"
    WHOLE_FIELD = "campo inteiro"


@dataclass(frozen=True, slots=True)
class Terms:
    """A version of the list. `folded` holds the terms in upper case without accents, words one space
    apart.
    """

    version: str
    folded: frozenset[str] = field(repr=False)

    longest: int = field(init=False)
    """Words of the longest term."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "longest", max((term.count(" ") + 1 for term in self.folded), default=0))

    def find(self, text: str, match: Match = Match.WHOLE_WORDS, exempt: frozenset[str] = frozenset()) -> str:
        """The first term that the text holds, or "". `exempt` terms (folded) do not count.

        The answer is for a death justification, where the user must be told the word, never for names.
        """
        words = _fold(text).split()
        for run in _runs(words, self.longest) if match is Match.WHOLE_WORDS else [" ".join(words)]:
            if run in self.folded and run not in exempt:
                return run
        return ""


def _runs(words: list[str], longest: int) -> Iterable[str]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            yield " ".join(words[start:end])


def _fold(text: str) -> str:
    return without_accents(text).upper()


def read_terms(lines: Iterable[str]) -> Terms:
    """A list from its TSV form: comment lines (one of them `# versao: …`), the header `numero<TAB>termo`,
    the terms.

    Raises ValueError, naming the line, where the version or the header is missing or a line is not number
    and term.
    """
    version, header, terms = "", False, set()
    for place, line in enumerate((line.rstrip("\r\n") for line in lines), start=1):
        if line.startswith("#"):
            version = line.removeprefix(_VERSION).strip() if line.startswith(_VERSION) else version
        elif not header:
            if line != _HEADER:
                raise ValueError(
                    f"linha {place}: esperado o cabeçalho numero e termo, separados por tabulação"
                )
            header = True
        else:
            number, _, term = line.partition("\t")
            if not (number.isascii() and number.isdigit() and term.strip()):
                raise ValueError(f"linha {place}: esperados um número e um termo, separados por tabulação")
            terms.add(" ".join(_fold(term).split()))
    if not version or not header:
        raise ValueError("lista de termos sem versão ou sem cabeçalho")
    return Terms(version, frozenset(terms))


@cache
def official() -> Terms:
    """The official list that the product carries (2015)."""
    text = files(__package__).joinpath("data/termos_invalidos.tsv").read_text(encoding="utf-8")
    return read_terms(text.splitlines())
