"""SOAP 1.1 and 1.2 envelopes, read with tolerance, written as CadSUS clients expect (cadsus-services.md, 8, 9)."""

from vincula.formats.soap.envelope import (
    MAX_BYTES,
    Envelope,
    SoapVersion,
    UnreadableEnvelopeError,
    local_name,
    namespace,
    read_envelope,
)
from vincula.formats.soap.escaping import quoted, text
from vincula.formats.soap.faults import NEGOCIAL, Mensagem, render_fault
from vincula.formats.soap.opening import OPENING_BYTES, read_opening
from vincula.formats.soap.security import UsernameToken, read_username_token
from vincula.formats.soap.writing import content_type, render_envelope

__all__ = [
    "MAX_BYTES",
    "NEGOCIAL",
    "OPENING_BYTES",
    "Envelope",
    "Mensagem",
    "SoapVersion",
    "UnreadableEnvelopeError",
    "UsernameToken",
    "content_type",
    "local_name",
    "namespace",
    "quoted",
    "read_envelope",
    "read_opening",
    "read_username_token",
    "render_envelope",
    "render_fault",
    "text",
]
