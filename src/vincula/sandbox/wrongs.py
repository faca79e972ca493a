"""What goes wrong in operadoras' records: each function spoils a record, and answers whether it could.

A function that answers False has changed nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from vincula.identifiers import cpf
from vincula.sandbox import spelling
from vincula.sandbox.chance import Dice
from vincula.sandbox.draft import Draft
from vincula.sandbox.people import Base

CHILD = 8  # below this age on the reference day nobody comes of age while the sandbox is used
ADULT = 19
Apply = Callable[[Draft, Dice], bool]


def nome(change: Callable[[str, Dice], str]) -> Apply:
    """A name changed so, cut at 70 characters; not one that stays the same or gets too short for the schema."""

    def apply(draft: Draft, dice: Dice) -> bool:
        wrong = change(draft.sent["nome"], dice)[:70].rstrip()
        if wrong == draft.sent["nome"] or len(wrong) < 3:
            return False
        draft.sent["nome"] = wrong
        return True

    return apply


def other_name(draft: Draft, dice: Dice) -> bool:
    """A wife under her other name."""
    if not draft.person.outro_nome:
        return False
    draft.sent["nome"] = spelling.civil_to_sib(draft.person.outro_nome)
    return True


def social_name(draft: Draft, dice: Dice) -> bool:
    if not draft.person.nome_social:
        return False
    draft.sent["nome"] = spelling.civil_to_sib(draft.person.nome_social)
    return True


def nascimento(change: Callable[[dt.date, Dice], dt.date]) -> Apply:
    """A birth date changed so, to one that no crítica refuses."""

    def apply(draft: Draft, dice: Dice) -> bool:
        right = dt.date.fromisoformat(draft.person.nascimento)
        try:
            wrong = change(right, dice)
        except ValueError:  # no such day in that month
            return False
        latest = dt.date.fromisoformat(draft.sent["dataContratacao"])
        if wrong == right or not dt.date(1900, 1, 1) <= wrong <= latest or not draft.sent["cpf"]:
            return False
        draft.sent["dataNascimento"] = wrong.isoformat()
        draft.sent["nomeMae"] = draft.sent["nomeMae"] or spelling.civil_to_sib(draft.person.nome_mae)
        draft.sent["dn"] = ""
        return True

    return apply


def one_day(right: dt.date, dice: Dice) -> dt.date:
    return right + dt.timedelta(days=1 if dice.below(2) else -1)


def another_year(right: dt.date, dice: Dice) -> dt.date:
    return right.replace(year=right.year + dice.one_of((-10, -2, -1, 1, 10)))


def another_digit(right: dt.date, dice: Dice) -> dt.date:
    return right.replace(day=(right.day + dice.one_of((-10, -3, 3, 10))))


def parents_cpf(draft: Draft, dice: Dice) -> bool:
    """The titular's CPF in a dependent's record."""
    titular = draft.family[0]
    if not draft.dependent or not titular.cpf:
        return False
    draft.sent["cpf"] = titular.cpf
    return True


def relatives_cpf(draft: Draft, dice: Dice) -> bool:
    others = [p for p in draft.family if p.cpf and p.serial != draft.person.serial]
    if not others:
        return False
    other = dice.one_of(others)
    draft.sent["cpf"] = other.cpf
    return True


def wrong_digit(field: str, rule: str) -> Apply:
    """One digit wrong, so that the check digit no longer fits."""

    def apply(draft: Draft, dice: Dice) -> bool:
        right = draft.sent[field]
        if not right:
            return False
        draft.sent[field] = f"{right[:-1]}{(int(right[-1]) + 1 + dice.below(8)) % 10}"
        return draft.refuse(rule)

    return apply


def wrong_cns(draft: Draft, dice: Dice) -> bool:
    if not draft.person.cns:
        return False
    draft.sent["cns"] = draft.person.cns[0]
    return wrong_digit("cns", "CNS-1")(draft, dice)


def nobodys_cpf(draft: Draft, dice: Dice) -> bool:
    """A CPF that stands in no base: in a world, the ninth digit follows from the eight before it."""
    right = draft.sent["cpf"]
    if not right:
        return False
    draft.sent["cpf"] = cpf.complete(f"{right[:8]}{(int(right[8]) + 1 + dice.below(9)) % 10}")
    return True


def repeated_cpf(draft: Draft, dice: Dice) -> bool:
    draft.sent["cpf"] = str(dice.below(10)) * 11
    return draft.refuse("CPF-1")


def child_without_cpf(draft: Draft, dice: Dice) -> bool:
    if draft.age >= CHILD or not draft.dependent:
        return False
    draft.sent["cpf"] = ""
    draft.sent["nomeMae"] = draft.sent["nomeMae"] or spelling.civil_to_sib(draft.person.nome_mae)
    return True


def adult_without_cpf(draft: Draft, dice: Dice) -> bool:
    if draft.dependent and draft.age < ADULT:
        return False
    draft.sent["cpf"] = ""
    return draft.refuse("CPF-2")


def nobody_known(draft: Draft, dice: Dice) -> bool:
    """Nothing of CPF, PIS and mother (a child), or neither PIS nor mother (an adult)."""
    child = draft.dependent and draft.age < CHILD
    if not child and draft.dependent and draft.age < ADULT:
        return False
    if child:
        draft.sent["cpf"] = ""
    elif not draft.sent["cpf"]:
        return False
    draft.sent["nomeMae"] = draft.sent["pisPasep"] = ""
    return draft.refuse("MAE-2" if child else "MAE-1")


def secondary_card(draft: Draft, dice: Dice) -> bool:
    """A number of the person that is not the master one."""
    if len(draft.person.cns) < 2 or draft.person.base in (Base.WITHOUT_CPF, Base.CONFLICT):
        return False
    draft.sent["cns"] = draft.person.cns[-1]
    return True


def relatives_card(draft: Draft, dice: Dice) -> bool:
    """A number of somebody else in the family."""
    others = [p for p in draft.family if p.cns and p.serial != draft.person.serial]
    if not others or draft.person.base in (Base.ABSENT, Base.WITHOUT_CPF, Base.CONFLICT):
        return False
    draft.sent["cns"] = dice.one_of(others).cns[0]
    return True


def put(rule: str, only_dependents: bool | None, **fields: str) -> Apply:
    """Put wrong values into fields; `only_dependents` None: into anybody's record."""

    def apply(draft: Draft, dice: Dice) -> bool:
        if only_dependents is not None and draft.dependent != only_dependents:
            return False
        draft.sent.update(fields)
        return draft.refuse(rule) if rule else True

    return apply


def titular_named(draft: Draft, dice: Dice) -> bool:
    """A titular with the code of a titular."""
    if draft.dependent:
        return False
    draft.sent["codigoBeneficiarioTitular"] = draft.sent["codigoBeneficiario"]
    return draft.refuse("TIT-2")


def before_titular(draft: Draft, dice: Dice) -> bool:
    if not draft.dependent:
        return False
    draft.first = True
    return draft.refuse("TIT-3")


def repeated_code(draft: Draft, dice: Dice) -> bool:
    """The titular's own code once more (the writer makes sure that the titular is accepted)."""
    if not draft.dependent:
        return False
    draft.sent["codigoBeneficiario"] = draft.sent["codigoBeneficiarioTitular"]
    return draft.refuse("COD-2")


def declared_too_early(draft: Draft, dice: Dice) -> bool:
    """A Declaração de Nascido Vivo for somebody born before 2010."""
    if draft.person.nascimento >= "2010":
        return False
    draft.sent["dn"] = "30123456789"
    return draft.refuse("DN-1")


def enrolled_before_birth(draft: Draft, dice: Dice) -> bool:
    """A contract up to two months before birth, where the schema takes such a date."""
    date = dt.date.fromisoformat(draft.person.nascimento) - dt.timedelta(days=1 + dice.below(60))
    if date.year < 1940:
        return False
    draft.sent["dataContratacao"] = date.isoformat()
    return draft.refuse("DNA-1")


def other_sex(draft: Draft, dice: Dice) -> bool:
    draft.sent["sexo"] = "3" if draft.sent["sexo"] == "1" else "1"
    return True


def home_beside_home(draft: Draft, dice: Dice) -> bool:
    """A municipality of residence beside a residential address."""
    if draft.sent["tipoEndereco"] != "2":
        return False
    draft.sent["codigoMunicipioResidencia"] = draft.sent["codigoMunicipio"]
    return draft.refuse("END-2")


def mae(change: Callable[[str, Dice], str]) -> Apply:
    """The mother's name changed so, which attribution does not look at; not where a review goes by the mother."""

    def apply(draft: Draft, dice: Dice) -> bool:
        if not draft.sent["nomeMae"] or draft.person.base == Base.WITHOUT_CPF:
            return False
        draft.sent["nomeMae"] = change(draft.sent["nomeMae"], dice)
        return True

    return apply
