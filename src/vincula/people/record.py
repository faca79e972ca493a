"""A person as the CNS base knows him, in the form that every wire format reads into and writes from. Pure.

Every text is "" where unknown, dates are `AAAA-MM-DD`, codes are those of the CadSUS tables (cadsus-rules.md, section
10). Nothing here has a repr: no log or trace shows a person.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Card:
    """One CNS of a person. `tipo`: D definitivo, P provisório. `atribuido_em`: `AAAA-MM-DD`, "" where unknown."""

    numero: str
    tipo: str
    atribuido_em: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Phone:
    """A telephone. `tipo`: 1 residencial … 9 celular corporativo, one digit, "" where unknown."""

    numero: str
    ddd: str = ""
    tipo: str = ""
    ddi: str = "55"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Document:
    """A document other than CPF, NIS and CNS, which have fields of their own in the record.

    `tipo`: rg, ctps, cnh, titulo, passaporte, ric, dnv. `serie` is of the CTPS; `zona`, `secao` of the título;
    `orgao` (code) of RG and RIC; `uf` of RG and CNH; `pais` (code) and `validade` of the passport.
    """

    tipo: str
    numero: str
    serie: str = ""
    zona: str = ""
    secao: str = ""
    orgao: str = ""
    uf: str = ""
    pais: str = ""
    emissao: str = ""
    validade: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Certificate:
    """A certidão. `tipo`: 91 nascimento, 92 casamento, 93 separação ou divórcio, 95 RANI, 15 óbito.

    New model: `matricula`, 32 digits. Old model: `cartorio`, `livro`, `folha`, `termo`.
    """

    tipo: str
    matricula: str = ""
    cartorio: str = ""
    livro: str = ""
    folha: str = ""
    termo: str = ""
    emissao: str = ""

    @property
    def nova(self) -> bool:
        """Whether it is of the new model (CNJ)."""
        return bool(self.matricula)


@dataclass(frozen=True, slots=True, repr=False)
class LocalId:
    """What a system calls the person: the OID issued to the system, its own number, and its name."""

    raiz: str
    extensao: str
    sistema: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PersonRecord:
    """What is held on a person, or what a message says of one.

    `id` is the identificador corporativo, 0 where a message brings a person not known yet. `cartoes`: the master card
    first. `municipio6` is where he lives. `nacionalidade`: B, N, E or P. `pais_nascimento`, `pais`: 3 digits, 010 is
    Brasil. `endereco_tipo`: H residencial, WP comercial. `emails`: the principal first, then the alternative.
    """

    id: int = 0
    nome: str = ""
    nome_social: str = ""
    nome_mae: str = ""
    nome_pai: str = ""
    sexo: str = ""
    data_nascimento: str = ""
    data_obito: str = ""
    justificativa_obito: str = ""
    raca_cor: str = ""
    etnia: str = ""
    tipo_sanguineo: str = ""
    nacionalidade: str = ""
    municipio_nascimento: str = ""
    pais_nascimento: str = ""
    data_naturalizacao: str = ""
    portaria_naturalizacao: str = ""
    data_entrada: str = ""
    cartoes: tuple[Card, ...] = ()
    cpf: str = ""
    pis: str = ""
    documentos: tuple[Document, ...] = ()
    certidoes: tuple[Certificate, ...] = ()
    endereco_tipo: str = ""
    tipo_logradouro: str = ""
    logradouro: str = ""
    numero: str = ""
    complemento: str = ""
    bairro: str = ""
    cep: str = ""
    municipio6: str = ""
    uf: str = ""
    pais: str = ""
    municipio_exterior: str = ""
    nomade: bool = False
    telefones: tuple[Phone, ...] = ()
    emails: tuple[str, ...] = ()
    locais: tuple[LocalId, ...] = ()
    ativa: bool = True
    motivo_situacao: str = ""
    vip: bool = False
    motivo_vip: str = ""
    protegida: bool = False
    descricao_protecao: str = ""
    motivo_nao_higienizado: str = ""
    original_rfb: bool = False
    qualidade: int = 0

    @property
    def cns(self) -> str:
        """The number of the master card; "" for a person without any."""
        return self.cartoes[0].numero if self.cartoes else ""

    @property
    def restrita(self) -> bool:
        """VIP or witness under protection: operadoras are answered as if he were not found (access.md, L5)."""
        return self.vip or self.protegida
