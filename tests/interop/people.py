"""Who is in the CNS base of these tests: synthetic persons, each there for a reason; those of the pages' examples are
the sandbox's own, and in its demo world too.
"""

from __future__ import annotations

import csv
import io

from vincula.sandbox.examples import FAMOSA, JOSE, MARIA, NAMESAKES, PROTEGIDA, Person, cns, cpf

COLUMNS = (
    "registro_id", "cns", "cns_outros", "cpf", "nome", "nome_social", "nome_mae", "nome_pai", "sexo", "data_nascimento",
    "raca_cor", "municipio_nascimento", "pis", "tipo_logradouro", "logradouro", "numero", "bairro", "cep", "municipio",
    "uf", "ddd", "telefone", "email", "atualizado_em",
)  # fmt: skip


DISPUTADA = (
    Person("CLARA DISPUTA DE TESTE", "1980-01-01", cns(21), cpf(700_000_021), mae="MAE UM", sexo="F"),
    Person("BRUNO OUTRO DE TESTE", "1999-12-31", cns(22), cpf(700_000_021), mae="MAE DOIS", sexo="M"),
)
UNIDA = (
    Person("HELENA UNIDA DE TESTE", "1990-05-05", cns(31), cpf(700_000_031), mae="MAE DA HELENA"),
    Person("HELENA UNIDA TESTE", "1990-05-05", cns(32, "8"), mae="MAE HELENA"),
)
"""Two registrations of one person: the second is unified into the first."""
CROWD = [
    Person(
        "ANA DEMASIADA LIMA",
        f"19{40 + n % 60}-0{1 + n // 60}-03",
        cns(1000 + n),
        cpf(720_000_000 + n),
        mae="MAE DE TODAS",
    )
    for n in range(120)
]
EVERYBODY = [MARIA, JOSE, FAMOSA, PROTEGIDA, *DISPUTADA, *UNIDA, *NAMESAKES, *CROWD]
NOBODY_CPF = cpf(799_999_999)
NOBODY_CNS = cns(999_999)


def as_csv() -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    for number, one in enumerate(EVERYBODY, 1):
        writer.writerow(one.columns(f"R{number}"))
    return text.getvalue().encode()
