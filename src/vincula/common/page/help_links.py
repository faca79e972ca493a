"""Where a remedy says "abra um chamado", a link to where that is done; the app that has the page says where."""

from __future__ import annotations

import re

from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

WHERE = "support-abrir"  # the name of the page's URL
_SAID = re.compile(r"(abr(?:a|ir) um chamado)", re.IGNORECASE)


def ticket_links(text: str) -> SafeString:
    """The text escaped, with its links. Without such a page (another site's URLs) only escaped."""
    pieces = _SAID.split(text)
    if len(pieces) == 1:
        return conditional_escape(text)
    try:
        url = reverse(WHERE)
    except NoReverseMatch:
        return conditional_escape(text)
    made = [
        format_html('<a href="{}">{}</a>', url, piece) if at % 2 else conditional_escape(piece)
        for at, piece in enumerate(pieces)
    ]
    return mark_safe("".join(made))  # noqa: S308 - every piece was escaped
