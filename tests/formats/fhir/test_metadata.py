"""What the server says of itself: CapabilityStatement and OpenAPI."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.formats.fhir import rules
from vincula.formats import fhir

ADDRESS = "https://vincula.example"
METHODS = {"get", "post", "put", "delete", "patch"}


def test_the_capability_statement() -> None:
    resource = fhir.capability(ADDRESS, "1.2.3", "2026-11-22")
    rules.check(resource)
    assert resource["implementation"]["url"] == f"{ADDRESS}/fhir/r4"
    assert {one["name"] for one in resource["rest"][0]["resource"][0]["operation"]} == {"match", "ihe-pix"}


@pytest.mark.parametrize("read", [True, False])
def test_reading_by_id_is_named_where_it_is_served(read: bool) -> None:
    (resource,) = fhir.capability(ADDRESS, "1", "2026-11-22", read=read)["rest"][0]["resource"]
    assert ("read" in [one["code"] for one in resource["interaction"]]) is read


DOCUMENT = fhir.openapi(ADDRESS, "1.2.3")


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in DOCUMENT["paths"].items():
        for method, one in item.items():
            yield path, method, one


def inside(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of the document."""
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from inside(one)
    elif isinstance(value, list):
        for one in value:
            yield from inside(one)


def test_the_document_is_openapi_3_1_and_json() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    assert {"title", "version"} <= DOCUMENT["info"].keys()
    assert json.loads(json.dumps(DOCUMENT)) == DOCUMENT


def test_every_operation_is_whole() -> None:
    names = [one["operationId"] for _, _, one in operations()]
    assert len(names) == len(set(names))
    tags = {tag["name"] for tag in DOCUMENT["tags"]}
    for path, method, one in operations():
        assert method in METHODS
        assert one["responses"], path
        assert set(one["tags"]) <= tags
        assert all(re.fullmatch(r"[1-5][0-9]{2}", status) for status in one["responses"])
        assert all(answer["description"] for answer in one["responses"].values())


def test_every_parameter_of_a_path_is_declared_and_no_other() -> None:
    for path, _, one in operations():
        declared = {p["name"] for p in one.get("parameters", ()) if p["in"] == "path"}
        assert declared == set(re.findall(r"\{(\w+)\}", path))
        assert all(p["required"] for p in one.get("parameters", ()) if p["in"] == "path")


def test_every_reference_leads_somewhere_and_every_schema_is_used() -> None:
    used = {one["$ref"].removeprefix("#/components/schemas/") for one in inside(DOCUMENT) if "$ref" in one}
    assert used == DOCUMENT["components"]["schemas"].keys()


def test_every_security_is_one_of_the_schemes() -> None:
    schemes = DOCUMENT["components"]["securitySchemes"].keys()
    for _, _, one in operations():
        assert {name for each in one.get("security", DOCUMENT["security"]) for name in each} <= schemes


@pytest.mark.parametrize(
    ("path", "method", "statuses"),
    [
        ("/api/osb/token", "get", {"200", "401"}),
        ("/.well-known/jwks.json", "get", {"200"}),
        ("/fhir/r4/metadata", "get", {"200"}),
        ("/fhir/r4/Patient", "get", {"200", "400"}),
        ("/fhir/r4/Patient/_search", "post", {"200", "400"}),
        ("/fhir/r4/Patient/{id}", "get", {"200", "404"}),
        ("/fhir/r4/Patient/$match", "post", {"200", "422"}),
        ("/fhir/r4/Patient/$ihe-pix", "get", {"200", "403", "404"}),
        ("/fhir/r4/$consulta-em-lote", "post", {"202"}),
        ("/fhir/r4/$consulta-em-lote/{pedido}", "get", {"200", "202"}),
        ("/fhir/r4/$consulta-em-lote/{pedido}", "delete", {"202"}),
        ("/fhir/r4/$consulta-em-lote/{pedido}/saida", "get", {"200"}),
        ("/cadsus/v2/PDQSupplierJWT", "post", {"200", "401", "500"}),
        ("/cadsus/CadsusService/v5r0", "post", {"200", "500"}),
    ],
)
@pytest.mark.requirement("R073")
def test_the_paths_that_are_served(path: str, method: str, statuses: set[str]) -> None:
    assert statuses <= DOCUMENT["paths"][path][method]["responses"].keys()


def test_the_token_wants_the_certificate_and_says_milliseconds() -> None:
    token = DOCUMENT["paths"]["/api/osb/token"]["get"]
    assert token["security"] == [{"certificado": []}]
    assert DOCUMENT["components"]["schemas"]["Token"]["required"] == [
        "access_token",
        "scope",
        "token_type",
        "expires_in",
    ]


def test_the_kick_off_says_where_to_follow() -> None:
    asked = DOCUMENT["paths"]["/fhir/r4/$consulta-em-lote"]["post"]
    assert "Content-Location" in asked["responses"]["202"]["headers"]


def test_soap_services_name_their_wsdl() -> None:
    service = fhir.SoapService("/cadsus/outro", "Outro", soap11=True)
    paths = fhir.openapi(ADDRESS, "1", soap=[service])["paths"]
    assert "/cadsus/v2/PDQSupplierJWT" not in paths
    assert paths["/cadsus/outro"]["post"]["externalDocs"]["url"] == f"{ADDRESS}/cadsus/outro?wsdl"
    assert set(paths["/cadsus/outro"]["post"]["requestBody"]["content"]) == {
        "application/soap+xml",
        "text/xml",
    }
