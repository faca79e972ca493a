"""What a bulk look-up leaves in the house, how long, and what becomes of one that cannot go on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from vincula.common.jobs.services import Estado, latest, run_now
from vincula.common.outcomes import Accepted, Refused
from vincula.national.api import services as api
from vincula.national.api.models import Credencial, Lote
from vincula.national.api.rules import Client
from vincula.national.api.services import bulk
from vincula.national.api.services.bulk import keeping
from vincula.national.api.services.view import client_of

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)


@pytest.fixture
def client() -> Iterator[Client]:
    made = api.grant(api.Kind.INTEGRADOR, "teste", cnpj="11222333000181", nome="SISTEMAS EXEMPLO")
    assert isinstance(made, Accepted), made
    yield client_of(Credencial.objects.get())
    for path in keeping.folder().iterdir():
        path.unlink()


def arriving(client: Client) -> bulk.Arrival:
    place = bulk.receive(client)
    assert isinstance(place, Accepted), place
    return place.value


def asked(client: Client, body: bytes = b'{"cpf":"11144477735"}\n') -> str:
    arrival = arriving(client)
    arrival.take(body)
    taken = bulk.begin(client, client.purpose, arrival)
    assert isinstance(taken, Accepted), taken
    return str(taken.value)


def worked(number: str) -> str:
    job = latest(bulk.KIND, number)
    assert job is not None
    return str(run_now(job).state)


@pytest.mark.parametrize(
    ("body", "lines"),
    [(b"{}\n{}\n", 2), (b"{}\n{}", 2), (b"{}", 1), (b"\n", 1), (b"\n\n{}", 3)],
)
def test_a_last_line_without_a_line_feed_counts(client: Client, body: bytes, lines: int) -> None:
    number = asked(client, body)
    assert worked(number) == Estado.CONCLUIDA
    fetched = bulk.fetch(client, number)
    assert isinstance(fetched, Accepted)
    assert len(fetched.value.read_bytes().splitlines()) == lines
    assert not keeping.questions(Lote.objects.get().pk).exists()


def test_a_day_after_it_ended_it_is_gone(client: Client) -> None:
    number = asked(client)
    worked(number)
    ended = Lote.objects.get().terminado_em
    assert ended is not None
    assert bulk.purge(ended + keeping.KEPT_FOR - timedelta(seconds=1)) == 0
    assert isinstance(bulk.fetch(client, number), Accepted)
    Lote.objects.update(terminado_em=ended - keeping.KEPT_FOR)
    assert bulk.standing(client, number) is None
    assert bulk.purge(timezone.now()) == 1
    assert list(keeping.folder().iterdir()) == []
    assert bulk.purge(timezone.now()) == 0


def test_what_a_killed_process_left_is_removed_after_a_day(client: Client) -> None:
    left, known = keeping.questions(uuid4()), asked(client)
    left.write_bytes(b"{}\n")
    bulk.purge(timezone.now())
    assert left.exists()
    long_ago = timezone.now().timestamp() - keeping.LEFT_OVER - 60
    for path in keeping.folder().iterdir():
        os.utime(path, (long_ago, long_ago))
    bulk.purge(timezone.now())
    assert [path.stem for path in keeping.folder().iterdir()] == [known]


def test_who_is_suspended_meanwhile_is_answered_nothing(client: Client) -> None:
    number = asked(client)
    assert isinstance(api.suspend(client.id, "teste", "investigação"), Accepted)
    assert worked(number) == Estado.FALHOU
    assert Lote.objects.get().estado == Lote.Estado.RECUSADO
    refused = bulk.fetch(client, number)
    assert isinstance(refused, Refused)
    assert refused.code == "LOTE_RECUSADO"
    assert list(keeping.folder().iterdir()) == []


def test_a_job_lost_between_commit_and_queue_is_asked_for_again(client: Client) -> None:
    number = asked(client)
    job = latest(bulk.KIND, number)
    assert job is not None
    job.delete()
    found = bulk.standing(client, number)
    assert found is not None
    assert not found.ready
    assert worked(number) == Estado.CONCLUIDA


def test_a_day_has_as_many_lines_as_requests(client: Client) -> None:
    asked(client)
    Lote.objects.update(linhas=client.limit * 24 * 60, estado=Lote.Estado.PRONTO, terminado_em=timezone.now())
    refused = bulk.receive(client)
    assert isinstance(refused, Refused), "before anything is read"
    assert refused.code == "LINHAS_DEMAIS"
    assert 0 < refused.details["espera"] <= 24 * 3600 + 1
    Lote.objects.update(linhas=client.limit * 24 * 60 - 1)
    arrival = arriving(client)
    arrival.take(b"{}\n{}\n")
    refused = bulk.begin(client, client.purpose, arrival)
    assert isinstance(refused, Refused)
    assert refused.code == "LINHAS_DEMAIS"
    assert not keeping.questions(arrival.number).exists()
    assert Lote.objects.count() == 1, "what was refused does not count"


def test_a_file_beyond_a_whole_day_is_not_told_to_wait(client: Client) -> None:
    arrival = arriving(client)
    arrival.take(b"\n" * (client.limit * 24 * 60 + 1))
    refused = bulk.begin(client, client.purpose, arrival)
    assert isinstance(refused, Refused)
    assert (refused.code, refused.details) == ("LINHAS_DEMAIS", {})


def test_three_that_are_still_coming_in_leave_no_place_for_a_fourth(client: Client) -> None:
    coming = [arriving(client) for _ in range(3)]
    refused = bulk.receive(client)
    assert isinstance(refused, Refused)
    assert (refused.code, refused.details["espera"]) == ("LOTES_DEMAIS", 60)
    bulk.discard(coming[0])
    asked(client)
    assert isinstance(bulk.receive(client), Refused), "two are coming, one was taken on"
    Lote.objects.filter(pk=coming[1].number).update(pedido_em=timezone.now() - bulk.ARRIVES_WITHIN)
    arriving(client)  # whoever received that one was killed


def test_one_that_never_arrived_is_nobodys_and_gone_after_a_day(client: Client) -> None:
    arrival = arriving(client)
    assert bulk.standing(client, str(arrival.number)) is None
    assert isinstance(bulk.cancel(client, str(arrival.number)), Refused)
    assert bulk.purge(timezone.now()) == 0
    assert bulk.purge(timezone.now() + keeping.KEPT_FOR) == 1
    assert list(keeping.folder().iterdir()) == []


def test_a_file_that_is_discarded_leaves_nothing_and_one_taken_on_is_not_discarded(client: Client) -> None:
    arrival = arriving(client)
    arrival.take(b"{}\n")
    bulk.discard(arrival)
    assert (Lote.objects.count(), list(keeping.folder().iterdir())) == (0, [])
    kept = arriving(client)
    kept.take(b"{}\n")
    assert isinstance(bulk.begin(client, client.purpose, kept), Accepted)
    bulk.discard(kept)
    assert keeping.questions(kept.number).exists()
