"""The recurring pieces of the OpenAPI document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vincula.formats.fhir.outcome import Resource

FHIR_JSON = "application/fhir+json"


def operation(
    name: str,
    tag: str,
    description: str,
    responses: Resource,
    *,
    parameters: Sequence[Resource] = (),
    security: Sequence[Resource] | None = None,
) -> Resource:
    """An operation. `security`: None for that of the whole document, () for none."""
    written: Resource = {
        "operationId": name,
        "tags": [tag],
        "description": description,
        "responses": responses,
    }
    if parameters:
        written["parameters"] = list(parameters)
    if security is not None:
        written["security"] = list(security)
    return written


def answer(description: str, kind: str, schema: str) -> Resource:
    """A response with a body of one schema of the document."""
    return {"description": description, "content": {kind: {"schema": reference(schema)}}}


def json_answer(description: str, schema: str) -> Resource:
    return answer(description, "application/json", schema)


def fhir_answer(description: str, schema: str = "Recurso") -> Resource:
    return answer(description, FHIR_JSON, schema)


def token_error() -> Resource:
    return json_answer("Quem pede não foi reconhecido; diz por quê e o que fazer.", "ErroDeToken")


def refusals(*statuses: str) -> dict[str, Any]:
    """The OperationOutcomes of these statuses."""
    return {status: fhir_answer(_REFUSALS[status], "OperationOutcome") for status in statuses}


def reference(schema: str) -> Resource:
    return {"$ref": f"#/components/schemas/{schema}"}


def query(name: str, description: str, *, repeated: bool = False) -> Resource:
    """A parameter of the address, text."""
    schema: Resource = {"type": "string"}
    if repeated:
        schema = {"type": "array", "items": schema}
    return {"name": name, "in": "query", "description": description, "schema": schema}


def in_path(name: str, description: str) -> Resource:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string"},
    }


_REFUSALS = {
    "400": "O pedido não pôde ser entendido; cada falha diz onde, por quê e o que fazer.",
    "401": "O token falta, venceu ou não vale.",
    "403": "A credencial não pode fazer isto, ou a finalidade não foi declarada.",
    "404": "Não consta.",
    "405": "O endereço não atende este método.",
    "406": "O formato pedido não é atendido.",
    "408": "O corpo não chegou inteiro a tempo.",
    "411": "Falta o tamanho do arquivo (Content-Length).",
    "409": "Ainda não está pronto.",
    "410": "Foi recusado ou cancelado; não há saída.",
    "413": "O corpo é grande demais.",
    "422": "O pedido não diz o bastante.",
    "429": "Consultas demais; Retry-After diz quando repetir.",
    "503": "O serviço está interrompido ou ocupado; Retry-After diz quando repetir.",
}
