"""What all numeric identifiers share: the wire form (ASCII digits, exact length), weighted sums, the
human form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import mul

from .verdict import Status, Verdict

_PUNCTUATION = ".-/()_,"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_INVISIBLE = "\u200b\u2060\ufeff"  # they come along when a number is pasted
_DROP = dict.fromkeys(map(ord, _PUNCTUATION + _DASHES + _INVISIBLE))


@dataclass(frozen=True, slots=True)
class Kind:
    """How messages speak of an identifier: `name` with its article ("O CPF"), `tag` for rule ids ("CPF")."""

    name: str
    tag: str
    width: int
    check_width: int
    """How many check digits there are, for the grammar of the message."""
    repeated_allowed: bool = False
    """Whether a number of equal digits may exist."""
    dv_status: Status = Status.INVALID
    """What wrong check digits mean: WARNED where their rule is not official."""
    remedy: str = "Confira o número no documento: costuma ser um algarismo trocado ou fora de ordem."


def is_digits(text: str, width: int) -> bool:
    """True for exactly `width` digits 0 to 9; digits of other scripts ("²", "١") are not digits here."""
    return len(text) == width and text.isascii() and text.isdigit()


def strip_human(text: str) -> str:
    """The wire form of what a person typed: without blanks (also U+00A0) and the usual punctuation. Never
    raises.
    """
    return "".join(text.translate(_DROP).split())


def weighted(text: str, weights: Sequence[int]) -> int:
    """Sum of digit × weight over the shorter of the two; `text` must hold ASCII digits (or A-Z, CNPJ) only.

    A character is worth its ASCII code less 48, which is the rule for a CNPJ with letters as well.
    """
    values = text.encode("ascii")[: len(weights)]
    total: int = sum(map(mul, values, weights))
    return total - 48 * sum(weights[: len(values)])


def require(text: str, width: int, what: str) -> None:
    """Raises ValueError (without the value) unless `text` is exactly `width` ASCII digits."""
    if not is_digits(text, width):
        raise ValueError(f"{what}: expected exactly {width} ASCII digits")


def judge(text: str, kind: Kind, is_valid: Callable[[str], bool]) -> Verdict:
    """The verdict on a purely numeric identifier, in the order absent, valid, form, repeated, check
    digits.
    """
    if not text:
        return Verdict(Status.ABSENT, "")
    if is_valid(text):
        return Verdict(Status.VALID, text)
    if not is_digits(text, kind.width):
        return wrong_form(text, kind)
    if not kind.repeated_allowed and text.count(text[0]) == kind.width:
        return repeated_digits(text, kind)
    return wrong_check_digits(text, kind)


def wrong_form(text: str, kind: Kind) -> Verdict:
    """The verdict on a value that is not exactly the ASCII digits expected: says which of the usual slips
    it is.
    """
    remedy = "Confira o número no documento e informe só os algarismos."
    if is_digits(strip_human(text), kind.width):
        why, remedy = "este traz pontos, traços ou espaços", "Retire a pontuação e os espaços."
    elif text.isdigit() and not text.isascii():
        why, remedy = (
            "este traz algarismos de outro alfabeto",
            "Digite de novo o número com os algarismos comuns.",
        )
    elif not text.isdigit():
        why = "este traz letras ou sinais"
    elif len(text) < kind.width:
        why = f"este tem {len(text)}"
        remedy = "Confira no documento o que falta (um zero à esquerda, por exemplo)."
    else:
        why, remedy = f"este tem {len(text)}", "Confira no documento o que há a mais."
    message = f"{kind.name} deve ter exatamente {kind.width} algarismos, de 0 a 9, e {why}."
    return Verdict(Status.INVALID, text, f"{kind.tag}.forma", message, remedy)


def wrong_check_digits(text: str, kind: Kind) -> Verdict:
    """The verdict on check digits that do not follow from the others: nearly always a typing slip."""
    which = (
        "o dígito verificador não confere"
        if kind.check_width == 1
        else "os dígitos verificadores não conferem"
    )
    judged = "merece conferência" if kind.dv_status is Status.WARNED else "não é válido"
    message = f"{kind.name} {judged}: {which} com os demais algarismos."
    return Verdict(kind.dv_status, text, f"{kind.tag}.dv", message, kind.remedy)


def repeated_digits(text: str, kind: Kind) -> Verdict:
    """The verdict on one digit repeated throughout: its check digits may pass, but nobody has that number."""
    message = f"{kind.name} não é válido: é um só algarismo repetido, que ninguém tem."
    remedy = "Informe o número que está no documento ou deixe o campo vazio."
    return Verdict(Status.INVALID, text, f"{kind.tag}.repetido", message, remedy)
