"""Sending an SBX by the page, following it, and its result as the operadora reads it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse

from tests.national.sib import world
from tests.national.sib.web.stage import MEMBER, Web, do
from tests.national.sib.web.test_access import body
from vincula.common import config
from vincula.common.audit.models import Registro
from vincula.common.jobs.models import Estado, Job
from vincula.common.jobs.services import latest
from vincula.national.sib.models import Arquivo, Vinculo
from vincula.national.sib.services import files

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
URL = "/sib/enviar/"


def text_of(answer: Any) -> str:
    """The words of a page."""
    main = answer.content.decode().split("<main")[-1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def upload(client: Client, path: Path, name: str = "") -> Any:
    return client.post(URL, {"arquivo": SimpleUploadedFile(name or path.name, path.read_bytes())})


def sent(client: Client, path: Path, name: str = "") -> Arquivo:
    """Send a file that is taken in; it is not processed yet."""
    answer = upload(client, path, name)
    assert answer.status_code == 302, text_of(answer)
    return Arquivo.objects.get(pk=int(answer["Location"].split("/")[3]))


def processed(client: Client, path: Path, name: str = "") -> Arquivo:
    one = sent(client, path, name)
    if one.estado == Arquivo.Estado.RECEBIDO:
        assert do(latest("sib.intake", f"arquivo:{one.pk}")).state == Estado.CONCLUIDA
        one.refresh_from_db()
    return one


def page(client: Client, one: Arquivo, query: str = "") -> str:
    answer = client.get(reverse("sib-arquivo", args=[one.pk]) + query)
    assert answer.status_code == 200
    return text_of(answer)


def test_a_file_is_sent_followed_and_answered(web: Web) -> None:
    path = web.files().make(
        [
            (1, world.inclusao("A1", cpf=world.valid_cpf(1))),
            (1, world.inclusao("A2", cpf="11111111111")),
            (1, world.inclusao("A3", cpf=world.valid_cpf(2), nome="MARIA S LIMA")),
        ]
    )
    assert "a competência" in text_of(web.member.get(URL))
    one = sent(web.member, path)
    assert (one.registro_ans, one.ip_origem) == (world.OPERADORA, "127.0.0.1")
    waiting = web.member.get(reverse("sib-arquivo", args=[one.pk]))
    assert "está na fila" in text_of(waiting)
    assert "Arquivo recebido." in text_of(waiting)
    assert reverse("sib-arquivo-andamento", args=[one.pk]) in waiting.content.decode()
    do(latest("sib.intake", f"arquivo:{one.pk}"))
    done = web.member.get(reverse("sib-arquivo-andamento", args=[one.pk])).content.decode()
    assert "hx-get" not in done, "nothing asks any more once the file has ended"
    assert "Processamento concluído: 3 registros, 1 recusado." in done
    text = page(web.member, one)
    assert "Inclusão 3 2 1" in text
    assert "CPF-1" in text
    assert "Confira o número no documento do próprio beneficiário." in text
    assert text.index("Recusas por regra") < text.index("Avisos por regra")
    assert "NOM-2" in text
    assert "11111111111" not in text
    rpx = web.member.get(reverse("sib-arquivo-rpx", args=[one.pk]))
    one.refresh_from_db()
    assert rpx["Content-Disposition"] == f'attachment; filename="{one.rpx}"'
    assert rpx["X-Content-Type-Options"] == "nosniff"
    assert "A1" in body(rpx)


def test_the_criticas_are_filtered_by_rule_and_by_movement_and_paged(web: Web) -> None:
    rows = [(1, world.inclusao(f"R{n}", cpf="22222222222")) for n in range(60)]
    one = processed(
        web.member, web.files().make([*rows, (4, {"cco": "000000000000", "dataCancelamento": "2026-01-01",
                                                   "motivoCancelamento": "42"})])
    )  # fmt: skip
    first, second = page(web.member, one), page(web.member, one, "?pagina=2")
    assert "R49" in first
    assert "R55" not in first
    assert "R55" in second
    by_rule = page(web.member, one, "?regra=CCO-3")
    assert "R1 " not in by_rule.split("Registro por registro")[1]
    assert "Cancelamento" in by_rule.split("Registro por registro")[1]
    by_kind = page(web.member, one, "?movimento=4")
    assert "CPF-1" not in by_kind.split("Críticas, na ordem dos registros")[1]
    for nonsense in ("?regra=%27--", "?movimento=abc", "?pagina=-1", "?pagina=x", "?movimento=٣"):
        assert "Críticas" in page(web.member, one, nonsense)


def test_a_rejected_file_lists_every_structural_fault_with_its_place_and_remedy(web: Web) -> None:
    path = web.files().make([(1, world.inclusao(f"F{n}", cpf=world.valid_cpf(n))) for n in range(1, 4)])
    path.write_bytes(path.read_bytes().replace(b"<sexo>3</sexo>", b"<sexo>9</sexo>"))
    one = processed(web.member, path)
    text = page(web.member, one)
    assert "código 16, ERRO_VALIDACAO_XSD" in text
    assert "conta como não enviado" in text
    assert "F1" in text
    assert "F3" in text
    assert "O que fazer" in text
    assert "sexo" in text
    assert "Baixar o RPX" in text


def test_a_wrong_hash_is_explained(web: Web) -> None:
    path = web.files().make([(1, world.inclusao("H1", cpf=world.valid_cpf(1)))])
    raw = path.read_bytes()
    at = raw.index(b"<hash>") + 6
    path.write_bytes(raw[:at] + raw[at : at + 32][::-1] + raw[at + 32 :])
    text = page(web.member, processed(web.member, path))
    assert "código 20, ERRO_EPILOGO_HASH_INVALIDO" in text
    assert "O que fazer:" in text


def test_the_file_of_another_operadora_is_refused_on_the_form_and_nothing_is_kept(web: Web) -> None:
    path = web.files(world.OTHER).make([(1, world.inclusao("X1"))])
    answer = upload(web.member, path)
    assert answer.status_code == 200
    assert "não da operadora em que você entrou" in text_of(answer)
    assert "Troque de operadora" in text_of(answer)
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Arquivo.objects.exists()


def test_an_empty_file_and_none_at_all_are_refused_with_what_to_do(web: Web) -> None:
    empty = web.folder / "99999720261110090001.SBX"
    empty.write_bytes(b"")
    assert "Gere o SBX de novo" in text_of(upload(web.member, empty))
    assert "Escolha o arquivo SBX" in text_of(web.member.post(URL, {}))
    assert "Escolha o arquivo SBX" in text_of(web.member.post(URL, {"arquivo": "texto"}))
    assert not Arquivo.objects.exists()


def test_a_file_over_the_limit_is_dropped_on_its_way_and_the_form_says_so(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1_000)
    arriving = config.load().folder("sib", "chegada")
    before = set(arriving.iterdir())
    path = web.files().make([(1, world.inclusao(f"G{n}")) for n in range(50)])
    text = text_of(upload(web.member, path))
    assert "O arquivo passa de" in text
    assert "Divida-o" in text
    assert "Escolha o arquivo" not in text
    assert not Arquivo.objects.exists()
    assert set(arriving.iterdir()) <= before
    assert not list(config.load().folder("sib", "recebidos").glob(".*"))


def test_the_limit_is_of_all_files_of_a_request_together(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1_000)
    arriving = config.load().folder("sib", "chegada")
    before = set(arriving.iterdir())
    many = {name: io.BytesIO(b"x" * 600) for name in ("um", "dois", "arquivo")}
    assert "O arquivo passa de" in text_of(web.member.post(URL, many))
    assert not Arquivo.objects.exists()
    assert set(arriving.iterdir()) <= before


def test_of_who_has_not_logged_in_nothing_is_kept(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    plain = TemporaryFileUploadHandler.receive_data_chunk
    monkeypatch.setattr(
        TemporaryFileUploadHandler,
        "receive_data_chunk",
        lambda handler, raw, start: (kept.append(len(raw)), plain(handler, raw, start))[1],
    )
    for client in (Client(), Client(enforce_csrf_checks=True)):
        assert client.post(URL, {"arquivo": io.BytesIO(b"x" * 300_000)}).status_code in (302, 403)
    assert not kept
    web.member.post(URL, {"arquivo": io.BytesIO(b"x" * 300_000)})
    assert sum(kept) == 300_000


def test_a_bad_name_becomes_a_rejected_file_with_code_26(web: Web) -> None:
    path = web.files().make([(1, world.inclusao("N1"))])
    one = processed(web.member, path, "movimento.xml")
    assert "código 26" in page(web.member, one)
    assert "não é nome de SBX" in page(web.member, one)


def test_loading_again_sends_nothing_and_the_same_file_twice_changes_nothing(web: Web) -> None:
    path = web.files().make([(1, world.inclusao("D1", cpf=world.valid_cpf(1)))])
    one = sent(web.member, path)
    for _ in range(3):
        assert web.member.get(reverse("sib-arquivo", args=[one.pk])).status_code == 200
    again = upload(web.member, path)
    assert again["Location"] == reverse("sib-arquivo", args=[one.pk])
    assert "nada foi enviado duas vezes" in text_of(web.member.get(again["Location"]))
    assert Job.objects.filter(kind="sib.intake").count() == 1
    do(latest("sib.intake", f"arquivo:{one.pk}"))
    third = processed(web.member, path)
    assert third.pk != one.pk
    assert "código 26" in page(web.member, third)
    assert "Este mesmo arquivo, nome e conteúdo, já tinha sido recebido" in page(web.member, third)
    assert Vinculo.objects.count() == 1


def test_a_repeated_file_leads_to_the_one_that_counts(web: Web) -> None:
    path = web.files().make([(1, world.inclusao("D1", cpf=world.valid_cpf(1)))])
    first = processed(web.member, path)
    other = web.files().make([(1, world.inclusao("D2", cpf=world.valid_cpf(2)))])
    for content, name, says in (
        (path, path.name, "Este mesmo arquivo, nome e conteúdo"),
        (path, other.name, f"O conteúdo é o mesmo do arquivo {path.name}"),
    ):
        one = processed(web.member, content, name)
        text = page(web.member, one)
        assert says in text
        assert f"com o protocolo {first.protocolo}" in text
        assert "Não é preciso fazer nada" in text
        assert "Este envio não conta" in text
        assert "envie-o outra vez" not in text
        html = web.member.get(reverse("sib-arquivo", args=[one.pk])).content.decode()
        assert reverse("sib-arquivo", args=[first.pk]) in html
    assert "foi rejeitado" not in text_of(web.member.get("/sib/")), "nothing is to be sent again"
    clash = processed(web.member, other, path.name)
    text = page(web.member, clash)
    assert "Já há um arquivo com este nome e outro conteúdo" in text
    assert "Gere o arquivo de novo" in text
    assert "envie-o outra vez" in text
    assert "O último arquivo foi rejeitado" in text_of(web.member.get("/sib/"))


def test_a_zip_under_the_name_of_an_sbx_is_called_one(web: Web) -> None:
    path = web.files().make([(1, world.inclusao("Z1"))])
    path.write_bytes(b"PK\x03\x04" + bytes(60))
    text = page(web.member, processed(web.member, path))
    assert "código 16, ERRO_VALIDACAO_XSD O arquivo é um ZIP (compactado), e não um SBX." in text
    assert "O que fazer: Descompacte e envie o SBX de dentro." in text
    assert "Falhas de estrutura" not in text
    assert "gere o hash" not in text


def test_a_file_without_movement_says_so(web: Web) -> None:
    one = processed(web.member, web.files().make([], no_movement="62"))
    assert "Sem movimentação 1 1 0" in page(web.member, one)
    assert "motivo 62 (sem atualização na competência)" in page(web.member, one)


def test_a_file_that_was_resumed_says_so(web: Web) -> None:
    path = web.files().make([(1, world.inclusao("K1", cpf=world.valid_cpf(1)))])
    one = sent(web.member, path)
    Arquivo.objects.filter(pk=one.pk).update(estado=Arquivo.Estado.EM_PROCESSAMENTO)  # what a kill leaves
    do(latest("sib.intake", f"arquivo:{one.pk}"))
    text = page(web.member, one)
    assert "interrompido uma vez e retomado" in text
    assert "o processamento foi retomado" in text


def test_a_file_whose_work_failed_can_be_put_back_into_the_queue(web: Web) -> None:
    one = sent(web.member, web.files().make([(1, world.inclusao("Q1", cpf=world.valid_cpf(1)))]))
    Job.objects.update(state=Estado.FALHOU, message="O disco encheu.", code="DISCO")
    text = page(web.member, one)
    assert "O disco encheu." in text
    assert "não precisa ser reenviado" in text
    answer = web.member.post(reverse("sib-arquivo-repetir", args=[one.pk]))
    assert answer["Location"] == reverse("sib-arquivo", args=[one.pk])
    assert do(latest("sib.intake", f"arquivo:{one.pk}")).state == Estado.CONCLUIDA
    assert "Nenhuma crítica" in page(web.member, one)


def test_what_a_sender_writes_is_shown_as_text_never_as_markup(web: Web) -> None:
    name = "<script>alert(1)</script>.SBX"
    one = processed(web.member, web.files().make([(1, world.inclusao("S1"))]), name)
    assert "<script>alert" not in web.member.get(reverse("sib-arquivo", args=[one.pk])).content.decode()


def test_all_files_are_listed_newest_first_in_pages(web: Web) -> None:
    files = web.files()
    for number in range(53):
        sent(web.member, files.make([(1, world.inclusao(f"L{number}"))]))
    newest = Arquivo.objects.latest("pk").nome
    assert newest in text_of(web.member.get("/sib/arquivos/"))
    assert newest not in text_of(web.member.get("/sib/arquivos/?pagina=2"))
    assert newest not in text_of(web.stranger.get("/sib/arquivos/"))


def test_looking_at_criticas_is_on_record(web: Web) -> None:
    one = processed(web.member, web.files().make([(1, world.inclusao("V1", cpf="33333333333"))]))
    page(web.member, one)
    found = Registro.objects.filter(acao="sib:criticas:consultadas").latest("id")
    assert found.ator == f"cpf:{MEMBER}"
    assert found.assunto == f"operadora:{world.OPERADORA}"
