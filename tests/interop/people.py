"""Who is in the CNS base of these tests: synthetic persons, each there for a reason."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from vincula.identifiers import cpf as cpf_rule

COLUMNS = (
    "registro_id", "cns", "cns_outros", "cpf", "nome", "nome_social", "nome_mae", "nome_pai", "sexo", "data_nascimento",
    "raca_cor", "municipio_nascimento", "pis", "tipo_logradouro", "logradouro", "numero", "bairro", "cep", "municipio",
    "uf", "ddd", "telefone", "email", "atualizado_em",
)  # fmt: skip


def cns(serial: int, prefix: str = "7") -> str:
    """A number that is right by the rule: prefix, serial and what makes the weighted sum divisible by 11."""
    for tail in range(100):
        number = f"{prefix}{serial:012d}{tail:02d}"
        if sum(int(d) * w for d, w in zip(number, range(15, 0, -1), strict=True)) % 11 == 0:
            return number
    raise AssertionError("no number")


def cpf(serial: int) -> str:
    base = f"{serial:09d}"
    return next(base + f"{t:02d}" for t in range(100) if cpf_rule.is_valid(base + f"{t:02d}"))


@dataclass(frozen=True)
class Person:
    nome: str
    nascimento: str
    cns: str
    cpf: str = ""
    outros: tuple[str, ...] = ()
    mae: str = ""
    sexo: str = "F"
    mais: dict[str, str] = field(default_factory=dict)


MARIA = Person(
    "MARIA EXEMPLO DA SILVA", "1985-03-12", "700000000000005", "11144477735", ("800000000000001",),
    "ANA EXEMPLO DA SILVA", "F",
    {
        "nome_social": "MARI EXEMPLO", "nome_pai": "JOSE EXEMPLO DA SILVA", "raca_cor": "03", "municipio_nascimento": "520870",
        "pis": "12056412545", "tipo_logradouro": "081", "logradouro": "DAS FLORES", "numero": "100", "bairro": "CENTRO",
        "cep": "74000000", "municipio": "5208707", "uf": "GO", "ddd": "62", "telefone": "900000000", "email": "maria@example.org",
    },
)  # fmt: skip
JOSE = Person("JOSÉ D'ÁVILA SEM CPF", "1950-01-02", "898000000000002", mae="RITA D'ÁVILA", sexo="M")
FAMOSA = Person("FAMOSA PESSOA DE TESTE", "1970-07-07", cns(7), cpf(700_000_007), mae="MAE DA FAMOSA")
PROTEGIDA = Person(
    "PROTEGIDA PESSOA DE TESTE", "1971-08-08", cns(8), cpf(700_000_008), mae="MAE DA PROTEGIDA"
)
DISPUTADA = (
    Person("CLARA DISPUTA DE TESTE", "1980-01-01", cns(21), cpf(700_000_021), mae="MAE UM", sexo="F"),
    Person("BRUNO OUTRO DE TESTE", "1999-12-31", cns(22), cpf(700_000_021), mae="MAE DOIS", sexo="M"),
)
UNIDA = (
    Person("HELENA UNIDA DE TESTE", "1990-05-05", cns(31), cpf(700_000_031), mae="MAE DA HELENA"),
    Person("HELENA UNIDA TESTE", "1990-05-05", cns(32, "8"), mae="MAE HELENA"),
)
"""Two registrations of one person: the second is unified into the first."""
NAMESAKES = [
    Person(
        "JOANA NUMEROSA DE SOUZA",
        f"{1960 + n}-02-03",
        cns(100 + n),
        cpf(710_000_000 + n),
        mae=f"MAE NUMERO {word}",
    )
    for n, word in enumerate("UM DOIS TRES QUATRO CINCO SEIS SETE OITO NOVE DEZ ONZE DOZE".split())
]
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
        writer.writerow(
            {
                "registro_id": f"R{number}", "cns": one.cns, "cns_outros": ";".join(one.outros), "cpf": one.cpf,
                "nome": one.nome, "nome_mae": one.mae, "sexo": one.sexo, "data_nascimento": one.nascimento,
                "atualizado_em": "2026-01-01", **one.mais,
            }
        )  # fmt: skip
    return text.getvalue().encode()
