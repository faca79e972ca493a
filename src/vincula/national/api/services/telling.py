"""What may be said of how a person fits a question, field by field: the oracle rule (docs/architecture.md) for FHIR.

To an operadora a field is named as differing only where the number exists and the other of name and birth agrees, or
where the value stands in the answer anyway. Whatever else does not fit is told as not compared, with the same words as
where nobody has the number: nobody can learn by trying what the base holds of a stranger.
"""

from __future__ import annotations

from collections.abc import Sequence

from vincula.formats.fhir import Compared, FieldVerdict
from vincula.formats.pdq import OPERADORA, Release
from vincula.national.api.rules import Client
from vincula.people.record import PersonRecord
from vincula.people.similarity import Likeness, Verdict

_FIELDS = {
    "nome": "nome",
    "nome_social": "nome",
    "data_nascimento": "nascimento",
    "nome_mae": "mae",
    "sexo": "sexo",
    "municipio_nascimento": "municipio",
    "cpf": "cpf",
}
"""Fields of a record → criteria of the explanation."""
_VERDICTS = {
    Verdict.AGREES: Compared.CONFERE,
    Verdict.CLOSE: Compared.PARECIDO,
    Verdict.DIFFERS: Compared.DIFERE,
    Verdict.NOT_COMPARED: Compared.NAO_COMPARADO,
}
NOT_TOGETHER = "Ninguém consta com tudo o que foi informado; não se diz qual dado não confere."
NO_SUCH_NUMBER = "Ninguém que esta credencial possa ver tem este número."
NOT_HELD = "Não consta na base."
NOT_SAID = "Não se diz a esta credencial."
ONE_DIFFERS = "O número existe e o outro dado confere; este não."
NOBODY_BY_NAME = "Ninguém se parece o bastante com tudo o que foi informado."


def asked_fields(asked: PersonRecord) -> tuple[str, ...]:
    """The criteria that were brought, numbers aside."""
    given = (_FIELDS[name] for name in _FIELDS if name != "cpf" and getattr(asked, name))
    return tuple(dict.fromkeys(given))


def of_person(client: Client, likeness: Likeness, numbers: Sequence[str] = ()) -> tuple[FieldVerdict, ...]:
    """Of a person who is shown. `numbers`: the criteria (`cpf`, `cns`…) by which he was found."""
    told = {name: FieldVerdict(name, Compared.CONFERE) for name in numbers}
    for one in likeness.fields:
        name = _FIELDS.get(one.field)
        if name and name not in told:
            told[name] = _told(name, _VERDICTS[one.verdict], one.field in _release(client))
    return tuple(told.values())


def _told(name: str, verdict: Compared, shown: bool) -> FieldVerdict:
    if verdict is Compared.NAO_COMPARADO:
        return FieldVerdict(name, verdict, NOT_HELD)
    if verdict is Compared.DIFERE and not shown:
        return FieldVerdict(name, Compared.NAO_COMPARADO, NOT_SAID)
    return FieldVerdict(name, verdict)


def _release(client: Client) -> Release:
    """Fields whose verdict tells nothing that the answer does not: an integrador is told all."""
    return frozenset(_FIELDS) if client.sees_restricted else client.release or OPERADORA


def of_nobody(
    client: Client, asked: PersonRecord, numbers: Sequence[str], likeness: Likeness | None
) -> tuple[FieldVerdict, ...]:
    """Why nobody is shown. `likeness`: of the person whose number it is, None where there is none."""
    fields = asked_fields(asked)
    if not numbers:
        return tuple(FieldVerdict(name, Compared.NAO_COMPARADO, NOBODY_BY_NAME) for name in fields)
    if likeness is not None and client.sees_restricted:
        return of_person(client, likeness, numbers)
    if likeness is not None and (differing := nameable(likeness)):
        return _one_differs(fields, numbers, differing)
    if client.sees_restricted or not fields:
        missing = [FieldVerdict(name, Compared.DIFERE, NO_SUCH_NUMBER) for name in numbers]
        return (*missing, *(FieldVerdict(name, Compared.NAO_COMPARADO) for name in fields))
    return tuple(FieldVerdict(name, Compared.NAO_COMPARADO, NOT_TOGETHER) for name in (*numbers, *fields))


def nameable(likeness: Likeness) -> str:
    """`nome` or `nascimento`, the one that differs while the other agrees; "" where nothing may be named."""
    name, birth = likeness.verdict("nome"), likeness.verdict("data_nascimento")
    if name is Verdict.AGREES and birth is Verdict.DIFFERS:
        return "nascimento"
    return "nome" if birth is Verdict.AGREES and name is Verdict.DIFFERS else ""


def _one_differs(fields: Sequence[str], numbers: Sequence[str], differing: str) -> tuple[FieldVerdict, ...]:
    def verdict(name: str) -> FieldVerdict:
        if name == differing:
            return FieldVerdict(name, Compared.DIFERE, ONE_DIFFERS)
        known = name in ("nome", "nascimento", *numbers)
        return FieldVerdict(name, Compared.CONFERE if known else Compared.NAO_COMPARADO)

    return tuple(verdict(name) for name in (*numbers, *fields))
