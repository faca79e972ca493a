"""The limit of the look-ups: the same server, the same reading, look-up and answer, and nothing else.

No token, no policy, no limit, no audit: what is left is what no service can do without.
"""

from __future__ import annotations

import os
import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from vincula.site import ready

ready.setup()
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from vincula.formats import pdq  # noqa: E402
from vincula.formats.soap import content_type, read_envelope, render_envelope  # noqa: E402
from vincula.national.cadsus.services import hot  # noqa: E402

BRASILIA = ZoneInfo("America/Sao_Paulo")


async def application(scope: Any, protocol: Any) -> None:
    body = await protocol()
    envelope = read_envelope(body)
    query = pdq.read_query(envelope.payload)
    assert query is not None
    record = hot.by_cpf(query.identifiers[0].extension, full=False)
    written = pdq.render_answer(
        query,
        [pdq.Match(record, 100)] if record else [],
        release=pdq.OPERADORA,
        total=1,
        remaining=0,
        message_id=str(uuid.uuid4()),
        now=datetime.now(BRASILIA),
    )
    answer = render_envelope(envelope.version, written)
    protocol.response_bytes(200, [("content-type", content_type(envelope.version))], answer)
