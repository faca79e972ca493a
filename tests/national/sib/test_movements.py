"""What each movement does to a vínculo, what stays of how it was, and what the next competência may not change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.national.sib import world
from tests.national.sib.world import dependente, inclusao
from vincula.common.outcomes import Accepted
from vincula.identifiers import cco
from vincula.national.sib import services
from vincula.national.sib.models import Atribuicao, Movimento, Vinculo, VinculoVersao
from vincula.national.sib.rules.reasons import Action, Reason

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
MONTH, NEXT = 202611, 202612


def _cco(codigo: str) -> str:
    return cco.from_number(Vinculo.objects.get(codigo=codigo).id)


def test_every_movement_updates_the_vinculo_and_keeps_its_history(files: world.Files) -> None:
    files.send([(1, inclusao("T1")), (1, dependente("D1", "T1", cpf=world.valid_cpf(8)))], MONTH)
    number = _cco("D1")
    change = {
        "cco": number,
        "relacaoDependencia": "1",
        "dataContratacao": "2021-01-01",
        "numeroPlanoOperadora": "XPTO",
    }
    path = files.make(
        [
            (2, {"cco": number, "nome": "MARIANA DA SILVA", "complemento": "APTO 1"}),
            (2, {"cco": number, "bairro": "CENTRO"}),
            (3, change),
            (4, {"cco": number, "dataCancelamento": "2022-02-02", "motivoCancelamento": "41"}),
            (5, {"cco": number, "dataReativacao": "2022-03-03"}),
        ]
    )
    # An empty complemento clears it; an element without content does not count in the hash (instr. §17).
    path.write_bytes(path.read_bytes().replace(b"<bairro>", b"<complemento/><bairro>"))
    result = files.send_path(path, MONTH)
    assert result.totals == {2: (2, 0), 3: (1, 0), 4: (1, 0), 5: (1, 0)}
    now = Vinculo.objects.get(codigo="D1")
    assert (now.nome, now.complemento, now.relacao, now.titular_id, now.codigo_titular) == (
        "MARIANA DA SILVA", "", "1", 0, "",
    )  # fmt: skip
    assert (now.plano_ans, now.plano_operadora, now.contratacao) == ("", "XPTO", "2021-01-01")
    assert (now.situacao, now.cancelamento, now.reativacao) == ("A", "", "2022-03-03")
    history = [
        (m.tipo, {field: (before, after) for field, before, after in m.mudancas})
        for m in Movimento.objects.all()
    ]
    assert [kind for kind, _ in history] == [2, 2, 3, 4, 5]
    assert history[0][1]["nome"] == ("MARIA DA SILVA", "MARIANA DA SILVA")
    assert history[3][1]["situacao"] == ("A", "I")


def test_a_movement_on_somebody_elses_cco_is_refused_as_unknown(tmp_path: Path, files: world.Files) -> None:
    files.send([(1, inclusao("T1"))], MONTH)
    other = world.Files(tmp_path, world.OTHER)
    ending = {"dataCancelamento": "2022-02-02", "motivoCancelamento": "41"}
    result = other.send([(4, {"cco": _cco("T1"), **ending}), (4, {"cco": "000000999906", **ending})], MONTH)
    assert result.totals == {4: (2, 2)}
    assert Vinculo.objects.get(codigo="T1").situacao == "A"


def _coverage(month: int, codigo: str) -> tuple[Action, Reason, str]:
    row = Atribuicao.objects.get(competencia=month, vinculo_id=Vinculo.objects.get(codigo=codigo).id)
    return Action(row.acao), Reason(row.motivo), row.cns


@pytest.mark.requirement("R096", "R099")
def test_a_corrected_name_gets_its_number_in_the_next_competencia(tmp_path: Path, files: world.Files) -> None:
    number = world.valid_cns(1)
    person = {
        "nome": "MARIA SILVA SAURO",
        "data_nascimento": "1980-05-17",
        "cpf": "11122233396",
        "nome_mae": "ANA",
    }
    world.load_receita(tmp_path, [person])
    world.load_cadsus(tmp_path, [{**person, "nome_mae": "ANA DA SILVA", "cns": number}])
    files.send([(1, inclusao("T1", nome="MARIA SILVA"))], MONTH)
    world.close(MONTH)
    assert _coverage(MONTH, "T1") == (Action.NENHUMA, Reason.NOME_DIFERE, "")
    files.send([(2, {"cco": _cco("T1"), "nome": "MARIA SILVA SAURO"})], NEXT)
    world.close(NEXT)
    assert _coverage(MONTH, "T1") == (Action.NENHUMA, Reason.NOME_DIFERE, ""), (
        "the closed one stays as it was"
    )
    assert _coverage(NEXT, "T1") == (Action.ATRIBUIDO, Reason.VALIDADO, number)


def test_a_number_given_stays_while_its_ground_stands_and_goes_with_it(
    tmp_path: Path, files: world.Files
) -> None:
    people = [
        {
            "nome": name,
            "data_nascimento": "1980-05-17",
            "cpf": world.valid_cpf(serial),
            "nome_mae": "ANA DA SILVA",
        }
        for serial, name in ((1, "FICA COMO ESTA"), (2, "MUDA DE NOME"))
    ]
    world.load_receita(tmp_path, people)
    world.load_cadsus(tmp_path, [{**p, "cns": world.valid_cns(10 * n)} for n, p in enumerate(people, 1)])
    files.send([(1, inclusao(f"P{n}", nome=p["nome"], cpf=p["cpf"])) for n, p in enumerate(people, 1)], MONTH)
    world.close(MONTH)
    world.load_receita(tmp_path, [{**p, "situacao": "3"} for p in people])  # both are reported dead meanwhile
    files.send([(2, {"cco": _cco("P2"), "nome": "OUTRO NOME QUALQUER"})], NEXT)
    world.close(NEXT)
    assert _coverage(NEXT, "P1") == (Action.CONSERVADO, Reason.CPF_FALECIDO, world.valid_cns(10))
    assert _coverage(NEXT, "P2") == (Action.NENHUMA, Reason.NOME_DIFERE, "")


@pytest.mark.requirement("R099", "R100")
def test_the_cnx_of_a_closed_competencia_has_the_same_bytes_however_late(
    tmp_path: Path, files: world.Files
) -> None:
    files.send([(1, inclusao("T1")), (1, dependente("D1", "T1", cpf=world.valid_cpf(8)))], MONTH)
    assert world.refusal(services.conference(world.OPERADORA, MONTH, "teste")) == "CNX_COMPETENCIA_ABERTA"
    assert isinstance(services.close(MONTH, "teste", world.quiet), Accepted)
    assert (
        world.refusal(services.conference(world.OPERADORA, MONTH, "teste"))
        == "CNX_COMPETENCIA_NAO_CONSOLIDADA"
    )
    assert isinstance(services.consolidate(MONTH, "teste", world.quiet), Accepted)
    early = services.conference(world.OPERADORA, MONTH, "teste")
    assert isinstance(early, Accepted)
    first = early.value.path.read_bytes()
    files.send(
        [
            (2, {"cco": _cco("T1"), "nome": "NOME DE OUTRO MES", "cns": world.valid_cns(5)}),
            (4, {"cco": _cco("D1"), "dataCancelamento": "2022-02-02", "motivoCancelamento": "41"}),
            (1, inclusao("T2", cpf=world.valid_cpf(9))),
        ],
        NEXT,
    )
    assert VinculoVersao.objects.count() == 2
    world.close(NEXT)
    early.value.path.unlink()  # as if asked for the first time a year later
    late = services.conference(world.OPERADORA, MONTH, "teste")
    assert isinstance(late, Accepted)
    assert late.value.path.read_bytes() == first
    assert b"NOME DE OUTRO MES" not in first
    newer = services.conference(world.OPERADORA, NEXT, "teste")
    assert isinstance(newer, Accepted)
    assert b"NOME DE OUTRO MES" in newer.value.path.read_bytes()
    assert newer.value.beneficiarios == 3


@pytest.mark.requirement("R101")
def test_an_operadora_without_vinculos_has_no_cnx(files: world.Files) -> None:
    files.send([(1, inclusao("T1"))], MONTH)
    world.close(MONTH)
    assert world.refusal(services.conference(world.OTHER, MONTH, "teste")) == "CNX_SEM_BENEFICIARIOS"


def test_a_file_of_the_next_competencia_does_not_reach_into_the_one_being_consolidated(
    tmp_path: Path, files: world.Files
) -> None:
    person = {
        "nome": "MARIA DA SILVA",
        "data_nascimento": "1980-05-17",
        "cpf": "11122233396",
        "nome_mae": "ANA DA SILVA",
    }
    world.load_receita(tmp_path, [person])
    world.load_cadsus(tmp_path, [{**person, "cns": world.valid_cns(1)}])
    files.send([(1, inclusao("T1"))], MONTH)
    files.send([(2, {"cco": _cco("T1"), "nome": "OUTRA PESSOA"})], NEXT)
    world.close(MONTH)
    assert _coverage(MONTH, "T1") == (Action.ATRIBUIDO, Reason.VALIDADO, world.valid_cns(1))
    world.close(NEXT)
    assert _coverage(NEXT, "T1")[1] is Reason.NOME_DIFERE
