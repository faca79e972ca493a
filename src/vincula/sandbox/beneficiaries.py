"""An operadora's beneficiaries as inclusões of an SBX, right and wrong, each with its truth.

The people are those of the world with the same seed, in the same order, one record a person: a Receita base
and a CNS base of the first n people hold everybody whom the first n records speak of.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby
from operator import attrgetter
from typing import NamedTuple

from vincula.formats.sib import COLUMNS_INCLUSAO
from vincula.people.folding import without_accents
from vincula.sandbox import families, spelling
from vincula.sandbox.chance import Dice, key_of
from vincula.sandbox.draft import Draft, Truth
from vincula.sandbox.mistakes import BY_KIND, MISTAKES, Mistake
from vincula.sandbox.operadoras import BY_REGISTRO, CONTRATANTES, SandboxOperadora
from vincula.sandbox.people import Base, Papel, SandboxPerson, people
from vincula.sandbox.wrongs import ADULT

REFERENCE = dt.date(1970, 1, 1) + dt.timedelta(days=families.REFERENCE_DAY)
_RELATION = {Papel.TITULAR: "1", Papel.CONJUGE: "3", Papel.FILHO: "4", Papel.MAE: "8"}
_WEIGHTS = tuple(accumulate(m.weight for m in MISTAKES))
_SECOND = tuple(m for m in MISTAKES if m.kind.startswith(("nome_", "nasc_")))
_EMPTY = dict.fromkeys(COLUMNS_INCLUSAO, "")


class Beneficiary(NamedTuple):
    """One inclusão: `row` in COLUMNS_INCLUSAO order ("" = absent), its truth, and the person it is about."""

    row: tuple[str, ...]
    truth: Truth
    person: SandboxPerson


def beneficiaries(
    seed: int, registro_ans: str, count: int, error_rate: float = 0.25
) -> Iterator[Beneficiary]:
    """The first `count` people of a world as beneficiaries of an operadora of `OPERADORAS`, one record each.

    `error_rate` (0 to 1) is the share of records that get a mistake.
    """
    return enrolled(people(seed, count), seed, registro_ans, error_rate)


def enrolled(
    persons: Iterable[SandboxPerson], seed: int, registro_ans: str, error_rate: float = 0.25
) -> Iterator[Beneficiary]:
    """The same for any people of the world that come family by family (a part of it, say)."""
    household = Household(seed, BY_REGISTRO[registro_ans], round(error_rate * 10_000))
    for _, family in groupby(persons, key=attrgetter("familia")):
        yield from household.records(list(family))


class Household:
    """Writes the records of whole families for one operadora."""

    def __init__(self, seed: int, operadora: SandboxOperadora, error_rate: int) -> None:
        self.operadora = operadora
        self.error_rate = error_rate
        self._key = key_of(seed, f"beneficiarios/{operadora.registro_ans}")

    def records(self, family: list[SandboxPerson]) -> list[Beneficiary]:
        """The family's records in file order."""
        contract = self._contract(family[0])
        drafts = [self._draft(person, family, contract, place) for place, person in enumerate(family)]
        for place, draft in enumerate(drafts):
            dice = Dice(self._key, draft.person.serial * 2 + 1)
            if dice.happens(self.error_rate) and not draft.critica:
                self._spoil(draft, dice, accepted_titular=place == 0 or not drafts[0].critica)
            _vary(draft, dice)
        ordered = (
            sorted(drafts, key=lambda draft: not draft.first) if any(d.first for d in drafts) else drafts
        )
        return [Beneficiary(tuple(draft.sent.values()), draft.truth(), draft.person) for draft in ordered]

    def _contract(self, head: SandboxPerson) -> dict[str, str]:
        """What a family shares: plan, contractor, first day, address."""
        dice = Dice(self._key, head.familia * 2)
        born = dt.date.fromisoformat(head.nascimento)
        earliest = max(dt.date(2012, 1, 1), dt.date(born.year + 19, 1, 1))
        day = earliest + dt.timedelta(days=dice.below(max((REFERENCE - earliest).days, 1)))
        fields = {
            "logradouro": head.logradouro,
            "numero": head.numero,
            "complemento": head.complemento,
            "bairro": head.bairro,
            "codigoMunicipio": head.municipio[:6],
            "cep": head.cep,
            "tipoEndereco": "2",
            "resideExterior": "0",
            "dataContratacao": day.isoformat(),
            "coberturaParcialTemporaria": "1" if dice.happens(300) else "0",
            "itensExcluidosCobertura": "0",
        }
        if dice.happens(300):
            fields.update(tipoEndereco="1", codigoMunicipioResidencia=head.municipio[:6])
        if dice.happens(250):
            fields.update(
                numeroPlanoOperadora=dice.one_of(self.operadora.planos_antigos), itensExcluidosCobertura="1"
            )
        else:
            fields["numeroPlanoANS"] = dice.one_of(self.operadora.planos)
            if dice.happens(100):
                fields["numeroPlanoPortabilidade"] = self.operadora.planos[0]
        if dice.happens(6500):
            fields["cnpjEmpresaContratante"] = dice.one_of(CONTRATANTES)
        return fields

    def _draft(
        self, person: SandboxPerson, family: list[SandboxPerson], contract: dict[str, str], place: int
    ) -> Draft:
        sent = {**_EMPTY, **contract}
        born = dt.date.fromisoformat(person.nascimento)
        age = (REFERENCE - born).days // 365
        sent["cpf"] = person.cpf
        sent["pisPasep"] = person.pis
        sent["nome"] = spelling.civil_to_sib(person.nome)
        sent["sexo"] = "1" if person.sexo == "M" else "3"
        sent["dataNascimento"] = person.nascimento
        sent["nomeMae"] = spelling.civil_to_sib(person.nome_mae)
        sent["codigoBeneficiario"] = f"{person.familia:09d}{place:02d}"
        sent["relacaoDependencia"] = _RELATION[person.papel]
        if place:
            sent["codigoBeneficiarioTitular"] = f"{person.familia:09d}00"
        sent["dataContratacao"] = max(sent["dataContratacao"], person.nascimento)
        draft = Draft(person, family, sent, age)
        if not person.cpf and (place == 0 or age >= ADULT):
            draft.classes.append("sem_cpf")
            draft.refuse("CPF-2")
        return draft

    def _spoil(self, draft: Draft, dice: Dice, *, accepted_titular: bool) -> None:
        mistake = self._commit(draft, dice, accepted_titular)
        if mistake is not None and not mistake.alone and dice.happens(1200):
            second = dice.one_of(_SECOND)
            if second.kind not in draft.classes and second.apply(draft, dice):
                draft.classes.append(second.kind)

    def _commit(self, draft: Draft, dice: Dice, accepted_titular: bool) -> Mistake | None:
        if draft.person.nome_social and dice.below(2):
            BY_KIND["nome_social"].apply(draft, dice)
            draft.classes.append("nome_social")
            return None
        for _ in range(6):  # kinds that do not fit this record are drawn again
            mistake = MISTAKES[bisect_right(_WEIGHTS, dice.below(_WEIGHTS[-1]))]
            if mistake.kind == "codigo_repetido" and not accepted_titular:
                continue
            if mistake.apply(draft, dice):
                draft.classes.append(mistake.kind)
                return mistake
        return None


def _vary(draft: Draft, dice: Dice) -> None:
    """What varies without being wrong: a CNS sent, accents, case, blanks, a mother left out where she may
    be.
    """
    sent, person = draft.sent, draft.person
    if not sent["cns"] and person.base in (Base.PRESENT, Base.TWICE) and dice.happens(3000):
        sent["cns"] = person.cns[0]
    if dice.happens(2000):
        sent["nome"] = without_accents(sent["nome"])
        sent["nomeMae"] = without_accents(sent["nomeMae"])
        draft.classes.append("nome_sem_acento")
    if dice.happens(400):
        sent["nome"] = sent["nome"].lower()
        draft.classes.append("nome_minusculas")
    if dice.happens(150) and len(sent["nome"]) < 70:
        sent["nome"] = sent["nome"].replace(" ", "  ", 1)
        draft.classes.append("nome_espacos")
    if sent["pisPasep"] and not draft.critica and person.base != Base.WITHOUT_CPF and dice.happens(1500):
        sent["nomeMae"] = ""
    if (
        draft.age < 10
        and person.nascimento >= "2015"
        and sent["dataNascimento"] == person.nascimento
        and dice.below(2)
    ):
        sent["dn"] = f"3{person.serial % 10**10:010d}"
