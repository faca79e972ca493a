"""Interruptions of services (which one holds, what an interrupted service answers), tickets, notices to operadoras."""

from vincula.national.support.rules.interruption import Interruption, Servico, Situacao, retry_after
from vincula.national.support.rules.moments import BRASILIA, read_forecast, read_start, written
from vincula.national.support.rules.tickets import Area, Ticket
from vincula.national.support.rules.wording import forecast_of, state_of
from vincula.national.support.services.asking import (
    Snapshot,
    every,
    in_force,
    interruption_of,
    refusal_of,
    snapshot,
    version,
)
from vincula.national.support.services.changing import declare, end, update_forecast
from vincula.national.support.services.handling import add_message, answer, close, close_own, route
from vincula.national.support.services.notices import (
    addresses,
    drafts,
    notice,
    publish,
    published,
    write_notice,
)
from vincula.national.support.services.tickets import (
    asking_about,
    consult,
    listed,
    open_ticket,
    open_ticket_about,
    own_ticket,
    queue,
    ticket,
    ticket_url,
    tickets_of,
)

__all__ = [
    "BRASILIA",
    "Area",
    "Interruption",
    "Servico",
    "Situacao",
    "Snapshot",
    "Ticket",
    "add_message",
    "addresses",
    "answer",
    "asking_about",
    "close",
    "close_own",
    "consult",
    "declare",
    "drafts",
    "end",
    "every",
    "forecast_of",
    "in_force",
    "interruption_of",
    "listed",
    "notice",
    "open_ticket",
    "open_ticket_about",
    "own_ticket",
    "publish",
    "published",
    "queue",
    "read_forecast",
    "read_start",
    "refusal_of",
    "retry_after",
    "route",
    "snapshot",
    "state_of",
    "ticket",
    "ticket_url",
    "tickets_of",
    "update_forecast",
    "version",
    "write_notice",
    "written",
]
