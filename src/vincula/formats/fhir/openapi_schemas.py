"""The schemas of the OpenAPI document (JSON Schema 2020-12, as OpenAPI 3.1 takes it)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vincula.formats.fhir.bulk import MAX_ID
from vincula.formats.fhir.bulk_answers import Resultado

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_OR_NULL: Schema = {"type": ["string", "null"]}
_DAY: Schema = {"type": "string", "format": "date"}
_CPF: Schema = {"type": "string", "pattern": "^[0-9]{11}$"}
_CNS: Schema = {"type": "string", "pattern": "^[0-9]{15}$"}


def _object(required: Sequence[str], **properties: Schema) -> Schema:
    schema: Schema = {"type": "object", "properties": properties}
    if required:
        schema["required"] = list(required)
    return schema


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _described(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


SCHEMAS: dict[str, Schema] = {
    "Token": _object(
        ("access_token", "scope", "token_type", "expires_in"),
        access_token=_TEXT,
        scope=_TEXT,
        token_type={"type": "string", "const": "jwt"},
        expires_in=_described({"type": "integer"}, "Milissegundos."),
    ),
    "ErroDeToken": _object(("error", "error_description"), error=_TEXT, error_description=_TEXT),
    "Chaves": _described(_object(("keys",), keys=_list({"type": "object"})), "Um JWK Set (RFC 7517)."),
    "Recurso": _described(_object(("resourceType",), resourceType=_TEXT), "Um recurso do FHIR R4 (4.0.1)."),
    "OperationOutcome": _object(
        ("resourceType", "issue"),
        resourceType={"const": "OperationOutcome"},
        issue={
            **_list(
                _object(
                    ("severity", "code"),
                    severity={"enum": ["fatal", "error", "warning", "information"]},
                    code=_TEXT,
                    details={"type": "object"},
                    diagnostics=_described(_TEXT, "Por que, e o que fazer."),
                    expression=_list(_TEXT),
                )
            ),
            "minItems": 1,
        },
    ),
    "Procura": _object(
        (),
        identifier=_TEXT,
        _id=_TEXT,
        name=_TEXT,
        family=_TEXT,
        given=_TEXT,
        birthdate=_DAY,
        gender={"enum": ["male", "female", "other", "unknown"]},
        mothersMaidenName=_TEXT,
        _count={"type": "integer", "minimum": 0},
    ),
    "PerguntaEmLote": {
        **_object(
            (),
            id=_described(
                {"type": ["string", "integer"], "maxLength": MAX_ID}, "Seu; volta na resposta como texto."
            ),
            cpf=_CPF,
            cns=_CNS,
            nome=_TEXT,
            nascimento=_DAY,
        ),
        "anyOf": [{"required": ["cpf"]}, {"required": ["cns"]}, {"required": ["nome", "nascimento"]}],
        "additionalProperties": False,
        "description": "Uma linha do arquivo.",
    },
    "RespostaEmLote": _described(
        _object(
            ("linha", "id", "resultado", "cns", "motivo", "proximo_passo"),
            linha={"type": "integer", "minimum": 1},
            id=_OR_NULL,
            resultado={"enum": [one.value for one in Resultado]},
            cns=_OR_NULL,
            motivo=_OR_NULL,
            proximo_passo=_OR_NULL,
        ),
        "Uma linha da saída; de quem foi encontrado vem também o que a credencial pode ver.",
    ),
    "Manifesto": _object(
        ("transactionTime", "request", "requiresAccessToken", "output", "error"),
        transactionTime={"type": "string", "format": "date-time"},
        request=_TEXT,
        requiresAccessToken={"type": "boolean"},
        output=_list(_object(("type", "url"), type=_TEXT, url=_TEXT, count={"type": "integer"})),
        error=_list({"type": "object"}),
        extension={"type": "object"},
    ),
    "Envelope": _described(_TEXT, "Envelope SOAP, pelo WSDL do serviço."),
}
