"""SGOP for the other rooms (0022): how a person stands, and the gate; everything else is its own pages'."""

from vincula.national.sgop.rules.words import Acao, Estado, Perfil, Tipo
from vincula.national.sgop.services.asking import cancel, request_access
from vincula.national.sgop.services.deciding import decide
from vincula.national.sgop.services.directors import keep_watch, recheck
from vincula.national.sgop.services.gate import Card, Entry, State, establishments_of, gate, state_of
from vincula.national.sgop.services.overview import Overview, overview, registered
from vincula.national.sgop.services.standing import administered, gone_through

__all__ = [
    "Acao",
    "Card",
    "Entry",
    "Estado",
    "Overview",
    "Perfil",
    "State",
    "Tipo",
    "administered",
    "cancel",
    "decide",
    "establishments_of",
    "gate",
    "gone_through",
    "keep_watch",
    "overview",
    "recheck",
    "registered",
    "request_access",
    "state_of",
]
