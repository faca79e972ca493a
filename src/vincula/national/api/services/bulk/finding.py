"""What the lines of a batch are answered: numbers in one statement for all, descriptions one by one.

The oracle rule (docs/architecture.md) holds here for every kind of client: that a name or a birth differs is told only
where the number exists and the other of the two agrees; all else that does not fit has one answer. Whom the client must
not see is taken out before anything is compared, so that a line about him is answered as one about nobody, to the byte.
A line with a number that must be of the operadora's own and is not (`linking`) is refused before anybody is looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from vincula.common.outcomes import Refused
from vincula.formats.fhir import BulkQuery, LineFault, Resultado, render_line, render_refused
from vincula.formats.pdq import OPERADORA
from vincula.national.api.rules import Client
from vincula.national.api.services import demographics, linking
from vincula.national.api.services.finding import Number, Question
from vincula.national.api.services.telling import nameable
from vincula.national.cadsus.services import many
from vincula.national.cadsus.services.assembling import records_of
from vincula.national.cadsus.services.searching import Criteria, SearchKind
from vincula.national.cadsus.services.sight import Hit
from vincula.people.identity import identity_key
from vincula.people.record import PersonRecord
from vincula.people.similarity import Verdict, liken


class Outcome(Enum):
    """Why a line found nobody, and what to do."""

    NINGUEM = (
        "Ninguém consta com este número.",
        "Confira o número; sem cadastro no SUS, o CNS se pede numa unidade de saúde.",
    )
    NAO_CONFEREM = (
        "Ninguém consta com todos os dados informados; não se diz qual não confere.",
        "Confira os dados com o beneficiário e o documento dele.",
    )
    NOME_DIFERE = (
        "O número existe e o nascimento confere; o nome difere.",
        "Confira o nome completo no documento, sem abreviar.",
    )
    NASCIMENTO_DIFERE = (
        "O número existe e o nome confere; a data de nascimento difere.",
        "Confira a data no documento.",
    )
    NINGUEM_PARECIDO = (
        "Ninguém se parece o bastante com este nome e este nascimento.",
        "Confira os dados, ou informe o CPF.",
    )
    VARIOS = ("Mais de uma pessoa se parece com estes dados.", "Informe o CPF ou o CNS.")


@dataclass(frozen=True, slots=True, repr=False)
class Differing:
    """The person whose number it is, and the field that may be named."""

    person: PersonRecord
    why: Outcome


Answered = PersonRecord | Differing | Outcome | Refused


@dataclass(slots=True, repr=False)
class Batch:
    """The answers of some lines, and who is told of: (line, how he was found, person). `differing`: of whom it is told
    that one field differs, and so that the other agrees. `foreign`: (line, number) of lines refused for want of a
    vínculo; `unlinked`: (line, persons) of those described who were passed over for it."""

    lines: list[bytes]
    told: list[tuple[int, str, PersonRecord]] = field(default_factory=list)
    differing: list[tuple[int, str, PersonRecord]] = field(default_factory=list)
    foreign: list[tuple[int, Number]] = field(default_factory=list)
    unlinked: list[tuple[int, int]] = field(default_factory=list)
    rejected: int = 0
    hidden: int = 0  # lines that would have led to somebody whom the client must not see


@dataclass(frozen=True, slots=True, repr=False)
class _Held:
    """Who has which number, as far as the client may see; `unseen`: the numbers of the others."""

    cpfs: dict[str, PersonRecord]
    cards: dict[str, PersonRecord]
    unseen: frozenset[str]


def answer(question: Question, queries: Sequence[BulkQuery | LineFault], first: int) -> Batch:
    """Answer these lines, of which the first is numbered `first`."""
    client = question.client
    asked = [one for one in queries if isinstance(one, BulkQuery)]
    foreign = linking.foreign(
        question, {one.cpf for one in asked if one.cpf}, {one.cns for one in asked if one.cns}
    )
    held = _held(client, [one for one in asked if one.cpf not in foreign and one.cns not in foreign])
    batch = Batch([])
    for number, query in enumerate(queries, first):
        if isinstance(query, LineFault):
            batch.rejected += 1
            batch.lines.append(render_refused(number, query))
            continue
        if query.cpf in foreign or query.cns in foreign:
            _turn_away(batch, number, query)
            continue
        if query.cpf or query.cns:
            found: Answered = _by_number(query, held)
            how = "CPF" if query.cpf in held.cpfs or not query.cns else "CNS"
            unknown = _unknown(query, held)
            batch.hidden += query.cpf in held.unseen or query.cns in held.unseen
        else:
            found = _by_description(question, query, batch, number)
            how, unknown = "DEMOGRAFICOS", ""
        _write(batch, number, query, found, how, client, unknown)
    return batch


def _turn_away(batch: Batch, number: int, query: BulkQuery) -> None:
    why = linking.NOT_LINKED
    batch.rejected += 1
    batch.foreign += [
        (number, Number(kind, value)) for kind, value in (("CPF", query.cpf), ("CNS", query.cns)) if value
    ]
    batch.lines.append(
        render_line(number, query.id, Resultado.RECUSADO, motivo=why.message, proximo_passo=why.remedy)
    )


def _held(client: Client, queries: Sequence[BulkQuery]) -> _Held:
    full = client.release != OPERADORA
    cpfs = many.by_cpfs({one.cpf for one in queries if one.cpf}, full=full)
    cards = many.by_cards({one.cns for one in queries if one.cns}, full=full)
    if client.sees_restricted:
        return _Held(cpfs, cards, frozenset())
    unseen = frozenset(
        number for found in (cpfs, cards) for number, person in found.items() if person.restrita
    )
    for number in unseen:
        cpfs.pop(number, None)
        cards.pop(number, None)
    return _Held(cpfs, cards, unseen)


def _write(
    batch: Batch, number: int, query: BulkQuery, found: Answered, how: str, client: Client, unknown: str
) -> None:
    if isinstance(found, PersonRecord):
        batch.told.append((number, how, found))
        batch.lines.append(
            render_line(
                number, query.id, Resultado.ENCONTRADO, record=found, release=client.release, motivo=unknown
            )
        )
    elif isinstance(found, Refused):
        batch.rejected += 1
        batch.lines.append(
            render_line(
                number, query.id, Resultado.RECUSADO, motivo=found.message, proximo_passo=found.remedy
            )
        )
    elif isinstance(found, Differing):
        batch.differing.append((number, how, found.person))
        batch.lines.append(_nobody(number, query, Resultado.NAO_CONFERE, found.why))
    else:
        batch.lines.append(_nobody(number, query, Resultado.NAO_ENCONTRADO, found))


def _unknown(query: BulkQuery, held: _Held) -> str:
    """What is said with a person who was found by one of two numbers, of whom the other tells nothing."""
    if not (query.cpf and query.cns):
        return ""
    if query.cns not in held.cards:
        return "Achado pelo CPF; o CNS informado não consta, e não foi conferido."
    return (
        "" if query.cpf in held.cpfs else "Achado pelo CNS; o CPF informado não consta, e não foi conferido."
    )


def _nobody(number: int, query: BulkQuery, result: Resultado, why: Outcome) -> bytes:
    reason, remedy = why.value
    return render_line(number, query.id, result, motivo=reason, proximo_passo=remedy)


def _by_number(query: BulkQuery, held: _Held) -> PersonRecord | Differing | Outcome:
    described = bool(query.nome or query.nascimento)
    nobody = Outcome.NAO_CONFEREM if described or (query.cpf and query.cns) else Outcome.NINGUEM
    person = held.cpfs.get(query.cpf) if query.cpf else None
    holder = held.cards.get(query.cns) if query.cns else None
    if person is None:
        person = holder
        if person is None or (query.cpf and person.cpf not in ("", query.cpf)):
            return nobody
    elif holder is not None and holder.id != person.id:
        return nobody
    if not described or _is_he(query, person):
        return person
    return _why_not(query, person)


def _is_he(query: BulkQuery, person: PersonRecord) -> bool:
    """The common case, at little cost: what was given is what is held."""
    if query.nascimento and query.nascimento != person.data_nascimento:
        return False
    return (
        not query.nome or query.nome == person.nome or identity_key(query.nome) == identity_key(person.nome)
    )


def _why_not(query: BulkQuery, person: PersonRecord) -> PersonRecord | Differing | Outcome:
    asked = PersonRecord(nome=query.nome, data_nascimento=query.nascimento)
    likeness = liken(asked, person)
    if all(one.verdict is not Verdict.DIFFERS for one in likeness.fields):
        return person
    named = nameable(likeness)
    if not named:
        return Outcome.NAO_CONFEREM
    return Differing(person, Outcome.NOME_DIFERE if named == "nome" else Outcome.NASCIMENTO_DIFERE)


def _by_description(question: Question, query: BulkQuery, batch: Batch, number: int) -> Answered:
    """Who fits alone and well: a list has nobody who could choose. Who fits and must not be seen is noted."""
    criteria = Criteria(nome=query.nome, data_nascimento=query.nascimento)
    found = demographics.find(question, criteria, SearchKind.APROXIMADA)
    if isinstance(found, Refused):
        return found
    batch.hidden += found.value.hidden
    if found.value.unlinked:
        batch.unlinked.append((number, found.value.unlinked))
    return _alone(question.client, found.value.found.hits)


def _alone(client: Client, hits: Sequence[Hit]) -> PersonRecord | Outcome:
    if not hits:
        return Outcome.NINGUEM_PARECIDO
    best = [hit for hit in hits if hit.likeness.identical] or list(hits)
    if len(best) > 1:
        return Outcome.VARIOS
    record = best[0].record
    if client.release == OPERADORA:
        return record
    return next(iter(records_of([record.id])), Outcome.NINGUEM_PARECIDO)
