"""A whole file is taken in or rejected; a record is taken in or refused, and none drags another down."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from tests.national.sib import world
from tests.national.sib.world import dependente, inclusao
from vincula.common.outcomes import Accepted
from vincula.formats.sib import HashDiagnosis, check_sbx, read_cnx, read_rpx
from vincula.identifiers import cco
from vincula.national.sib import services
from vincula.national.sib.models import Arquivo, Critica, Vinculo
from vincula.national.sib.services import publish

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
MONTH = 202611
Change = Callable[[bytes], bytes]


def _replace(old: str, new: str) -> Change:
    return lambda content: content.replace(old.encode("iso-8859-1"), new.encode("iso-8859-1"), 1)


ONE = [(1, inclusao("A1"))]
HEADERS: list[tuple[int, dict[str, str | None]]] = [
    (17, {"origem_registro": None, "origem_cnpj": "11222333000181"}),
    (18, {"origem_registro": world.OTHER}),
    (22, {"destino_cnpj": None, "destino_registro": "999997"}),
    (23, {"destino_cnpj": "11222333000181"}),
    (24, {"versao_padrao": "1.2"}),
]


@pytest.mark.parametrize(("code", "header"), HEADERS)
def test_a_wrong_header_rejects_the_file_with_its_own_code(
    files: world.Files, code: int, header: dict[str, str | None]
) -> None:
    result = files.send(ONE, MONTH, **header)
    assert (result.state, result.rejection and result.rejection.code) == ("REJEITADO", code)
    _rpx_says(result, code)
    assert not Vinculo.objects.exists()


CONTENTS: list[tuple[int, str, Change]] = [
    (16, "an unknown element", _replace("<sexo>3</sexo>", "<sexo>3</sexo><peso>70</peso>")),
    (16, "a character that no name may have", _replace("MARIA DA SILVA", "MARIA-DA SILVA")),
    (16, "truncated in the middle", lambda content: content[: len(content) // 2]),
    (16, "a NUL in a código", _replace("<codigoBeneficiario>A1<", "<codigoBeneficiario>A\0\x1b[2J\x9b1<")),
    (16, "a NUL in the name of the encoding", _replace("ISO-8859-1", "x\0\x1b]0;y")),
    (16, "a DOCTYPE", lambda content: content.replace(b"?>", b"?><!DOCTYPE a [<!ENTITY b 'c'>]>", 1)),
    (16, "declared as UTF-8", lambda content: content.replace(b"ISO-8859-1", b"UTF-8", 1)),
    (16, "not XML at all", lambda content: b"\x00\x01 isto nao e um SBX"),
    (20, "edited after the hash", _replace("MARIA DA SILVA", "MARIA DE SILVA")),
    (20, "without hash", lambda content: re.sub(b"<hash>[0-9A-F]+</hash>", b"<hash>x</hash>", content)),
]


@pytest.mark.parametrize(("code", "label", "change"), CONTENTS, ids=[label for _, label, _ in CONTENTS])
def test_a_bad_content_rejects_the_whole_file(
    files: world.Files, code: int, label: str, change: Change
) -> None:
    path = files.make(ONE)
    path.write_bytes(change(path.read_bytes()))
    result = files.send_path(path, MONTH)
    assert (result.state, result.rejection and result.rejection.code) == ("REJEITADO", code), label
    assert result.rejection
    assert result.rejection.message
    assert result.rejection.remedy
    _rpx_says(result, code)
    assert not Vinculo.objects.exists()


def _rpx_says(result: services.Result, code: int) -> None:
    with services.rpx_path(result).open("rb") as source:
        reader = read_rpx(source)
        list(reader)
    text = services.rpx_path(result).read_bytes().decode("iso-8859-1")
    assert f"<codigoMotivoRejeicao>{code}</codigoMotivoRejeicao>" in text
    assert "arquivoRejeitado" in text


def test_characters_that_iso_8859_1_lacks_come_by_reference_and_go_back_so(files: world.Files) -> None:
    """Neither the RPX nor the CNX may fail on them: nothing after it could be processed, no competência closed."""
    path = files.make([(1, inclusao("A1", logradouro="RUA X")), (1, inclusao("B1", cpf="1"))])
    content = path.read_bytes().replace(b">1</cpf>", b">11111111111</cpf>")
    content = content.replace(b">RUA X<", b">RUA &#8364;<").replace(b">A1<", b">A&#8364;&#128196;<")
    content = content.replace(b">B1<", b">B&#x20AC;<")
    path.write_bytes(content)
    with path.open("rb") as source:
        right = check_sbx(source).hash_computed
    path.write_bytes(re.sub(b"<hash>[0-9A-F]+<", f"<hash>{right}<".encode(), content))
    result = files.send_path(path, MONTH)
    assert (result.state, result.refused) == ("PROCESSADO", 1)
    with services.rpx_path(result).open("rb") as source:
        assert {record.codigo_beneficiario for record in read_rpx(source)} == {"A€📄", "B€"}
    world.close(MONTH)
    made = services.conference(world.OPERADORA, MONTH, "teste")
    assert isinstance(made, Accepted)
    with made.value.path.open("rb") as source:
        reader = read_cnx(source)
        (row,) = reader
    assert reader.hash_diagnosis is HashDiagnosis.OK
    assert {"A€📄", "RUA €"} <= set(row)


def test_every_structural_fault_is_listed_not_only_the_first(files: world.Files) -> None:
    rows = [(1, inclusao(f"A{n}", nome="JOSÉ 1º" if n % 2 else "JOSÉ DA PAZ")) for n in range(6)]
    result = files.send(rows, MONTH)
    assert result.rejection
    assert {fault["beneficiary"] for fault in result.rejection.faults} == {"A1", "A3", "A5"}
    first = result.rejection.faults[0]
    assert (first["position"], first["field"], first["line"] > 0) == (2, "nome", True)


@pytest.mark.parametrize(
    "name",
    [
        "teste.SBX",
        "99999720261301090000.SBX",
        "99999720261110090000.RPX",
        "../../etc/passwd",
        "á.SBX",
        "📄 1.SBX",
        "\udcff.SBX",
        "",
    ],
)
def test_a_file_name_that_is_none_is_rejected_with_26(files: world.Files, name: str) -> None:
    content = files.make(ONE).read_bytes()
    received = services.receive(io.BytesIO(content), name, world.SENDER, MONTH)
    assert isinstance(received, Accepted)
    result = services.result(received.value.arquivo_id)
    assert (result.state, result.rejection and result.rejection.code) == ("REJEITADO", 26)
    assert services.rpx_path(result).name.startswith(world.OPERADORA)


def test_an_unknown_and_an_inactive_operadora_are_told_apart(tmp_path: Path) -> None:
    world.load_cadop(tmp_path, [world.OPERADORA, world.OTHER, world.INACTIVE])
    world.load_cadop(
        tmp_path, [world.OPERADORA, world.OTHER]
    )  # a newer register without it: no longer active
    assert _code(world.Files(tmp_path, world.INACTIVE).send(ONE, MONTH)) == 19
    assert _code(world.Files(tmp_path, "000001").send(ONE, MONTH)) == 18


def _code(result: services.Result) -> int:
    assert result.rejection
    return result.rejection.code


def test_the_same_name_and_the_same_content_are_not_processed_twice(files: world.Files) -> None:
    first = files.make(ONE)
    assert files.send_path(first, MONTH).state == "PROCESSADO"
    again = files.send_path(first, MONTH)
    assert _code(again) == 26
    twin = files.make([])
    twin.write_bytes(first.read_bytes())
    assert _code(files.send_path(twin, MONTH)) == 26
    assert Vinculo.objects.count() == 1


def test_a_rejected_file_may_come_again_corrected_under_its_name(files: world.Files) -> None:
    path = files.make(ONE)
    good = path.read_bytes()
    path.write_bytes(_replace("MARIA DA SILVA", "MARIA DE SILVA")(good))
    assert _code(files.send_path(path, MONTH)) == 20
    path.write_bytes(good)
    assert files.send_path(path, MONTH).state == "PROCESSADO"


def test_more_than_100_000_procedures_are_rejected_with_21(files: world.Files) -> None:
    rows = (
        (4, {"cco": "000000000109", "dataCancelamento": "2026-01-01", "motivoCancelamento": "41"}),
    ) * 100_001
    assert _code(files.send(rows, MONTH)) == 21


def test_a_file_without_movement_is_received_and_counted(files: world.Files) -> None:
    result = files.send([], MONTH, no_movement="62")
    assert (result.state, result.no_movement_reason, result.totals) == ("PROCESSADO", "62", {6: (1, 0)})


def test_a_refused_record_does_not_drag_another_down(files: world.Files) -> None:
    rows = [
        (1, inclusao("T1", cpf="11122233390")),  # wrong check digit: the titular is refused
        (1, dependente("D1", "T1")),  # his dependent is not
        (1, inclusao("T2", cpf=world.valid_cpf(7))),
        (1, dependente("D2", "T2", cpf=world.valid_cpf(8))),
        (1, dependente("D3", "T9", cpf=world.valid_cpf(9))),  # a titular whom nobody ever named
    ]
    result = files.send(rows, MONTH)
    assert result.totals == {1: (5, 2)}
    refused = {(c.posicao, c.regra) for c in Critica.objects.filter(arquivo_id=result.id, recusa=True)}
    assert refused == {(1, "CPF-1"), (5, "TIT-3")}
    assert set(Vinculo.objects.values_list("codigo", flat=True)) == {"D1", "T2", "D2"}


def test_a_dependent_finds_his_titular_when_he_comes_later(files: world.Files) -> None:
    files.send([(1, inclusao("T1", cpf="11122233390")), (1, dependente("D1", "T1"))], MONTH)
    assert Vinculo.objects.get(codigo="D1").titular_id == 0
    files.send([(1, inclusao("T1"))], MONTH)
    assert Vinculo.objects.get(codigo="D1").titular_id == Vinculo.objects.get(codigo="T1").id


def test_however_many_wait_those_whose_titular_comes_find_him_and_the_others_wait(
    files: world.Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who waits is read in pages: some full of those who find him, some with none, one that ends amid his dependents."""
    monkeypatch.setattr(publish, "WAITING_PAGE", 3)
    refused = [(1, inclusao(f"T{n}", cpf="33333333333")) for n in range(5)]
    of = {f"D{titular}-{n}": f"T{titular}" for n in range(4) for titular in range(5)}
    serial = iter(range(700, 800))
    files.send(
        [*refused, *((1, dependente(d, t, cpf=world.valid_cpf(next(serial)))) for d, t in of.items())], MONTH
    )
    assert Vinculo.objects.filter(titular_id=0).count() == len(of)
    files.send([(1, inclusao(f"T{n}", cpf=world.valid_cpf(next(serial)))) for n in (1, 3, 4)], MONTH)
    titulares = {one.codigo: one.id for one in Vinculo.objects.filter(codigo__startswith="T")}
    found = {one.codigo: one.titular_id for one in Vinculo.objects.filter(codigo__startswith="D")}
    assert found == {code: titulares.get(titular, 0) for code, titular in of.items()}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a small table whole")
def test_who_waits_is_found_by_the_index_of_those_who_wait(files: world.Files) -> None:
    """Not among all vínculos of the operadora, page after page."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {publish.WAITING}", [world.OPERADORA, "T1", 1, 1_000])
        (step,) = cursor.fetchall()
    assert "sib_vinculo_sem_titular (registro_ans=? AND codigo_titular>?)" in step[-1]


def test_a_codigo_is_free_again_after_the_refusal_or_the_cancelling_of_its_bearer(files: world.Files) -> None:
    first = files.send([(1, inclusao("A1", cpf="11122233390")), (1, inclusao("A1"))], MONTH)
    assert first.totals == {1: (2, 1)}
    number = cco.from_number(Vinculo.objects.get(codigo="A1").id)
    ending = {"cco": number, "dataCancelamento": "2026-01-01", "motivoCancelamento": "41"}
    second = files.send([(1, inclusao("A1")), (4, ending), (1, inclusao("A1"))], MONTH)
    assert (second.totals[1], second.totals[4]) == ((2, 1), (1, 0))
    assert Vinculo.objects.filter(codigo="A1", situacao="A").count() == 1


def test_the_rpx_gives_the_cco_of_each_included_and_the_errors_of_each_refused(files: world.Files) -> None:
    result = files.send([(1, inclusao("A1")), (1, inclusao("A2", cpf="11122233390"))], MONTH)
    text = services.rpx_path(result).read_bytes().decode("iso-8859-1")
    number = cco.from_number(Vinculo.objects.get(codigo="A1").id)
    assert f'<registroIncluido codigoBeneficiario="A1"><cco>{number}</cco>' in text
    assert '<registroRejeitado codigoBeneficiario="A2" codigoTipoMovimento="1"' in text
    assert "<codigoErro>0601</codigoErro>" in text
    assert f"<numeroProtocolo>{result.protocol}</numeroProtocolo>" in text


def test_what_arrives_is_its_owners_only(files: world.Files) -> None:
    result = files.send(ONE, MONTH)
    stored = Arquivo.objects.get(pk=result.id)
    from vincula.national.sib.services import files as store

    for path in (store.received(stored.sha256), services.rpx_path(result)):
        assert path.stat().st_mode & 0o077 == 0
