"""What every page of the layout needs (template context processor)."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from vincula.common import config
from vincula.common.accounts.session import SESSION_RENEWED, current_operadora, operadora_label
from vincula.common.page.assets import vendor_present
from vincula.common.page.banners import rendered_banners
from vincula.common.page.menu import visible_menu

PRODUCT = "Vincula"


def _seconds_left(request: HttpRequest) -> int:
    """Until the session ends, counted from the login or its last renewal (earlier rather than later)."""
    since = int(request.session.get(SESSION_RENEWED, 0))
    return max(0, settings.SESSION_COOKIE_AGE - (int(time.time()) - since)) if since else 0


def page(request: HttpRequest) -> dict[str, Any]:
    """`page`: product, sandbox, vendor, menu, banners, operadora (or None), operadora_label, session_seconds."""

    def facts() -> dict[str, Any]:
        operadora = current_operadora(request)
        return {
            "product": PRODUCT,
            "sandbox": config.load().sandbox,
            "vendor": vendor_present(),
            "menu": visible_menu(request),
            "banners": rendered_banners(request),
            "operadora": operadora,
            "operadora_label": operadora_label(operadora) if operadora else "",
            "session_seconds": _seconds_left(request) if request.user.is_authenticated else 0,
        }

    return {"page": SimpleLazyObject(facts)}
