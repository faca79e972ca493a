"""Searches and comparisons as FHIR asks them: by numbers, by description, or by both, always with the reasons.

In a search all criteria must hold. In a comparison (`$match`) an integrador is also told of who holds the number but
differs in the rest, graded low; and where nobody can be shown by the number, the description alone is looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vincula.common.audit.services import Event
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.formats.fhir import Candidate, FieldVerdict, Grade
from vincula.formats.pdq import Match
from vincula.national.api.services import demographics, finding, linking, telling
from vincula.national.api.services.finding import CERTAIN, Number, Question
from vincula.national.cadsus.services.searching import Criteria, SearchKind
from vincula.people.record import PersonRecord
from vincula.people.similarity import Asked, Likeness, Verdict

PROBABLE, POSSIBLE = 90, 50  # points from which a candidate is graded so


@dataclass(frozen=True, slots=True, repr=False)
class Sought:
    """Who is looked for: by these numbers, and described so. `criteria`: the numbers' names in the explanation."""

    numbers: tuple[Number, ...]
    described: PersonRecord

    @property
    def criteria(self) -> tuple[str, ...]:
        named = {"CPF": "cpf", "CNS": "cns", "NIS": "nis"}
        return tuple(dict.fromkeys(named[one.kind] for one in self.numbers if one.kind in named))

    @property
    def subject(self) -> str:
        """Under what the audit keeps a question that finds nobody."""
        if self.numbers:
            return self.numbers[0].subject
        return f"pesquisa:{'+'.join(telling.asked_fields(self.described))}"

    @property
    def how(self) -> str:
        return self.numbers[0].kind if self.numbers else "DEMOGRAFICOS"


@dataclass(slots=True, repr=False)
class Told:
    """Who is found, best first, or why nobody. `hidden`: somebody VIP or protected, whom the client must not see, was
    among them. `unlinked`: how many others, of whom the operadora has no vínculo."""

    candidates: Sequence[Candidate]
    verdicts: tuple[FieldVerdict, ...] = ()
    hidden: bool = False
    unlinked: int = 0


def search(question: Question, sought: Sought) -> Outcome[Told]:
    """All who fit in everything. Refused as finding.persons and demographics.find."""
    found = _by_numbers(question, sought) if sought.numbers else _by_description(question, sought)
    if isinstance(found, Accepted):
        found.value.candidates = [_ungraded(one) for one in found.value.candidates]
    return found


def match(question: Question, sought: Sought, *, only_certain: bool = False) -> Outcome[Told]:
    """All who may be the one described, graded. Refused as `search`."""
    if not sought.numbers:
        found = _by_description(question, sought)
    else:
        found = _by_numbers(question, sought, graded=True)
        if isinstance(found, Accepted) and not found.value.candidates and _is_described(sought.described):
            found = _instead(question, sought, found.value)
    if isinstance(found, Accepted) and only_certain:
        certain = [one for one in found.value.candidates if one.grade is Grade.CERTAIN]
        found.value.candidates = certain if len(certain) == 1 else []
    return found


def audited(question: Question, sought: Sought, told: Told, page: Sequence[Candidate]) -> list[Event]:
    """What the audit must hold before this page of what is told leaves."""
    matches = [Match(one.record, one.score) for one in page]
    events = finding.events_of(question, matches, sought.subject, sought.how)
    return events + linking.passed_over(question, sought.subject, sought.how, told.unlinked)


def _by_numbers(question: Question, sought: Sought, *, graded: bool = False) -> Outcome[Told]:
    """Whoever has all of these numbers, held against the description."""
    held: dict[int, PersonRecord] | None = None
    hidden, unlinked = False, 0
    for number in sought.numbers:
        found = finding.persons(question, number)
        if isinstance(found, Refused):
            return found
        hidden = hidden or found.value.hidden
        unlinked += found.value.unlinked
        held = {one.id: one for one in found.value.people if held is None or one.id in held}
    persons = list((held or {}).values())
    described = Asked(sought.described)
    compared = [(one, described.liken(one)) for one in persons]
    lenient = graded and question.client.sees_restricted
    shown = [
        _candidate(question, one, likeness, sought.criteria)
        for one, likeness in compared
        if lenient or _contradicts_nothing(likeness)
    ]
    if shown:
        return Accepted(Told(shown, hidden=hidden, unlinked=unlinked))
    first = compared[0][1] if compared else None
    verdicts = telling.of_nobody(question.client, sought.described, sought.criteria, first)
    return Accepted(Told([], verdicts, hidden, unlinked))


def _contradicts_nothing(likeness: Likeness) -> bool:
    return all(one.verdict is not Verdict.DIFFERS for one in likeness.fields)


def _candidate(
    question: Question, record: PersonRecord, likeness: Likeness, numbers: Sequence[str]
) -> Candidate:
    verdicts = telling.of_person(question.client, likeness, numbers)
    if not likeness.fields:
        return Candidate(record, CERTAIN, Grade.CERTAIN, verdicts)
    return Candidate(record, likeness.score, _grade(likeness, by_number=bool(numbers)), verdicts)


def _grade(likeness: Likeness, *, by_number: bool) -> Grade:
    """Certain: a number with nothing against it, or a description identical in everything, the mother included."""
    if by_number and _contradicts_nothing(likeness):
        return Grade.CERTAIN
    if likeness.identical and likeness.verdict("nome_mae") is Verdict.AGREES and not by_number:
        return Grade.CERTAIN
    if likeness.score >= PROBABLE:
        return Grade.PROBABLE
    return Grade.POSSIBLE if likeness.score >= POSSIBLE else Grade.CERTAINLY_NOT


def _by_description(question: Question, sought: Sought) -> Outcome[Told]:
    one = sought.described
    criteria = Criteria(
        nome=one.nome or one.nome_social,
        nome_mae=one.nome_mae,
        data_nascimento=one.data_nascimento,
        sexo=one.sexo,
        municipio_nascimento=one.municipio_nascimento,
    )
    found = demographics.find(question, criteria, SearchKind.APROXIMADA)
    if isinstance(found, Refused):
        return found
    hits = found.value.found.hits
    candidates = [_candidate(question, hit.record, hit.likeness, ()) for hit in hits]
    verdicts = () if hits else telling.of_nobody(question.client, one, (), None)
    return Accepted(Told(candidates, verdicts, found.value.hidden, found.value.unlinked))


def _is_described(one: PersonRecord) -> bool:
    return bool(one.nome or one.nome_social) and bool(one.data_nascimento or one.nome_mae)


def _instead(question: Question, sought: Sought, told: Told) -> Outcome[Told]:
    """The description alone, without those whose CPF is another than the one asked. Nobody: as the numbers tell."""
    found = _by_description(question, sought)
    if isinstance(found, Refused):
        return Accepted(told)
    asked = {one.value for one in sought.numbers if one.kind == "CPF"}
    fits = [one for one in found.value.candidates if not asked or one.record.cpf in ("", *asked)]
    hidden = told.hidden or found.value.hidden
    unlinked = told.unlinked + found.value.unlinked
    return Accepted(Told(fits, () if fits else told.verdicts, hidden, unlinked))


def _ungraded(one: Candidate) -> Candidate:
    return Candidate(one.record, one.score, None, one.verdicts)


def whole(question: Question, page: Sequence[Candidate]) -> list[Candidate]:
    """The same candidates with all that the client's release may need."""
    matches = demographics.page_of(question, [Match(one.record, one.score) for one in page])
    records = {match.record.id: match.record for match in matches}
    return [
        Candidate(records[one.record.id], one.score, one.grade, one.verdicts)
        for one in page
        if one.record.id in records
    ]
