"""The mails about a ticket (R059–R063): number in the subject, question repeated, not to be replied to, channels."""

from __future__ import annotations

from vincula.national.support.rules.tickets import Ticket

DO_NOT_REPLY = "Este e-mail destina-se apenas ao envio de resposta: favor não respondê-lo."
# R063: the channels of relationship that the answers of ANS list.
CHANNELS = (
    ("Disque ANS", "0800 701 9656"),
    ("Fale Conosco", "no portal da ANS, www.gov.br/ans"),
    ("Central de atendimento", "neste site, onde se abre um chamado e se acompanham os seus"),
)
_RULE = "-" * 60


def subject(ticket: Ticket, what: str) -> str:
    """ "[Ticket#2026112204711293] Resposta" """
    return f"[Ticket#{ticket.numero}] {what}"


def received(ticket: Ticket) -> str:
    """To who has opened one. It repeats nothing of what he wrote: the address may be another's."""
    return _letter(
        f"Recebemos o seu chamado de número {ticket.numero}, para a área “{ticket.area.nome}”.",
        "A resposta virá por e-mail. Quem abriu o chamado com a sua conta também o acompanha em “Meus chamados”.",
        "Se você não abriu este chamado, ignore esta mensagem.",
    )


def answer(ticket: Ticket, text: str) -> str:
    """R060: the question again; R061: that the technical area, if any, has stated what follows."""
    routed = (
        f"A sua consulta foi direcionada à área técnica competente ({ticket.encaminhado_a}), que se manifestou como"
        " segue:"
        if ticket.encaminhado_a
        else "Em resposta à sua consulta:"
    )
    return _letter(
        f"Chamado {ticket.numero}.",
        routed,
        text,
        f"Conteúdo original de sua consulta para referência:\n{quoted(ticket)}",
    )


def closed(ticket: Ticket, text: str) -> str:
    """It was closed, and why."""
    return _letter(
        f"O chamado {ticket.numero} foi encerrado.",
        text,
        f"Conteúdo original de sua consulta para referência:\n{quoted(ticket)}",
    )


def quoted(ticket: Ticket) -> str:
    """The subject and every line of the question behind a mark."""
    lines = [f"Assunto: {ticket.assunto}", "", *ticket.pergunta.split("\n")]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _letter(*paragraphs: str) -> str:
    channels = "\n".join(f"{name}: {where}" for name, where in CHANNELS)
    parts = [*filter(None, paragraphs), _RULE, DO_NOT_REPLY, f"Canais de relacionamento:\n{channels}"]
    return "\n\n".join(parts) + "\n"
