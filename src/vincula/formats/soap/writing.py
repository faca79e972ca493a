"""Envelopes written with the literal prefixes that at least one client looks for (cadsus-services.md, 9, 2 and 16)."""

from __future__ import annotations

from vincula.formats.soap.envelope import SoapVersion

_TYPES = {
    SoapVersion.V11: "text/xml; charset=utf-8",
    SoapVersion.V12: "application/soap+xml; charset=utf-8",
}


def content_type(version: SoapVersion) -> str:
    """The Content-Type of an answer in this version."""
    return _TYPES[version]


def render_envelope(version: SoapVersion, payload: str) -> bytes:
    """The answer's bytes, UTF-8. `payload`: XML text that declares its own namespaces."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<soap:Envelope xmlns:soap="{version.value}"><soap:Header/>'
        f'<S:Body xmlns:S="{version.value}">\n{payload}\n</S:Body></soap:Envelope>'
    ).encode()
