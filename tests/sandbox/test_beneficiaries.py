"""Operadoras' records: every mistake says what the system must make of it, and the rules of SIB agree."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict

import pytest

from vincula.formats.sib import COLUMNS_INCLUSAO
from vincula.national.sib.rules.fields import INCLUSAO
from vincula.national.sib.rules.records import Context, Facts, check_inclusao
from vincula.people.agreement import Field, Identity, agree
from vincula.sandbox.beneficiaries import Beneficiary, beneficiaries, enrolled
from vincula.sandbox.lists import load
from vincula.sandbox.mistakes import MISTAKES
from vincula.sandbox.people import people

COUNT = 20_000
SEED = 11
# What a record with this mistake, and no other but of spelling, may come to.
EXPECTED = {
    "nome_casamento": {"NOME_DIFERE", "VALIDADO"},
    "nome_social": {"NOME_DIFERE"},
    "nome_abrev_meio": {"NOME_DIFERE"},
    "nome_1e_ultimo": {"NOME_DIFERE"},
    "nome_titulo": {"NOME_DIFERE"},
    "nome_cola": {"NOME_DIFERE"},
    "nome_sem_acento": {"VALIDADO"},
    "nome_minusculas": {"VALIDADO"},
    "nome_espacos": {"VALIDADO"},
    "nasc_ano": {"NASCIMENTO_DIFERE"},
    "nasc_dia_mes": {"NASCIMENTO_DIFERE"},
    "nasc_mais_menos_1": {"NASCIMENTO_DIFERE"},
    "cpf_titular": {"DADOS_NAO_CONFEREM", "NASCIMENTO_DIFERE"},
    "cpf_desconhecido": {"DADOS_NAO_CONFEREM"},
    "cpf_ausente_menor": {"SEM_CPF"},
    "sexo_errado": {"VALIDADO"},
    "mun_errado": {"VALIDADO"},
    "mae_typo": {"VALIDADO"},
    "cns_secundario": {"VALIDADO"},
    "cns_familiar": {"VALIDADO"},
}
REFUSED = {
    "cpf_1dig": "CPF-1",
    "cpf_repetido": "CPF-1",
    "cpf_ausente": "CPF-2",
    "sem_cpf": "CPF-2",
    "cns_1dig": "CNS-1",
    "pis_invalido": "PIS-1",
    "plano_dv": "PLA-1",
    "contratante_dv": "CNP-1",
    "municipio_inexistente": "END-1",
    "residencia_sem_comercial": "END-2",
    "dn_antiga": "DN-1",
    "nascimento_depois": "DNA-1",
    "contratacao_futura": "DCT-1",
    "titular_ausente": "TIT-1",
    "titular_em_titular": "TIT-2",
    "titular_desconhecido": "TIT-3",
    "dependente_antes": "TIT-3",
    "codigo_repetido": "COD-2",
}
IRREGULAR = {"CPF_FALECIDO", "CPF_CANCELADO", "CPF_NULO", "CPF_EM_CONFLITO", "EM_REVISAO", "SEM_CPF"}
SPELLING = {"nome_sem_acento", "nome_minusculas", "nome_espacos"}


@pytest.fixture(scope="module")
def records() -> list[Beneficiary]:
    return list(beneficiaries(SEED, "999997", COUNT))


def _alone(records: list[Beneficiary]) -> dict[str, list[Beneficiary]]:
    """Records by their only mistake."""
    found: dict[str, list[Beneficiary]] = defaultdict(list)
    for record in records:
        kinds = set(record.truth.classes) - SPELLING or set(record.truth.classes)
        if len(kinds) == 1:
            found[next(iter(kinds))].append(record)
    return found


def test_one_record_a_person_and_the_same_for_the_same_seed(records: list[Beneficiary]) -> None:
    assert sorted(r.person.serial for r in records) == [p.serial for p in people(SEED, COUNT)]
    assert records[:3_000] == list(beneficiaries(SEED, "999997", COUNT))[:3_000]


def test_a_file_without_mistakes_is_all_accepted_but_for_who_has_no_cpf() -> None:
    refused = [r for r in beneficiaries(SEED, "999997", 3_000, 0.0) if r.truth.critica]
    assert {r.truth.critica for r in refused} == {"CPF-2"}
    assert all(not r.person.cpf for r in refused)


def test_every_kind_of_mistake_is_made(records: list[Beneficiary]) -> None:
    made = Counter(kind for r in records for kind in r.truth.classes)
    assert [m.kind for m in MISTAKES if not made[m.kind]] == []


@pytest.mark.parametrize("kind", EXPECTED)
def test_an_accepted_mistake_comes_to_its_reason(records: list[Beneficiary], kind: str) -> None:
    found = _alone(records)[kind]
    assert found
    reasons = {r.truth.motivo for r in found if not r.truth.critica}
    assert reasons <= EXPECTED[kind] | IRREGULAR


@pytest.mark.parametrize("kind", REFUSED)
def test_a_refused_mistake_comes_to_its_rule(records: list[Beneficiary], kind: str) -> None:
    found = _alone(records)[kind]
    assert found
    assert {r.truth.critica for r in found} == {REFUSED[kind]}


def test_the_rules_of_sib_find_exactly_the_refusals_of_the_truth(records: list[Beneficiary]) -> None:
    """The rules know nothing of the sandbox, and the sandbox nothing of the rules."""
    codes = frozenset(m.ibge7[:6] for m in load().municipios)
    context = Context("2026-11-21", codes)
    named: set[str] = set()
    used: set[str] = set()
    for record in records:
        sent = dict(zip(INCLUSAO, record.row, strict=True))
        facts = Facts(sent["codigo"] in used, sent["codigo_titular"] in named)
        refusals = {f.rule for f in check_inclusao(sent, facts, context) if f.refuses}
        expected = {record.truth.critica} if record.truth.critica else set()
        assert refusals >= expected, (record, refusals)
        assert bool(refusals) == bool(expected), (record, refusals)
        if sent["relacao"] == "1":
            named.add(sent["codigo"])
        if not refusals:
            used.add(sent["codigo"])


def test_the_reason_names_a_field_only_where_the_other_two_agree(records: list[Beneficiary]) -> None:
    """Held against people.agreement, which compares the three with the Receita's."""
    taxpayers = {p.cpf: p for p in people(SEED, COUNT) if p.cpf}
    for record in records:
        if record.truth.critica:
            continue
        sent = dict(zip(COLUMNS_INCLUSAO, record.row, strict=True))
        owner = taxpayers.get(sent["cpf"])
        if not sent["cpf"]:
            assert record.truth.motivo == "SEM_CPF"
        elif owner is None:
            assert record.truth.motivo == "DADOS_NAO_CONFEREM"
        else:
            _check_reason(record, sent, Identity(owner.cpf, owner.nome, owner.nascimento))


def _check_reason(record: Beneficiary, sent: dict[str, str], official: Identity) -> None:
    agreement = agree(Identity(sent["cpf"], sent["nome"], sent["dataNascimento"]), official)
    named = {Field.NOME: "NOME_DIFERE", Field.NASCIMENTO: "NASCIMENTO_DIFERE"}
    if agreement.identical:
        assert record.truth.motivo in {"VALIDADO", *IRREGULAR} - {"SEM_CPF"}
    else:
        assert record.truth.motivo == named.get(agreement.nameable, "DADOS_NAO_CONFEREM")


def test_every_reason_and_every_action_occurs(records: list[Beneficiary]) -> None:
    reasons = {r.truth.motivo for r in records} - {""}
    assert reasons == IRREGULAR | {"VALIDADO", "DADOS_NAO_CONFEREM", "NOME_DIFERE", "NASCIMENTO_DIFERE"}
    actions = {r.truth.acao for r in records} - {""}
    assert actions == {
        "ATRIBUIDO",
        "MANTIDO",
        "SUBSTITUIDO_QUALIDADE",
        "SUBSTITUIDO_OUTRA_PESSOA",
        "EMITIDO",
        "INFORMADO",
        "NENHUMA",
    }


def test_the_expected_number_is_the_master_card_of_the_person(records: list[Beneficiary]) -> None:
    for record in records:
        truth = record.truth
        if truth.motivo == "VALIDADO" and truth.acao != "EMITIDO":
            assert truth.cns == record.person.cns[0]
        if truth.acao == "INFORMADO":
            assert truth.cns == record.row[COLUMNS_INCLUSAO.index("cns")]
        assert truth.has_cns == (truth.acao not in ("", "NENHUMA"))


def test_several_operadoras_can_share_a_world() -> None:
    world = list(people(SEED, 900))
    parts = [list(enrolled((p for p in world if p.familia % 3 == k), SEED, "999997")) for k in range(3)]
    assert sorted(r.person.serial for part in parts for r in part) == [p.serial for p in world]


def test_memory_does_not_grow_with_the_country_or_the_file() -> None:
    """The most that a process of its own ever held, for a short and a long stream."""
    program = (
        "import resource, sys; from vincula.sandbox.beneficiaries import beneficiaries\n"
        "for _ in beneficiaries(5, '999997', int(sys.argv[1])): pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = [
        int(subprocess.run([sys.executable, "-c", program, count], check=True, capture_output=True).stdout)
        for count in ("8000", "40000")
    ]
    assert peaks[1] < peaks[0] * 1.1
