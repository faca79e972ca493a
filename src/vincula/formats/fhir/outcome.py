"""Refusals in FHIR: faults as the readers find them, and the OperationOutcome that tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vincula.formats.fhir import systems
from vincula.formats.fhir.rendering import clean

Resource = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with what was asked.

    `issue`: a code of the FHIR value set issue-type. `code`: ours, stable, upper case. `message` and `remedy`: in
    Portuguese, without personal data. `where`: the FHIRPath, which begins with a resource, or the parameter.
    `status`: the HTTP status that fits. `diagnostics`: the words that a profile prescribes, where it does.
    """

    issue: str
    code: str
    message: str
    remedy: str
    where: str = ""
    status: int = 400
    diagnostics: str = ""
    severity: str = "error"


Faults = tuple[Fault, ...]


def operation_outcome(faults: Sequence[Fault]) -> Resource:
    """The OperationOutcome of one or more faults. Raises ValueError for none: FHIR demands an issue."""
    if not faults:
        raise ValueError("an OperationOutcome without an issue")
    return {"resourceType": "OperationOutcome", "issue": [_issue(fault) for fault in faults]}


def refused(code: str, message: str, remedy: str, *, issue: str = "processing", status: int = 400) -> Fault:
    """The fault of a decision taken elsewhere (`common.outcomes.Refused`): its code, message and remedy."""
    return Fault(issue, code, message, remedy, status=status)


def status_of(faults: Sequence[Fault]) -> int:
    """The HTTP status of an answer with these faults: a fault of ours outweighs the caller's, else the first."""
    return next((fault.status for fault in faults if fault.status >= 500), faults[0].status)


def _issue(fault: Fault) -> Resource:
    """Message and remedy stand in `diagnostics`, which clients show, unless a profile prescribes its words."""
    issue: Resource = {
        "extension": [{"url": systems.REMEDY, "valueString": clean(fault.remedy)}],
        "severity": fault.severity,
        "code": fault.issue,
        "details": {
            "coding": [{"system": systems.REFUSALS, "code": fault.code}],
            "text": clean(fault.message),
        },
        "diagnostics": clean(fault.diagnostics or f"{fault.message} {fault.remedy}"),
    }
    if not fault.remedy:
        del issue["extension"]
    if where := clean(fault.where):
        if where[0].isupper():
            issue["expression"] = [where]
        else:
            issue["location"] = [f"http.{where}"]  # R4 names parameters so
    return issue
