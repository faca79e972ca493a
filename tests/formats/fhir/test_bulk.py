"""Bulk lines: what is read, what is refused and why, and the answers in their order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.formats.fhir.test_patient import FULL
from tests.formats.pdq.messages import MARIA
from vincula.formats import fhir, pdq
from vincula.formats.fhir import BulkQuery, LineFault, Resultado
from vincula.formats.pdq.release import MORE
from vincula.people.record import PersonRecord

CNS, CPF = "700000000000005", "11144477735"


def line(**given: Any) -> bytes:
    return json.dumps(given, ensure_ascii=False).encode() + b"\n"


READ = [
    (line(id="a", cpf=CPF), BulkQuery("a", CPF)),
    (line(cpf="111.444.777-35"), BulkQuery("", CPF)),
    (line(cns=CNS), BulkQuery(cns=CNS)),
    (line(cns="700 0000 0000 0005"), BulkQuery(cns=CNS)),
    (line(cns="100000000000015"), BulkQuery(cns="100000000000015")),  # only the loose rule takes it
    (line(id=7, nome=" MARIA  DA SILVA ", nascimento="1985-03-12"), BulkQuery("7", "", "", "MARIA DA SILVA", "1985-03-12")),
    (line(id=None, cpf=CPF, cns=None, nome="", nascimento=None), BulkQuery("", CPF)),
    (line(cpf="", cns=CNS), BulkQuery(cns=CNS)),
    (line(cpf=CPF, nome="JOSÉ"), BulkQuery("", CPF, "", "JOSÉ")),
    (b"\xef\xbb\xbf" + line(cpf=CPF), BulkQuery("", CPF)),
    (b'  {"cpf":"%s"}\r\n' % CPF.encode(), BulkQuery("", CPF)),
]  # fmt: skip
REFUSED = [
    (b"", "LINHA_VAZIA", ""),
    (b" \r\n", "LINHA_VAZIA", ""),
    (b"x", "JSON_MALFORMADO", ""),
    (b"{}{}", "JSON_MALFORMADO", ""),
    (b"\xef\xbb\xbf" * 666, "JSON_MALFORMADO", ""),
    (b"\xef\xbb\xbf", "LINHA_VAZIA", ""),
    (b'{"cpf":NaN}', "JSON_MALFORMADO", ""),
    (b'{"cpf":' + b"9" * 1990 + b"}", "VALOR_NAO_E_TEXTO", ""),
    (b"[" * 1999, "NAO_E_OBJETO", ""),
    (b"[]", "NAO_E_OBJETO", ""),
    (b'"a"', "NAO_E_OBJETO", ""),
    (b"null", "NAO_E_OBJETO", ""),
    (b"{}", "PERGUNTA_VAZIA", ""),
    (line(id="a"), "PERGUNTA_VAZIA", "a"),
    (line(id="a", nome="MARIA"), "PERGUNTA_VAZIA", "a"),
    (line(id="a", nascimento="1985-03-12"), "PERGUNTA_VAZIA", "a"),
    (line(id="a", cpf="..."), "PERGUNTA_VAZIA", "a"),
    (line(id="a", cpf=11144477735), "VALOR_NAO_E_TEXTO", "a"),
    (line(id="a", cpf=0), "VALOR_NAO_E_TEXTO", "a"),
    (line(id="a", cns=[CNS]), "VALOR_NAO_E_TEXTO", "a"),
    (line(id="a", cpf=CPF, nome={"x": 1}), "VALOR_NAO_E_TEXTO", "a"),
    (line(id="a", cpf=CPF, nome="A\nB"), "VALOR_NAO_E_TEXTO", "a"),
    (line(id=True, cpf=CPF), "VALOR_NAO_E_TEXTO", ""),
    (line(id="a" * 65, cpf=CPF), "VALOR_NAO_E_TEXTO", ""),
    (b'{"id":"\\ud800","cpf":"11144477735"}', "VALOR_NAO_E_TEXTO", ""),
    (line(id="a", cpf="11144477736"), "CPF_INVALIDO", "a"),
    (line(id="a", cpf="1114447773"), "CPF_INVALIDO", "a"),
    (line(id="a", cpf="00000000000"), "CPF_INVALIDO", "a"),
    (line(id="a", cns="700000000000004"), "CNS_INVALIDO", "a"),
    (line(id="a", cns="70000000000000"), "CNS_INVALIDO", "a"),
    (line(id="a", nome="MARIA", nascimento="12/03/1985"), "DATA_INVALIDA", "a"),
    (line(id="a", cpf=CPF, nascimento="1985-02-30"), "DATA_INVALIDA", "a"),
    (line(id="a", CPF=CPF), "CHAVE_DESCONHECIDA", "a"),
    (b'{"cpf":"11144477735","cpf":"11144477735"}', "CHAVE_REPETIDA", ""),
    (b'{"cpf":"\xff"}', "NAO_E_UTF8", ""),
    (b'{"id":"' + b"x" * 2000 + b'"}', "LINHA_LONGA_DEMAIS", ""),
]  # fmt: skip


@pytest.mark.parametrize(("given", "query"), READ)
@pytest.mark.requirement("R090")
def test_lines_that_are_read(given: bytes, query: BulkQuery) -> None:
    read = fhir.read_line(given)
    assert isinstance(read, BulkQuery), read
    assert tuple(read) == tuple(query)


@pytest.mark.parametrize(("given", "code", "id_"), REFUSED)
def test_lines_that_are_refused(given: bytes, code: str, id_: str) -> None:
    fault = fhir.read_line(given)
    assert isinstance(fault, LineFault), fault
    assert (fault.code, fault.id) == (code, id_)
    assert fault.message
    assert fault.remedy
    assert CPF not in fault.message + fault.remedy + repr(fault)


def test_a_batch_is_read_as_its_lines_are() -> None:
    lines = [given for given, _ in READ] + [given for given, _, _ in REFUSED]
    assert fhir.read_lines(lines) == [fhir.read_line(one) for one in lines]
    assert fhir.read_lines([]) == []
    assert fhir.read_lines([b"{}"]) == [fhir.read_line(b"{}")]


def test_no_trace_shows_whom_a_line_asks_for() -> None:
    assert CPF not in repr(fhir.read_line(line(cpf=CPF))) + str(fhir.read_line(line(cpf=CPF)))


def answered(written: bytes) -> dict[str, Any]:
    assert written.endswith(b"}\n")
    assert written.count(b"\n") == 1
    value = json.loads(written)
    assert isinstance(value, dict)
    return value


def test_a_plan_gets_the_number_and_what_it_may_see() -> None:
    written = fhir.render_line(3, "a", Resultado.ENCONTRADO, record=MARIA, release=pdq.OPERADORA)
    assert answered(written) == {
        "linha": 3,
        "id": "a",
        "resultado": "ENCONTRADO",
        "cns": CNS,
        "motivo": None,
        "proximo_passo": None,
        "nome": "MARIA EXEMPLO DA SILVA",
        "sexo": "F",
        "nascimento": "1985-03-12",
    }


def test_who_is_not_found_gets_the_reason_and_the_next_step() -> None:
    written = fhir.render_line(
        4, "", Resultado.NAO_ENCONTRADO, motivo='O CPF "não" consta.', proximo_passo="Cadastre a pessoa."
    )
    assert answered(written) == {
        "linha": 4,
        "id": None,
        "resultado": "NAO_ENCONTRADO",
        "cns": None,
        "motivo": 'O CPF "não" consta.',
        "proximo_passo": "Cadastre a pessoa.",
    }


def test_a_refused_line_says_why_under_its_own_id() -> None:
    fault = fhir.read_line(line(id="b", cpf="1"))
    assert isinstance(fault, LineFault)
    value = answered(fhir.render_refused(5, fault))
    assert (value["linha"], value["id"], value["resultado"], value["cns"]) == (5, "b", "RECUSADO", None)
    assert value["motivo"] == fault.message
    assert value["proximo_passo"] == fault.remedy


@pytest.mark.parametrize("resultado", [Resultado.NAO_ENCONTRADO, Resultado.RECUSADO])
def test_a_person_never_comes_with_an_answer_that_found_none(resultado: Resultado) -> None:
    with pytest.raises(ValueError):
        fhir.render_line(1, "a", resultado, record=MARIA, release=pdq.INTEGRADOR)


SHOWS = {
    "cartoes": "cartoes",
    "nome": "nome",
    "nome_social": "nome_social",
    "telefone": "telefones",
    "email": "emails",
    "sexo": "sexo",
    "data_nascimento": "nascimento",
    "obito": "obito",
    "endereco": "endereco",
    "raca_cor": "raca_cor",
    "cpf": "cpf",
    "pis": "nis",
    "nome_mae": "nome_mae",
    "nome_pai": "nome_pai",
    "municipio_nascimento": "municipio_nascimento",
}
ALWAYS = {"linha", "id", "resultado", "cns", "motivo", "proximo_passo"}


@pytest.mark.parametrize("field", sorted(pdq.FIELDS - MORE))
def test_a_released_field_adds_its_key_and_no_other(field: str) -> None:
    alone = answered(fhir.render_line(1, "a", Resultado.ENCONTRADO, record=FULL, release=frozenset({field})))
    assert alone.keys() - ALWAYS == {SHOWS[field]}


@pytest.mark.parametrize("field", sorted(MORE))
def test_what_only_the_official_size_answer_carries_adds_nothing(field: str) -> None:
    alone = answered(fhir.render_line(1, "a", Resultado.ENCONTRADO, record=FULL, release=frozenset({field})))
    assert alone.keys() == ALWAYS


def test_a_person_without_card_has_no_number() -> None:
    assert answered(fhir.render_line(1, "a", Resultado.ENCONTRADO, record=PersonRecord(id=1)))["cns"] is None


def test_the_manifest_names_the_output() -> None:
    written = fhir.manifest(
        "https://x/pedido", "https://x/saida", moment="2026-11-22T02:00:00Z", answered=10, refused=2, expires="2026-11-23T02:00:00Z"
    )  # fmt: skip
    assert written["output"] == [{"type": "ConsultaEmLote", "url": "https://x/saida", "count": 10}]
    assert written["requiresAccessToken"] is True
    assert written["extension"] == {"recusadas": 2, "expira": "2026-11-23T02:00:00Z"}


def test_the_lines_of_the_manual_are_what_is_read_and_written() -> None:
    page = (Path(__file__).parents[3] / "docs" / "protocols" / "fhir.md").read_text(encoding="utf-8")
    asked, answers = (
        block.split("```")[0].encode().splitlines(keepends=True) for block in page.split("```\n")[1::2]
    )
    assert [one.id for one in fhir.read_lines(asked)] == ["42", "43"]
    assert not [one for one in fhir.read_lines(asked) if isinstance(one, LineFault)]
    written = fhir.render_line(1, "42", Resultado.ENCONTRADO, record=MARIA, release=pdq.OPERADORA)
    assert written == answers[0]
    assert answered(answers[1]).keys() == ALWAYS
