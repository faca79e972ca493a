"""Which CNES counts as an operadora's head office, and what is said of one that does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vincula.common.outcomes import Accepted, Refused
from vincula.identifiers import cnes as cnes_rules
from vincula.national.cnes.rules import establishment as rules
from vincula.national.cnes.rules.absences import absences
from vincula.national.cnes.rules.establishment import Establishment
from vincula.national.cnes.rules.types import PORTARIA, table

CNES = cnes_rules.complete("890123")
WRONG_DIGIT = CNES[:6] + str((int(CNES[6]) + 1) % 10)
OFFICE = Establishment(
    cnes=CNES, cnpj="", cnpj_mantenedora="", razao_social="OPERADORA DE EXEMPLO", nome_fantasia="", logradouro="",
    numero="", complemento="", bairro="", cep="", telefone="", email="", uf="PE", municipio="261160", tipo=68, subtipo=5,
    natureza_juridica="", gestao="", diretor_cpf="", motivo_desativacao="", atualizado_em=None, ausente_desde=None,
    origem="CARGA",
)  # fmt: skip


@pytest.mark.requirement("R001", "R002", "R003", "R007")
@pytest.mark.parametrize(
    ("typed", "found", "code"),
    [
        (CNES, OFFICE, ""),
        (WRONG_DIGIT, replace(OFFICE, cnes=WRONG_DIGIT), ""),
        ("", None, "CNES_FORMA"),
        ("123456", None, "CNES_FORMA"),
        ("12345678", None, "CNES_FORMA"),
        ("123456A", None, "CNES_FORMA"),
        (CNES, None, "CNES_INEXISTENTE"),
        (CNES, replace(OFFICE, motivo_desativacao="05"), "CNES_DESATIVADO"),
        (CNES, replace(OFFICE, ausente_desde=202502), "CNES_AUSENTE"),
        (CNES, replace(OFFICE, tipo=5), "CNES_TIPO"),
        (CNES, replace(OFFICE, tipo=None, subtipo=None), "CNES_TIPO"),
        (CNES, replace(OFFICE, subtipo=1), "CNES_SUBTIPO"),
        (CNES, replace(OFFICE, subtipo=2), "CNES_SUBTIPO"),
        (CNES, replace(OFFICE, subtipo=3), "CNES_SUBTIPO"),
        (CNES, replace(OFFICE, subtipo=4), "CNES_SUBTIPO"),
        (CNES, replace(OFFICE, subtipo=6), "CNES_SUBTIPO"),
        (CNES, replace(OFFICE, subtipo=None), "CNES_SUBTIPO"),
        # The first that fails is told, in the order existence, activity, type, subtype.
        (CNES, replace(OFFICE, motivo_desativacao="05", tipo=5, subtipo=3), "CNES_DESATIVADO"),
    ],
)
def test_a_number_counts_if_it_exists_is_active_and_is_68_005(
    typed: str, found: Establishment | None, code: str
) -> None:
    outcome = rules.headquarters(typed, found)
    if not code:
        assert outcome == Accepted(found)
        assert found is not None
        assert found.counts
    else:
        assert isinstance(outcome, Refused)
        assert outcome.code == code
        assert "CNES" in outcome.message
        assert outcome.remedy
        assert found is None or not found.counts


@pytest.mark.requirement("R007")
def test_a_wrong_check_digit_only_warns() -> None:
    assert rules.warning(CNES) == ""
    assert "dígito" in rules.warning(WRONG_DIGIT)


@pytest.mark.requirement("R001")
def test_an_operadora_without_establishment_is_told_that_the_cnes_is_missing() -> None:
    refused = rules.none_of_operadora()
    assert "Cadastro Nacional de Estabelecimentos de Saúde (CNES)" in refused.message
    assert "Obter CNES" in refused.remedy


@pytest.mark.requirement("R004", "R005")
def test_the_table_of_types_explains_68_005_whatever_was_loaded() -> None:
    for types, subtypes in (
        ({}, {}),
        ({68: "CENTRAL DE GESTAO", 5: "HOSPITAL"}, {(68, 5): "SEDE", (5, 1): "X"}),
    ):
        kind = next(one for one in table(types, subtypes) if one.codigo == 68)
        assert kind.nome == "Central de Gestão em Saúde"
        assert [sub.code for sub in kind.subtypes] == ["001", "002", "003", "004", "005", "006"]
        office = kind.subtypes[4]
        assert office.nome == "Sede de Operadora de Plano de Saúde"
        assert office.descricao.startswith(
            "Estabelecimento de cunho administrativo onde é sediada operadora de plano de assistência à saúde, "
            "nos termos da Lei nº 9.656, de 03 de junho de 1998"
        )
        assert office.portaria == PORTARIA == "Portaria n° 186/SAS/MS, de 02 de março de 2016"


def test_loaded_types_stand_beside_the_shipped_one() -> None:
    assert [one.code for one in table({5: "HOSPITAL"}, {(36, 1): "CAPS"})] == ["05", "36", "68"]


@pytest.mark.parametrize(
    ("base", "archive", "size", "gone", "allowed"),
    [
        ((), {"1"}, 1, (), True),
        (("1", "2"), {"1"}, 1, ("2",), True),
        (("1", "2", "3"), {"1"}, 1, ("2", "3"), False),
        (("1", "2", "3"), {"9"}, 7, ("1", "2", "3"), True),
    ],
)
def test_an_archive_that_would_take_more_than_half_away_is_not_believed(
    base: tuple[str, ...], archive: set[str], size: int, gone: tuple[str, ...], allowed: bool
) -> None:
    found = absences(base, archive.__contains__, size)
    assert (found.gone, found.present, found.allowed) == (gone, len(base), allowed)
