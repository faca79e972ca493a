"""A head office after its first form: data corrected, director changed, professionals linked; what the archive brought
is only read."""

from __future__ import annotations

import csv
import html
import io
from pathlib import Path

import pytest
from django.test import Client

from tests.national.cnes.archives import DIRECTOR, OTHER, establishment, load, number
from tests.national.cnes.test_pages import FORM, MINE, OTHERS, client_of, member, text_of
from vincula.common.audit import services as audit
from vincula.common.audit.models import Registro
from vincula.identifiers import cpf as cpf_rules
from vincula.national.cnes import models, services
from vincula.national.cnes.services import Registration, Situacao
from vincula.sandbox.operadoras import BY_REGISTRO

__all__ = ["member"]  # a fixture
pytestmark = pytest.mark.django_db(databases=["default", "audit"])
WORKER = cpf_rules.complete("990200103")
PROFESSIONAL = {
    "cpf": cpf_rules.format(WORKER),
    "nome": "ANA DE EXEMPLO",
    "cbo": "131210",
    "desde": "2026-01-10",
}


def begun(client: Client, *, steps: int = 0) -> Registration:
    client.post("/cnes/sede/novo/", FORM)
    for _ in range(steps):
        one = services.registrations_of(MINE)[0]
        client.post(f"/cnes/sede/{one.id}/avancar/", {"situacao": one.situacao.name})
    return services.registrations_of(MINE)[0]


def sent(client: Client, url: str, data: dict[str, str]) -> tuple[int, str]:
    answer = client.post(url, data)
    return answer.status_code, html.unescape(answer.content.decode())


def test_a_pre_cadastro_is_corrected_until_its_forms_are_handed_over(member: Client) -> None:
    one = begun(member)
    page = f"/cnes/sede/{one.id}/corrigir/"
    assert "RUA DA AMOSTRA" in text_of(member, page)
    status, shown = sent(member, page, FORM | {"cep": "1"})
    assert (status, 'href="#id_cep"' in shown) == (200, True)
    for _ in range(2):  # the same form again changes nothing more
        assert sent(member, page, FORM | {"telefone": "(81) 3333-9999", "diretor_cpf": OTHER})[0] == 302
    one = services.registrations_of(MINE)[0]
    assert (one.office.telefone, one.office.diretor_cpf) == ("(81) 3333-9999", OTHER)
    assert [step.motivo for step in one.history] == ["", "Dados corrigidos."]
    begun(member, steps=1)
    assert "já foram entregues" in text_of(member, page)
    assert "já foram entregues" in sent(member, page, FORM)[1]
    assert services.registrations_of(MINE)[0].office.diretor_cpf == OTHER


def test_all_that_is_wrong_is_told_at_once_and_what_was_told_can_be_read(member: Client) -> None:
    wrong = FORM | {
        "logradouro": "R" * 121,
        "cep": "1",
        "municipio": "1",
        "telefone": "1",
        "diretor_cpf": "1",
    }
    status, shown = sent(member, "/cnes/sede/novo/", wrong)
    fields = ("logradouro", "cep", "municipio", "telefone", "diretor_cpf")
    assert (status, [name for name in fields if f'href="#id_{name}"' in shown]) == (200, list(fields))
    for steps in (0, 1, 1):
        one = begun(member, steps=steps)
        shown = text_of(member, f"/cnes/sede/{one.id}/")
        for text in ("RUA DA AMOSTRA, 100, BOA VISTA", "50010-000", "Recife (PE)", "(81) 3333-0000"):
            assert text in shown, (one.situacao, text)
        assert cpf_rules.mask(DIRECTOR) in shown
        assert DIRECTOR not in shown


def test_the_director_of_an_active_head_office_is_changed_and_the_change_is_kept(member: Client) -> None:
    one = begun(member)
    page = f"/cnes/sede/{one.id}/diretor/"
    assert member.get(page).status_code == 405
    member.post(page, {"diretor_cpf": OTHER})
    assert services.registrations_of(MINE)[0].office.diretor_cpf == DIRECTOR, "no number yet"
    one = begun(member, steps=3)
    assert one.situacao is Situacao.ATIVO
    for wrong in ("", "529.982.247-24", "x" * 30, DIRECTOR):
        status, shown = sent(member, page, {"diretor_cpf": wrong})
        assert (status, 'href="#id_diretor_cpf"' in shown) == (200, True)
    asked = {"diretor_cpf": cpf_rules.format(OTHER)}
    status, shown = sent(member, page, asked)
    assert (status, "Trocar o diretor do CNES" in shown, "é revogado no SGOP" in shown) == (200, True, True)
    assert cpf_rules.mask(DIRECTOR) in shown
    assert services.directed_by(OTHER) == [], "one click changes nothing"
    for _ in range(2):
        assert sent(member, page, asked | {"confirmado": "sim"})[0] == 302
    assert [each.cnes for each in services.directed_by(OTHER)] == [one.cnes]
    assert services.directed_by(DIRECTOR) == []
    one = services.registrations_of(MINE)[0]
    assert one.office.diretor_cpf == OTHER
    assert [step.motivo for step in one.history][4:] == ["Diretor, gerente ou administrador trocado."]
    assert "cnes:diretor:retirado" in [each.acao for each in audit.about(f"cpf:{DIRECTOR}", limit=3)]
    shown = text_of(member, f"/cnes/sede/{one.id}/")
    assert cpf_rules.mask(OTHER) in shown
    assert OTHER not in shown


def test_professionals_of_a_simulated_head_office_are_linked_and_unlinked(member: Client) -> None:
    one = begun(member, steps=3)
    page = f"/cnes/{one.cnes}/profissionais/"
    assert "Nenhum profissional vinculado" in text_of(member, page)
    for wrong, field in (
        ({"cpf": "52998224724"}, "cpf"), ({"nome": ""}, "nome"), ({"cbo": "12"}, "cbo"),
        ({"desde": "2099-01-01"}, "desde"), ({"desde": "ontem"}, "desde"),
    ):  # fmt: skip
        status, shown = sent(member, page, PROFESSIONAL | wrong)
        assert (status, f'href="#id_{field}"' in shown) == (200, True), wrong
    assert sent(member, page, PROFESSIONAL)[0] == 302
    assert "já está vinculado" in sent(member, page, PROFESSIONAL)[1]
    shown = text_of(member, page)
    assert "ANA DE EXEMPLO" in shown
    assert "10/01/2026" in shown
    assert cpf_rules.mask(WORKER) in shown
    assert WORKER not in shown
    (link,) = services.professionals_of(one.cnes)
    end = f"{page}{link.id}/"
    assert "ANA DE EXEMPLO" in text_of(member, end)
    assert "antes do começo, 10/01/2026" in sent(member, end, {"ate": "2026-01-09"})[1]
    assert sent(member, end, {"ate": "2026-02-01"})[0] == 302
    assert "já terminou" in sent(member, end, {"ate": "2026-02-02"})[1]
    assert "ANA DE EXEMPLO" not in text_of(member, page)
    assert "01/02/2026" in text_of(member, page + "?encerrados=sim")
    told = [each.acao for each in audit.about(f"cpf:{WORKER}", limit=2)]
    assert told == ["cnes:profissional:desvinculado", "cnes:profissional:vinculado"]


def test_of_another_operadora_and_of_the_archive_nothing_is_changed(member: Client, tmp_path: Path) -> None:
    one = begun(member, steps=3)
    member.post(f"/cnes/{one.cnes}/profissionais/", PROFESSIONAL)
    (link,) = services.professionals_of(one.cnes)
    stranger, nobody = client_of(OTHER, OTHERS), client_of(WORKER)
    for path in (
        f"/cnes/{one.cnes}/profissionais/", f"/cnes/{one.cnes}/profissionais/{link.id}/",
        f"/cnes/sede/{one.id}/corrigir/", f"/cnes/sede/{one.id}/diretor/",
    ):  # fmt: skip
        assert stranger.post(path, PROFESSIONAL | FORM).status_code == 404, path
        assert nobody.post(path, FORM).status_code == 403, path
        assert Client().post(path, FORM)["Location"].startswith("/entrar/"), path
    archived = number(7)
    load(tmp_path, [establishment(archived, NU_CNPJ=BY_REGISTRO[OTHERS].cnpj)])
    models.Profissional.objects.create(
        cnes=archived, cpf=WORKER, nome="BIA DO ARQUIVO", cbo="131210", origem="CARGA", chave="x"
    )
    (of_archive,) = services.professionals_of(archived)
    page = f"/cnes/{archived}/profissionais/"
    shown = text_of(stranger, page)
    assert "BIA DO ARQUIVO" in shown
    assert "não informado" in shown
    assert "aqui só se leem" in shown
    assert "Desvincular" not in shown
    assert "Vincular um profissional" not in shown
    stranger.post(page, PROFESSIONAL)
    stranger.post(f"{page}{of_archive.id}/", {"ate": ""})
    assert [each.ate for each in services.professionals_of(archived, ended=True)] == [None]
    assert stranger.get(f"/cnes/{archived}/profissionais/{link.id}/").status_code == 404, "of another CNES"


def test_the_director_of_a_number_that_an_archive_has_taken_is_the_archives(
    member: Client, tmp_path: Path
) -> None:
    one = begun(member, steps=3)
    load(tmp_path, [establishment(one.cnes, CO_CPFDIRETORCLN=DIRECTOR)])
    shown = member.post(f"/cnes/sede/{one.id}/diretor/", {"diretor_cpf": OTHER}, follow=True).content.decode()
    assert "vale o que o arquivo diz" in shown
    assert [each.cnes for each in services.directed_by(OTHER)] == []


def test_a_professional_is_not_looked_at_unaudited(member: Client) -> None:
    one = begun(member, steps=3)
    member.post(f"/cnes/{one.cnes}/profissionais/", PROFESSIONAL)
    (link,) = services.professionals_of(one.cnes)
    before = Registro.objects.filter(acao="cnes:profissionais:consultados").count()
    assert "ANA DE EXEMPLO" in text_of(member, f"/cnes/{one.cnes}/profissionais/{link.id}/")
    assert Registro.objects.filter(acao="cnes:profissionais:consultados").count() == before + 1


EVIL = ('=HYPERLINK("http://x")', "+SUM(1;2)", "-1+1", "@SUM(A1)", "\tcmd")


def test_the_query_as_a_table_has_no_formula_in_it(tmp_path: Path) -> None:
    rows = [
        establishment(number(serial), NO_FANTASIA=evil, NO_RAZAO_SOCIAL=f"{evil} EXEMPLO")
        for serial, evil in enumerate(EVIL, 1)
    ]
    load(tmp_path, rows)
    answer = Client().get("/cnes/estabelecimentos.csv?sedes=on")
    assert answer["Content-Disposition"] == 'attachment; filename="cnes.csv"'
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert table[0][:3] == ["cnes", "razao_social", "nome_fantasia"]
    assert {row[0] for row in table[1:]} == {row["CO_CNES"] for row in rows}
    for row in table[1:]:
        assert not [cell for cell in row if cell[:1] in set("=+-@\t")], row
    assert DIRECTOR not in answer.content.decode()
    assert Client().get("/cnes/estabelecimentos.csv")["Location"] == "/cnes/"
    assert "estabelecimentos.csv?texto=&amp;uf=PE&amp;sedes=" in Client().get("/cnes/?uf=PE").content.decode()
