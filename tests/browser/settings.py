"""The real settings, with one page more: the gallery that shows every component of the layout. Passwords cost
little here: most tests log in, and none is about how long that takes."""

from __future__ import annotations

from vincula.site.settings import *  # noqa: F403

ROOT_URLCONF = "tests.browser.urls"
PASSWORD_HASHERS = ["tests.quick.QuickArgon2"]
