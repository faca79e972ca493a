"""Types of the messages themselves: who asks, what is searched, what is found, the audit, faults (sections 6 to 8)."""

from __future__ import annotations

from vincula.formats.cadsus_service.table import Part, Row, many, may, must
from vincula.formats.cadsus_service.values import BOOLEAN, DATE, INT, MOMENT, STRING, Simple, code, text

SEARCHES = ("IDENTICA", "APROXIMADA", "FONETICA")
TRANSACTIONS = ("ADICIONADO", "ATIVO", "DESATIVO", "UNIDO", "DESUNIDO", "ATUALIZADO", "MANUTENCAO")
_MESSAGES = "wsdl/mensageria"
_AUDIT = "wsdl/cadsus/auditoria/v5r0"
_EVENT = "schema/cadsus/evento"

MESSAGE_ROWS = {
    "cu": Row(
        "CNESUsuario",
        f"{_MESSAGES}/v5r0/cnesusuario",
        (must("CNES", text(1, None)), must("Usuario", text(1, None)), may("Senha", text(1, None))),
    ),
    "fp": Row(
        "FiltroPesquisa",
        f"{_MESSAGES}/v5r0/filtropesquisa",
        (
            may("nomeCompleto", "nc"),
            may("nomeSocial", "nso"),
            may("nomeFamilia", "nf"),
            may("dataNascimento", DATE),
            may("Mae", "nc"),
            may("Pai", "nc"),
            may("CPF", "cpf"),
            may("MunicipioNascimento", "mu"),
            may("TipoDocumento", "td"),
            may("numeroDocumento", STRING),
            must("tipoPesquisa", code(*SEARCHES)),
            may("situacao", BOOLEAN),
        ),
    ),
    "rp": Row(
        "ResultadoPesquisa",
        f"{_MESSAGES}/v5r0/resultadopesquisa",
        (
            may("CNS", "cns"),
            may("NomeCompleto", "nc"),
            may("NomeSocial", "nso"),
            may("dataNascimento", DATE),
            may("Mae", "nc"),
            may("Pai", "nc"),
            may("Sexo", "sx"),
            may("MunicipioNascimento", "mu"),
            may("PaisNascimento", "pa"),
            may("MunicipioResidencia", "mu"),
            may("GrauQualidade", "gq"),
            may("scorePesquisa", Simple("integer")),
            may("IdentificadorCorporativo", "ic"),
            may("Situacao", BOOLEAN),
        ),
    ),
    "usv": Row(
        "UsuarioSUSVinculado",
        f"{_AUDIT}/usuariosusvinculado",
        (must("identificadorTransacao", STRING), Part("UsuarioSUS", "us")),
    ),
    "ta": Row(
        "TransacaoAuditoria",
        f"{_AUDIT}/transacaoauditoria",
        (
            must("dataHoraTransacao", MOMENT),
            must("identificadorTransacao", STRING),
            must("CNESUsuario", "cu"),
            may("TipoTransacao", "ttr"),
        ),
    ),
    "ttr": Row("TipoTransacao", f"{_AUDIT}/tipotransacao", code(*TRANSACTIONS)),
    "usa": Row(
        "UsuarioSUSAuditoria",
        f"{_MESSAGES}/v5r0/usuariosusauditoria",
        (must("UsuarioSUSAtual", "us"), may("UsuarioSUSAntigo", "us")),
    ),
    "rhi": Row(
        "ResultadoHistoricoImpressao",
        f"{_MESSAGES}/v5r0/resultadohistoricoimpressao",
        (many("Evento", "ev"),),
    ),
    "ev": Row(
        "Evento",
        f"{_EVENT}/v5r0/evento",
        (
            must("CNESUsuario", "cu"),
            may("identificadorEvento", INT),
            must("Funcionalidade", "fu"),
            may("Operacao", "op"),
            may("CNS", "cns"),
            may("dataEvento", MOMENT),
        ),
    ),
    "op": Row(
        "Operacao",
        f"{_EVENT}/v5r0/operacao",
        (must("codigoOperacao", INT), may("descricaoOperacao", text(0, 50))),
    ),
    "fu": Row(
        "Funcionalidade",
        f"{_EVENT}/v1r1/funcionalidade",
        (must("codigoFuncionalidade", INT), may("descricaoFuncionalidade", text(0, 50))),
    ),
    "msf": Row(
        "MSFalha",
        f"{_MESSAGES}/falha/v5r0/msfalha",
        (may("identificador", STRING, nillable=True), many("Mensagem", "men")),
    ),
    "men": Row(
        "Mensagem",
        f"{_MESSAGES}/falha/v5r0/mensagem",
        (may("codigo", STRING), may("descricao", STRING)),
    ),
}
