"""The API listener's application (granian, RSGI): `vincula.site.api:application`."""

from __future__ import annotations

import os

from vincula.site import ready

ready.setup()
# Look-ups run in the event loop, on a connection that nobody shares: Django's guard is for those who would share one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from vincula.common import config  # noqa: E402
from vincula.formats.fhir import BASE, OPENAPI  # noqa: E402
from vincula.national.api.wire import cadsus_service, pdq, pix, proxy  # noqa: E402
from vincula.national.api.wire.fhir.described import OpenApi  # noqa: E402
from vincula.national.api.wire.fhir.service import FhirService  # noqa: E402
from vincula.national.api.wire.http import Scope  # noqa: E402
from vincula.national.api.wire.listener import Listener  # noqa: E402
from vincula.national.api.wire.plain import KEYS, NotHere, PublishedKeys  # noqa: E402
from vincula.site import traces  # noqa: E402

_proxies = config.load().proxies


def _certificate_of(scope: Scope) -> str:
    """The thumbprint of the caller's certificate, where a proxy of ours has seen one."""
    value = scope.headers.get(proxy.HEADER) if _proxies else None
    return proxy.thumbprint_of(value) if value and proxy.is_proxy(scope.client, _proxies) else ""


application = Listener(
    services={
        **dict(pdq.services(legacy=config.load().legacy)),
        **dict(pix.services(legacy=config.load().legacy, any_root=config.load().sandbox)),
        **dict(cadsus_service.services(legacy=config.load().legacy, any_root=config.load().sandbox)),
        KEYS: PublishedKeys(),
        OPENAPI: OpenApi(legacy=config.load().legacy),
    },
    prefixes={f"{BASE}/": FhirService()},
    nowhere=NotHere(),
    certificate_of=_certificate_of,
    on_error=traces.keep,
)
