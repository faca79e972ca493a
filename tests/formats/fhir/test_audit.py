"""An audited access as an AuditEvent in the shapes of BALP (access.md, 9.1)."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest

from tests.formats.fhir import rules
from vincula.formats import fhir

BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit"
HASH = "ab" * 32
RECORD = fhir.AuditRecord(
    id="escritor-7",
    when="2026-11-22T02:00:00.123456Z",
    interaction="search",
    client="credencial-1",
    client_address="203.0.113.7",
    server="https://vincula.example",
    purpose="EMISSAO_CARTEIRINHA",
    writer="escritor",
    sequence=7,
    hash=HASH,
    system="http://rnds.saude.gov.br/fhir/r4/NamingSystem/cns",
    value="700000000000005",
    person="0000000001",
    query=b"identifier=11144477735",
    request_id="req-1",
    token="jti-1",
)


def event(**changes: Any) -> dict[str, Any]:
    resource = fhir.audit_event(replace(RECORD, **changes))
    rules.check(resource)
    return resource


def entities(resource: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return [one for one in resource["entity"] if one["type"]["code"] == code]


@pytest.mark.parametrize(
    ("interaction", "profile", "action", "subtypes", "client", "server"),
    [
        ("search", "PatientQuery", "E", ["search", "search-type"], "110153", "110152"),
        ("match", "PatientQuery", "E", ["search", "operation"], "110153", "110152"),
        ("pix", "PatientQuery", "E", ["search", "operation"], "110153", "110152"),
        ("read", "PatientRead", "R", ["read"], "110152", "110153"),
    ],
)
@pytest.mark.requirement("R088")
def test_queries_and_reads(
    interaction: str, profile: str, action: str, subtypes: list[str], client: str, server: str
) -> None:
    resource = event(interaction=interaction)
    assert resource["meta"]["profile"] == [f"{BALP}.{profile}"]
    assert (resource["action"], resource["outcome"]) == (action, "0")
    assert [one["code"] for one in resource["subtype"]] == subtypes
    assert [one["type"]["coding"][0]["code"] for one in resource["agent"]] == [client, server]
    assert all("network" in one for one in resource["agent"])


def test_the_person_the_query_the_request_and_the_chain() -> None:
    resource = event()
    (person,), (query,), (request,), (chain,) = (
        entities(resource, code) for code in ("1", "2", "XrequestId", "registro")
    )
    assert person["what"]["identifier"]["value"] == "700000000000005"
    assert person["role"]["code"] == "1"
    assert base64.b64decode(query["query"]) == b"identifier=11144477735"
    assert (query["role"]["code"], "what" in query, "detail" in query) == ("24", False, False)
    assert request["what"]["identifier"]["value"] == "req-1"
    assert chain["what"]["identifier"]["value"] == "escritor/7"
    assert chain["detail"] == [{"type": "sha256", "valueString": HASH}]


def test_a_read_names_the_resource() -> None:
    (data,) = entities(event(interaction="read"), "2")
    assert data["what"] == {"reference": "Patient/0000000001"}


def test_a_query_about_nobody_known_is_a_query() -> None:
    resource = event(system="", value="", person="")
    assert resource["meta"]["profile"] == [f"{BALP}.Query"]
    assert not entities(resource, "1")


@pytest.mark.parametrize(
    "changes",
    [{"succeeded": False, "reason": "Finalidade não declarada."}, {"query": b""}, {"interaction": "read", "person": ""}],
)  # fmt: skip
def test_no_profile_is_claimed_that_would_not_be_kept(changes: dict[str, Any]) -> None:
    assert "meta" not in event(**changes)


def test_what_was_refused_says_why() -> None:
    resource = event(succeeded=False, reason="Finalidade não declarada.")
    assert (resource["outcome"], resource["outcomeDesc"]) == ("4", "Finalidade não declarada.")


def test_who_acted_and_what_for() -> None:
    resource = event(user="cpf:11144477735")
    client, _, user = resource["agent"]
    assert (client["requestor"], user["requestor"]) == (False, True)
    assert client["policy"] == ["urn:ietf:params:oauth:jti:jti-1"]
    assert user["type"]["coding"][0]["code"] == "IRCP"
    assert resource["purposeOfEvent"] == client["purposeOfUse"] == user["purposeOfUse"]


def test_an_interaction_that_balp_has_no_shape_for_is_a_slip_of_ours() -> None:
    with pytest.raises(ValueError):
        replace(RECORD, interaction="delete")


def test_no_trace_shows_whom_it_was_about() -> None:
    assert "700000000000005" not in repr(RECORD)
