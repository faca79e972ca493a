"""Every way an entry by gov.br can end, with its reason and remedy; never personal data (access.md, section 5)."""

from __future__ import annotations

from vincula.common.outcomes import Refused

_AGAIN = "Use de novo o botão Entrar com GOV.BR."
_ADMIN = "Avise quem administra esta instalação; enquanto isso, entre com CPF e senha."

NOT_CONFIGURED = Refused(
    "GOVBR_AUSENTE",
    "Esta instalação não está ligada ao gov.br.",
    "Entre com CPF e senha. As credenciais do gov.br são dadas só a órgãos públicos; a instalação que as tem as"
    " informa na configuração (manual, Entrar com gov.br).",
)
NO_BEGINNING = Refused(
    "GOVBR_SEM_INICIO",
    "Esta resposta do gov.br não corresponde a uma entrada começada neste navegador, já foi usada, ou demorou mais de"
    " 10 minutos.",
    f"{_AGAIN} Os cookies deste site precisam estar permitidos.",
)
DENIED = Refused(
    "GOVBR_CANCELADO", "A entrada não foi concluída no gov.br.", f"{_AGAIN} Ou entre com CPF e senha."
)
PROVIDER_ERROR = Refused(
    "GOVBR_PEDIDO_RECUSADO",
    "O gov.br não aceitou o pedido deste sistema (endereço de retorno, permissões ou outro dado do cadastro).",
    _ADMIN,
)
INVALID_GRANT = Refused(
    "GOVBR_CODIGO_RECUSADO",
    "O gov.br não aceitou o código desta entrada: ele vale uma vez e por pouco tempo, e só com o endereço de retorno"
    " cadastrado.",
    f"{_AGAIN} Se acontecer sempre, avise quem administra: o endereço de retorno pode não estar cadastrado no gov.br.",
)
INVALID_CLIENT = Refused(
    "GOVBR_CREDENCIAL_RECUSADA",
    "O gov.br não aceitou a credencial desta instalação (identificador ou segredo).",
    _ADMIN,
)
UNREACHABLE = Refused(
    "GOVBR_SEM_RESPOSTA",
    "O gov.br não respondeu, ou respondeu com algo que não se entende.",
    "Espere alguns minutos e tente de novo, ou entre com CPF e senha.",
)
CLOCK = Refused(
    "GOVBR_RELOGIO",
    "A identificação que o gov.br emitiu está fora do prazo pelo relógio deste servidor.",
    f"{_AGAIN} Se acontecer sempre, avise quem administra: o relógio do servidor pode estar errado.",
)
INVALID_TOKEN = Refused(
    "GOVBR_IDENTIFICACAO_INVALIDA",
    "A identificação recebida não é do gov.br configurado, ou não foi emitida para este sistema e esta entrada.",
    f"{_AGAIN} Se acontecer de novo, avise quem administra esta instalação.",
)
NO_CPF = Refused(
    "GOVBR_SEM_CPF", "O gov.br não informou um CPF válido.", "Confira a sua conta em gov.br e tente de novo."
)
NO_NAME = Refused(
    "GOVBR_SEM_NOME",
    "O gov.br não informou o nome, e sem ele não se abre a conta.",
    "Confira o cadastro da sua conta em gov.br e tente de novo.",
)
OTHER_PERSON = Refused(
    "GOVBR_OUTRA_PESSOA",
    "A conta gov.br usada é de outra pessoa: o CPF dela não é o da sessão aberta aqui, que continua como estava.",
    "Saia do gov.br e use a sua própria conta; ou saia também deste site e entre como a outra pessoa.",
)
INACTIVE = Refused(
    "CONTA_INATIVA",
    "A sua conta nesta instalação está desativada.",
    "Peça a quem administra os usuários desta instalação que a reative.",
)
NO_STEP_UP = Refused(
    "GOVBR_SEM_ELEVACAO",
    "Esta instalação não sabe o endereço em que se aumenta o nível da conta gov.br.",
    "Aumente o nível no aplicativo ou no site gov.br e depois entre de novo com GOV.BR.",
)

# What gov.br says in the return address, and in the answer to the code.
AT_RETURN = {"access_denied": DENIED, "login_required": DENIED, "consent_required": DENIED}
AT_TOKEN = {
    "invalid_grant": INVALID_GRANT,
    "invalid_client": INVALID_CLIENT,
    "unauthorized": INVALID_CLIENT,
    "unauthorized_client": INVALID_CLIENT,
}
