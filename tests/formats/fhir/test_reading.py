"""Strangers' JSON: what is read, what is refused, and that nothing escapes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.formats.fhir import rules
from vincula.formats import fhir


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a":[1,2.5,"x",null,true]}', {"a": [1, 2.5, "x", None, True]}),
        (b"\xef\xbb\xbf{}", {}),
        ('{"a":"ação"}'.encode(), {"a": "ação"}),
        (b'"\\ud83d\\ude00"', "\U0001f600"),
        (b"[" * 32 + b"]" * 32, None),
    ],
)
def test_json_that_is_read(body: bytes, value: Any) -> None:
    read = fhir.read_json(body)
    assert not isinstance(read, fhir.Fault), read
    assert value is None or read == value


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "JSON_MALFORMADO"),
        (b"{", "JSON_MALFORMADO"),
        (b"{}x", "JSON_MALFORMADO"),
        (b"{'a':1}", "JSON_MALFORMADO"),
        (b'"a\nb"', "JSON_MALFORMADO"),
        (b"1" * 5000, "JSON_MALFORMADO"),
        (b"\xff", "NAO_E_UTF8"),
        ('{"a":1}'.encode("utf-16"), "NAO_E_UTF8"),
        (b'{"a":1,"a":1}', "CHAVE_REPETIDA"),
        (b'[{"b":{"a":1,"a":2}}]', "CHAVE_REPETIDA"),
        (b"NaN", "NUMERO_INVALIDO"),
        (b"[-Infinity]", "NUMERO_INVALIDO"),
        (b"[1e999]", "NUMERO_INVALIDO"),
        (b'"\\u0000"', "CARACTERE_INVALIDO"),
        (b'{"a":["\\ud800"]}', "CARACTERE_INVALIDO"),
        (b'{"\\udc00":1}', "CARACTERE_INVALIDO"),
        (b"[" * 34 + b"1" + b"]" * 34, "JSON_PROFUNDO_DEMAIS"),
        (b"[" * 60_000, "JSON_PROFUNDO_DEMAIS"),
        (b'{"a":' * 900 + b"1" + b"}" * 900, "JSON_PROFUNDO_DEMAIS"),
        (b" " * 65_537, "CORPO_GRANDE_DEMAIS"),
    ],
    ids=lambda value: value[:12].decode("latin-1").replace("\0", "0") if isinstance(value, bytes) else value,
)
def test_json_that_is_refused(body: bytes, code: str) -> None:
    fault = fhir.read_json(body)
    assert isinstance(fault, fhir.Fault), fault
    assert fault.code == code
    rules.check(fhir.operation_outcome([fault]))


def test_a_refusal_names_the_place_and_not_the_text() -> None:
    fault = fhir.read_json(b'{\n "nome": MARIA}')
    assert isinstance(fault, fhir.Fault)
    assert "linha 2, coluna 10" in fault.message
    assert "MARIA" not in fault.message


def test_a_fault_of_ours_outweighs_the_callers() -> None:
    ours = fhir.refused(
        "BASE_FORA", "A base não responde.", "Repita em um minuto.", issue="transient", status=503
    )
    his = fhir.refused("X", "Não.", "")
    assert fhir.status_of([his, ours]) == 503
    assert fhir.status_of([his]) == 400
    rules.check(fhir.operation_outcome([his, ours]))


def test_an_outcome_without_an_issue_is_a_slip_of_ours() -> None:
    with pytest.raises(ValueError):
        fhir.operation_outcome([])
    with pytest.raises(ValueError):
        fhir.explained([])


def test_what_is_sent_is_compact_utf8() -> None:
    assert fhir.render({"a": "ação", "b": [1]}) == '{"a":"ação","b":[1]}'.encode()
