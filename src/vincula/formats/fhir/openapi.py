"""An OpenAPI 3.1 document: what is not FHIR (token, keys, SOAP), and the FHIR paths for who reads no metadata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vincula.formats.fhir import openapi_schemas as schemas
from vincula.formats.fhir.capability import BASE
from vincula.formats.fhir.openapi_fhir import bulk_paths, fhir_paths
from vincula.formats.fhir.openapi_parts import json_answer, operation, token_error
from vincula.formats.fhir.outcome import Resource


@dataclass(frozen=True, slots=True)
class SoapService:
    """A SOAP service: its path, what it is called, whether it wants the token (else UsernameToken), its versions."""

    path: str
    name: str
    token: bool = True
    soap11: bool = False


SOAP_SERVICES = (
    SoapService("/cadsus/v2/PDQSupplierJWT", "PDQ (ITI-47)"),
    SoapService("/cadsus/v2/PIXManagerJWT", "PIX (ITI-44 e ITI-45)"),
    SoapService("/cadsus/PDQSupplier", "PDQ, com UsernameToken", token=False),
    SoapService("/cadsus/PIXManager", "PIX, com UsernameToken", token=False),
    SoapService("/cadsus/CadsusService/v5r0", "CadsusService v5r0", token=False, soap11=True),
)


def openapi(
    address: str,
    version: str,
    *,
    soap: Sequence[SoapService] = SOAP_SERVICES,
    purposes: Sequence[str] = (),
) -> dict[str, Any]:
    """The document. `address`: of the service, without a slash at its end. `soap`: the services that are served.
    `purposes`: the closed list of what a question may be for."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Vincula: serviços do CNS",
            "version": version,
            "summary": "Token, consulta do CNS em FHIR e em lote, serviços SOAP do CadSUS.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": address}],
        "tags": [
            {"name": "acesso", "description": "Token e chaves."},
            {"name": "fhir", "description": f"FHIR R4 em {BASE}; o que ele pode está em {BASE}/metadata."},
            {"name": "lote", "description": "Muitas pessoas de uma vez, em NDJSON."},
            {"name": "soap", "description": "Os serviços do CadSUS, pelo contrato de cada WSDL."},
        ],
        "paths": {
            **_access_paths(),
            **_with_purpose({**fhir_paths(), **bulk_paths()}, purposes),
            **{service.path: _soap_path(service, address) for service in soap},
        },
        "components": {
            "schemas": schemas.SCHEMAS,
            "securitySchemes": {
                "jwt": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "Authorization: Bearer <token>; o esquema jwt, do CadSUS, também é aceito.",
                },
                "certificado": {"type": "mutualTLS", "description": "Certificado ICP-Brasil da credencial."},
            },
        },
        "security": [{"jwt": []}],
    }


def _with_purpose(paths: Resource, purposes: Sequence[str]) -> Resource:
    """Each operation that asks for somebody takes the purpose in a header."""
    if not purposes:
        return paths
    header = {
        "name": "X-Finalidade",
        "in": "header",
        "description": "Para que se consulta, das finalidades da credencial; sem ele, a primeira delas. Fora de"
        " INCLUSAO_BENEFICIARIO, uma operadora só consulta quem está entre os seus vínculos.",
        "schema": {"type": "string", "enum": list(purposes)},
    }
    for methods in paths.values():
        for one in methods.values():
            if one.get("security") is None:
                one["parameters"] = [*one.get("parameters", ()), header]
    return paths


def _access_paths() -> Resource:
    return {
        "/api/osb/token": {
            "get": operation(
                "token",
                "acesso",
                "O token de quem apresenta o certificado da credencial. expires_in está em milissegundos.",
                {"200": json_answer("O token.", "Token"), "401": token_error(), "403": token_error()},
                security=[{"certificado": []}],
            )
        },
        "/.well-known/jwks.json": {
            "get": operation(
                "chaves",
                "acesso",
                "As chaves públicas com que os tokens se verificam.",
                {"200": json_answer("As chaves em vigor.", "Chaves")},
                security=[],
            )
        },
    }


def _soap_path(service: SoapService, address: str) -> Resource:
    """A SOAP service in OpenAPI is one POST; its contract is the WSDL."""
    wsdl = f"{address}{service.path}?wsdl"
    kinds = ["application/soap+xml", *(["text/xml"] if service.soap11 else [])]
    envelope = {kind: {"schema": {"$ref": "#/components/schemas/Envelope"}} for kind in kinds}
    name = service.path.strip("/").replace("/", "-")
    security: list[Resource] = [{"jwt": []}] if service.token else []
    return {
        "get": operation(
            f"{name}-wsdl",
            "soap",
            f"O WSDL de {service.name}.",
            {"200": {"description": "O contrato.", "content": {"text/xml": {"schema": {"type": "string"}}}}},
            parameters=[
                {
                    "name": "wsdl",
                    "in": "query",
                    "required": True,
                    "allowEmptyValue": True,
                    "schema": {"type": "string"},
                }
            ],
            security=[],
        ),
        "post": {
            **operation(
                name,
                "soap",
                f"{service.name}: o contrato está em {wsdl}.",
                {
                    "200": {"description": "A resposta do serviço.", "content": envelope},
                    "401": {"description": "Fault: token ou credencial não vale.", "content": envelope},
                    "500": {
                        "description": "Fault com MSFalha: a regra que não foi atendida.",
                        "content": envelope,
                    },
                },
                security=security,
            ),
            "externalDocs": {"description": "WSDL", "url": wsdl},
            "requestBody": {"required": True, "content": envelope},
        },
    }
