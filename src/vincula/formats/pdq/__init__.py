"""PDQv3 of CadSUS (IHE ITI-47): questions read with tolerance, answers written as real clients expect. Pure."""

from vincula.formats.hl7.header import render_mcci
from vincula.formats.hl7.message import Identifier, Target, iso_day, read_target
from vincula.formats.pdq.answer import render_answer, render_application_error, render_not_found
from vincula.formats.pdq.person import Match
from vincula.formats.pdq.query import MAX_BYTES, Continuation, Query, continued, read_continuation, read_query
from vincula.formats.pdq.release import FIELDS, INTEGRADOR, OPERADORA, Release, released_fields
from vincula.formats.pdq.wsdl import SCHEMAS, render_schema, render_wsdl

__all__ = [
    "FIELDS",
    "INTEGRADOR",
    "MAX_BYTES",
    "OPERADORA",
    "SCHEMAS",
    "Continuation",
    "Identifier",
    "Match",
    "Query",
    "Release",
    "Target",
    "continued",
    "iso_day",
    "read_continuation",
    "read_query",
    "read_target",
    "released_fields",
    "render_answer",
    "render_application_error",
    "render_mcci",
    "render_not_found",
    "render_schema",
    "render_wsdl",
]
