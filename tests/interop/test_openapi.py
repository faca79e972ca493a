"""The API answers as its OpenAPI document says, whatever is sent (schemathesis, over TLS)."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.interop.world import World

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
CASES = {"operadora": 8, "integrador": 5, "nobody": 2}
OPERATIONS = (
    "metadata", "procurar", "procurar-por-formulario", "ler", "comparar", "identificadores", "identificadores-por-corpo",
    "pedir-lote", "acompanhar-lote", "cancelar-lote", "buscar-lote", "chaves",
)  # fmt: skip
ELSEWHERE = ("token",)
"""Described for who reads one document, but answered by the identity listener."""


@schemathesis.serializer("application/x-ndjson")
def _ndjson(context: Any, value: Any) -> bytes:
    """One line; a generated question may be any JSON."""
    return value if isinstance(value, bytes) else json.dumps(value, default=str).encode()


@pytest.fixture(scope="module")
def operations(world: World) -> dict[str, Any]:
    with httpx.Client(verify=world.operadora.context(certificate=False)) as client:
        document = client.get(f"{world.api}/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document)
    found = {one.ok().definition.raw["operationId"]: one.ok() for one in schema.get_all_operations()}
    return {name: one for name, one in found.items() if not one.path.startswith("/cadsus/")}


def test_all_of_the_document_is_tried(operations: dict[str, Any]) -> None:
    """SOAP apart, whose contract is the WSDL."""
    assert set(operations) == {*OPERATIONS, *ELSEWHERE}


@pytest.mark.requirement("R086", "OpenAPI")
@pytest.mark.parametrize("who", ["operadora", "integrador", "nobody"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_one_that_the_document_knows(
    world: World, operations: dict[str, Any], name: str, who: str
) -> None:
    caller = world.operadora if who == "nobody" else getattr(world, who)
    headers = {} if who == "nobody" else {"Authorization": f"Bearer {caller.token}"}
    authority = str(caller.folder / "ca.pem")
    statuses: set[int] = set()

    @settings(
        max_examples=CASES[who],
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def tried(data: st.DataObject) -> None:
        case = data.draw(operations[name].as_strategy())
        answer = case.call(base_url=world.api, headers=headers, verify=authority)
        statuses.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)
        where = answer.headers.get("content-location")
        if where:
            gone = caller.http.delete(where[0], headers=headers)
            assert gone.status_code == 202

    tried()
    assert statuses
    if who == "nobody" and name not in ("metadata", "chaves"):
        assert statuses <= {401, 404, 405}
