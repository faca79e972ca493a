"""One person into the base, or many at once for the attribution of the SIB; and their numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone

from vincula.common import config
from vincula.common.bulk import insert_rows
from vincula.common.outcomes import Accepted, Outcome, Refused, RefusedError
from vincula.identifiers import cpf as cpf_rule
from vincula.identifiers.cns import quality_prefix
from vincula.national.cadsus.rules import Identity, Tie, compare
from vincula.national.cadsus.services import auditing, grading, intake, lookups, masters, numbers, store
from vincula.national.cadsus.services.records import (
    Author,
    Fate,
    Issued,
    NewPerson,
    Registered,
    Registration,
    registration,
)
from vincula.national.cadsus.services.writes import CARD, Writes
from vincula.people.demographics import is_date

_ACTIONS = {
    Fate.NEW: "cadsus:pessoa:adicionada",
    Fate.JOINED: "cadsus:pessoa:atualizada",
    Fate.UPDATED: "cadsus:pessoa:atualizada",
}


def register(
    values: dict[str, str], author: Author, *, cpf: str = "", registro: str = "", cards: tuple[str, ...] = ()
) -> Outcome[Registered]:
    """Register a person (`values` by the names of records.DATA), or find that he is registered already.

    However many register the same CPF at once, one person and one CNS come of it. A new person without a
    number gets one where this installation has an issuing range. Refused: NOME, NASCIMENTO, CPF (not
    valid), CNS_DE_OUTRO (a card given is somebody else's), FAIXA_ESGOTADA.
    """
    arrived = registration(values, registro=registro, cpf=cpf, atualizado_em=_today(), cards=cards)
    if refused := _unfit(arrived, values):
        return refused
    try:
        done = store.whole(lambda: _register(arrived, author))
    except RefusedError as error:
        return error.refused
    if isinstance(done, Accepted) and done.value.fate in _ACTIONS:
        details = {"resultado": done.value.fate.name}
        auditing.person_changed(_ACTIONS[done.value.fate], done.value.pessoa_id, author, details)
    return done


def _register(arrived: Registration, author: Author) -> Outcome[Registered]:
    (result,) = intake.apply([arrived], author)
    if result.fate is Fate.CARD_TAKEN or result.pessoa_id is None:
        return _card_of_another()
    if result.fate is Fate.NEW and numbers.has_issuing_range():
        issue_cards([result.pessoa_id])
    cns = store.fetch("SELECT cns_mestre FROM cadsus_pessoa WHERE id = %s", (result.pessoa_id,))[0][0]
    return Accepted(Registered(result.pessoa_id, str(cns), result.fate, result.disputed))


def issue_cards(ids: Collection[int]) -> int:
    """A new number for each of these persons that has none, within the caller's transaction, which holds
    the turn of the persons; how many. Raises RefusedError as numbers.issue.
    """
    query = (
        "SELECT id, qualidade FROM cadsus_pessoa WHERE cns_mestre = '' AND unida_em_id IS NULL AND id {among}"
    )
    bare = sorted(store.fetch_among(query, ids))
    issued = numbers.issue([quality_prefix(quality) for _, quality in bare])
    simulado, day = config.load().sandbox, _today()
    rows = [(cns, one, one, "D", 0, day, simulado) for cns, (one, _) in zip(issued, bare, strict=True)]
    insert_rows("cadsus_cartao", CARD, sorted(rows))
    masters.settle([one for one, _ in bare])
    return len(bare)


def issue_cns_batch(people: Sequence[NewPerson], author: Author, competencia: str) -> list[Issued]:
    """Number the persons of these CPFs, a batch of some thousands per call, in one transaction.

    A CPF that the base has already, perhaps since a moment ago, answers with its person's master number,
    if name or birth agree; a CPF that is disputed or whose holder does not agree is left out of the
    answer. Repeated CPFs answer once. Raises RefusedError SEM_FAIXA or FAIXA_ESGOTADA, then nothing is
    issued.
    """
    wanted = {person.cpf: person for person in people}
    if not wanted:
        return []
    who = replace(author, quem=f"{author.quem}:{competencia}")
    issued, numbered = store.whole(lambda: _issue(wanted, who))
    if numbered:
        auditing.people_added(author, competencia, sum(one.novo for one in issued), numbered)
    return issued


def _issue(wanted: dict[str, NewPerson], author: Author) -> tuple[list[Issued], int]:
    """The answers, and how many numbers were issued now."""
    writes = Writes(store.take_turn(), author, simulado=config.load().sandbox)
    known = _known(wanted)
    created = _create({cpf: one for cpf, one in wanted.items() if cpf not in known}, writes)
    writes.flush()
    numbered = len(created) + issue_cards([one for one in known.values() if one is not None])
    query = "SELECT cpf, pessoa_id, cns_mestre FROM cadsus_mestre WHERE NOT disputado AND cpf {among}"
    found = store.fetch_among(query, [cpf for cpf, one in known.items() if one is not None])
    return [*created, *(Issued(cpf, one, cns, False) for cpf, one, cns in found)], numbered


def _create(people: dict[str, NewPerson], writes: Writes) -> list[Issued]:
    """A new person for each of these CPFs, each with a new number, waiting in `writes`."""
    day = _today()
    persons = [writes.new_person(_arrived(person, day)) for person in people.values()]
    grades = [grading.percent(held.cpf, held.data, held.outros) for held in persons]
    issued = numbers.issue([quality_prefix(grade) for grade in grades])
    for held, cns in zip(persons, issued, strict=True):
        writes.bear_first(held.cpf, held.id)
        writes.card(cns, held.id, held.id, 0, day)
    return [Issued(held.cpf, held.id, cns, True) for held, cns in zip(persons, issued, strict=True)]


def _known(wanted: dict[str, NewPerson]) -> dict[str, int | None]:
    """CPF → its person where the base has it and the data agree, None where they do not or the CPF is
    disputed.
    """
    claims = lookups.claims(wanted)
    homes = {held.id: held for held in lookups.persons({claim.home for claim in claims.values()})}
    roots = lookups.roots_of(homes)
    known: dict[str, int | None] = {}
    for cpf, claim in claims.items():
        arrived = _arrived(wanted[cpf])
        born = wanted[cpf].data_nascimento
        one = Identity(frozenset((cpf,)), arrived.nome_chave, born, arrived.mae_chave, wanted[cpf].sexo)
        agrees = not claim.disputed and compare(one, homes[claim.home].identity((cpf,))) is Tie.SAME
        known[cpf] = roots[claim.home] if agrees else None
    return known


def _arrived(person: NewPerson, today: str = "") -> Registration:
    values = {
        "nome": person.nome,
        "nome_mae": person.nome_mae,
        "data_nascimento": person.data_nascimento,
        "sexo": person.sexo,
        "cpf_situacao": "0",
    }
    return registration(values, cpf=person.cpf, atualizado_em=today or _today())


def _today() -> str:
    return timezone.localdate().isoformat()


def _unfit(arrived: Registration, values: dict[str, str]) -> Refused | None:
    if not arrived.nome_chave:
        return Refused("NOME", "O nome da pessoa não foi informado.", "Informe o nome civil completo.")
    born = values.get("data_nascimento", "")
    if born and (not is_date(born) or date.fromisoformat(born) > timezone.localdate()):
        return Refused(
            "NASCIMENTO",
            "A data de nascimento não existe ou está no futuro.",
            "Informe a data no formato AAAA-MM-DD.",
        )
    verdict = cpf_rule.check(arrived.cpf)
    return None if verdict.ok else Refused("CPF", verdict.message, verdict.remedy)


def _card_of_another() -> Refused:
    return Refused(
        "CNS_DE_OUTRO",
        "Um dos números de CNS informados já é de outra pessoa da base.",
        "Confira o cartão; se as duas são a mesma pessoa, peça a unificação dos cadastros.",
    )
