"""Envelopes and faults as clients look for them (section 8; section 9, rules 2 and 16), and values that stay values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from vincula.formats.soap import (
    NEGOCIAL,
    Mensagem,
    SoapVersion,
    content_type,
    quoted,
    read_envelope,
    render_envelope,
    render_fault,
    text,
)

MSF = "{http://servicos.saude.gov.br/wsdl/mensageria/falha/v5r0/msfalha}"
MEN = "{http://servicos.saude.gov.br/wsdl/mensageria/falha/v5r0/mensagem}"
LIST = [
    Mensagem("OSB_SEM_AUTENTICACAO", "As credenciais informadas não são válidas"),
    Mensagem("VINC-1", "a < b & c"),
]


def test_the_literal_prefixes_that_one_client_indexes() -> None:
    written = render_envelope(SoapVersion.V12, "<a/>").decode()
    assert '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Header/>' in written
    assert '<S:Body xmlns:S="http://www.w3.org/2003/05/soap-envelope">' in written


@pytest.mark.parametrize("version", SoapVersion)
def test_an_answer_is_in_the_version_of_the_request(version: SoapVersion) -> None:
    read = read_envelope(render_envelope(version, '<Answer xmlns="urn:x"/>'))
    assert (read.version, read.operation) == (version, "Answer")


def test_each_version_has_its_content_type() -> None:
    assert content_type(SoapVersion.V11) == "text/xml; charset=utf-8"
    assert content_type(SoapVersion.V12) == "application/soap+xml; charset=utf-8"


@pytest.mark.parametrize(("server", "code"), [(False, "env:Sender"), (True, "env:Receiver")])
def test_a_fault_of_soap_12_has_reason_text_and_the_list(server: bool, code: str) -> None:
    fault = read_envelope(render_fault(SoapVersion.V12, LIST, server=server)).payload
    env = f"{{{SoapVersion.V12.value}}}"
    assert fault.findtext(f"{env}Code/{env}Value") == code
    assert fault.findtext(f"{env}Reason/{env}Text") == NEGOCIAL
    assert _listed(fault.find(f"{env}Detail")) == LIST


@pytest.mark.parametrize(("server", "code"), [(False, "env:Client"), (True, "env:Server")])
def test_a_fault_of_soap_11_has_its_string_and_the_list(server: bool, code: str) -> None:
    fault = read_envelope(render_fault(SoapVersion.V11, LIST, reason="Não & não", server=server)).payload
    assert fault.tag == f"{{{SoapVersion.V11.value}}}Fault"
    assert [child.tag for child in fault] == ["faultcode", "faultstring", "detail"]
    assert (fault.findtext("faultcode"), fault.findtext("faultstring")) == (code, "Não & não")
    assert _listed(fault.find("detail")) == LIST


def _listed(detail: etree._Element | None) -> list[Mensagem]:
    assert detail is not None
    listed = detail.findall(f"{MSF}MSFalha/{MSF}Mensagem")
    return [
        Mensagem(one.findtext(f"{MEN}codigo") or "", one.findtext(f"{MEN}descricao") or "") for one in listed
    ]


XML_CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cs",)).filter(
    lambda c: c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff")
)


@given(st.text(XML_CHARACTERS | st.sampled_from("&<>\"'\r\n\t]")))
def test_a_value_comes_back_as_it_was(value: str) -> None:
    read = etree.fromstring(f'<a b="{quoted(value)}">{text(value)}</a>'.encode())
    assert (read.get("b"), read.text or "") == (value, value)


@given(st.text(st.characters()))
def test_any_text_at_all_is_written_well_formed(value: str) -> None:
    etree.fromstring(f'<a b="{quoted(value)}">{text(value)}</a>'.encode())
    etree.fromstring(render_fault(SoapVersion.V12, [Mensagem(value, value)], reason=value))
