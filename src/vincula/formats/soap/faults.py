"""Faults as CadSUS sends them: MSFalha with a list of messages (cadsus-services.md, section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vincula.formats.soap.envelope import SoapVersion
from vincula.formats.soap.escaping import text

# The reason that the official faults give; clients show it and then the list.
NEGOCIAL = "Uma ou mais regras negociais foram violadas, verifique a lista de erros."
_MSF = "http://servicos.saude.gov.br/wsdl/mensageria/falha/v5r0/msfalha"
_MEN = "http://servicos.saude.gov.br/wsdl/mensageria/falha/v5r0/mensagem"


@dataclass(frozen=True, slots=True)
class Mensagem:
    """One entry of the list. Only some codes are known from outside (OSB_SEM_AUTENTICACAO, E020); ours begin VINC-."""

    codigo: str
    descricao: str


def render_fault(
    version: SoapVersion, messages: Sequence[Mensagem], *, reason: str = NEGOCIAL, server: bool = False
) -> bytes:
    """A whole answer with a fault, UTF-8. `server`: the fault is ours, not the caller's; he may repeat."""
    detail = _detail(messages)
    if version is SoapVersion.V11:
        body = (
            f"<env:Fault><faultcode>env:{'Server' if server else 'Client'}</faultcode>"
            f"<faultstring>{text(reason)}</faultstring><detail>{detail}</detail></env:Fault>"
        )
    else:
        body = (
            f"<env:Fault>\n<env:Code><env:Value>env:{'Receiver' if server else 'Sender'}</env:Value></env:Code>\n"
            f'<env:Reason><env:Text xml:lang="pt-BR">{text(reason)}</env:Text></env:Reason>\n'
            f"<env:Detail>{detail}</env:Detail>\n</env:Fault>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<env:Envelope xmlns:env="{version.value}"><env:Body>{body}</env:Body></env:Envelope>'
    ).encode()


def _detail(messages: Sequence[Mensagem]) -> str:
    listed = "".join(
        f'<msf:Mensagem><men:codigo xmlns:men="{_MEN}">{text(one.codigo)}</men:codigo>'
        f'<men:descricao xmlns:men="{_MEN}">{text(one.descricao)}</men:descricao></msf:Mensagem>'
        for one in messages
    )
    return f'<msf:MSFalha xmlns:msf="{_MSF}">{listed}</msf:MSFalha>'
