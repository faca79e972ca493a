"""A small base and the files of one operadora, for tests: everything goes in by the doors that users have."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from vincula.common.outcomes import Accepted, Refused
from vincula.formats.sib import COLUMNS_INCLUSAO, Header, sbx_name, write_sbx, write_sbx_no_movement
from vincula.identifiers import cns, cpf
from vincula.national.cadop import services as cadop
from vincula.national.cadsus import services as cadsus
from vincula.national.receita import services as receita
from vincula.national.sib import services

OPERADORA, OTHER, INACTIVE, PLAN = "999997", "999903", "999881", "123456211"
SENDER = services.Sender("teste")
CADSUS_COLUMNS = (
    "registro_id cns cns_outros cpf cpf_situacao nome nome_social nome_mae nome_pai sexo data_nascimento raca_cor "
    "municipio_nascimento data_obito pis tipo_logradouro logradouro numero complemento bairro cep municipio uf ddd "
    "telefone email atualizado_em"
).split()
RECEITA_COLUMNS = "cpf nome nome_social nome_mae data_nascimento sexo situacao ano_obito".split()


def valid_cpf(serial: int) -> str:
    """A CPF that nobody of the tests shares."""
    return cpf.complete(f"{serial:09d}")


def valid_cns(serial: int, prefix: str = "7") -> str:
    """The next valid number at or after this serial."""
    while (number := cns.issue(f"{prefix}{serial:013d}")) is None:
        serial += 1
    return number


def _csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def load_cadop(folder: Path, registros: Iterable[str] = (OPERADORA, OTHER)) -> None:
    """A register of these operadoras, in the official layout."""
    header = (
        "Registro_ANS;CNPJ;Razao_Social;Nome_Fantasia;Modalidade;Logradouro;Numero;Complemento;Bairro;Cidade;UF;CEP;DDD;"
        "Telefone;Fax;Endereco_eletronico;Representante;Cargo_Representante;Regiao_de_Comercializacao;Data_Registro_ANS"
    )
    lines = [
        f'"{one}";"11222333000181";"OPERADORA DE TESTE {one}";;"Medicina de Grupo";"RUA UM";"1";;"CENTRO";"São Paulo";'
        f'"SP";"01000000";"11";"00{one}";;"contato@exemplo.example";"ANA EXEMPLO";"DIRETORA";1;"01/01/2000"'
        for one in registros
    ]
    path = folder / "cadop.csv"
    path.write_bytes("\n".join([header, *lines, ""]).encode("iso-8859-1"))
    assert isinstance(cadop.load_csv(path, lambda done: None), Accepted)


def load_receita(folder: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Taxpayers; `situacao` 0 when not said."""
    path = _csv(
        folder / "receita.csv", RECEITA_COLUMNS, ({"situacao": "0", "sexo": "F", **row} for row in rows)
    )
    outcome = receita.load_csv(path, lambda done: None)
    assert isinstance(outcome, Accepted), outcome
    assert not outcome.value.refused.count, outcome.value.refused.rows


def load_cadsus(folder: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Persons of the CNS base."""
    complete = (
        {
            "registro_id": str(1000 + index),
            "sexo": "F",
            "raca_cor": "99",
            "atualizado_em": "2025-01-01",
            **row,
        }
        for index, row in enumerate(rows)
    )
    outcome = cadsus.load_csv(_csv(folder / "cadsus.csv", CADSUS_COLUMNS, complete), lambda done: None)
    assert isinstance(outcome, Accepted), outcome
    assert not outcome.value.refused.count, outcome.value.refused.rows


def inclusao(codigo: str, **fields: str) -> tuple[str, ...]:
    """A titular who breaks no rule, but for what is said otherwise. Fields by element name."""
    record = {
        "cpf": "11122233396",
        "nome": "MARIA DA SILVA",
        "sexo": "3",
        "dataNascimento": "1980-05-17",
        "nomeMae": "ANA DA SILVA",
        "codigoMunicipio": "355030",
        "codigoBeneficiario": codigo,
        "relacaoDependencia": "1",
        "dataContratacao": "2020-01-01",
        "numeroPlanoANS": PLAN,
        **fields,
    }
    return tuple(record.get(column, "") for column in COLUMNS_INCLUSAO)


def dependente(codigo: str, titular: str, **fields: str) -> tuple[str, ...]:
    """A child of a titular."""
    return inclusao(
        codigo,
        **{
            "relacaoDependencia": "4",
            "codigoBeneficiarioTitular": titular,
            "dataNascimento": "2018-03-04",
            **fields,
        },
    )


class Files:
    """Makes SBX files of an operadora, each with its own name, and sends them."""

    def __init__(self, folder: Path, registro: str = OPERADORA) -> None:
        self.folder, self.registro = folder, registro
        self.moment = datetime(2026, 11, 10, 9, 0, 0)

    def make(
        self, procedures: Iterable[tuple[int, Any]], *, no_movement: str = "", **header: str | None
    ) -> Path:
        """A file on disk. `header` replaces parts of the header."""
        self.moment += timedelta(seconds=1)
        path = self.folder / sbx_name(self.registro, self.moment)
        parts: dict[str, str | None] = {
            "tipo_transacao": "Atualização SIB",
            "sequencial": "1",
            "data_hora": f"{self.moment:%Y-%m-%dT%H:%M:%S}",
            "origem_registro": self.registro,
            "destino_cnpj": "03589068000146",
            "versao_padrao": "1.1",
            "aplicativo": "TESTE",
            "versao_aplicativo": "1",
            "fabricante": "TESTE",
            **header,
        }
        with path.open("wb") as out:
            if no_movement:
                write_sbx_no_movement(out, Header(**parts), no_movement)
            else:
                write_sbx(out, Header(**parts), procedures)
        return path

    def send(
        self, procedures: Iterable[tuple[int, Any]], month: int | None = None, **header: Any
    ) -> services.Result:
        """Make, send and process a file; its result."""
        return self.send_path(self.make(procedures, **header), month)

    def send_path(self, path: Path, month: int | None = None) -> services.Result:
        with path.open("rb") as source:
            received = services.receive(source, path.name, SENDER, month)
        assert isinstance(received, Accepted), received
        services.process(received.value.arquivo_id, lambda read, size: None)
        return services.result(received.value.arquivo_id)


def quiet(done: int, total: int, words: str) -> None:
    """Progress that nobody watches."""


def close(month: int) -> None:
    """Close and consolidate."""
    for step in (services.close, services.consolidate):
        outcome = step(month, "teste", quiet)
        assert isinstance(outcome, Accepted), outcome


def refusal(outcome: object) -> str:
    """The code of a refusal; fails on anything else."""
    assert isinstance(outcome, Refused), outcome
    assert outcome.message
    assert outcome.remedy
    return outcome.code
