"""`$ihe-pix`: what is asked, what comes back, and the refusals in the codes and words of ITI-83."""

from __future__ import annotations

import json

import pytest

from tests.formats.fhir import rules
from vincula.formats import fhir

CNS = "http://rnds.saude.gov.br/fhir/r4/NamingSystem/cns"
CPF = "http://rnds.saude.gov.br/fhir/r4/NamingSystem/cpf"
LOCAL = "urn:oid:2.16.840.1.113883.3.4594.100.9"
SOURCE = ("sourceIdentifier", f"{LOCAL}|A|77")


def read(*params: tuple[str, str]) -> fhir.PixQuery:
    query = fhir.read_pix(params)
    assert isinstance(query, fhir.PixQuery), query
    return query


def test_a_local_id_and_the_systems_wanted() -> None:
    query = read(
        SOURCE, ("targetSystem", CNS), ("targetSystem", CPF), ("targetSystem", CNS), ("_format", "json")
    )
    assert (query.source.kind, query.source.system, query.source.value) == ("local", LOCAL, "A|77")
    assert query.targets == (CNS, CPF)
    assert "A|77" not in repr(query)


def test_the_same_in_the_body_of_a_post() -> None:
    body = {
        "resourceType": "Parameters",
        "parameter": [
            {"name": "sourceIdentifier", "valueString": SOURCE[1]},
            {"name": "targetSystem", "valueUri": CNS},
        ],
    }
    assert fhir.read_pix_body(json.dumps(body).encode()) == read(SOURCE, ("targetSystem", CNS))


@pytest.mark.parametrize(
    ("params", "status", "issue", "diagnostics"),
    [
        ([("sourceIdentifier", "urn:x|1")], 400, "code-invalid", "sourceIdentifier Assigning Authority not found"),
        ([("sourceIdentifier", "700000000000005")], 400, "code-invalid", "sourceIdentifier Assigning Authority not found"),
        ([SOURCE, ("targetSystem", "urn:x")], 403, "code-invalid", "targetSystem not found"),
        ([], 400, "required", None),
        ([SOURCE, SOURCE], 400, "invalid", None),
        ([("sourceIdentifier", f"{CPF}|11144477736")], 400, "value", None),
        ([SOURCE, ("_format", "xml")], 406, "not-supported", None),
        ([SOURCE, *[("targetSystem", f"{LOCAL}.{n}") for n in range(21)]], 400, "too-long", None),
    ],
)  # fmt: skip
def test_refusals(params: list[tuple[str, str]], status: int, issue: str, diagnostics: str | None) -> None:
    faults = fhir.read_pix(params)
    assert isinstance(faults, tuple)
    outcome = fhir.operation_outcome(faults)
    rules.check(outcome)
    assert (fhir.status_of(faults), outcome["issue"][0]["code"]) == (status, issue)
    assert diagnostics is None or outcome["issue"][0]["diagnostics"] == diagnostics


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"resourceType":"Parameters"}', b'{"resourceType":"Parameters","parameter":[1,{"name":3}]}']
)  # fmt: skip
def test_bodies_that_are_no_query(body: bytes) -> None:
    assert isinstance(fhir.read_pix_body(body), tuple)


def test_who_is_not_known_is_404_in_the_words_of_the_profile_and_in_ours() -> None:
    fault = fhir.unknown_source_identifier()
    (issue,) = fhir.operation_outcome([fault])["issue"]
    assert (fault.status, issue["code"]) == (404, "not-found")
    assert issue["diagnostics"] == "sourceIdentifier Patient Identifier not found"
    assert issue["details"]["text"] == "Ninguém tem este identificador neste domínio."
    assert issue["extension"][0]["url"] == "urn:vincula:fhir:providencia"


def test_every_identifier_but_the_one_asked_with() -> None:
    query = read(("sourceIdentifier", f"urn:oid:2.16.840.1.113883.13.236|{'700000000000005'}"))
    ids = [
        fhir.CrossId(CNS, "700000000000005"),
        fhir.CrossId(CNS, "800000000000001"),
        fhir.CrossId(LOCAL, "700000000000005"),
        fhir.CrossId(LOCAL, ""),
    ]
    resource = fhir.pix_parameters(query, ids, "0000000001")
    rules.check(resource)
    assert [one.get("valueIdentifier") or one["valueReference"] for one in resource["parameter"]] == [
        {"system": CNS, "value": "800000000000001"},
        {"system": LOCAL, "value": "700000000000005"},
        {"reference": "Patient/0000000001"},
    ]


def test_no_other_identifier_is_an_empty_success() -> None:
    assert fhir.pix_parameters(read(SOURCE), []) == {"resourceType": "Parameters"}
