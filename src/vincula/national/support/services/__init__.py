"""Interruptions of services: declared, changed, ended; which one holds; what an interrupted service answers."""

from vincula.national.support.rules.interruption import Interruption, Servico, Situacao, retry_after
from vincula.national.support.rules.moments import BRASILIA, read_forecast, read_start, written
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

__all__ = [
    "BRASILIA",
    "Interruption",
    "Servico",
    "Situacao",
    "Snapshot",
    "declare",
    "end",
    "every",
    "forecast_of",
    "in_force",
    "interruption_of",
    "read_forecast",
    "read_start",
    "refusal_of",
    "retry_after",
    "snapshot",
    "state_of",
    "update_forecast",
    "version",
    "written",
]
