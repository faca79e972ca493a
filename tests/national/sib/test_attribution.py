"""Who gets a CNS when the competência is consolidated, and why the others do not: one row per kind of person.

The table is read as: what the operadora sent, what the Receita has, what the CNS base has, what must come of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.national.sib import world
from vincula.common.outcomes import Accepted
from vincula.formats.sib import COLUMNS_CNX
from vincula.formats.sib.cnx_reader import read_cnx
from vincula.identifiers import cco
from vincula.national.sib import services
from vincula.national.sib.models import Atribuicao, Revisao, Vinculo
from vincula.national.sib.rules.reasons import Action, Reason

MONTH = 202611
BIRTH = "1980-05-17"


@dataclass
class Case:
    """`sent`: name, birth, CNS as sent. `receita`: name, birth, situation; None: no such CPF. `base`: persons of the CNS
    base: (name, card, other cards, has this CPF). `expect`: action, reason, whose number ('' none, 'novo' issued)."""

    label: str
    sent: tuple[str, str, str]
    receita: tuple[str, str, str] | None
    base: list[tuple[str, str, str, bool]]
    expect: tuple[Action, Reason, str]
    social: str = ""
    cpf_sent: bool = True
    cpf: str = field(default="", init=False)


A, B, C = (world.valid_cns(n) for n in (701, 702, 703))
LOW = world.valid_cns(801, "8")
NOBODYS = world.valid_cns(99999)


def mine(name: str, card: str = "*", others: str = "") -> list[tuple[str, str, str, bool]]:
    return [(name, card, others, True)]


CASES = [
    Case("identical in the three", ("ANA LIMA SOUZA", BIRTH, ""), ("ANA LIMA SOUZA", BIRTH, "0"), mine("ANA LIMA SOUZA"),
         (Action.ATRIBUIDO, Reason.VALIDADO, "*")),
    Case("case, accents and spacing", ("ANA  LIMA SOUZA", BIRTH, ""), ("Ána Lima Sóuza", BIRTH, "0"), mine("ANA LIMA SOUZA"),
         (Action.ATRIBUIDO, Reason.VALIDADO, "*")),
    Case("hyphen and full stop, which an SBX cannot carry", ("ANA LIA SOUZA", BIRTH, ""), ("ANA-LIA SOUZA.", BIRTH, "0"),
         mine("ANA-LIA SOUZA"), (Action.ATRIBUIDO, Reason.VALIDADO, "*")),
    Case("both cut at 70", ("MARIA " + "ABCDEFGHI " * 6 + "ABCD", BIRTH, ""), ("MARIA " + "ABCDEFGHI " * 7, BIRTH, "0"),
         mine("MARIA " + "ABCDEFGHI " * 6), (Action.ATRIBUIDO, Reason.VALIDADO, "*")),
    Case("suspended CPF attributes", ("ANA DOIS SOUZA", BIRTH, ""), ("ANA DOIS SOUZA", BIRTH, "2"), mine("ANA DOIS SOUZA"),
         (Action.ATRIBUIDO, Reason.VALIDADO, "*")),
    Case("pending CPF attributes", ("ANA QUATRO SOUZA", BIRTH, ""), ("ANA QUATRO SOUZA", BIRTH, "4"),
         mine("ANA QUATRO SOUZA"), (Action.ATRIBUIDO, Reason.VALIDADO, "*")),
    Case("sent the master", ("BIA COM CARTAO", BIRTH, "*"), ("BIA COM CARTAO", BIRTH, "0"), mine("BIA COM CARTAO"),
         (Action.MANTIDO, Reason.VALIDADO, "*")),
    Case("sent a lower card of the same person", ("BIA COM DOIS", BIRTH, LOW), ("BIA COM DOIS", BIRTH, "0"),
         mine("BIA COM DOIS", "*", LOW), (Action.SUBSTITUIDO_QUALIDADE, Reason.VALIDADO, "*")),
    Case("sent somebody else's", ("BIA COM ALHEIO", BIRTH, A), ("BIA COM ALHEIO", BIRTH, "0"),
         [*mine("BIA COM ALHEIO"), ("OUTRA PESSOA QUALQUER", A, "", False)],
         (Action.SUBSTITUIDO_OUTRA_PESSOA, Reason.VALIDADO, "*")),
    Case("sent a number of nobody", ("BIA COM NENHUM", BIRTH, NOBODYS), ("BIA COM NENHUM", BIRTH, "0"),
         mine("BIA COM NENHUM"), (Action.SUBSTITUIDO_OUTRA_PESSOA, Reason.VALIDADO, "*")),
    Case("name differs", ("CARLA SILVA", BIRTH, ""), ("CARLA SOUZA", BIRTH, "0"), mine("CARLA SOUZA"),
         (Action.NENHUMA, Reason.NOME_DIFERE, "")),
    Case("abbreviated name", ("CARLA M SOUZA", BIRTH, ""), ("CARLA MARIA SOUZA", BIRTH, "0"), mine("CARLA MARIA SOUZA"),
         (Action.NENHUMA, Reason.NOME_DIFERE, "")),
    Case("nome social does not count", ("DANIELA PRADO", BIRTH, ""), ("DANIEL PRADO", BIRTH, "0"), mine("DANIEL PRADO"),
         (Action.NENHUMA, Reason.NOME_DIFERE, ""), social="DANIELA PRADO"),
    Case("apostrophe is carried, so it counts", ("ELA DAVILA", BIRTH, ""), ("ELA D'AVILA", BIRTH, "0"), mine("ELA D'AVILA"),
         (Action.NENHUMA, Reason.NOME_DIFERE, "")),
    Case("birth differs", ("EVA PRADO", "1980-05-18", ""), ("EVA PRADO", BIRTH, "0"), mine("EVA PRADO"),
         (Action.NENHUMA, Reason.NASCIMENTO_DIFERE, "")),
    Case("both differ: told as no CPF at all", ("FABIA PRADO", "1980-05-18", ""), ("GABI LIMA", BIRTH, "0"),
         mine("GABI LIMA"), (Action.NENHUMA, Reason.DADOS_NAO_CONFEREM, "")),
    Case("no such CPF", ("HELENA PRADO", BIRTH, ""), None, [], (Action.NENHUMA, Reason.DADOS_NAO_CONFEREM, "")),
    Case("without CPF", ("IARA PRADO", "2019-01-01", ""), None, [], (Action.NENHUMA, Reason.SEM_CPF, ""), cpf_sent=False),
    Case("deceased", ("JOANA PRADO", BIRTH, ""), ("JOANA PRADO", BIRTH, "3"), mine("JOANA PRADO"),
         (Action.NENHUMA, Reason.CPF_FALECIDO, "")),
    Case("cancelled for multiplicity", ("KARINA PRADO", BIRTH, ""), ("KARINA PRADO", BIRTH, "5"), mine("KARINA PRADO"),
         (Action.NENHUMA, Reason.CPF_CANCELADO, "")),
    Case("void", ("LIA PRADO", BIRTH, ""), ("LIA PRADO", BIRTH, "8"), mine("LIA PRADO"),
         (Action.NENHUMA, Reason.CPF_NULO, "")),
    Case("cancelled ex officio", ("MARA PRADO", BIRTH, ""), ("MARA PRADO", BIRTH, "9"), mine("MARA PRADO"),
         (Action.NENHUMA, Reason.CPF_CANCELADO, "")),
    Case("deceased, but the name differs: nothing of the situation is told", ("NARA LIMA", BIRTH, ""),
         ("NARA PRADO", BIRTH, "3"), mine("NARA PRADO"), (Action.NENHUMA, Reason.NOME_DIFERE, "")),
    Case("CPF shared by two persons", ("OLGA PRADO", BIRTH, ""), ("OLGA PRADO", BIRTH, "0"),
         [*mine("OLGA PRADO"), ("PAULA REIS CUNHA", B, "", True)], (Action.NENHUMA, Reason.CPF_EM_CONFLITO, "")),
    Case("a namesake without CPF, same birth and mother", ("QUEILA PRADO", BIRTH, ""), ("QUEILA PRADO", BIRTH, "0"),
         [("QUEILA PRADO", C, "", False)], (Action.NENHUMA, Reason.EM_REVISAO, "")),
    Case("nobody in the CNS base", ("RITA PRADO", BIRTH, ""), ("RITA PRADO", BIRTH, "0"), [],
         (Action.EMITIDO, Reason.VALIDADO, "novo")),
    Case("not validated, keeps the number that the operadora sent", ("SARA LIMA", BIRTH, NOBODYS),
         ("SARA PRADO", BIRTH, "0"), mine("SARA PRADO"), (Action.INFORMADO, Reason.NOME_DIFERE, NOBODYS)),
]  # fmt: skip


def _build(folder: Path) -> list[Case]:
    taxpayers, persons = [], []
    for index, case in enumerate(CASES):
        case.cpf = world.valid_cpf(500_000 + index)
        if case.receita:
            name, birth, situation = case.receita
            taxpayers.append(
                {"cpf": case.cpf, "nome": name, "nome_social": case.social, "nome_mae": "ANA MAE DE TODAS",
                 "data_nascimento": birth, "situacao": situation}
            )  # fmt: skip
        for number, (name, card, others, has_cpf) in enumerate(case.base):
            born = case.receita[1] if case.receita and number == 0 else "1960-01-01"
            persons.append(
                {"cns": _own(index) if card == "*" else card, "cns_outros": others, "cpf": case.cpf if has_cpf else "",
                 "nome": name, "nome_mae": "ANA MAE DE TODAS", "data_nascimento": born}
            )  # fmt: skip
    world.load_cadop(folder)
    world.load_receita(folder, taxpayers)
    world.load_cadsus(folder, persons)
    return CASES


def _own(index: int) -> str:
    return world.valid_cns(5_000 + 20 * index)


def _rows(cases: list[Case]) -> list[tuple[int, tuple[str, ...]]]:
    titular = world.inclusao("TITULAR", cpf=world.valid_cpf(1), nome="TITULAR DE TESTE")
    rows = [(1, titular)]
    for index, case in enumerate(cases):
        name, birth, number = case.sent
        fields = {"nome": name, "dataNascimento": birth, "cns": _own(index) if number == "*" else number}
        fields["cpf"] = case.cpf if case.cpf_sent else ""
        minor = {} if case.cpf_sent else {"relacaoDependencia": "4", "codigoBeneficiarioTitular": "TITULAR"}
        rows.append((1, world.inclusao(f"C{index}", **fields, **minor)))
    return rows


@pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
@pytest.mark.requirement("R091", "R092", "R093", "R094", "R095", "R096")
def test_each_kind_of_person_gets_what_the_routine_promises(tmp_path: Path) -> None:
    cases = _build(tmp_path)
    result = world.Files(tmp_path).send(_rows(cases), MONTH)
    assert (result.state, result.refused) == ("PROCESSADO", 0)
    assert not Atribuicao.objects.exists(), "nothing is attributed before the competência closes"
    world.close(MONTH)
    for index, case in enumerate(cases):
        vinculo = Vinculo.objects.get(codigo=f"C{index}")
        given = Atribuicao.objects.get(competencia=MONTH, vinculo_id=vinculo.id)
        action, reason, number = case.expect
        assert (Action(given.acao), Reason(given.motivo)) == (action, reason), case.label
        if number == "novo":
            assert given.cns.startswith(("7099", "8099")), case.label
        else:
            assert given.cns == (_own(index) if number == "*" else number), case.label
    review = Vinculo.objects.get(
        codigo=f"C{[c.label for c in cases].index('a namesake without CPF, same birth and mother')}"
    )
    assert Revisao.objects.filter(vinculo_id=review.id).count() == 1


@pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
@pytest.mark.requirement("R093", "R097", "R099")
def test_the_number_reaches_the_operadora_in_the_cnx_of_that_competencia(tmp_path: Path) -> None:
    cases = _build(tmp_path)
    world.Files(tmp_path).send(_rows(cases), MONTH)
    world.close(MONTH)
    made = services.conference(world.OPERADORA, MONTH, "teste")
    assert isinstance(made, Accepted)
    with made.value.path.open("rb") as source:
        by_cco = {row[0]: dict(zip(COLUMNS_CNX, row, strict=True)) for row in read_cnx(source)}
    for vinculo in Vinculo.objects.all():
        given = Atribuicao.objects.get(competencia=MONTH, vinculo_id=vinculo.id)
        assert by_cco[cco.from_number(vinculo.id)]["cns"] == given.cns


@pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
def test_one_cpf_under_many_birth_dates_gets_no_hint(tmp_path: Path) -> None:
    """Each guess alone would be told whether its birth date is the right one (the oracle rule, design section 3)."""
    victim, other = world.valid_cpf(1), world.valid_cpf(2)
    world.load_cadop(tmp_path)
    world.load_receita(
        tmp_path,
        [
            {"cpf": cpf, "nome": "VITIMA DA BUSCA", "nome_mae": "ANA", "data_nascimento": BIRTH}
            for cpf in (victim, other)
        ],
    )
    days = [f"1980-05-{day:02d}" for day in range(15, 20)]
    rows = [
        (1, world.inclusao(f"G{n}", cpf=victim, nome="NOME INVENTADO", dataNascimento=d))
        for n, d in enumerate(days)
    ]
    rows.append((1, world.inclusao("SO", cpf=other, nome="NOME ENGANADO", dataNascimento=BIRTH)))
    world.Files(tmp_path).send(rows, MONTH)
    world.close(MONTH)
    reasons = {
        v.codigo: Reason(Atribuicao.objects.get(competencia=MONTH, vinculo_id=v.id).motivo)
        for v in Vinculo.objects.all()
    }
    assert {reason for codigo, reason in reasons.items() if codigo != "SO"} == {Reason.DADOS_NAO_CONFEREM}
    assert reasons["SO"] is Reason.NOME_DIFERE
