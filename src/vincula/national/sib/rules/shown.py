"""How the value of a field is shown to people: dates as they write them, codes in words, the CPF masked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vincula.identifiers import cpf

ABSENT = "—"
_WORDS: dict[str, dict[str, str]] = {
    "sexo": {"1": "masculino", "3": "feminino"},
    "situacao": {"A": "ATIVO", "I": "INATIVO"},
    "reside_exterior": {"0": "não", "1": "sim"},
    "cpt": {"0": "não", "1": "sim"},
    "itens_excluidos": {"0": "não", "1": "sim"},
    "tipo_endereco": {"1": "profissional", "2": "residencial"},
    "relacao": {"1": "1 (titular)"},
}
_DATES = frozenset({"nascimento", "contratacao", "reativacao", "cancelamento"})
MUNICIPIOS = frozenset({"municipio", "municipio_residencia"})
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# What the history names that is no field of the files.
SITUACAO = "situação"
_NO_PLACES: Mapping[str, str] = {}


def value(column: str, text: str, places: Mapping[str, str] = _NO_PLACES) -> str:
    """The text of a column of sib_vinculo for a page. A CPF is never shown whole; what is absent is a dash.

    `places`: the names of municipalities by code, which stand beside the code where they are known.
    """
    if not text:
        return ABSENT
    if column == "cpf":
        return cpf.mask(text)
    if column in _DATES and (found := _ISO.fullmatch(text)):
        return f"{found[3]}/{found[2]}/{found[1]}"
    if column in MUNICIPIOS and text in places:
        return f"{text} – {places[text]}"
    return _WORDS.get(column, {}).get(text, text)
