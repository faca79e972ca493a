"""SIB's lines of the menu and its help texts; called from AppConfig.ready()."""

from __future__ import annotations

from vincula.common.page.menu import MenuItem, in_operadora, register
from vincula.common.page.search import HelpText, register_help
from vincula.national.sib.access import is_staff


def register_menu() -> None:
    register(
        MenuItem(
            "sib",
            "SIB",
            "sib-inicio",
            order=20,
            icon="fa-file-medical",
            description="A competência aberta, os últimos arquivos, a cobertura do CNS e o que fazer agora.",
            keywords=("operadora", "painel", "resumo", "cobertura"),
            visible=in_operadora,
        ),
        MenuItem(
            "sib-enviar",
            "Enviar SBX",
            "sib-enviar",
            order=10,
            parent="sib",
            description="Envia um arquivo SBX e acompanha o processamento.",
            keywords=("upload", "arquivo", "movimento", "inclusão", "retificação", "cancelamento"),
            visible=in_operadora,
        ),
        MenuItem(
            "sib-arquivos",
            "Arquivos enviados",
            "sib-arquivos",
            order=20,
            parent="sib",
            description="Os arquivos enviados, com o resultado, as críticas e o RPX de cada um.",
            keywords=("RPX", "críticas", "rejeição", "protocolo"),
            visible=in_operadora,
        ),
        MenuItem(
            "sib-competencias",
            "Competências",
            "sib-competencias",
            order=30,
            parent="sib",
            description="O calendário, o estado de cada competência e o que o fechamento fez.",
            keywords=("prazo", "calendário", "encerramento", "consolidação"),
            visible=in_operadora,
        ),
        MenuItem(
            "sib-sem-cns",
            "Beneficiários sem CNS",
            "sib-sem-cns",
            order=40,
            parent="sib",
            description="Quem ficou sem CNS, por motivo, com o próximo passo de cada um.",
            keywords=("Receita", "CPF", "nome", "nascimento", "motivo", "atribuição"),
            visible=in_operadora,
        ),
        MenuItem(
            "sib-cnx",
            "CNX",
            "sib-cnx",
            order=50,
            parent="sib",
            description="Pede e baixa o arquivo de conferência de uma competência consolidada.",
            keywords=("conferência", "download", "CNS"),
            visible=in_operadora,
        ),
        MenuItem(
            "sib-qualidade",
            "Qualidade cadastral",
            "sib-qualidade",
            order=60,
            parent="sib",
            description="Os contadores do relatório de qualidade cadastral (RQC).",
            keywords=("RQC", "repetição", "sem CPF"),
            visible=in_operadora,
        ),
        MenuItem(
            "sib-gestao",
            "Gestão do SIB",
            "sib-gestao",
            order=80,
            icon="fa-landmark",
            description="As competências de todas as operadoras: encerrar, consolidar e revisar.",
            keywords=("encerrar", "consolidar", "revisão"),
            visible=is_staff,
        ),
    )
    register_help(
        HelpText(
            "sib-atribuicao",
            "Quem recebe o CNS automaticamente",
            "Recebe o CNS o beneficiário cujos nome, CPF e data de nascimento são idênticos aos da Receita, "
            "quando a competência é encerrada e consolidada.",
            "sib-competencias",
            visible=in_operadora,
        ),
        HelpText(
            "sib-rejeicao",
            "Arquivo rejeitado e registro recusado",
            "Um arquivo rejeitado conta como não enviado e pode ser enviado de novo, inteiro. Um registro recusado "
            "não impede os outros do mesmo arquivo: corrija e envie só ele.",
            "sib-arquivos",
            visible=in_operadora,
        ),
    )
