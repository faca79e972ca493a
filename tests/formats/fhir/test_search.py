"""What `GET Patient?…` asks, as clients write it, and why it is refused (ITI-78)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.formats.fhir import rules
from vincula.formats import fhir
from vincula.formats.fhir.search_values import READERS

CNS, CPF = "700000000000005", "11144477735"
RNDS = "http://rnds.saude.gov.br/fhir/r4/NamingSystem"
OID = "urn:oid:2.16.840.1.113883"


def read(*params: tuple[str, str], strict: bool = False) -> fhir.PatientSearch:
    search = fhir.read_search(params, strict=strict)
    assert isinstance(search, fhir.PatientSearch), search
    return search


def codes(*params: tuple[str, str], strict: bool = False) -> list[tuple[str, str]]:
    faults = fhir.read_search(params, strict=strict)
    assert isinstance(faults, tuple), faults
    rules.check(fhir.operation_outcome(faults))
    return [(fault.issue, fault.code) for fault in faults]


@pytest.mark.parametrize(
    ("token", "kind", "value"),
    [
        (f"{RNDS}/cns|{CNS}", "cns", CNS),
        (f"https://rnds.saude.gov.br/fhir/r4/NamingSystem/cns|{CNS}", "cns", CNS),
        (f"http://www.saude.gov.br/fhir/r4/NamingSystem/cns|{CNS}", "cns", CNS),
        (f"https://rnds-fhir.saude.gov.br/NamingSystem/cpf|{CPF}", "cpf", CPF),
        (f"https://saude.gov.br/fhir/sid/cpf|{CPF}", "cpf", CPF),
        (f"{OID}.13.236|{CNS}", "cns", CNS),
        (f"{OID}.13.237|{CPF}", "cpf", CPF),
        (f"{OID}.3.4594.100.4|{CPF}", "cpf", CPF),
        (f"{OID}.13.240|12345678900", "nis", "12345678900"),
        (f"{OID}.3.4594|42", "corporativo", "0000000042"),
        (f"{OID}.3.4594.100.9|A-77\\|b", "local", "A-77|b"),
        (CNS, "cns", CNS),
        (CPF, "cpf", CPF),
        (f"|{CPF}", "cpf", CPF),
        ("111.444.777-35", "cpf", CPF),
        ("700 0000 0000 0005", "cns", CNS),
        (f"{RNDS}/cns|100000000000015", "cns", "100000000000015"),  # only the loose rule takes it
    ],
)  # fmt: skip
@pytest.mark.requirement("R074")
def test_identifiers_as_clients_write_them(token: str, kind: str, value: str) -> None:
    (key,) = read(("identifier", token)).keys
    assert (key.kind, key.value) == (kind, value)


@pytest.mark.parametrize(
    ("token", "issue", "code"),
    [
        ("http://example.org/mrn|1", "code-invalid", "SISTEMA_DESCONHECIDO"),
        ("urn:oid:nada|1", "code-invalid", "SISTEMA_DESCONHECIDO"),
        ("1234", "value", "IDENTIFICADOR_SEM_SISTEMA"),
        (f"{RNDS}/cpf|11144477736", "value", "CPF_INVALIDO"),
        (f"{RNDS}/cns|700000000000004", "value", "CNS_INVALIDO"),
        (f"{OID}.13.240|11111111111", "value", "NIS_INVALIDO"),
        (f"{OID}.3.4594|12345678901", "value", "IDENTIFICADOR_CORPORATIVO_INVALIDO"),
        (f"{CNS},{CPF}", "not-supported", "ALTERNATIVAS_NAO_ACEITAS"),
        ("http://example.org/mrn|", "not-found", "DOMINIO_DESCONHECIDO"),
    ],
)  # fmt: skip
def test_identifiers_that_are_refused(token: str, issue: str, code: str) -> None:
    assert codes(("identifier", token)) == [(issue, code)]


def test_a_system_alone_asks_for_identifiers_of_that_domain() -> None:
    search = read(("identifier", f"{RNDS}/cpf|{CPF}"), ("identifier", f"{RNDS}/cns|,{OID}.13.240|"))
    assert [key.value for key in search.keys] == [CPF]
    assert search.domains == (f"{RNDS}/cns", f"{OID}.13.240")


def test_an_unknown_domain_is_404_in_the_words_of_the_profile() -> None:
    faults = fhir.read_search([("identifier", "urn:x|"), ("name", "MARIA")])
    assert isinstance(faults, tuple)
    assert fhir.status_of(faults) == 404
    assert fhir.operation_outcome(faults)["issue"][0]["diagnostics"] == "targetSystem not found"


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ([("name", " Maria  Exemplo ")], {"name": "Maria Exemplo"}),
        ([("family", "Silva"), ("given", "Maria"), ("given", "José")], {"family": "Silva", "given": ("Maria", "José")}),
        ([("mothersMaidenName", "Ana\\, filha")], {"mother": "Ana, filha"}),
        ([("birthdate", "1985-03-12")], {"birth": "1985-03-12"}),
        ([("birthdate", "eq1985-03-12")], {"birth": "1985-03-12"}),
        ([("gender", "female")], {"sex": "F"}),
        ([("gender", "http://hl7.org/fhir/administrative-gender|male")], {"sex": "M"}),
        ([("gender", "unknown")], {"sex": "I"}),
        ([("_id", "0000000042")], {"id": "0000000042"}),
        ([("_id", "42")], {"id": "0000000042"}),
        ([("name", "A"), ("_count", "10")], {"name": "A", "count": 10}),
        ([("name", "A"), ("_count", "9999")], {"name": "A", "count": 50}),
        ([("name", "A"), ("_format", "application/fhir+json; charset=utf-8")], {"name": "A"}),
        ([("name", "A"), ("gender", "")], {"name": "A"}),
        ([("_continuacao", "abc")], {"continuation": "abc"}),
    ],
)  # fmt: skip
def test_criteria(params: list[tuple[str, str]], expected: dict[str, Any]) -> None:
    assert read(*params) == fhir.PatientSearch(**expected)


def test_the_parts_of_a_name_in_the_order_of_the_base() -> None:
    assert read(("family", "SILVA"), ("given", "MARIA"), ("given", "JOSÉ")).whole_name == "MARIA JOSÉ SILVA"


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ([], [("required", "PERGUNTA_VAZIA")]),
        ([("_count", "10")], [("required", "PERGUNTA_VAZIA")]),
        ([("name", "  ")], [("required", "PERGUNTA_VAZIA")]),
        ([("birthdate", "ge1985-03-12")], [("not-supported", "PREFIXO_NAO_ACEITO")]),
        ([("birthdate", "ap1985")], [("not-supported", "PREFIXO_NAO_ACEITO")]),
        ([("birthdate", "1985")], [("value", "DATA_INVALIDA")]),
        ([("birthdate", "1985-02-30")], [("value", "DATA_INVALIDA")]),
        ([("birthdate", "12/03/1985")], [("value", "DATA_INVALIDA")]),
        ([("gender", "F")], [("code-invalid", "SEXO_INVALIDO")]),
        ([("name:exact", "MARIA")], [("not-supported", "MODIFICADOR_NAO_ACEITO")]),
        ([("name", "MARIA,ANA")], [("not-supported", "ALTERNATIVAS_NAO_ACEITAS")]),
        ([("name", "MARIA"), ("name", "ANA")], [("invalid", "PARAMETRO_REPETIDO")]),
        ([("name", "A"), ("_count", "-1")], [("value", "QUANTIDADE_INVALIDA")]),
        ([("name", "A"), ("_format", "xml")], [("not-supported", "FORMATO_NAO_ACEITO")]),
        ([("name", "A" * 501)], [("too-long", "VALOR_LONGO_DEMAIS")]),
        ([("name", "A\0B")], [("value", "CARACTERE_INVALIDO")]),
        ([("name", "A")] * 41, [("too-long", "PARAMETROS_DEMAIS")]),
        ([("birthdate", "x"), ("gender", "x")], [("value", "DATA_INVALIDA"), ("code-invalid", "SEXO_INVALIDO")]),
    ],
)  # fmt: skip
def test_refusals_all_at_once(params: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    assert codes(*params) == expected


def test_unknown_parameters_are_named_in_a_warning() -> None:
    search = read(("name", "MARIA"), ("address-city", "GOIANIA"), ("x\0y", "1"))
    assert search.unknown == ("address-city", "xy")
    warnings = fhir.operation_outcome(fhir.unknown_warnings(search))
    rules.check(warnings)
    assert [(one["severity"], one["location"]) for one in warnings["issue"]] == [
        ("warning", ["http.address-city"]),
        ("warning", ["http.xy"]),
    ]


@pytest.mark.parametrize(
    ("prefer", "strict"),
    [
        ("handling=strict", True),
        ("return=minimal; handling=strict", True),
        ('respond-async, handling="strict"', True),
        ("handling=lenient", False),
        ("", False),
    ],
)
def test_unknown_parameters_are_refused_where_that_was_asked(prefer: str, strict: bool) -> None:
    assert fhir.strict_handling(prefer) is strict
    params = [("name", "MARIA"), ("address-city", "GOIANIA")]
    if strict:
        assert codes(*params, strict=True) == [("not-supported", "PARAMETRO_DESCONHECIDO")]
    else:
        assert read(*params).unknown == ("address-city",)


def test_the_metadata_names_every_parameter_that_is_read() -> None:
    (resource,) = fhir.capability("https://x", "1", "2026-01-01")["rest"][0]["resource"]
    controls = {"_count", "_format", "_continuacao"}
    assert {one["name"] for one in resource["searchParam"]} == READERS.keys() - controls


def test_no_link_holds_what_was_asked() -> None:
    search = read(("identifier", CPF), ("name", "MARIA"), ("birthdate", "1985-03-12"), ("_count", "5"))
    assert fhir.search_link("https://x/fhir/r4", search) == "https://x/fhir/r4/Patient?_count=5"
    assert fhir.search_link("https://x", search, "tok") == "https://x/Patient?_continuacao=tok&_count=5"
    assert fhir.search_link("https://x", read(("name", "A"))) == "https://x/Patient"


def test_no_trace_shows_what_was_asked() -> None:
    search = read(("identifier", CPF), ("name", "MARIA"))
    assert CPF not in repr(search) + repr(search.keys)
    assert "MARIA" not in repr(search)


def test_no_refusal_holds_a_value() -> None:
    faults = fhir.read_search(
        [("identifier", f"{RNDS}/cpf|11144477736"), ("birthdate", "31/12/1985"), ("gender", "MARIA")]
    )
    assert isinstance(faults, tuple)
    shown = fhir.render(fhir.operation_outcome(faults)).decode()
    assert not [value for value in ("11144477736", "31/12", "MARIA") if value in shown]
