"""Registers of invented operadoras in the layouts that ANS has used."""

from __future__ import annotations

from collections.abc import Iterable

from vincula.identifiers import cnpj, registro_ans

COLUMNS = (
    "Registro_ANS;CNPJ;Razao_Social;Nome_Fantasia;Modalidade;Logradouro;Numero;Complemento;Bairro;Cidade;UF;CEP;DDD;"
    "Telefone;Fax;Endereco_eletronico;Representante;Cargo_Representante;Regiao_de_Comercializacao;Data_Registro_ANS"
)
FORMER = (
    "Registro ANS;CNPJ;Razão Social;Nome Fantasia;Modalidade;Logradouro;Número;Complemento;Bairro;Cidade;UF;CEP;DDD;"
    "Telefone;Fax;Endereço eletrônico;Representante;Cargo Representante;Data Registro ANS"
)
REGISTROS = tuple(registro_ans.complete(f"{99900 + i:05d}") for i in range(40))


def cnpj_of(registro: str) -> str:
    return cnpj.complete(f"99{registro}0001")


def cells(registro: str, **changed: str) -> dict[str, str]:
    """The cells of an invented operadora, by the column names of the current layout."""
    values = {
        "Registro_ANS": registro,
        "CNPJ": cnpj_of(registro),
        "Razao_Social": f"OPERADORA FICTÍCIA {registro} LTDA.",
        "Nome_Fantasia": f"Fictícia {registro}",
        "Modalidade": "Medicina de Grupo",
        "Logradouro": "RUA DA AMOSTRA",
        "Numero": "100",
        "Complemento": "",
        "Bairro": "CENTRO",
        "Cidade": "Curitiba",
        "UF": "PR",
        "CEP": "80010000",
        "DDD": "41",
        "Telefone": f"00{registro}",
        "Fax": "",
        "Endereco_eletronico": f"contato@operadora-{registro}.example",
        "Representante": "PESSOA EXEMPLO DA AMOSTRA",
        "Cargo_Representante": "DIRETOR",
        "Regiao_de_Comercializacao": "4",
        "Data_Registro_ANS": "01/03/2010",
    }
    unknown = changed.keys() - values.keys()
    assert not unknown, unknown
    return values | changed


def line(registro: str, **changed: str) -> str:
    """A row as ANS writes it: text quoted, nothing escaped, the region bare, empty cells bare."""
    return ";".join(
        value if not value or name == "Regiao_de_Comercializacao" else f'"{value}"'
        for name, value in cells(registro, **changed).items()
    )


def register(
    rows: Iterable[str], *, end: str = "\n", encoding: str = "iso-8859-1", header: str = COLUMNS
) -> bytes:
    """A file of the current layout."""
    return "".join(row + end for row in (header, *rows)).encode(encoding)


def former_register(registros: Iterable[str], **changed: str) -> bytes:
    """A file of the former layout: title, blank line, 19 columns without the region."""
    rows = []
    for registro in registros:
        values = cells(registro, **changed)
        del values["Regiao_de_Comercializacao"]
        rows.append(";".join(f'"{value}"' for value in values.values()))
    return "\n".join(("Operadoras ativas em 01/06/2021", "", FORMER, *rows, "")).encode("iso-8859-1")
