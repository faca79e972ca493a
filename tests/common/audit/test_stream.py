"""The audit of an event loop: who answers waits until his record is durable, and many share a commit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import ExitStack

import pytest

from vincula.common.audit.models import Registro
from vincula.common.audit.services import Event, verify
from vincula.common.audit.stream import Stream
from vincula.common.audit.writer import COMMIT_LIMIT
from vincula.common.outcomes import Accepted, RefusedError

pytestmark = pytest.mark.django_db(databases=["default", "audit"], transaction=True)


def event(subject: str = "x") -> Event:
    return Event("credencial:teste", "api:pdq:consultada", subject)


def in_a_loop(work: Callable[[Stream], Awaitable[None]]) -> Stream:
    """Run `work` in a loop of its own, in a thread of its own as a server does; the stream is closed behind it."""
    made: list[Stream] = []
    failed: list[BaseException] = []

    async def body() -> None:
        made.append(Stream(asyncio.get_running_loop()))
        try:
            await work(made[0])
        finally:
            made[0].close()

    def run() -> None:
        try:
            asyncio.run(body())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    assert not thread.is_alive(), "a future was never settled"
    if failed:
        raise failed[0]
    return made[0]


def written(stream: Stream) -> list[str]:
    rows = Registro.objects.filter(escritor=stream._writer.id).order_by("seq")
    return list(rows.values_list("assunto", flat=True))


def test_an_answer_waits_until_its_record_is_durable() -> None:
    seen: list[bool] = []

    async def work(stream: Stream) -> None:
        with ExitStack() as held:
            held.enter_context(stream._writer._leading)  # no commit can end
            future = stream.record([event("cpf:1"), event("cpf:2")])
            await asyncio.sleep(0.2)
            seen.append(future.done())
            held.close()
            await future

    assert written(in_a_loop(work)) == ["cpf:1", "cpf:2"]
    assert seen == [False]


def test_who_comes_while_a_commit_is_under_way_shares_the_next() -> None:
    async def work(stream: Stream) -> None:
        with ExitStack() as held:
            held.enter_context(stream._writer._leading)
            futures = [stream.record([event("cpf:0")])]
            await asyncio.sleep(0.1)  # the first commit has begun
            for n in range(1, 60):
                futures.append(stream.record([event(f"cpf:{n}")]))
                await asyncio.sleep(0)
            held.close()
            await asyncio.gather(*futures)

    stream = in_a_loop(work)
    assert stream._writer.commits == 2
    assert written(stream) == [f"cpf:{n}" for n in range(60)]
    assert isinstance(verify(), Accepted)


def test_a_commit_takes_only_so_many_records() -> None:
    async def work(stream: Stream) -> None:
        await asyncio.gather(*[stream.record([event()] * (COMMIT_LIMIT - 1)) for _ in range(3)])

    stream = in_a_loop(work)
    assert stream._writer.commits == 3
    assert len(written(stream)) == 3 * (COMMIT_LIMIT - 1)


def test_what_was_handed_over_is_durable_after_the_end_and_nothing_is_taken_any_more() -> None:
    refused: list[str] = []

    async def work(stream: Stream) -> None:
        waiting = [stream.record([event(f"cpf:{n}")]) for n in range(5)]
        stream.close()
        await asyncio.gather(*waiting)
        with pytest.raises(RefusedError) as error:
            await stream.record([event("cpf:tarde")])
        refused.append(error.value.refused.code)

    assert written(in_a_loop(work)) == [f"cpf:{n}" for n in range(5)]
    assert refused == ["AUDITORIA_INDISPONIVEL"]


def test_a_caller_who_has_gone_is_audited_and_holds_nobody_up() -> None:
    async def work(stream: Stream) -> None:
        gone, stays = stream.record([event("cpf:foi")]), stream.record([event("cpf:fica")])
        gone.cancel()
        await stays

    assert written(in_a_loop(work)) == ["cpf:foi", "cpf:fica"]


def test_where_nothing_can_be_written_everybody_is_refused_and_later_it_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from django.db import DatabaseError

    told: list[str] = []

    async def work(stream: Stream) -> None:
        def full(*_: object) -> None:
            raise DatabaseError("disk full")

        with monkeypatch.context() as broken:
            broken.setattr(stream._writer, "_write", full)
            for result in await asyncio.gather(
                *[stream.record([event()]) for _ in range(3)], return_exceptions=True
            ):
                assert isinstance(result, RefusedError)
                told.append(result.refused.code)
        await stream.record([event("cpf:depois")])

    assert written(in_a_loop(work)) == ["cpf:depois"]
    assert told == ["AUDITORIA_INDISPONIVEL"] * 3
