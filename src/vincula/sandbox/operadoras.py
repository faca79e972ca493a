"""Invented operadoras: numbers with right check digits that ANS never gave out, and names that say so."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from vincula.identifiers import cnpj, plano


@dataclass(frozen=True, slots=True)
class SandboxOperadora:
    """An operadora that does not exist. `planos`: its RPS numbers, `planos_antigos`: its SCPA codes."""

    registro_ans: str
    cnpj: str
    razao_social: str
    nome_fantasia: str
    modalidade: str
    cidade: str
    uf: str
    cep: str
    ddd: str
    planos: tuple[str, ...]
    planos_antigos: tuple[str, ...]
    ativa: bool = True

    @property
    def administradora(self) -> bool:
        """An administradora de benefícios owes no SIB (RN 500, art. 29)."""
        return self.modalidade == "Administradora de Benefícios"


def _operadora(
    registro: str, nome: str, modalidade: str, cidade: str, uf: str, cep: str, ddd: str, ativa: bool = True
) -> SandboxOperadora:
    stem = int(registro) % 1000
    return SandboxOperadora(
        registro_ans=registro,
        cnpj=cnpj.complete(f"99{registro}0001"),
        razao_social=f"{nome.upper()} (OPERADORA FICTÍCIA) LTDA.",
        nome_fantasia=f"{nome} (fictícia)",
        modalidade=modalidade,
        cidade=cidade,
        uf=uf,
        cep=cep,
        ddd=ddd,
        planos=tuple(plano.complete(f"9{stem:03d}{i:02d}{15 + i}") for i in range(6)),
        planos_antigos=(f"SCPA{stem:03d}A", f"SCPA{stem:03d}B"),
        ativa=ativa,
    )


OPERADORAS: tuple[SandboxOperadora, ...] = (
    _operadora("999997", "Saúde Araucária", "Medicina de Grupo", "Curitiba", "PR", "80010000", "41"),
    _operadora(
        "999903", "Cooperativa Vale do Ipê", "Cooperativa Médica", "Belo Horizonte", "MG", "30110000", "31"
    ),
    _operadora("000001", "Caixa de Assistência do Mangue", "Autogestão", "Recife", "PE", "50010000", "81"),
    _operadora("000060", "Sorriso do Cerrado", "Odontologia de Grupo", "Goiânia", "GO", "74010000", "62"),
    _operadora(
        "999881", "Benefícios Jatobá", "Administradora de Benefícios", "São Paulo", "SP", "01010000", "11"
    ),
    _operadora(
        "999873", "Plano Extinto Sabiá", "Filantropia", "Salvador", "BA", "40010000", "71", ativa=False
    ),
)
BY_REGISTRO = {o.registro_ans: o for o in OPERADORAS}
# Companies whose employees the operadoras cover.
CONTRATANTES = tuple(cnpj.complete(f"98{i:06d}0001") for i in range(100, 118))

_CADOP_COLUMNS = (
    "Registro_ANS", "CNPJ", "Razao_Social", "Nome_Fantasia", "Modalidade", "Logradouro", "Numero",
    "Complemento", "Bairro", "Cidade", "UF", "CEP", "DDD", "Telefone", "Fax", "Endereco_eletronico",
    "Representante", "Cargo_Representante", "Regiao_de_Comercializacao", "Data_Registro_ANS",
)  # fmt: skip


def cadop_csv(*, with_inactive: bool = False) -> bytes:
    """The register in the official layout (ISO-8859-1, `;`). The official file lists active operadoras
    only: load once with the inactive one and then without it, and it has become inactive.
    """
    text = io.StringIO()
    text.write(";".join(_CADOP_COLUMNS) + "\n")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    for o in OPERADORAS:
        if o.ativa or with_inactive:
            writer.writerow(_cadop_row(o))
    return text.getvalue().encode("iso-8859-1")


def _cadop_row(o: SandboxOperadora) -> tuple[str | int, ...]:
    return (
        o.registro_ans, o.cnpj, o.razao_social, o.nome_fantasia, o.modalidade, "RUA DA AMOSTRA", "100", "",
        "CENTRO", o.cidade, o.uf, o.cep, o.ddd, f"00{o.registro_ans}", "",
        f"contato@operadora-{o.registro_ans}.example", "PESSOA EXEMPLO DA AMOSTRA", "DIRETOR", 4,
        "01/03/2010",
    )  # fmt: skip
