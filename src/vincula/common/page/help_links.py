"""Where a remedy says "abra um chamado", a link to where that is done; the app that has the page says where."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeData, SafeString, mark_safe

WHERE = "support-abrir"  # the name of the page's URL
DETAIL = "chamado"  # in a refusal's details: the area of the ticket that its remedy asks for
_SAID = re.compile(r"(\babr(?:a|ir) um chamado\b)", re.IGNORECASE)


def ticket_links(text: str | SafeString, area: str = "") -> SafeString:
    """The text escaped (unless it was safe), with its links. Without such a page (another site's URLs) no links."""
    pieces = _SAID.split(str(text))
    if len(pieces) == 1:
        return conditional_escape(text)
    try:
        url = reverse(WHERE)
    except NoReverseMatch:
        return conditional_escape(text)
    url += f"?{urlencode({'area': area})}" if area else ""
    if isinstance(text, SafeData):
        pieces = [mark_safe(piece) for piece in pieces]  # noqa: S308 - a piece of what was safe, cut between words
    made = [
        format_html('<a href="{}">{}</a>', url, piece) if at % 2 else conditional_escape(piece)
        for at, piece in enumerate(pieces)
    ]
    return mark_safe("".join(made))  # noqa: S308 - every piece was escaped
