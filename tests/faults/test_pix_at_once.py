"""Many systems, or one that repeats itself, feed the same person at once: one person, one CNS."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import httpx
import pytest

from tests.interop import feeds as w
from tests.interop.world import Caller, world

OPEN = 64  # connections; the rest of the messages waits for them in the client, as it would in any
PATIENCE = 120  # repetitions of one message that is told to come back


async def fed(caller: Caller, messages: list[str]) -> list[str]:
    """All at once; each repeated for as long as it is told to come back, as clients do on 429 and 503."""
    limits = httpx.Limits(max_connections=OPEN)
    headers = {"authorization": f"jwt {caller.token}", "content-type": "application/soap+xml"}
    async with httpx.AsyncClient(
        verify=caller.context(), limits=limits, timeout=None, headers=headers
    ) as client:

        async def one(message: str) -> str:
            for _ in range(PATIENCE):
                answer = await client.post(f"{caller.world.api}{w.PIX}", content=message.encode())
                if answer.status_code not in (429, 503):
                    return re.findall(r'typeCode code="(\w+)"', answer.text)[0]
                await asyncio.sleep(float(answer.headers["retry-after"]))
            return "never"

        return list(await asyncio.gather(*map(one, messages)))


@pytest.mark.timeout(1_800)
@pytest.mark.parametrize(
    ("rounds", "at_once"), [(2, 100), pytest.param(20, 1_000, marks=pytest.mark.long)], ids=["some", "all"]
)
def test_a_person_fed_many_times_at_once_gets_one_number(tmp_path: Path, rounds: int, at_once: int) -> None:
    """Half of the messages bear one local id, half an id each; every third person has no CPF."""
    with world(tmp_path) as made:
        made.unlimit(made.integrador)
        for number in range(rounds):
            name = f"MARIA {''.join('BCDFGHJLMN'[int(digit)] + 'A' for digit in f'{number:02d}')} PRADO"
            person = w.person(name, w.a_cpf(5_000 + number) if number % 3 else "")
            locals_ = [f"{number}-{place if place % 2 else 0}" for place in range(at_once)]
            answers = asyncio.run(fed(made.integrador, [w.feed(local, person) for local in locals_]))
            assert set(answers) == {"CA"}
            ids = "', '".join(set(locals_))
            held = made.stage.query(
                "SELECT DISTINCT l.pessoa_id, p.cns_mestre FROM cadsus_identificador_local l"
                f" JOIN cadsus_pessoa p ON p.id = l.pessoa_id WHERE extensao IN ('{ids}')"
            )
            assert len(held) == 1
            person_id, cns = held[0]
            cards = made.stage.query(f"SELECT cns FROM cadsus_cartao WHERE pessoa_id = {person_id}")
            assert cards == [(cns,)]
            bound = made.stage.query(
                f"SELECT count(*) FROM cadsus_identificador_local WHERE pessoa_id = {person_id}"
            )
            assert bound == [(len(set(locals_)),)]
            same = made.stage.query(
                f"SELECT count(*) FROM cadsus_pessoa WHERE nome = '{name}' AND unida_em_id IS NULL"
            )
            assert same == [(1,)]
