"""RN037 to RN044: certidões, of the new model (matrícula) and of the old one (cartório, livro, folha, termo)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vincula.identifiers.digits import is_digits
from vincula.people.record import Certificate, PersonRecord
from vincula.people.tables import table

from .faults import Around, Fault
from .texts import date_faults, too_long

MATRICULA = 32
"""Digits of a matrícula (table of fields, 40)."""


class _Old:
    """A part of the old model: its rule, its size, what it may hold and what it must hold."""

    def __init__(self, rule: str, name: str, size: int, allowed: str, needed: str, need: str) -> None:
        self.rule, self.name, self.size, self.need = rule, name, size, need
        self.allowed, self.needed = re.compile(allowed, re.ASCII), re.compile(needed, re.ASCII)


_OLD = {
    "cartorio": _Old("RN039", "O cartório da certidão", 20, "[-0-9A-Z ]*", "[A-Z]", "uma letra"),
    "livro": _Old("RN040", "O livro da certidão", 8, "[-0-9A-Z]*", "[0-9A-Z]", "uma letra ou um algarismo"),
    "folha": _Old("RN041", "A folha da certidão", 4, "[-0-9A-Z]*", "[0-9A-Z]", "uma letra ou um algarismo"),
    "termo": _Old("RN042", "O termo da certidão", 8, "[-0-9A-Z]*", "[0-9]", "um algarismo"),
}


def check(record: PersonRecord, around: Around) -> Iterator[Fault]:
    """What RN037 to RN044 have against the record."""
    for place, one in enumerate(record.certidoes, start=1):
        field = f"certidoes.{place}"
        if one.tipo not in table("tipo_certidao"):
            remedy = "Informe 91 nascimento, 92 casamento, 93 separação ou divórcio, 95 RANI ou 15 óbito."
            yield Fault("RN037.2", f"{field}.tipo", "O tipo da certidão não é da tabela.", remedy)
        if not one.emissao:
            message = "Falta a data de emissão da certidão."
            yield Fault("RN044.2", f"{field}.emissao", message, "Informe a data que está na certidão.")
        yield from _contents(one, field)
        yield from date_faults(
            one.emissao,
            f"{field}.emissao",
            "data de emissão da certidão",
            "RN044.3",
            around,
            record.data_nascimento,
        )


def _contents(one: Certificate, field: str) -> Iterator[Fault]:
    old = [name for name in _OLD if getattr(one, name)]
    if not one.matricula and not old:
        message = "Faltam os dados da certidão."
        remedy = "Informe a matrícula (modelo novo) ou cartório, livro, folha e termo (modelo antigo)."
        yield Fault("RN043.2", f"{field}.matricula", message, remedy)
    elif one.matricula and old:
        message = "A certidão traz dados dos dois modelos."
        yield Fault("RN038.3", field, message, "Deixe só a matrícula ou só os dados do modelo antigo.")
    elif one.matricula and not is_digits(one.matricula, MATRICULA):
        message = f"A matrícula da certidão não tem {MATRICULA} algarismos."
        yield Fault("RN043.3", f"{field}.matricula", message, "Confira o número, sem pontos nem espaços.")
    elif old:
        for name, part in _OLD.items():
            yield from _old_part(getattr(one, name), part, f"{field}.{name}")


def _old_part(text: str, part: _Old, field: str) -> Iterator[Fault]:
    if not text:
        message = f"{part.name} não consta, e o modelo antigo pede cartório, livro, folha e termo."
        yield Fault(f"{part.rule}.2", field, message, "Complete os dados ou retire a certidão.")
        return
    yield from too_long(text, part.size, 40, field, part.name)
    if not part.needed.search(text):
        yield Fault(
            f"{part.rule}.3", field, f"{part.name} não tem ao menos {part.need}.", "Confira a certidão."
        )
    if not part.allowed.fullmatch(text):
        message = f"{part.name} traz sinais; só vale o hífen."
        yield Fault(f"{part.rule}.4", field, message, "Retire os outros sinais.")
