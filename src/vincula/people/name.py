"""Names in CadSUS: the normal form and the rules RN002, RN003, RN004 and RN008 (cadsus-rules.md, section
4).

Items keep the document's numbers: `RN002.5` is item 5 of RN002. Items 9 to 12 convert, the others refuse,
on the converted name. The texts of the messages are ours: the document has none. No message holds a name
or a term.

`identity_key` and `identity_keys` (see `identity`) are another matter: they decide when two names are
identical and take no part of these rules.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from .folding import FOLD_APOSTROPHES
from .identity import MAX_LENGTH, identity_key, identity_keys
from .name_items import complaints
from .terms import Match, Terms, official

__all__ = [
    "MAX_LENGTH",
    "UNKNOWN_PARENT",
    "Finding",
    "NameField",
    "check_name",
    "converted",
    "identity_key",
    "identity_keys",
    "normal_form",
]

UNKNOWN_PARENT = "SEM INFORMAÇÃO"
"""What RN003.3 and RN004.3 want, exactly, for a mother or father who is not known."""

_VOWELS = "AEIOUÁÉÍÓÚÂÊÎÔÛÃẼĨÕŨÄËÏÖÜÀÈÌÒÙ"
_THREE_CONSONANTS = re.compile(r"([B-DF-HJ-NP-TV-ZÇÑ])\1{2,}")
_THREE_VOWELS_FIRST = re.compile(rf"^([{_VOWELS}])\1{{2,}}")
_CONSONANT_THREE_VOWELS = re.compile(rf"^([B-DF-HJ-NP-TV-ZÇÑ])([{_VOWELS}])\2{{2,}}")
_ROMAN_THIRD = "III"


class NameField(Enum):
    """Which name is being checked, as messages call it."""

    NOME = "nome"
    NOME_MAE = "nome da mãe"
    NOME_PAI = "nome do pai"
    NOME_SOCIAL = "nome social"


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why CadSUS would refuse the name: rule and item, the field, why, and what to do next."""

    rule: str
    field: NameField
    message: str
    remedy: str


def normal_form(name: str) -> str:
    """The name as CadSUS stores it: upper case, NFC, apostrophes as ', single spaces, conversions 10 to 12.

    Never raises; the normal form of a normal form is itself. It does not say whether the name is accepted.
    """
    return " ".join(_convert_word(word) for word in _upper(name).split())


def converted(name: str) -> str:
    """The name after the conversions of RN002 (9 to 12) alone: what `check_name` judges. Two spaces in a row stay."""
    return " ".join(_convert_word(word) for word in _upper(name).strip().split(" "))


def _upper(name: str) -> str:
    """RN002.9, with typographic apostrophes folded (RN002.6 reads all as ')."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).upper()).translate(
        FOLD_APOSTROPHES
    )


def _convert_word(word: str) -> str:
    """RN002.10 to 12: three or more equal letters in a row become two, or one vowel after a first
    consonant.
    """
    if word == _ROMAN_THIRD:
        return word
    word = _THREE_CONSONANTS.sub(r"\1\1", word)
    word = _THREE_VOWELS_FIRST.sub(r"\1\1", word)
    return _CONSONANT_THREE_VOWELS.sub(r"\1\2", word)


def check_name(
    name: str,
    *,
    has_cpf: bool,
    field: NameField = NameField.NOME,
    terms: Terms | None = None,
    ignore_quality: bool = False,
) -> tuple[Finding, ...]:
    """All that CadSUS has against the name; nothing found means accepted.

    `has_cpf`: the record has a CPF, which spares nome and nome da mãe the invalid terms (RN055).
    `ignore_quality`: the operator marked "ignore Data Quality", which spares every name the terms and
    nothing else (V1). `terms`: the list to use, the official one by default. A name with two spaces in a
    row is refused (RN002.7): pass `normal_form(name)` where the caller wants it repaired first.
    """
    text = converted(name)
    if not text:
        return _absent(field)
    parent = field in (NameField.NOME_MAE, NameField.NOME_PAI)
    if parent and text == UNKNOWN_PARENT:
        return ()
    found = [
        Finding(f"RN002.{item}", field, f"O {field.value} {why}.", remedy)
        for item, why, remedy in complaints(text)
        if not (field is NameField.NOME_SOCIAL and item in _NOT_FOR_SOCIAL)
    ]
    if len(text) > MAX_LENGTH:
        found.append(_too_long(field))
    spared = ignore_quality or (has_cpf and field in (NameField.NOME, NameField.NOME_MAE))
    if not spared and (terms or official()).find(text, Match.WHOLE_WORDS):
        found.append(_holds_term(field))
    return tuple(found)


_NOT_FOR_SOCIAL = {2, 4}  # RN008.2 leaves out items 2, 3 and 4; 3 comes back as RN008.3
_ABSENT_RULE = {NameField.NOME: "RN002.1", NameField.NOME_MAE: "RN003.1", NameField.NOME_PAI: "RN004.1"}
_TERM_RULE = {NameField.NOME_PAI: "RN004.3", NameField.NOME_SOCIAL: "RN008.3"}
_SIZE_RULE = {
    NameField.NOME: "CAMPO02",
    NameField.NOME_SOCIAL: "CAMPO03",
    NameField.NOME_MAE: "CAMPO04",
    NameField.NOME_PAI: "CAMPO05",
}
"""The numbers of the fields in the document's own table, which gives their size."""


def _absent(field: NameField) -> tuple[Finding, ...]:
    if field is NameField.NOME_SOCIAL:
        return ()
    remedy = "Informe o nome como está no documento."
    if field is not NameField.NOME:
        remedy = f"Informe o nome ou, se não é conhecido, escreva exatamente {UNKNOWN_PARENT}."
    return (Finding(_ABSENT_RULE[field], field, f"O {field.value} não foi informado.", remedy),)


def _too_long(field: NameField) -> Finding:
    message = f"O {field.value} passa de {MAX_LENGTH} caracteres."
    return Finding(
        _SIZE_RULE[field],
        field,
        message,
        "Deixe de fora, por inteiro, um dos nomes do meio: iniciais não valem.",
    )


def _holds_term(field: NameField) -> Finding:
    message = f"O {field.value} traz um termo que o CadSUS não aceita."
    if field is NameField.NOME:
        remedy = "Confira a grafia; se está certa, informe o CPF da pessoa, que dispensa essa verificação."
    elif field is NameField.NOME_MAE:
        remedy = (
            f"Confira a grafia, informe o CPF da pessoa ou, se não é conhecida, escreva {UNKNOWN_PARENT}."
        )
    elif field is NameField.NOME_PAI:
        remedy = f"Confira a grafia; se o pai não é conhecido, escreva exatamente {UNKNOWN_PARENT}."
    else:
        remedy = "Confira a grafia; se está certa, registre o motivo da não higienização."
    return Finding(_TERM_RULE.get(field, "RN002.3"), field, message, remedy)
