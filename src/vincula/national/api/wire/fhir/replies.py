"""Answers in FHIR: resources, and OperationOutcomes that say why and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vincula.common.outcomes import Refused
from vincula.formats import fhir
from vincula.formats.fhir import Faults
from vincula.national.api.wire.http import Reply

_ISSUES = {
    401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 408: "timeout", 409: "conflict",
    413: "too-long", 429: "throttled", 500: "exception", 503: "transient",
}  # fmt: skip
"""HTTP status → code of FHIR's issue-type."""
Headers = Sequence[tuple[str, str]]


def resource(content: Mapping[str, Any], *, status: int = 200, headers: Headers = ()) -> Reply:
    return Reply(status, fhir.render(content), fhir.CONTENT_TYPE, list(headers))


def faults(found: Faults) -> Reply:
    """The faults of a reader, with the status that fits them."""
    return resource(fhir.operation_outcome(found), status=fhir.status_of(found))


def refuse(refused: Refused, status: int = 400, headers: Headers = ()) -> Reply:
    """A decision taken elsewhere."""
    issue = _ISSUES.get(status, "business-rule")
    fault = fhir.refused(refused.code, refused.message, refused.remedy, issue=issue, status=status)
    return resource(fhir.operation_outcome((fault,)), status=status, headers=headers)


def later(refused: Refused, seconds: int, status: int = 503) -> Reply:
    return refuse(refused, status, [("retry-after", str(seconds))])


def unauthenticated() -> Reply:
    return refuse(NO_TOKEN, 401, [("www-authenticate", 'Bearer realm="cadsus"')])


NO_TOKEN = Refused(
    "TOKEN",
    "O token falta, venceu, ou não é desta instalação.",
    "Obtenha outro em GET /api/osb/token, com o certificado, e envie “Authorization: Bearer TOKEN”.",
)
TOO_OFTEN = Refused(
    "LIMITE",
    "O limite de consultas por minuto desta credencial foi atingido.",
    "Espere o tempo de Retry-After; para muitas pessoas, use a consulta em lote.",
)
NOT_HERE = Refused(
    "NAO_ENCONTRADO", "Este endereço não existe no serviço FHIR.", "Os caminhos estão em /openapi.json."
)


def wrong_method(allowed: Sequence[str]) -> Reply:
    names = ", ".join(allowed)
    refused = Refused("METODO", "Este endereço não atende este método.", f"Use {names}.")
    return refuse(refused, 405, [("allow", names)])
