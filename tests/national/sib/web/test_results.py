"""What closing did, as the operadora and the staff see it: coverage, reasons, one vínculo, the CNX."""

from __future__ import annotations

import io

import pytest

from tests.national.sib import world
from tests.national.sib.web.stage import CLOSED, HERS, LOWER, MEMBER, OPEN, STAFF, Web, do
from tests.national.sib.web.test_access import body
from tests.national.sib.web.test_files import text_of
from vincula.common import config
from vincula.common.audit.models import Registro
from vincula.common.jobs.models import Estado, Job
from vincula.common.jobs.services import latest
from vincula.common.outcomes import Accepted
from vincula.formats.sib import COLUMNS_CNX, read_cnx
from vincula.national.sib import services
from vincula.national.sib.models import Atribuicao, Competencia, PedidoCnx, Revisao, Vinculo
from vincula.national.sib.rules.reasons import Reason

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
CNX = f"/sib/competencias/{CLOSED // 100}-{CLOSED % 100:02d}/cnx/"


def test_the_first_page_of_a_new_operadora_says_what_to_do(web: Web) -> None:
    text = text_of(web.member.get("/sib/"))
    assert "Envie o arquivo SBX da competência" in text
    assert "Nenhuma competência foi consolidada ainda" in text
    assert "ainda não enviou arquivos" in text
    assert "Nenhuma competência foi consolidada ainda" in text_of(web.member.get("/sib/sem-cns/"))


def test_the_first_page_shows_the_coverage_and_the_next_steps(consolidated: Web) -> None:
    text = text_of(consolidated.member.get("/sib/"))
    assert "Com CNS 2 66," in text
    assert "Sem CNS 1 33,3%" in text
    assert "1 beneficiário está sem CNS" in text
    assert "Peça o CNX da competência 2026-10" in text


@pytest.mark.requirement("R095")
def test_a_competencia_shows_what_closing_did_for_this_operadora(consolidated: Web) -> None:
    text = text_of(consolidated.member.get("/sib/competencias/2026-10/"))
    assert "CONSOLIDADA" in text
    assert "3 vínculos no estado congelado: 2 com CNS e 1 sem" in text
    assert "Recebeu o CNS principal da pessoa" in text
    assert "O nome difere do da Receita." in text
    assert "inferência deste programa" in text_of(consolidated.member.get("/sib/competencias/"))
    replaced = text_of(consolidated.member.get("/sib/competencias/2026-10/substituidos/"))
    assert LOWER in replaced
    assert "BIA PRADO REIS" in replaced
    assert "ANA LIMA" not in replaced
    assert "CIDA" not in replaced


def test_each_reason_has_its_sentence_its_next_step_and_its_list(consolidated: Web) -> None:
    assert consolidated.member.get("/sib/sem-cns/")["Location"] == "/sib/competencias/2026-10/sem-cns/"
    text = text_of(consolidated.member.get("/sib/competencias/2026-10/sem-cns/"))
    assert "O nome difere do da Receita. 1 100%" in text
    assert "Confira no documento do beneficiário" in text
    listed = text_of(consolidated.member.get("/sib/competencias/2026-10/sem-cns/nome-difere/"))
    assert "CIDA LIMA" in listed
    assert consolidated.cco("CIDA") in listed
    other = text_of(consolidated.member.get("/sib/competencias/2026-10/sem-cns/cpf-falecido/"))
    assert "Nenhum vínculo ficou sem CNS por este motivo" in other


def test_the_list_is_continued_by_key(web: Web) -> None:
    rows = [(1, world.inclusao(f"K{n:03d}", cpf=world.valid_cpf(3_000 + n))) for n in range(120)]
    web.files().send(rows, CLOSED)
    world.close(CLOSED)
    url = "/sib/competencias/2026-10/sem-cns/dados-nao-conferem/"
    seen: list[str] = []
    while url:
        html = web.member.get(url).content.decode()
        seen += [f"K{n:03d}" for n in range(120) if f">K{n:03d}</td>" in html]
        link = html.split('<a href="?apos=')
        url = f"{url.split('?')[0]}?apos={link[1].split(chr(34))[0]}" if len(link) > 1 else ""
    assert seen == [f"K{n:03d}" for n in range(120)]
    for nonsense in ("x", "-1", "9" * 40, "1e3", "٣"):
        assert (
            web.member.get(f"/sib/competencias/2026-10/sem-cns/sem-cpf/?apos={nonsense}").status_code == 200
        )


def test_the_list_as_a_csv_is_a_safe_download(consolidated: Web) -> None:
    answer = consolidated.member.get("/sib/competencias/2026-10/sem-cns/lista/")
    text = body(answer)
    assert answer["Content-Disposition"] == f'attachment; filename="{world.OPERADORA}-2026-10-sem-cns.csv"'
    assert "CIDA LIMA" in text
    assert "NOME_DIFERE" in text
    assert "ALHEIA" not in text
    assert not list(config.load().folder("sib", "listas").iterdir())
    early = consolidated.member.get("/sib/competencias/2026-11/sem-cns/lista/")
    assert early.status_code == 409
    assert "não foi encerrada" in text_of(early)


def test_a_vinculo_tells_its_data_its_history_and_its_results(consolidated: Web) -> None:
    cco = consolidated.cco("CIDA")
    consolidated.files().send([(2, {"cco": cco, "nome": "CIDA SOUZA"})], OPEN)
    text = text_of(consolidated.member.get(f"/sib/vinculos/{cco}/"))
    cpf = Vinculo.objects.get(codigo="CIDA").cpf
    assert cpf not in text
    assert f"***.{cpf[3:6]}.{cpf[6:9]}-**" in text
    assert "Nome: CIDA LIMA passou a → CIDA SOUZA" in text
    assert "Município 355030 – São Paulo (SP)" in text
    assert "Entrada na base" in text
    assert "17/05/1980" in text
    assert "O nome difere do da Receita." in text
    assert text.index("Retificação") < text.index("Inclusão")
    consolidated.files().send([(2, {"cco": cco, "codigoMunicipio": "330455"})], OPEN)
    moved = text_of(consolidated.member.get(f"/sib/vinculos/{cco}/"))
    assert "Município: 355030 – São Paulo (SP) passou a → 330455 – Rio de Janeiro (RJ)" in moved
    look = Registro.objects.filter(acao="sib:vinculo:consultado").latest("id")
    assert (look.ator, look.assunto) == (f"cpf:{MEMBER}", f"cpf:{cpf}")
    world.close(OPEN)
    after = text_of(consolidated.member.get(f"/sib/vinculos/{cco}/"))
    assert after.index("2026-11") < after.index("2026-10")
    assert "Recebeu o CNS principal da pessoa" in after


@pytest.mark.requirement("R097", "R098", "R099")
def test_the_cnx_is_asked_for_and_fetched_with_the_same_bytes_however_late(consolidated: Web) -> None:
    assert "Pedir o CNX" in text_of(consolidated.member.get(CNX))
    refused = consolidated.member.get(f"{CNX}arquivo/")
    assert refused.status_code == 409
    assert "ainda não está pronto" in text_of(refused)
    assert consolidated.member.post(CNX)["Location"] == CNX
    waiting = consolidated.member.get(CNX)
    assert "O pedido está registrado" in text_of(waiting)
    assert f"{CNX}andamento/" in waiting.content.decode()
    consolidated.member.post(CNX)
    assert Job.objects.filter(kind="sib.cnx").count() == 1, "asking twice asks once"
    do(latest("sib.cnx", f"{world.OPERADORA}:{CLOSED}"))
    ready = consolidated.member.get(f"{CNX}andamento/")
    assert "hx-get" not in ready.content.decode()
    assert "Baixar o CNX" in text_of(ready)
    first = consolidated.member.get(f"{CNX}arquivo/")
    name = f"ArqConf{world.OPERADORA}1120261001.CNX"
    assert first["Content-Disposition"] == f'attachment; filename="{name}"'
    content = body(first)
    consolidated.files().send([(1, world.inclusao("NOVA", cpf=world.valid_cpf(5)))], OPEN)
    world.close(OPEN)
    assert body(consolidated.member.get(f"{CNX}arquivo/")) == content
    assert HERS in content
    assert "ALHEIA" not in content
    got = Registro.objects.filter(acao="sib:cnx:entregue", ator=f"cpf:{MEMBER}")
    assert got.count() >= 2


@pytest.mark.requirement("R099")
def test_the_file_is_a_whole_cnx_of_that_operadora(consolidated: Web) -> None:
    consolidated.member.post(CNX)
    do(latest("sib.cnx", f"{world.OPERADORA}:{CLOSED}"))
    path = consolidated.folder / "conferencia.CNX"
    path.write_bytes(body(consolidated.member.get(f"{CNX}arquivo/")).encode("iso-8859-1"))
    with path.open("rb") as source:
        reader = read_cnx(source)
        codes = {row[COLUMNS_CNX.index("codigoBeneficiario")] for row in reader}
    assert codes == {"ANA", "BIA", "CIDA"}
    assert reader.hash_diagnosis.accepted
    assert reader.header.destino_registro == world.OPERADORA


@pytest.mark.requirement("R100")
def test_the_cnx_of_an_open_or_only_closed_competencia_is_refused_with_the_reason(web: Web) -> None:
    web.files().send([(1, world.inclusao("C1"))], CLOSED)
    for says in ("não foi encerrada", "ainda não foi consolidada"):
        assert says in text_of(web.member.get(CNX))
        assert "Pedir o CNX" not in text_of(web.member.get(CNX))
        assert says in text_of(web.member.post(CNX, follow=True))
        answer = web.member.get(f"{CNX}arquivo/")
        assert answer.status_code == 409
        assert says in text_of(answer)
        Competencia.objects.filter(mes=CLOSED).update(estado=Competencia.Estado.ENCERRADA)
    assert not PedidoCnx.objects.exists()
    assert not Job.objects.filter(kind="sib.cnx").exists()


@pytest.mark.requirement("R101")
def test_each_operadora_fetches_its_own_cnx_from_the_same_address(consolidated: Web) -> None:
    for client, registro in ((consolidated.member, world.OPERADORA), (consolidated.stranger, world.OTHER)):
        client.post(CNX)
        do(latest("sib.cnx", f"{registro}:{CLOSED}"))
    mine, theirs = (
        body(client.get(f"{CNX}arquivo/")) for client in (consolidated.member, consolidated.stranger)
    )
    assert "ANA LIMA SOUZA" in mine
    assert "PESSOA ALHEIA LIMA" not in mine
    assert "PESSOA ALHEIA LIMA" in theirs
    assert "ANA LIMA SOUZA" not in theirs


def test_the_quality_counters_are_the_operadoras_own(consolidated: Web) -> None:
    text = text_of(consolidated.member.get("/sib/qualidade/"))
    assert "Total de CNS não preenchido 2" in text
    assert "Total de CNS não preenchido 1" in text_of(consolidated.stranger.get("/sib/qualidade/"))


def test_an_operadora_without_vinculos_is_told_so_and_offered_no_cnx(web: Web) -> None:
    web.files(world.OTHER).send([(1, world.inclusao("ALHEIA"))], CLOSED)
    world.close(CLOSED)
    assert "não tinha vínculos" in text_of(web.member.get("/sib/competencias/2026-10/sem-cns/"))
    assert "Sem vínculos: não há o que conferir" in text_of(web.member.get("/sib/cnx/"))
    for answer in (web.member.get(CNX), web.member.post(CNX, follow=True), web.member.get(f"{CNX}arquivo/")):
        assert "não há o que conferir" in text_of(answer)
        assert "Pedir o CNX" not in text_of(answer)
    assert not Job.objects.filter(kind="sib.cnx").exists()


WAITING = [
    (0, "Nenhuma operadora enviará mais arquivos a ela. Não há volta."),
    (1, "O arquivo já recebido que espera será processado antes. Não há volta."),
    (2, "Os 2 arquivos já recebidos que esperam serão processados antes. Não há volta."),
]


@pytest.mark.parametrize(("count", "says"), WAITING)
def test_numbers_and_words_agree_on_the_pages_of_the_staff(web: Web, count: int, says: str) -> None:
    Competencia.objects.create(mes=CLOSED)
    for number in range(count):
        with web.files().make([(1, world.inclusao(f"E{number}"))]).open("rb") as source:
            services.receive(source, source.name.rsplit("/", 1)[-1], world.SENDER, CLOSED)
    assert says in text_of(web.staff.get("/sib/gestao/2026-10/encerrar/"))
    text = text_of(web.staff.get("/sib/gestao/2026-10/"))
    files = [
        "Arquivos nenhum",
        "1 arquivo de 1 operadora; 0 rejeitados, 1 por",
        "2 arquivos de 1 operadora; 0",
    ]
    assert files[count] in text
    web.staff.post("/sib/gestao/2026-10/encerrar/")
    do(latest("sib.encerramento", "2026-10"))
    assert "Encerramento concluído." in text_of(web.staff.get("/sib/gestao/2026-10/"))
    web.staff.post("/sib/gestao/2026-10/consolidar/")
    do(latest("sib.consolidacao", "2026-10"))
    assert "Consolidação concluída." in text_of(web.staff.get("/sib/gestao/2026-10/"))


class TestStaff:
    """The national side's pages."""

    def test_a_competencia_is_closed_and_consolidated_with_confirmation(self, web: Web) -> None:
        web.files().send([(1, world.inclusao("G1", cpf=world.valid_cpf(1)))], CLOSED)
        assert "2026-10" in text_of(web.staff.get("/sib/gestao/"))
        base = "/sib/gestao/2026-10/"
        assert "Não há volta." in text_of(web.staff.get(f"{base}encerrar/"))
        assert Competencia.objects.get(mes=CLOSED).estado == "ABERTA", "a look changes nothing"
        early = text_of(web.staff.post(f"{base}consolidar/", follow=True))
        assert "não foi encerrada" in early
        assert web.staff.post(f"{base}encerrar/")["Location"] == base
        assert f"{base}andamento/" in web.staff.get(base).content.decode()
        web.staff.post(f"{base}encerrar/")
        assert Job.objects.filter(kind="sib.encerramento").count() == 1
        assert do(latest("sib.encerramento", "2026-10")).state == Estado.CONCLUIDA
        assert "já foi encerrada" in text_of(web.staff.post(f"{base}encerrar/", follow=True))
        web.staff.post(f"{base}consolidar/")
        assert do(latest("sib.consolidacao", "2026-10")).state == Estado.CONCLUIDA
        text = text_of(web.staff.get(base))
        assert "CONSOLIDADA" in text
        assert "CPF, nome e nascimento, juntos" in text
        assert "já foi consolidada" in text_of(web.staff.post(f"{base}consolidar/", follow=True))
        closed = Registro.objects.filter(acao="sib:competencia:encerrada").latest("id")
        assert closed.ator == f"cpf:{STAFF}"

    def test_a_file_that_does_not_say_whose_it_is_brings_no_operadora(self, web: Web) -> None:
        web.files().send([(1, world.inclusao("G1", cpf=world.valid_cpf(1)))], CLOSED)
        for number in range(2):
            received = services.receive(
                io.BytesIO(b"x" * (number + 1)), f"qualquer{number}.txt", world.SENDER, CLOSED
            )
            assert isinstance(received, Accepted)
            assert received.value.registro == "000000"
            text = text_of(web.staff.get("/sib/gestao/2026-10/"))
            assert f"{number + 2} arquivos de 1 operadora; {number + 1} rejeitado" in text
            assert ("1 não diz de que operadora é", "2 não dizem de que operadora são")[number] in text
        (listed,) = (one for one in services.national_months() if one.month == CLOSED)
        assert (listed.operadoras, listed.files, listed.unknown) == (1, 3, 2)
        assert "000000" not in web.staff.get("/sib/gestao/").content.decode()

    def test_a_refusal_of_the_work_itself_is_shown(self, web: Web) -> None:
        for month in (CLOSED, OPEN):
            web.files().send([(1, world.inclusao(f"G{month}", cpf=world.valid_cpf(month)))], month)
        web.staff.post("/sib/gestao/2026-11/encerrar/")
        assert do(latest("sib.encerramento", "2026-11")).state == Estado.FALHOU
        told = text_of(web.staff.get("/sib/gestao/2026-11/"))
        assert (
            "O último pedido não foi cumprido A competência 2026-10 ainda está aberta. O que fazer: " in told
        )
        assert told.count("A competência 2026-10 ainda está aberta.") == 1
        assert Competencia.objects.get(mes=OPEN).estado == "ABERTA"

    def test_a_job_done_twice_changes_nothing(self, consolidated: Web) -> None:
        from vincula.common.jobs.services import enqueue

        before = list(Atribuicao.objects.order_by("vinculo_id").values_list("vinculo_id", "cns"))
        for kind in ("sib.encerramento", "sib.consolidacao"):
            done = do(enqueue(kind, "2026-10", month=CLOSED, actor="teste"))
            assert done.state == Estado.CONCLUIDA
            assert done.result["ja_estava"] is True
        assert list(Atribuicao.objects.order_by("vinculo_id").values_list("vinculo_id", "cns")) == before

    def test_the_list_for_review_shows_both_and_records_who_looked(self, web: Web) -> None:
        cpf = world.valid_cpf(4_000)
        person = {"nome": "QUEILA PRADO", "nome_mae": "ANA MAE PRADO", "data_nascimento": "1980-05-17"}
        world.load_receita(web.folder, [{"cpf": cpf, **person}])
        world.load_cadsus(web.folder, [{"cns": world.valid_cns(8_000), **person}])
        row = world.inclusao("Q1", cpf=cpf, nome="QUEILA PRADO", nomeMae="ANA MAE PRADO")
        web.files().send([(1, row)], CLOSED)
        world.close(CLOSED)
        assert Revisao.objects.count() == 1
        assert Atribuicao.objects.get().motivo == Reason.EM_REVISAO
        assert "1 caso para revisar" in text_of(web.staff.get("/sib/gestao/2026-10/"))
        text = text_of(web.staff.get("/sib/gestao/2026-10/revisao/"))
        assert text.count("QUEILA PRADO") == 2
        look = Registro.objects.filter(acao="sib:revisao:consultada").latest("id")
        assert (look.ator, look.assunto) == (f"cpf:{STAFF}", f"cpf:{cpf}")
