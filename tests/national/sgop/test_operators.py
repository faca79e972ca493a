"""Operators maintained: lists by pages and by choice, the page of one operator, his access ended, decisions as a table."""

from __future__ import annotations

import csv
import html
import io
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, OPERATOR, OTHER_CNES, OTHER_DIRECTOR, STAFF
from vincula.common.accounts.models import Pessoa
from vincula.common.audit import services as audit
from vincula.common.outcomes import Accepted
from vincula.identifiers import cpf as cpf_rules
from vincula.national.sgop.models import Historico, Solicitacao
from vincula.national.sgop.rules.words import Acao, Estado, Perfil, Tipo
from vincula.national.sgop.services import deciding
from vincula.national.sgop.views.deciding import PAGE_SIZE

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
EVIL = ('=HYPERLINK("http://x";"y")', "+SUM(1;2)", "-1+1", "@SUM(A1)", "=cmd")


@pytest.fixture(autouse=True)
def _country() -> None:
    world.country()
    world.administrator()


def page(cpf: str, url: str, status: int = 200) -> str:
    answer = world.entered(cpf).get(url)
    assert answer.status_code == status, url
    return html.unescape(answer.content.decode())


def many(count: int, estado: Estado = Estado.PENDENTE) -> None:
    """So many people with one request each at the first CNES, as they stand after a busy month."""
    rows = [
        Solicitacao(
            tipo=Tipo.PERFIL, cpf=world.a_cpf(1_000 + n), cnes=CNES, perfil=Perfil.OPERADOR, estado=estado
        )
        for n in range(count)
    ]
    made = Solicitacao.objects.bulk_create(rows)
    Historico.objects.bulk_create(
        Historico(solicitacao=one, estado=estado, por=f"cpf:{DIRECTOR}") for one in made
    )


@pytest.mark.requirement("R013")
def test_lists_come_in_pages_and_only_what_is_shown_is_audited() -> None:
    many(PAGE_SIZE + 5)
    for suffix, shown in (("", PAGE_SIZE), ("?pagina=2", 5), ("?pagina=99", 5), ("?pagina=x", PAGE_SIZE)):
        text = page(DIRECTOR, reverse("sgop-pendentes") + suffix)
        assert text.count(">Aprovar</button>") == shown, suffix
        (looked,) = audit.about("sgop", limit=1)
        assert len(json.loads(looked.detalhes)["pedidos"]) == shown
    assert "1 a 30 de 35" in page(DIRECTOR, reverse("sgop-pendentes"))


def test_a_list_is_narrowed_by_state_and_of_support_by_cnes() -> None:
    operator = world.operator()
    deciding.decide(DIRECTOR, operator[Tipo.PERFIL], Acao.REVOGAR, "saiu")
    access = reverse("sgop-acesso")
    assert page(DIRECTOR, access + "?estado=REVOGADO").count(">Restaurar</button>") == 1
    assert ">Revogar</button>" not in page(DIRECTOR, access + "?estado=REVOGADO")
    assert "Escolha um estado da lista." in page(DIRECTOR, access + "?estado=PENDENTE"), "not of this list"
    world.administrator(OTHER_DIRECTOR, OTHER_CNES)
    queue = reverse("sgop-administradores")
    assert page(STAFF, queue).count(">Revogar</button>") == 6
    assert page(STAFF, f"{queue}?cnes={OTHER_CNES}").count(">Revogar</button>") == 3
    assert "O CNES tem 7 números." in page(STAFF, f"{queue}?cnes=1%27--")


@pytest.mark.requirement("R013", "R047")
def test_one_operator_is_seen_with_all_that_is_his_at_this_cnes_and_nothing_else() -> None:
    machine = world.Machine.new()
    made = world.operator(machine=machine)
    text = page(DIRECTOR, reverse("sgop-operador", args=[made[Tipo.COMPUTADOR]]))
    assert "Última entrada no CadSUS Web: nenhuma." in text
    assert world.INSIDE in world.pass_gate(world.entered(OPERATOR), CNES, machine).content.decode()
    text = page(DIRECTOR, reverse("sgop-operador", args=[made[Tipo.PERFIL]]))
    for part in (
        "OPERADOR",
        "Mesa 2",
        cpf_rules.mask(OPERATOR),
        f"{timezone.localtime():%d/%m/%Y}",
        "Encerrar o acesso",
    ):
        assert part in text
    assert "nenhuma." not in text
    assert OPERATOR not in text
    assert text.count(">Revogar</button>") == 3
    own = Solicitacao.objects.filter(cpf=DIRECTOR).first()
    assert own is not None
    for who, number in ((OTHER_DIRECTOR, made[Tipo.PERFIL]), (STAFF, made[Tipo.PERFIL]), (OPERATOR, made[Tipo.PERFIL]),
                        (DIRECTOR, own.pk), (DIRECTOR, 99_999_999)):  # fmt: skip
        page(who, reverse("sgop-operador", args=[number]), 403)
    assert "ADMINISTRADOR no CNES" in page(STAFF, reverse("sgop-operador", args=[own.pk]))


@pytest.mark.requirement("R013", "R047")
def test_an_access_is_ended_as_a_whole_with_a_reason_by_who_may() -> None:
    made = world.operator()
    end = reverse("sgop-operador-encerrar", args=[made[Tipo.PERFIL]])
    for who in (OTHER_DIRECTOR, STAFF, OPERATOR):
        assert world.entered(who).post(end, {"motivo": "x"}).status_code == 403
    boss = world.entered(DIRECTOR)
    assert "Falta o motivo" in boss.post(end, {"motivo": " "}, follow=True).content.decode()
    assert {world.state(one) for one in made.values()} == {Estado.APROVADO}, "all or nothing"
    said = boss.post(end, {"motivo": "mudou de setor"}, follow=True).content.decode()
    assert "Acesso encerrado" in said
    assert {world.state(one) for one in made.values()} == {Estado.REVOGADO}
    assert "não tem pedido pendente" in boss.post(end, {"motivo": "outra vez"}, follow=True).content.decode()
    assert Historico.objects.filter(motivo="mudou de setor").count() == 3
    back = {"acao": "restaurar", "motivo": "voltou", "volta": "sgop-operador"}
    answer = boss.post(reverse("sgop-decidir", args=[made[Tipo.PERFIL]]), back)
    assert answer["Location"] == reverse("sgop-operador", args=[made[Tipo.PERFIL]])
    assert world.state(made[Tipo.PERFIL]) is Estado.APROVADO


def test_decisions_as_a_table_have_no_formula_and_only_what_is_his() -> None:
    made = world.operator()
    for evil in EVIL:
        deciding.decide(DIRECTOR, made[Tipo.PERFIL], Acao.REVOGAR, evil)
        deciding.decide(DIRECTOR, made[Tipo.PERFIL], Acao.RESTAURAR, evil)
    Pessoa.objects.filter(cpf=OPERATOR).update(nome=EVIL[0])
    answer = world.entered(DIRECTOR).get(reverse("sgop-realizadas-csv"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert table[0] == ["quando", "pessoa", "cpf", "cnes", "pedido", "estado", "por", "motivo"]
    assert len(table) == 1 + 3 + 2 * len(EVIL)
    for row in table:
        assert not [cell for cell in row if cell[:1] in set("=+-@\t")], row
    assert OPERATOR not in answer.content.decode()
    narrowed = (
        world.entered(DIRECTOR).get(reverse("sgop-realizadas-csv") + "?estado=REVOGADO").content.decode()
    )
    assert narrowed.count("\r\n") == 1 + len(EVIL)
    world.administrator(OTHER_DIRECTOR, OTHER_CNES)
    foreign = world.entered(OTHER_DIRECTOR).get(reverse("sgop-realizadas-csv")).content.decode()
    assert foreign.count("\r\n") == 1


def test_a_page_of_decisions_is_one_of_many() -> None:
    many(PAGE_SIZE * 2, Estado.APROVADO)
    first = page(DIRECTOR, reverse("sgop-realizadas"))
    assert first.count("sem conta") == PAGE_SIZE
    assert f"1 a {PAGE_SIZE} de {PAGE_SIZE * 2}" in first
    assert "realizadas.csv?estado=APROVADO" in page(DIRECTOR, reverse("sgop-realizadas") + "?estado=APROVADO")


def test_the_last_entry_is_noted_at_the_gate_alone() -> None:
    machine = world.Machine.new()
    made = world.operator(machine=machine)
    before = timezone.now() - timedelta(seconds=1)
    assert Solicitacao.objects.get(pk=made[Tipo.PERFIL]).ultima_entrada is None
    world.entered(OPERATOR).get("/segcartao/")
    assert Solicitacao.objects.get(pk=made[Tipo.PERFIL]).ultima_entrada is None
    world.pass_gate(world.entered(OPERATOR), CNES, machine)
    seen = Solicitacao.objects.get(pk=made[Tipo.PERFIL]).ultima_entrada
    assert seen is not None
    assert seen > before
    assert deciding.decide(DIRECTOR, made[Tipo.PERFIL], Acao.REVOGAR, "x") == Accepted(Estado.REVOGADO)
