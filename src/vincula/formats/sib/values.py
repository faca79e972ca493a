"""The simple types of the SIB schema v1.2: what a field may hold, and what is wrong when it does not.

Lexical traps of the schema (reference, section 1.4): string types keep their white space; types built on integer
admit `01`, `+1` and surrounding blanks and are compared by value; dates (`dates`) too admit blanks, and a time zone.
Each type has three faces: `problem` (the whole rule), `canonical` (the value as the house keeps it) and `fast`, a
regular expression whose language is a subset of the valid *and already canonical* values, never blank at its start.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass

from vincula.formats.sib.characters import describe

BLANK = " \t\r\n"
NAME_CHARACTERS = "a-zA-ZãÃáÁàÀâÂäÄéÉèÈêÊëËÚúíÍóÓõÕôÔöÖüÜñÑçÇ' "


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value is not of its type. `index` is the offending character's place in the value, -1 if none."""

    message: str
    remedy: str
    index: int = -1
    character: str = ""


class ValueType(ABC):
    """A simple type of the schema."""

    @property
    @abstractmethod
    def fast(self) -> str:
        """The regular expression of the fast path; none of its own groups may capture."""

    @abstractmethod
    def problem(self, value: str) -> Problem | None:
        """What is wrong with the value (raw text of the element), None when it is of the type."""

    def canonical(self, value: str) -> str:
        """The value as the house keeps it; only for values without a problem."""
        return value


def _at(value: str, index: int, allowed: str, remedy: str) -> Problem:
    character = value[index]
    return Problem(f"traz {describe(character)}; {allowed}", remedy, index, character)


@dataclass(frozen=True, slots=True)
class Digits(ValueType):
    """Exactly `length` ASCII digits: `[0-9]{length}`."""

    length: int

    @property
    def fast(self) -> str:
        return f"[0-9]{{{self.length}}}"

    def problem(self, value: str) -> Problem | None:
        wrong = re.search("[^0-9]", value)
        remedy = f"Informe exatamente {self.length} algarismos, sem pontos, traços ou espaços"
        if wrong:
            return _at(value, wrong.start(), "só algarismos são aceitos", f"{remedy}.")
        if len(value) != self.length:
            zeros = ", completando com zeros à esquerda se for o caso" if 0 < len(value) < self.length else ""
            return Problem(f"tem {_count(value)} em vez de {self.length}", f"{remedy}{zeros}.")
        return None


@dataclass(frozen=True, slots=True)
class Name(ValueType):
    """A person's name: 3 to 70 characters of the official set (schema; reference, section 5.3)."""

    @property
    def fast(self) -> str:
        return f"(?! )[{NAME_CHARACTERS}]{{3,70}}"

    def problem(self, value: str) -> Problem | None:
        wrong = re.search(f"[^{NAME_CHARACTERS}]", value)
        if wrong:
            allowed = "o padrão da ANS só aceita letras, espaço e apóstrofo"
            return _at(value, wrong.start(), allowed, _name_remedy(value[wrong.start()]))
        if not 3 <= len(value) <= 70:
            return Problem(
                f"tem {_count(value)}; o nome vai de 3 a 70",
                "Informe o nome completo, sem abreviar; se passar de 70 caracteres, corte-o no 70º.",
            )
        return None


def _name_remedy(character: str) -> str:
    if character in "-–—\xad":
        return "Troque o hífen por um espaço."
    if character in "’‘´`":
        return "Use o apóstrofo simples (')."
    if character in "ºª°":
        return "Retire o sinal ou escreva o ordinal por extenso."
    if character.isdigit():
        return "Retire o algarismo do nome."
    if character in ".,/":
        return "Retire o sinal e escreva o nome por extenso."
    if character.isalpha():
        return "Escreva a letra sem esse acento, que a ANS não aceita."
    return "Retire o caractere do nome."


@dataclass(frozen=True, slots=True)
class Text(ValueType):
    """Free text of `minimum` to `maximum` characters, white space kept."""

    minimum: int
    maximum: int

    @property
    def fast(self) -> str:
        # No control characters, "&", "<" or ">", and no blank in front: such values take the strict path.
        rest = f"{{0,{self.maximum - 1}}}"
        return rf"[^<>&\x00-\x20\x7f-\x9f][^<>&\x00-\x1f\x7f-\x9f]{rest}"

    def problem(self, value: str) -> Problem | None:
        if self.minimum <= len(value) <= self.maximum:
            return None
        if not value:
            return Problem("está vazio", "Preencha o campo ou retire o elemento do arquivo.")
        return Problem(f"tem {_count(value)}; o máximo é {self.maximum}", "Abrevie o conteúdo do campo.")


@dataclass(frozen=True, slots=True)
class IntegerCode(ValueType):
    """A code of a list, built on integer: `01`, `+1` and blanks around are admitted and compared by value."""

    codes: tuple[int, ...]

    @property
    def fast(self) -> str:
        return "(?:" + "|".join(str(code) for code in sorted(self.codes, reverse=True)) + ")"

    def problem(self, value: str) -> Problem | None:
        if self.canonical(value) in {str(code) for code in self.codes}:
            return None
        return _not_a_code(value, tuple(str(code) for code in self.codes))

    def canonical(self, value: str) -> str:
        return canonical_integer(value)


@dataclass(frozen=True, slots=True)
class StringCode(ValueType):
    """A code of a list, built on string: written exactly so."""

    codes: tuple[str, ...]

    @property
    def fast(self) -> str:
        return "(?:" + "|".join(re.escape(code) for code in self.codes) + ")"

    def problem(self, value: str) -> Problem | None:
        return None if value in self.codes else _not_a_code(value, self.codes)


def _not_a_code(value: str, codes: tuple[str, ...]) -> Problem:
    listed = ", ".join(codes[:-1]) + f" ou {codes[-1]}" if len(codes) > 1 else codes[0]
    fault = "está vazio" if not value.strip(BLANK) else "tem um código fora da lista da ANS"
    return Problem(fault, f"Use {listed}, sem outros caracteres.")


_INTEGER = re.compile(r"[ \t\r\n]*+([+-]?)(?=[0-9])0*+([0-9]{0,40})[ \t\r\n]*+")


def canonical_integer(value: str) -> str:
    """`" +007 "` → `"7"`; "" when the text is not an xs:integer.

    Bounded: more than 40 digits, leading zeros not counted, are none.
    """
    found = _INTEGER.fullmatch(value)
    if not found:
        return ""
    sign = "-" if found[1] == "-" and found[2] else ""
    return sign + (found[2] or "0")


@dataclass(frozen=True, slots=True)
class AnyText(ValueType):
    """Any string: fields of the envelope whose content is not the schema's business here."""

    @property
    def fast(self) -> str:
        return r"[\s\S]*"

    def problem(self, value: str) -> Problem | None:
        return None


@dataclass(frozen=True, slots=True)
class Integer(ValueType):
    """Any xs:integer."""

    @property
    def fast(self) -> str:
        return "[1-9][0-9]{0,17}"

    def problem(self, value: str) -> Problem | None:
        if canonical_integer(value):
            return None
        return Problem("não é um número inteiro", "Informe só algarismos.")

    def canonical(self, value: str) -> str:
        return canonical_integer(value)


def _count(value: str) -> str:
    return "1 caractere" if len(value) == 1 else f"{len(value)} caracteres"
