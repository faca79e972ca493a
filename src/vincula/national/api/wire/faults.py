"""Refusals as the wire tells them: SOAP faults with MSFalha, and the statuses that clients know what to do with.

Business refusals are faults with HTTP 500, authentication ones the same with 401 (cadsus-services.md, section 8). Codes
are ours, `VINC-` and the code of the refusal, but the one that is known from outside.
"""

from __future__ import annotations

from collections.abc import Sequence

from vincula.common.outcomes import Refused
from vincula.formats.soap import Mensagem, SoapVersion, content_type, render_fault
from vincula.national.api.wire.http import Reply

UNAUTHENTICATED = Mensagem("OSB_SEM_AUTENTICACAO", "As credenciais informadas não são válidas")
BUSINESS, DENIED = 500, 401
MAX_MESSAGES = 50


def message_of(refused: Refused) -> Mensagem:
    """What clients show of a refusal: reason and remedy together."""
    return Mensagem(f"VINC-{refused.code}", f"{refused.message} {refused.remedy}".strip())


def messages_of(refused: Refused) -> list[Mensagem]:
    """One message for each thing that stands against a record, with the number of its rule; else one in all."""
    faults = refused.details.get("faltas", ())
    return [
        Mensagem(f"VINC-{one['regra']}", f"{one['mensagem']} {one['providencia']} ({one['regra']})")
        for one in faults[:MAX_MESSAGES]
    ] or [message_of(refused)]


def fault(
    version: SoapVersion,
    refused: Refused | Sequence[Mensagem],
    *,
    status: int = BUSINESS,
    server: bool = False,
) -> Reply:
    """A refusal in the version of the request."""
    messages = messages_of(refused) if isinstance(refused, Refused) else refused
    reason = {} if status == BUSINESS and not server else {"reason": messages[0].descricao}
    body = render_fault(version, messages, server=server, **reason)
    return Reply(status, body, content_type(version))


def unauthenticated(version: SoapVersion, refused: Refused | None = None) -> Reply:
    """Nobody is let in: the one text that clients know, and what to do."""
    messages = [UNAUTHENTICATED] + ([message_of(refused)] if refused else [])
    reply = fault(version, messages, status=DENIED)
    reply.headers.append(("www-authenticate", 'jwt realm="cadsus"'))
    return reply


def later(version: SoapVersion, refused: Refused, seconds: int, *, status: int = 503) -> Reply:
    """Come back: with Retry-After, which clients heed."""
    reply = fault(version, refused, status=status, server=True)
    reply.headers.append(("retry-after", str(seconds)))
    return reply
