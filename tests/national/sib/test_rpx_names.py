"""The name of an RPX tells a second, and no two of an operadora are of the same: a burst of files runs on, in order."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.national.sib import world
from tests.national.sib.world import inclusao
from vincula.common.outcomes import Accepted
from vincula.formats.sib import parse_name, rpx_name
from vincula.national.sib import services
from vincula.national.sib.models import Arquivo
from vincula.national.sib.services import months

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
MONTH = 202611
BURST = 12


def rejected(number: int) -> services.Result:
    """A file that is answered the moment it arrives: its name is none."""
    received = services.receive(io.BytesIO(b"<nada/>"), f"nada {number}.SBX", world.SENDER, MONTH)
    assert isinstance(received, Accepted)
    return services.result(received.value.arquivo_id)


def second_of(result: services.Result) -> datetime:
    """The moment that the name tells."""
    parsed = parse_name(result.rpx)
    assert parsed is not None
    assert parsed.kind == "RPX"
    return parsed.generated


def processed(result: services.Result) -> datetime:
    assert result.processed is not None
    return result.processed.astimezone(months.BRASILIA).replace(tzinfo=None, microsecond=0)


def test_answers_of_one_second_take_the_next_ones_in_order() -> None:
    results = [rejected(number) for number in range(BURST)]
    seconds = [second_of(result) for result in results]
    assert seconds == sorted(set(seconds))
    for number, result in enumerate(results):
        assert timedelta(0) <= second_of(result) - processed(result) <= timedelta(seconds=number)


def test_the_true_moment_stands_in_the_header() -> None:
    for result in [rejected(number) for number in range(3)]:
        text = services.rpx_path(result).read_text("iso-8859-1")
        (told,) = re.findall(r"<dataHoraRegistroTransacao>(.*?)</", text)
        assert datetime.fromisoformat(told) == processed(result)


def test_however_many_seconds_are_taken_a_free_one_is_found(tmp_path: Path) -> None:
    world.load_cadop(tmp_path)
    files = world.Files(tmp_path)
    first = files.send([(1, inclusao("A1"))], MONTH)
    now = months.now().replace(tzinfo=None, microsecond=0)
    ahead = [now + timedelta(seconds=n) for n in range(1_500)]
    taken = {rpx_name(world.OPERADORA, moment) for moment in ahead} - {first.rpx}
    Arquivo.objects.bulk_create(
        Arquivo(
            registro_ans=world.OPERADORA, nome=name, sha256=name, tamanho=1, competencia=MONTH, rpx=name,
            recebido_em=months.now(), estado=Arquivo.Estado.REJEITADO, processado_em=months.now(),
        )
        for name in taken
    )  # fmt: skip
    assert second_of(files.send([(1, inclusao("A2"))], MONTH)) == ahead[-1] + timedelta(seconds=1)


def test_the_names_of_another_operadora_are_in_nobodys_way(tmp_path: Path) -> None:
    world.load_cadop(tmp_path)
    mine = world.Files(tmp_path).send([(1, inclusao("A1"))], MONTH)
    other = world.Files(tmp_path, world.OTHER).send([(1, inclusao("A1"))], MONTH)
    assert second_of(mine) == processed(mine)
    assert second_of(other) == processed(other)
