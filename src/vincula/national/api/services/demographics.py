"""Look-ups by name, birth and parents: what each kind of client must bring, and how well a person must fit to be told.

What CadSUS demands is not public (cadsus-services.md, section 3.4); so the following is ours. A search is approximate:
spelling differs between who asks and the base. An operadora must bring a second criterion beside the name, and is told
only of persons who fit nearly in everything: it asks for its own beneficiaries, of whom it knows both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.formats import pdq
from vincula.formats.pdq import OPERADORA, Match
from vincula.national.api.rules import Kind
from vincula.national.api.services import linking
from vincula.national.api.services.finding import Answer, Question
from vincula.national.cadsus.services import searching
from vincula.national.cadsus.services.assembling import records_of
from vincula.national.cadsus.services.searching import Criteria, SearchKind
from vincula.national.cadsus.services.sight import Found, Sight
from vincula.people.record import PersonRecord

LEAST = {Kind.OPERADORA: 90, Kind.INTEGRADOR: 80}
"""Points (people.similarity) below which nobody is told of."""


@dataclass(frozen=True, slots=True, repr=False)
class Everybody:
    """All who fit, best first, without those that the client must not see. `hidden`: there was one of those, VIP or
    protected. `unlinked`: how many without a vínculo with the operadora there were."""

    found: Found
    hidden: bool
    unlinked: int


def find(
    question: Question, criteria: Criteria, kind: SearchKind, minimum: int | None = None
) -> Outcome[Everybody]:
    """Refused as searching.search, and SEGUNDO_CRITERIO to an operadora that brings a name alone."""
    client = question.client
    if client.kind is Kind.OPERADORA and not _second(criteria):
        return Refused(
            "SEGUNDO_CRITERIO",
            "A pesquisa é genérica demais: só o nome foi informado.",
            "Informe também a data de nascimento ou o nome da mãe, ou pesquise pelo CNS ou pelo CPF.",
        )
    least = max(LEAST[client.kind], minimum or 0)
    sight = Sight(client.sees_restricted, linking.known(question))
    found = searching.search(criteria, kind, minimum=least, sight=sight)
    if isinstance(found, Refused):
        return found
    return Accepted(Everybody(found.value, found.value.hidden, found.value.unknown))


def _second(criteria: Criteria) -> bool:
    return bool(criteria.data_nascimento or criteria.nome_mae or criteria.cpf or criteria.nis)


def search(question: Question, query: pdq.Query) -> Outcome[Answer]:
    """Who fits a PDQ question: all of them, in short; `page_of` makes whole records of a page. Its events are those of
    who is not told of; those of a page are the caller's to add."""
    born = pdq.iso_day(query.birth)
    if query.birth and not born:
        return Refused(
            "NASCIMENTO",
            "A data de nascimento da pesquisa não existe.",
            "Envie 8 algarismos, AAAAMMDD (ou 14, com a hora).",
        )
    criteria = Criteria(
        nome=query.name,
        nome_mae=query.mother,
        data_nascimento=born,
        nascimento_de=pdq.iso_day(query.birth_low),
        nascimento_ate=pdq.iso_day(query.birth_high),
        sexo=query.sex,
        municipio_nascimento=query.birth_city,
    )
    found = find(question, criteria, SearchKind.APROXIMADA, query.minimum)
    if isinstance(found, Refused):
        return found
    matches = [Match(hit.record, hit.score) for hit in found.value.found.hits]
    events = linking.passed_over(question, subject(query), "DEMOGRAFICOS", found.value.unlinked)
    return Accepted(Answer(matches, events, len(matches), found.value.hidden))


def page_of(question: Question, matches: list[Match]) -> list[Match]:
    """The same persons with all that the client's release may need."""
    if question.client.release == OPERADORA:
        return matches
    whole: dict[int, PersonRecord] = {
        one.id: one for one in records_of([match.record.id for match in matches])
    }
    return [replace(match, record=whole[match.record.id]) for match in matches if match.record.id in whole]


def subject(query: pdq.Query) -> str:
    """Under what the audit keeps a search that found nobody: that there was one, not for whom it was."""
    given = [
        name
        for name, value in (
            ("nome", query.name), ("nascimento", query.birth or query.birth_low), ("mae", query.mother),
            ("sexo", query.sex), ("municipio", query.birth_city),
        )
        if value
    ]  # fmt: skip
    return f"pesquisa:{'+'.join(given)}"
