"""Why a certificate is not accepted: one code, one reason and one next step for each. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from vincula.common.outcomes import Refused


class Code(StrEnum):
    """Stable codes, in the order in which they are found."""

    CONFIANCA_AUSENTE = "CONFIANCA_AUSENTE"
    CERTIFICADO_ILEGIVEL = "CERTIFICADO_ILEGIVEL"
    CERTIFICADO_DE_AC = "CERTIFICADO_DE_AC"
    CADEIA_DESCONHECIDA = "CADEIA_DESCONHECIDA"
    CADEIA_INVALIDA = "CADEIA_INVALIDA"
    CERTIFICADO_VENCIDO = "CERTIFICADO_VENCIDO"
    CERTIFICADO_AINDA_NAO_VALE = "CERTIFICADO_AINDA_NAO_VALE"
    CERTIFICADO_REVOGADO = "CERTIFICADO_REVOGADO"
    AC_FORA_DA_VALIDADE = "AC_FORA_DA_VALIDADE"
    AC_REVOGADA = "AC_REVOGADA"
    LCR_AUSENTE = "LCR_AUSENTE"
    LCR_VENCIDA = "LCR_VENCIDA"
    LCR_INVALIDA = "LCR_INVALIDA"
    SEM_ASSINATURA_DIGITAL = "SEM_ASSINATURA_DIGITAL"
    SEM_AUTENTICACAO_DE_CLIENTE = "SEM_AUTENTICACAO_DE_CLIENTE"
    POLITICA_NAO_ACEITA = "POLITICA_NAO_ACEITA"
    CERTIFICADO_DE_PESSOA = "CERTIFICADO_DE_PESSOA"
    CERTIFICADO_DE_EQUIPAMENTO = "CERTIFICADO_DE_EQUIPAMENTO"
    CNPJ_AUSENTE = "CNPJ_AUSENTE"
    CNPJ_INVALIDO = "CNPJ_INVALIDO"
    CNPJ_DIVERGENTE = "CNPJ_DIVERGENTE"


_OTHER = (
    "Use um certificado ICP-Brasil de pessoa jurídica (e-CNPJ) ou Selo Eletrônico (SE-S, SE-H) da empresa."
)
_ISSUER = "Peça à autoridade certificadora que o emitiu que o confira e, se preciso, emita outro."
_HOUSE = "A correção cabe a quem mantém este serviço; avise-o e repita depois."
_FOLDER = f"Ponha em VINCULA_ICP_TRUST a LCR atual da autoridade que falta. {_HOUSE}"

TEXTS: dict[Code, tuple[str, str]] = {
    Code.CERTIFICADO_ILEGIVEL: (
        "O que foi apresentado não é um certificado X.509 que se possa ler.",
        "Envie um só certificado, em PEM ou DER, sem a chave; se veio de um arquivo .pfx, extraia dele o certificado.",
    ),
    Code.CONFIANCA_AUSENTE: (
        "Este serviço não tem autoridade raiz em que confiar, e por isso não aceita certificado algum.",
        f"Aponte VINCULA_ICP_TRUST para a pasta com as raízes, as autoridades e as LCR da ICP-Brasil. {_HOUSE}",
    ),
    Code.CERTIFICADO_DE_AC: (
        "O certificado apresentado é de uma autoridade certificadora, que não identifica uma empresa.",
        _OTHER,
    ),
    Code.CADEIA_DESCONHECIDA: (
        "O certificado não leva a nenhuma raiz em que este serviço confie.",
        f"{_OTHER} Se ele é um desses, falta na pasta de confiança do serviço a raiz ou a autoridade que o emitiu.",
    ),
    Code.CADEIA_INVALIDA: (
        "A cadeia do certificado não se sustenta: uma assinatura não confere, o algoritmo é fraco, ou uma autoridade"
        " emitiu além do que podia.",
        _ISSUER,
    ),
    Code.CERTIFICADO_VENCIDO: (
        "O certificado está vencido.",
        "Renove-o com a autoridade certificadora e use o novo.",
    ),
    Code.CERTIFICADO_AINDA_NAO_VALE: (
        "A validade do certificado ainda não começou.",
        "Espere a data de início, ou confira o relógio deste serviço se ela já passou.",
    ),
    Code.CERTIFICADO_REVOGADO: (
        "O certificado foi revogado por quem o emitiu.",
        "Peça outro à autoridade certificadora. Se a revogação não foi pedida pela empresa, avise-a já.",
    ),
    Code.AC_FORA_DA_VALIDADE: (
        "Uma autoridade certificadora da cadeia do certificado está fora da validade.",
        "Use um certificado emitido por uma autoridade vigente.",
    ),
    Code.AC_REVOGADA: (
        "Uma autoridade certificadora da cadeia do certificado foi revogada.",
        "Use um certificado emitido por outra autoridade; o que ela emitiu já não vale.",
    ),
    Code.LCR_AUSENTE: (
        "Falta a lista de certificados revogados (LCR) de uma autoridade da cadeia; sem ela não se sabe se vale.",
        _FOLDER,
    ),
    Code.LCR_VENCIDA: (
        "A lista de certificados revogados (LCR) de uma autoridade da cadeia passou da data da próxima atualização.",
        _FOLDER,
    ),
    Code.LCR_INVALIDA: (
        "A lista de certificados revogados (LCR) de uma autoridade da cadeia não serve: a assinatura não confere,"
        " a data está no futuro, ou ela não abrange o certificado.",
        _FOLDER,
    ),
    Code.SEM_ASSINATURA_DIGITAL: (
        "O uso da chave do certificado não inclui assinatura digital.",
        _OTHER,
    ),
    Code.SEM_AUTENTICACAO_DE_CLIENTE: (
        "O certificado não foi emitido para autenticação de cliente.",
        _OTHER,
    ),
    Code.POLITICA_NAO_ACEITA: (
        "A política do certificado não é de um tipo aceito aqui: A1 a A4 de pessoa jurídica, SE-S ou SE-H.",
        _OTHER,
    ),
    Code.CERTIFICADO_DE_PESSOA: (
        "O certificado é de pessoa física (e-CPF), que não representa a empresa perante este serviço.",
        _OTHER,
    ),
    Code.CERTIFICADO_DE_EQUIPAMENTO: (
        "O certificado é de equipamento ou aplicação, e não da própria empresa.",
        _OTHER,
    ),
    Code.CNPJ_AUSENTE: (
        "O certificado não traz o CNPJ do titular nos lugares previstos; o da Autoridade de Registro não conta.",
        _ISSUER,
    ),
    Code.CNPJ_INVALIDO: (
        "O CNPJ do titular no certificado não tem 14 caracteres com dígitos verificadores certos.",
        _ISSUER,
    ),
    Code.CNPJ_DIVERGENTE: (
        "O certificado traz mais de um CNPJ do titular, e eles são diferentes.",
        _ISSUER,
    ),
}


def refuse(code: Code, *, since: datetime | None = None) -> Refused:
    """The refusal of this code. `since`: the moment it turns on (end or start of validity, revocation), in details."""
    message, remedy = TEXTS[code]
    return Refused(str(code), message, remedy, {"momento": since.isoformat()} if since else {})
