"""Types of the person, his cards and his place in CadSUS (cadsus-services.md, section 6.1)."""

from __future__ import annotations

from vincula.formats.cadsus_service.table import Row, many, may, must
from vincula.formats.cadsus_service.values import (
    BOOLEAN,
    BYTES,
    DATE,
    INT,
    MOMENT,
    STRING,
    Simple,
    code,
    digits,
    number,
    text,
)

_YES = code("S", "N")
_REASON = text(0, 200)
_PERSON = "schema/corporativo/pessoafisica"

# nillable: ours, on the two that the base may not know and for which there is no code that says so. codigoSexo: I, too.
USUARIO = Row(
    "UsuarioSUS",
    "schema/cadsus/v5r0/usuariosus",
    (
        may("Cartoes", (many("CNS", "cns"),)),
        may("CPF", "cpf"),
        must("NomeCompleto", "nc"),
        may("NomeSocial", "nso"),
        must("dataNascimento", DATE, nillable=True),
        must("Mae", "nc"),
        must("Pai", "nc"),
        may("dataObito", DATE),
        must("Sexo", "sx"),
        must("RacaCor", "rc"),
        may("EtniaIndigena", "ei"),
        may("TipoSanguineo", "ts"),
        must("DadosNacionalidade", "dn"),
        may("MunicipioNascimento", "mu"),
        may("Documentos", "doc"),
        may("Certidoes", "certs"),
        may("Enderecos", (must("Endereco", "en"),)),
        must("Telefones", (many("Telefone", "tel", 1),)),
        may("Emails", "ems"),
        may("Fotografias", (many("Fotografia", "fo", 1),)),
        may("IdentificadorLocal", "il"),
        may("IdentificadorCorporativo", "ic"),
        may("GrauQualidade", "gq"),
        may("originalRFB", BOOLEAN),
        may("nomade", BOOLEAN),
        may("DadosPreCadastro", "dpc"),
        may("Situacao", BOOLEAN),
        may("motivoAlteracaoSituacao", _REASON),
        may("Vip", BOOLEAN),
        may("motivoAlteracaoVip", _REASON),
        may("protecaoTestemunha", BOOLEAN),
        may("descricaoProtecaoTestemunha", _REASON),
        may("motivoNaoHigienizado", _REASON),
        may("vivo", BOOLEAN),
    ),
)


def card(*, nillable: bool) -> Row:
    """A CNS; in the schemas of Auditoria two of its parts may be nil."""
    return Row(
        "CNS",
        "schema/cadsus/v5r0/cns",
        (
            must("numeroCNS", digits(15, 15)),
            may("dataAtribuicao", MOMENT, nillable=nillable),
            may("tipoCartao", code("D", "P"), nillable=nillable),
            may("manual", BOOLEAN),
            may("justificativaManual", STRING),
        ),
    )


PERSON_ROWS = {
    "us": USUARIO,
    "cns": card(nillable=False),
    "gq": Row(
        "GrauQualidade",
        "schema/cadsus/v5r0/grauqualidade",
        (must("percentualQualidade", number(0, 100, "integer")),),
    ),
    "il": Row(
        "IdentificadorLocal",
        "schema/cadsus/v5r0/identificadorlocal",
        (must("numeroIdentificadorLocal", text(0, 100)), must("identificadorSistema", text(0, 25))),
    ),
    "ic": Row(
        "IdentificadorCorporativo",
        "schema/cadsus/v5r0/identificadorcorporativo",
        (must("numeroIdentificadorCorporativo", text(0, 100)),),
    ),
    "dpc": Row(
        "DadosPreCadastro",
        "schema/cadsus/v1r1/dadosprecadastro",
        (
            may("ProtocoloPreCadastro", "ppc"),
            may("homologado", _YES),
            may("dataHomologacao", MOMENT),
            may("solicitouAcessoPortal", _YES),
        ),
    ),
    "ppc": Row(
        "ProtocoloPreCadastro",
        "schema/cadsus/v1r0/protocoloprecadastro",
        (must("numeroProtocolo", digits(13, 13)),),
    ),
    "nc": Row("NomeCompleto", f"{_PERSON}/v1r2/nomecompleto", (must("Nome", text(0, 70)),)),
    "nf": Row("NomeFamilia", f"{_PERSON}/v1r0/nomefamilia", (must("Nome", text(0, 70)),)),
    "nso": Row("NomeSocial", f"{_PERSON}/v1r1/nomesocial", text(0, 70)),
    "sx": Row(
        "Sexo",
        f"{_PERSON}/v1r1/sexo",
        (must("codigoSexo", code("M", "F", "I")), may("descricaoSexo", STRING)),
    ),
    "rc": Row(
        "RacaCor",
        f"{_PERSON}/v1r2/racacor",
        (must("codigoRacaCor", digits(1, 4)), may("descricaoRacaCor", STRING)),
    ),
    # The table of ethnicities has codes that begin with X, which the official pattern leaves out: they are taken.
    "ei": Row(
        "EtniaIndigena",
        f"{_PERSON}/v1r2/etniaindigena",
        (
            must("codigoEtniaIndigena", Simple("string", 0, 4, "X?[0-9]*")),
            may("descricaoEtniaIndigena", STRING),
        ),
    ),
    "ts": Row("TipoSanguineo", f"{_PERSON}/v1r1/tiposanguineo", text(0, 3)),
    "dn": Row(
        "DadosNacionalidade",
        f"{_PERSON}/v1r1/dadosnacionalidade",
        (
            must("nacionalidade", code("B", "E", "P", "N"), nillable=True),
            must("PaisNascimento", "pa"),
            may("dataNaturalizacao", DATE),
            may("numeroPortariaNaturalizacao", text(0, 50)),
            may("dataChegadaBrasil", DATE),
        ),
    ),
    "fo": Row(
        "Fotografia",
        "schema/corporativo/v1r1/fotografia",
        (
            may("identificador", INT),
            must("dataCaptura", DATE),
            may("identificadorImagem", INT),
            may("bytesImagem", BYTES),
        ),
    ),
}
