"""Where each text of a person's record stands in UsuarioSUS, and how it is written there: one table both ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vincula.people.demographics import Sex, sex_from_cadsus

UNKNOWN = "SEM INFORMAÇÃO"
_NO_RACE = "99"
_KINDS = {"H": "2", "WP": "1"}
_KINDS_READ = {code: kind for kind, code in _KINDS.items()}
_ADDRESS = ("Enderecos", "Endereco")
_BIRTH = ("DadosNacionalidade",)
MUNICIPIO = 6  # digits of an IBGE code without its check digit


def _same(value: str) -> str:
    return value


def _parent(name: str) -> str:
    return name.upper() or UNKNOWN


def sex(code: str) -> str:
    """The code of an answer: what is not M or F is I."""
    return (sex_from_cadsus(code) or Sex.IGNORADO).value


def race(code: str) -> str:
    """The code of an answer: 99, sem informação, where none is known."""
    return code if code.isascii() and code.isdigit() and len(code) <= 4 else _NO_RACE


def municipality(code: str) -> str:
    """Six digits, also of who keeps seven."""
    return code[:MUNICIPIO]


def _padded(length: int) -> Callable[[str], str]:
    return lambda code: code.zfill(length) if code else ""


def _blood(kind: str) -> str:
    """`A -` of the printed table is A- here (cadsus-rules.md, C9)."""
    return kind.replace(" ", "").upper()


def _kind_code(kind: str) -> str:
    return _KINDS.get(kind, "")


def _kind_of(code: str) -> str:
    return _KINDS_READ.get(code, "")


@dataclass(frozen=True, slots=True)
class Place:
    """A field of PersonRecord, its path in UsuarioSUS, and what changes on the way out and in."""

    field: str
    path: tuple[str, ...]
    write: Callable[[str], str] = _same
    read: Callable[[str], str] = _same


TEXTS = (
    Place("cpf", ("CPF", "numeroCPF")),
    Place("nome", ("NomeCompleto", "Nome"), str.upper),
    Place("nome_social", ("NomeSocial",), str.upper),
    Place("data_nascimento", ("dataNascimento",)),
    Place("nome_mae", ("Mae", "Nome"), _parent),
    Place("nome_pai", ("Pai", "Nome"), _parent),
    Place("data_obito", ("dataObito",)),
    Place("sexo", ("Sexo", "codigoSexo"), sex),
    Place("raca_cor", ("RacaCor", "codigoRacaCor"), race, _padded(2)),
    Place("etnia", ("EtniaIndigena", "codigoEtniaIndigena")),
    Place("tipo_sanguineo", ("TipoSanguineo",), _blood, _blood),
    Place("nacionalidade", (*_BIRTH, "nacionalidade")),
    Place("pais_nascimento", (*_BIRTH, "PaisNascimento", "codigoPais"), read=_padded(3)),
    Place("data_naturalizacao", (*_BIRTH, "dataNaturalizacao")),
    Place("portaria_naturalizacao", (*_BIRTH, "numeroPortariaNaturalizacao")),
    Place("data_entrada", (*_BIRTH, "dataChegadaBrasil")),
    Place("municipio_nascimento", ("MunicipioNascimento", "codigoMunicipio"), municipality),
    # Zeros on the left are not written here (section 6.1) and are part of the number everywhere else.
    Place("pis", ("Documentos", "NIS", "numeroDocumento"), read=_padded(11)),
    Place("endereco_tipo", (*_ADDRESS, "TipoEndereco"), _kind_code, _kind_of),
    Place("tipo_logradouro", (*_ADDRESS, "TipoLogradouro", "codigoTipoLogradouro"), read=_padded(3)),
    Place("logradouro", (*_ADDRESS, "nomeLogradouro")),
    Place("numero", (*_ADDRESS, "numero")),
    Place("complemento", (*_ADDRESS, "complemento")),
    Place("bairro", (*_ADDRESS, "Bairro", "descricaoBairro")),
    Place("cep", (*_ADDRESS, "CEP", "numeroCEP")),
    Place("municipio6", (*_ADDRESS, "Municipio", "codigoMunicipio"), municipality),
    Place("uf", (*_ADDRESS, "Municipio", "UF", "siglaUF")),
    Place("pais", (*_ADDRESS, "Pais", "codigoPais"), read=_padded(3)),
    Place("municipio_exterior", (*_ADDRESS, "municipioInternacional")),
    Place("motivo_situacao", ("motivoAlteracaoSituacao",)),
    Place("motivo_vip", ("motivoAlteracaoVip",)),
    Place("descricao_protecao", ("descricaoProtecaoTestemunha",)),
    Place("motivo_nao_higienizado", ("motivoNaoHigienizado",)),
)  # fmt: skip
FLAGS = {
    "nomade": "nomade",
    "ativa": "Situacao",
    "vip": "Vip",
    "protegida": "protecaoTestemunha",
    "original_rfb": "originalRFB",
}
"""Fields that are true or false, and their elements."""
REST = {
    "id": ("IdentificadorCorporativo",),
    "cartoes": ("Cartoes",),
    "certidoes": ("Certidoes",),
    "telefones": ("Telefones",),
    "emails": ("Emails",),
    "locais": ("IdentificadorLocal",),
    "qualidade": ("GrauQualidade",),
}
"""Fields that are neither, and the element that brings them. `documentos` has several."""
