"""The terms of use: which version is in force, who accepted it."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from vincula.common.audit.services import Event, record
from vincula.national.sgop.models import Termo

VERSION = "2026-11"
TEXT = (
    "O acesso ao CadSUS Web é pessoal: usuário, senha e computador não são emprestados nem compartilhados.",
    "Os dados são dos usuários do SUS e estão sob custódia do Ministério da Saúde. Só se consulta quem é ou será "
    "beneficiário da operadora, e só para incluir o beneficiário, emitir a carteirinha ou corrigir o SIB.",
    "Todas as ações são registradas, com autor, momento e finalidade, para fins de auditoria. O titular pode saber "
    "quem consultou os seus dados.",
    "Os dados não são usados para selecionar riscos nem para negar ou encarecer um plano (LGPD, art. 11).",
    "Inserir dado falso em sistema público é crime (Código Penal, art. 313-A).",
    "O acesso termina quando é revogado, quando você o cancela ou quando as condições deixam de existir.",
)


def accepted(cpf: str) -> bool:
    """Whether the person accepted the version in force."""
    return Termo.objects.filter(cpf=cpf, versao=VERSION).exists()


def accept(cpf: str) -> None:
    """Accept the version in force; accepting twice changes nothing."""
    try:
        with transaction.atomic():
            Termo.objects.create(cpf=cpf, versao=VERSION)
            record(Event(f"cpf:{cpf}", "sgop:termos:aceitos", f"cpf:{cpf}", details={"versao": VERSION}))
    except IntegrityError:
        return


def undo(cpf: str) -> None:
    """Somebody else accepted them in this person's name, who accepts or does not (accounts.claiming)."""
    if Termo.objects.filter(cpf=cpf).delete()[0]:
        record(Event(f"cpf:{cpf}", "sgop:termos:desfeitos", f"cpf:{cpf}"))
