"""The FHIR paths and the bulk look-up in the OpenAPI document."""

from __future__ import annotations

from vincula.formats.fhir.capability import BASE
from vincula.formats.fhir.openapi_parts import (
    FHIR_JSON,
    fhir_answer,
    in_path,
    json_answer,
    operation,
    query,
    reference,
    refusals,
)
from vincula.formats.fhir.outcome import Resource
from vincula.formats.fhir.rendering import NDJSON

BULK = f"{BASE}/$consulta-em-lote"
_SEARCH = (
    query("identifier", "sistema|valor, ou o número só."),
    query("_id", "Identificador corporativo."),
    query("name", "Qualquer parte do nome."),
    query("family", "Sobrenome."),
    query("given", "Prenomes.", repeated=True),
    query("birthdate", "AAAA-MM-DD."),
    query("gender", "male, female ou unknown."),
    query("mothersMaidenName", "Nome da mãe."),
    query("_count", "Quantos de uma vez."),
)
_REQUEST = in_path("pedido", "O identificador do pedido, que veio em Content-Location.")


def fhir_paths() -> Resource:
    """The interactions and operations on Patient, and the metadata."""
    refused = refusals("400", "401", "403", "406", "429", "503")
    return {
        f"{BASE}/metadata": {
            "get": operation(
                "metadata",
                "fhir",
                "O que o servidor pode.",
                {"200": fhir_answer("O CapabilityStatement.")},
                security=(),
            )
        },
        f"{BASE}/Patient": {
            "get": operation(
                "procurar",
                "fhir",
                "Procura por PDQm (ITI-78). Prefira POST Patient/_search: endereços ficam em registros de acesso.",
                {"200": fhir_answer("O Bundle com quem foi encontrado."), **refused, **refusals("404")},
                parameters=_SEARCH,
            )
        },
        f"{BASE}/Patient/_search": {
            "post": {
                **operation(
                    "procurar-por-formulario",
                    "fhir",
                    "A mesma procura, com os parâmetros no corpo.",
                    {
                        "200": fhir_answer("O Bundle com quem foi encontrado."),
                        **refused,
                        **refusals("404", "413"),
                    },
                ),
                "requestBody": _body("application/x-www-form-urlencoded", "Procura"),
            }
        },
        f"{BASE}/Patient/{{id}}": {
            "get": operation(
                "ler",
                "fhir",
                "Uma pessoa pelo identificador corporativo.",
                {"200": fhir_answer("O Patient."), **refused, **refusals("404")},
                parameters=[in_path("id", "Identificador corporativo, 10 algarismos.")],
            )
        },
        f"{BASE}/Patient/$match": {
            "post": {
                **operation(
                    "comparar",
                    "fhir",
                    "As pessoas que podem ser a descrita, com nota, grau e o que conferiu em cada critério (ITI-119).",
                    {
                        "200": fhir_answer("O Bundle, do mais ao menos provável."),
                        **refused,
                        **refusals("413", "422"),
                    },
                ),
                "requestBody": _body(FHIR_JSON, "Recurso"),
            }
        },
        f"{BASE}/Patient/$ihe-pix": {
            "get": operation(
                "identificadores",
                "fhir",
                "Os outros identificadores de uma pessoa (PIXm, ITI-83).",
                {"200": fhir_answer("O Parameters com os identificadores."), **refused, **refusals("404")},
                parameters=[
                    query("sourceIdentifier", "sistema|valor.") | {"required": True},
                    query("targetSystem", "Os sistemas dos que se querem.", repeated=True),
                ],
            ),
            "post": {
                **operation(
                    "identificadores-por-corpo",
                    "fhir",
                    "O mesmo, com os parâmetros num Parameters.",
                    {
                        "200": fhir_answer("O Parameters com os identificadores."),
                        **refused,
                        **refusals("404", "413"),
                    },
                ),
                "requestBody": _body(FHIR_JSON, "Recurso"),
            },
        },
    }


def bulk_paths() -> Resource:
    """Asked, followed, fetched and cancelled in the manner of FHIR's asynchronous requests."""
    refused = refusals("401", "403", "404", "429", "503")
    following = {
        "Retry-After": _header("Segundos até perguntar de novo."),
        "X-Progress": _header("Quanto já foi feito."),
    }
    return {
        BULK: {
            "post": {
                **operation(
                    "pedir-lote",
                    "lote",
                    "Uma pessoa por linha, até 2.000 bytes cada; a resposta é buscada depois.",
                    {
                        "202": {
                            "description": "Recebido.",
                            "headers": {"Content-Location": _header("Onde acompanhar o pedido.")},
                        },
                        **refusals("400", "401", "403", "408", "411", "413", "429", "503"),
                    },
                ),
                "requestBody": _body(NDJSON, "PerguntaEmLote"),
            }
        },
        f"{BULK}/{{pedido}}": {
            "get": operation(
                "acompanhar-lote",
                "lote",
                "O andamento, e no fim onde está a saída.",
                {
                    "202": {"description": "Em andamento.", "headers": following},
                    "200": json_answer("Pronto.", "Manifesto"),
                    **refused,
                    **refusals("410"),
                },
                parameters=[_REQUEST],
            ),
            "delete": operation(
                "cancelar-lote",
                "lote",
                "Cancela o pedido e apaga a sua saída.",
                {"202": {"description": "Cancelado."}, **refused},
                parameters=[_REQUEST],
            ),
        },
        f"{BULK}/{{pedido}}/saida": {
            "get": operation(
                "buscar-lote",
                "lote",
                "Uma resposta por linha, na ordem das perguntas.",
                {
                    "200": {
                        "description": "NDJSON.",
                        "content": {NDJSON: {"schema": reference("RespostaEmLote")}},
                    },
                    **refused,
                    **refusals("409", "410"),
                },
                parameters=[_REQUEST],
            )
        },
    }


def _body(kind: str, schema: str) -> Resource:
    return {"required": True, "content": {kind: {"schema": reference(schema)}}}


def _header(description: str) -> Resource:
    return {"description": description, "schema": {"type": "string"}}
