"""The real listener of an installation, asked without a network: `python -m tests.fuzz.listener CASES SEED` in a process
of its own. Prints, as JSON, how many answers of which status there were, and what was wrong with any.

What stands in place of the server are its two objects at the edge, scope and protocol, as RSGI describes them.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree

from tests.fuzz import damage
from tests.fuzz.samples import SAMPLES, Sample
from tests.national.api.rsgi import Headers

AT_ONCE, PATIENCE = 6, 60.0  # seconds; other work may be on the machine
EXPECTED = {200, 202, 400, 401, 403, 404, 405, 406, 409, 410, 411, 413, 415, 421, 422, 429, 500, 503}
ALL_WELL = 300


@dataclass
class Scope:
    path: str
    method: str
    query_string: str
    headers: Headers
    proto: str = "http"
    http_version: str = "1.1"
    scheme: str = "https"
    server: str = "127.0.0.1:8443"
    client: str = "127.0.0.1:50000"
    authority: str | None = None


@dataclass
class Protocol:
    """Hands out the body whole or in pieces; keeps what is answered."""

    body: bytes
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)

    async def __call__(self) -> bytes:
        return self.body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for at in range(0, len(self.body), 1_000):
            await asyncio.sleep(0)
            yield self.body[at : at + 1_000]

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.answers.append((status, dict(headers), body))

    def response_file(self, status: int, headers: list[tuple[str, str]], file: str) -> None:
        self.answers.append((status, dict(headers), b""))


def tokens() -> list[str]:
    """Of an operadora and of an integrador, whose limits are out of the way."""
    from vincula.common.outcomes import Accepted
    from vincula.national.api import services as api
    from vincula.national.icp.services import Identity

    found = []
    for kind, registro, root in (
        (api.Kind.OPERADORA, "999997", ""),
        (api.Kind.INTEGRADOR, "999903", "2.16.840.1.113883.3.4594.100.999903"),
    ):
        granted = api.grant(kind, "sistema", registro=registro, root=root, limit=10_000_000)
        assert isinstance(granted, Accepted), granted
        now = datetime.now(UTC)
        identity = Identity(
            granted.value.cnpj, "PJ", "A1", "CN=T", "CN=T", "1", "0" * 64, now, now + timedelta(days=1)
        )
        issued = api.issue(identity)
        assert isinstance(issued, Accepted), issued
        found.append(issued.value.access_token)
    return found


def made(sample: Sample, known: list[str], chance: random.Random) -> tuple[Scope, bytes]:
    """The request, damaged in one way or another."""
    body, query = b"", ""
    if sample.xml:
        body = damage.xml(sample.xml, chance)
    elif sample.json is not None:
        body = damage.json_text(sample.json, chance)
    if sample.query:
        query = damage.query(list(sample.query), chance)
        if sample.method == "POST" and not body:
            body, query = query.encode(), ""
    headers = {
        "authorization": f"jwt {known[chance.random() < 0.75]}",  # an operadora is sent away from half of the services
        "content-type": sample.content_type,
        "host": "localhost",
    }
    if chance.random() < 0.8:
        headers["content-length"] = str(len(body))
    if chance.random() < 0.05:
        headers[chance.choice(list(headers))] = damage.allowed(chance.choice(damage.STRANGE))[:2_000]
    if "²" in headers.get("content-length", ""):  # no server lets such a length through
        del headers["content-length"]
    return Scope(sample.path, sample.method, query, Headers(tuple(headers.items()))), body


def wrong(scope: Scope, protocol: Protocol) -> str:
    """What is wrong with the answer; "" for nothing."""
    if len(protocol.answers) != 1:
        return f"{len(protocol.answers)} answers"
    status, headers, body = protocol.answers[0]
    if status not in EXPECTED:
        return f"status {status}"
    if b"ERRO_INESPERADO" in body:
        return "a slip of ours"
    if b"Traceback" in body or b'File "/' in body:
        return "our insides are shown"
    try:
        return _wrong_json(status, body) if "json" in headers["content-type"] else _wrong_soap(status, body)
    except (etree.XMLSyntaxError, ValueError) as error:
        return f"unreadable answer: {type(error).__name__}"


def _wrong_soap(status: int, body: bytes) -> str:
    root = etree.fromstring(body)
    if status < ALL_WELL:
        return "" if root.find("{*}Body") is not None else "no envelope"
    if root.find("{*}Body/{*}Fault") is None:
        return f"{status} without a fault"
    codes = [one.text for one in root.iter("{*}codigo")]
    return "" if any(codes) else f"{status} without MSFalha"


def _wrong_json(status: int, body: bytes) -> str:
    content = json.loads(body)
    if status < ALL_WELL:
        return ""
    kind = content.get("resourceType")
    return "" if kind == "OperationOutcome" and content["issue"] else f"{status} as {kind}"


async def ask(application: Any, scope: Scope, body: bytes) -> tuple[int, str]:
    protocol = Protocol(body)
    try:
        await asyncio.wait_for(application.__rsgi__(scope, protocol), PATIENCE)
    except TimeoutError:
        return 0, "hangs"
    except Exception as error:
        return 0, f"raises {type(error).__name__}"
    return (protocol.answers[0][0] if protocol.answers else 0), wrong(scope, protocol)


async def main(cases: int, seed: str) -> dict[str, Any]:
    from vincula.site.api import application

    known = tokens()
    application.__rsgi_init__(asyncio.get_running_loop())
    statuses: Counter[str] = Counter()
    faults: list[str] = []
    numbers = iter(range(cases))

    async def work() -> None:
        for number in numbers:
            chance = random.Random(f"{seed}-{number}")
            sample = SAMPLES[number % len(SAMPLES)]
            scope, body = made(sample, known, chance)
            status, trouble = await ask(application, scope, body)
            statuses[f"{sample.name} {status}"] += 1
            if trouble and len(faults) < 20:
                faults.append(f"case {seed}-{number} ({sample.name}): {trouble}")

    await asyncio.gather(*[work() for _ in range(AT_ONCE)])
    application.__rsgi_del__(asyncio.get_running_loop())
    return {"statuses": statuses, "faults": faults}


if __name__ == "__main__":
    from vincula.site import ready

    ready.setup()
    print(json.dumps(asyncio.run(main(int(sys.argv[1]), sys.argv[2]))))
