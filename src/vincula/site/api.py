"""The API listener's application (granian, RSGI): `vincula.site.api:application`."""

from __future__ import annotations

import os

from vincula.site import ready

ready.setup()
# Look-ups run in the event loop, on a connection that nobody shares: Django's guard is for those who would share one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from granian.rsgi import ProtocolClosed, ProtocolError  # type: ignore[attr-defined] # noqa: E402

from vincula.common import config  # noqa: E402
from vincula.formats.fhir import BASE, OPENAPI  # noqa: E402
from vincula.national.api.wire import cadsus_service, pdq, pix  # noqa: E402
from vincula.national.api.wire.arrival import Front  # noqa: E402
from vincula.national.api.wire.fhir.described import OpenApi  # noqa: E402
from vincula.national.api.wire.fhir.service import FhirService  # noqa: E402
from vincula.national.api.wire.listener import Listener  # noqa: E402
from vincula.national.api.wire.plain import KEYS, NotHere, PublishedKeys  # noqa: E402
from vincula.site import traces  # noqa: E402

_config = config.load()
application = Listener(
    services={
        **dict(pdq.services(legacy=_config.legacy)),
        **dict(pix.services(legacy=_config.legacy, any_root=_config.sandbox)),
        **dict(cadsus_service.services(legacy=_config.legacy, any_root=_config.sandbox)),
        KEYS: PublishedKeys(),
        OPENAPI: OpenApi(legacy=_config.legacy),
        BASE: FhirService(),
    },
    prefixes={f"{BASE}/": FhirService()},
    nowhere=NotHere(),
    front=Front(_config.proxies, _config.hosts),
    on_error=traces.keep,
    gone=(ProtocolClosed, ProtocolError),
)
