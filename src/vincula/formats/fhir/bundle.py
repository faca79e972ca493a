"""Bundles: what a search and what `$match` answer with (ITI-78, ITI-119), also when they find nobody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from vincula.formats.fhir import systems
from vincula.formats.fhir.explanation import Explanation, explained, explanation
from vincula.formats.fhir.outcome import Fault, Resource, operation_outcome
from vincula.formats.fhir.patient import patient
from vincula.formats.pdq.release import Release
from vincula.people.record import PersonRecord


class Grade(Enum):
    """HL7's match-grade."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    CERTAINLY_NOT = "certainly-not"


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """A person found: how well he fits, 0 to 100, how sure that is, and why. `grade` is for `$match` alone."""

    record: PersonRecord
    score: int = 100
    grade: Grade | None = None
    verdicts: Explanation = ()


def search_bundle(
    candidates: Sequence[Candidate],
    release: Release,
    *,
    address: str,
    moment: str,
    total: int,
    self_link: str,
    next_link: str = "",
    domains: Collection[str] = (),
    warnings: Sequence[Fault] = (),
    verdicts: Explanation = (),
) -> Resource:
    """The searchset of a page.

    `address`: of the FHIR base, without a slash at its end. `moment`: when, as a FHIR instant. `total`: how many the
    question finds in all. `verdicts`: what was looked for and did not agree, told only where nobody was found.
    """
    entries = [_person(one, release, address, domains) for one in candidates]
    if warnings:
        entries.append(_outcome(operation_outcome(warnings)))
    if verdicts and not candidates:
        entries.append(_outcome(explained(verdicts)))
    bundle: Resource = {
        "resourceType": "Bundle",
        "meta": {"lastUpdated": moment},
        "type": "searchset",
        "total": total,
        "link": [{"relation": "self", "url": self_link}],
    }
    if next_link:
        bundle["link"].append({"relation": "next", "url": next_link})
    if entries:
        bundle["entry"] = entries
    return bundle


def match_bundle(
    candidates: Sequence[Candidate],
    release: Release,
    *,
    address: str,
    moment: str,
    verdicts: Explanation = (),
) -> Resource:
    """The searchset of `$match`: the most likely first, whatever their order here. As `search_bundle` else."""
    ordered = sorted(candidates, key=lambda one: -one.score)
    return search_bundle(
        ordered,
        release,
        address=address,
        moment=moment,
        total=len(ordered),
        self_link=f"{address}/Patient/$match",
        verdicts=verdicts,
    )


def _person(one: Candidate, release: Release, address: str, domains: Collection[str]) -> Resource:
    resource = patient(one.record, release, domains)
    search: Resource = {"mode": "match", "score": min(max(one.score, 0), 100) / 100}
    extensions = explanation(one.verdicts)
    if one.grade is not None:
        extensions.insert(0, {"url": systems.MATCH_GRADE, "valueCode": one.grade.value})
    if extensions:
        search["extension"] = extensions
    entry: Resource = {"resource": resource, "search": search}
    if "id" in resource:
        entry["fullUrl"] = f"{address}/Patient/{resource['id']}"
    return entry


def _outcome(resource: Resource) -> Resource:
    return {"resource": resource, "search": {"mode": "outcome"}}
