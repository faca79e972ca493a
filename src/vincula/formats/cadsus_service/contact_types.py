"""Types of address, telephone and e-mail (cadsus-services.md, section 6.1)."""

from __future__ import annotations

from vincula.formats.cadsus_service.table import Row, many, may, must
from vincula.formats.cadsus_service.values import (
    BOOLEAN,
    INT,
    STRING,
    Simple,
    code,
    digits,
    number,
    text,
)

_CORPORATE = "schema/corporativo"
_ADDRESS = f"{_CORPORATE}/endereco"
_NUMBER = Simple("string", None, None, "[0-9]*")

CONTACT_ROWS = {
    "pa": Row(
        "Pais",
        f"{_CORPORATE}/v1r2/pais",
        (may("codigoPais", _NUMBER), may("codigoPaisAntigo", _NUMBER), may("nomePais", STRING)),
    ),
    "mu": Row(
        "Municipio",
        f"{_CORPORATE}/v1r2/municipio",
        (may("codigoMunicipio", digits(1, 6)), may("nomeMunicipio", STRING), may("UF", "uf")),
    ),
    "uf": Row(
        "UF",
        f"{_CORPORATE}/v1r1/uf",
        (
            must("codigoUF", STRING),
            may("siglaUF", STRING),
            may("codigoRegiao", STRING),
            may("nomeUF", STRING),
        ),
    ),
    "en": Row(
        "Endereco",
        f"{_ADDRESS}/v1r2/endereco",
        (
            may("identificador", INT),
            may("TipoEndereco", code("1", "2")),
            may("TipoLogradouro", "tl"),
            may("nomeLogradouro", text(0, 250)),
            may("numero", text(0, 7)),
            may("complemento", text(0, 50)),
            may("Bairro", "ba"),
            may("CEP", "cep"),
            may("Municipio", "mu"),
            may("Pais", "pa"),
            may("municipioInternacional", text(0, 70)),
        ),
    ),
    "tl": Row(
        "TipoLogradouro",
        f"{_ADDRESS}/v1r1/tipologradouro",
        (must("codigoTipoLogradouro", digits(0, 3)), may("descricaoTipoLogradouro", STRING)),
    ),
    "ba": Row(
        "Bairro",
        f"{_ADDRESS}/v1r1/bairro",
        (may("codigoBairro", digits(0, 8)), may("descricaoBairro", text(0, 72))),
    ),
    "cep": Row("CEP", f"{_ADDRESS}/v1r1/cep", (must("numeroCEP", digits(8, 8)),)),
    "tel": Row(
        "Telefone",
        f"{_CORPORATE}/telefone/v1r2/telefone",
        (
            may("identificador", INT),
            may("TipoTelefone", "tt"),
            may("DDI", number(0, 999)),
            may("DDD", number(0, 99)),
            may("numeroTelefone", number(0, 999_999_999)),
        ),
    ),
    "tt": Row(
        "TipoTelefone",
        f"{_CORPORATE}/telefone/v1r1/tipotelefone",
        (must("codigoTipoTelefone", digits(0, 2)), may("descricaoTipoTelefone", STRING)),
    ),
    "ems": Row("Emails", f"{_CORPORATE}/v5r0/emails", (many("Email", "em", 0, 2),)),
    "em": Row(
        "Email",
        f"{_CORPORATE}/v1r2/email",
        (
            may("identificador", INT),
            must("descricaoEmail", text(0, 100)),
            must("tipoEmail", code("P", "A")),
            may("validado", BOOLEAN),
        ),
    ),
}
