"""What consolidation can decide for a vínculo, and how it is told to the operadora.

The numbers stand in sib_atribuicao: never renumber. The oracle rule (design, section 3) is in the sentences too: only
NOME_DIFERE and NASCIMENTO_DIFERE name a field, and they are given only where the CPF exists and the other one agrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Action(IntEnum):
    """How the vínculo came to the CNS that it has after consolidation (NENHUMA: it has none)."""

    NENHUMA = 0
    ATRIBUIDO = 1
    MANTIDO = 2
    SUBSTITUIDO_QUALIDADE = 3
    SUBSTITUIDO_OUTRA_PESSOA = 4
    EMITIDO = 5
    INFORMADO = 6
    CONSERVADO = 7


class Reason(IntEnum):
    """Why the routine gave nothing (VALIDADO: it did give)."""

    VALIDADO = 0
    SEM_CPF = 1
    DADOS_NAO_CONFEREM = 2
    NOME_DIFERE = 3
    NASCIMENTO_DIFERE = 4
    CPF_FALECIDO = 5
    CPF_CANCELADO = 6
    CPF_NULO = 7
    CPF_EM_CONFLITO = 8
    EM_REVISAO = 9
    AGUARDA_CADSUS = 10
    AGUARDA_CONSOLIDACAO = 11


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence for the operadora and its next step."""

    sentence: str
    next_step: str


ACTION_TEXT: dict[Action, str] = {
    Action.NENHUMA: "sem CNS",
    Action.ATRIBUIDO: "recebeu o CNS principal da pessoa",
    Action.MANTIDO: "já tinha o CNS principal da pessoa",
    Action.SUBSTITUIDO_QUALIDADE: "o CNS enviado, secundário da mesma pessoa, foi trocado pelo principal",
    Action.SUBSTITUIDO_OUTRA_PESSOA: "o CNS enviado, que não é desta pessoa na base do CNS, foi trocado pelo dela",
    Action.EMITIDO: "não havia registro da pessoa na base do CNS: um número foi emitido",
    Action.INFORMADO: "segue com o CNS que a operadora informou; a rotina não pôde conferi-lo",
    Action.CONSERVADO: "conserva o CNS atribuído em competência anterior",
}

EXPLANATION: dict[Reason, Explanation] = {
    Reason.VALIDADO: Explanation("Nome, CPF e nascimento são idênticos aos da Receita.", "Nada a fazer."),
    Reason.SEM_CPF: Explanation(
        "O registro não tem CPF, e sem ele não há comparação com a Receita.",
        "Peça o CPF do próprio beneficiário (menores também têm) e envie retificação.",
    ),
    Reason.DADOS_NAO_CONFEREM: Explanation(
        "CPF, nome e nascimento, juntos, não correspondem a um contribuinte da base da Receita.",
        "Confira os três no documento do próprio beneficiário (o CPF pode ser de outra pessoa) e envie retificação.",
    ),
    Reason.NOME_DIFERE: Explanation(
        "O nome difere do da Receita.",
        "Confira no documento do beneficiário (nome civil completo, sem abreviar, sem nome social) e envie retificação;"
        " se o documento estiver certo, o beneficiário atualiza o CPF na Receita.",
    ),
    Reason.NASCIMENTO_DIFERE: Explanation(
        "A data de nascimento difere da que consta na Receita.",
        "Confira no documento do beneficiário e envie retificação; se o documento estiver certo, o beneficiário"
        " atualiza o CPF na Receita.",
    ),
    Reason.CPF_FALECIDO: Explanation(
        "Os dados conferem, mas a Receita traz o titular deste CPF como falecido.",
        "Se houve óbito, envie cancelamento com motivo 44; se não houve, o beneficiário regulariza o CPF na Receita.",
    ),
    Reason.CPF_CANCELADO: Explanation(
        "Os dados conferem, mas este CPF está cancelado na Receita.",
        "O beneficiário regulariza o CPF na Receita; depois envie retificação com o CPF em vigor.",
    ),
    Reason.CPF_NULO: Explanation(
        "Os dados conferem, mas este CPF foi declarado nulo pela Receita.",
        "O beneficiário obtém na Receita um CPF válido; depois envie retificação com ele.",
    ),
    Reason.CPF_EM_CONFLITO: Explanation(
        "Mais de uma pessoa da base do CNS traz este CPF, e o sistema não adivinha qual é.",
        "O beneficiário pede a correção do cadastro numa unidade de saúde; depois a próxima consolidação atribui.",
    ),
    Reason.EM_REVISAO: Explanation(
        "Há na base do CNS uma pessoa sem CPF com os mesmos nome e nascimento e sem mãe diferente: pode ser a mesma.",
        "O caso está na lista de revisão do gestor da base; nada a enviar. Se houver pressa, o beneficiário pede numa"
        " unidade de saúde que o CPF seja posto no seu cadastro.",
    ),
    Reason.AGUARDA_CADSUS: Explanation(
        "Os dados conferem com a Receita, mas a pessoa ainda não tem registro na base do CNS.",
        "O beneficiário se cadastra numa unidade de saúde ou pelo CadSUS; a próxima consolidação atribui o número.",
    ),
    Reason.AGUARDA_CONSOLIDACAO: Explanation(
        "O CNS é atribuído quando a competência é encerrada e consolidada.",
        "Aguarde a consolidação e peça o CNX da competência.",
    ),
}
