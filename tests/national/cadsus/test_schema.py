"""The tables are made in plain SQL: they must be what the models say. The views are what other rooms read."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection, models

from tests.national.cadsus.example import AUTHOR, a_cns, a_cpf, accepted, load, row
from vincula.national.cadsus import services
from vincula.national.cadsus.models import Cartao, Identificador, Pessoa

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Pessoa, Identificador, Cartao])
def test_a_table_made_by_hand_has_the_columns_of_its_model(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")
        names = {column[0] for column in cursor.description}
    assert names == {field.column for field in model._meta.local_concrete_fields if field.column}


def view(name: str, columns: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {name} ORDER BY 1")
        return cursor.fetchall()


def test_views_tell_the_master_the_holder_of_each_number_and_who_has_no_cpf(tmp_path: Path) -> None:
    load(tmp_path, [
        row(1, cns_outros=a_cns(70, "8")),
        row(2, cpf=a_cpf(20)), row(3, cpf=a_cpf(20), data_nascimento="2015-05-05"),
        row(4, cpf=""), row(5, cpf=""), row(6, cpf=""), row(7, cpf=""),
    ])  # fmt: skip
    accepted(services.unite(1, 5, AUTHOR))
    accepted(services.set_active(6, False, AUTHOR))
    accepted(services.unite(7, 3, AUTHOR))
    masters = view("cadsus_mestre", "cpf, pessoa_id, cns_mestre, disputado")
    assert [(cpf, one, cns, bool(disputed)) for cpf, one, cns, disputed in masters] == sorted(
        [(a_cpf(1), 1, a_cns(1), False), (a_cpf(20), None, "", True)]
    )
    holders = dict(view("cadsus_numero", "cns, pessoa_id"))
    assert (holders[a_cns(70, "8")], holders[a_cns(5)], holders[a_cns(3)]) == (1, 1, 7)
    (found,) = view("cadsus_sem_cpf", "pessoa_id, nome_chave, data_nascimento, mae_chave, sexo")
    assert found == (4, "PESSOA E DA SILVA", "1980-01-01", "MAE E DA SILVA", "F")


def test_a_left_join_with_the_masters_looks_each_one_up(tmp_path: Path) -> None:
    """On SQLite a view that is itself a join would be copied whole for each statement that left-joins it."""
    load(tmp_path, [row(1)])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "EXPLAIN QUERY PLAN SELECT m.cns_mestre FROM receita_identidade r LEFT JOIN cadsus_mestre m ON m.cpf = r.cpf"
            )
            plan = " ".join(str(line[-1]) for line in cursor.fetchall())
        assert "SEARCH i USING PRIMARY KEY (tipo=? AND valor=?)" in plan
        assert "MATERIALIZE" not in plan
    assert view("cadsus_mestre", "cns_mestre") == [(a_cns(1),)]
