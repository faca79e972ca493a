"""JSON as it is sent, and texts as FHIR can hold them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

CONTENT_TYPE = "application/fhir+json; charset=utf-8"
NDJSON = "application/x-ndjson"  # the lines of a bulk look-up are no resources
# FHIR R4, datatype string: no code point below 32 but tab, line feed and carriage return. Lone surrogates are no text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def render(resource: Mapping[str, Any]) -> bytes:
    """The resource as compact JSON in UTF-8."""
    return _ENCODER.encode(resource).encode("utf-8", "replace")


def clean(text: str) -> str:
    """The text without what FHIR cannot hold, and without blanks around it."""
    return (text if text.isprintable() else _FORBIDDEN.sub("", text)).strip()
