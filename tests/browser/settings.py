"""The real settings, with one page more: the gallery that shows every component of the layout."""

from __future__ import annotations

from vincula.site.settings import *  # noqa: F403

ROOT_URLCONF = "tests.browser.urls"
