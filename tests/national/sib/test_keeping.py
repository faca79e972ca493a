"""How long what operadoras sent is kept, and what is never taken away from under a file."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.national.sib import world
from tests.national.sib.world import inclusao
from vincula.common import config
from vincula.national.sib import services
from vincula.national.sib.models import Arquivo
from vincula.national.sib.services import files as stored
from vincula.national.sib.services.keeping import purge_files, purge_left_overs

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
MONTH = 202611


def aged(arquivo_id: int) -> Path:
    """Make a file end, and its SBX lie there, since one day longer than files are kept; where it lies."""
    long_ago = datetime.now(UTC) - timedelta(days=config.load().retention_files + 1)
    Arquivo.objects.filter(pk=arquivo_id).update(processado_em=long_ago)
    path = stored.received(Arquivo.objects.get(pk=arquivo_id).sha256)
    os.utime(path, (long_ago.timestamp(), long_ago.timestamp()))
    return path


def test_the_sbx_goes_when_its_time_has_passed_and_the_rpx_stays(files: world.Files) -> None:
    old, new = (files.send([(1, inclusao(code))], MONTH) for code in ("A", "B"))
    path = aged(old.id)
    assert purge_files(datetime.now(UTC)) == 1
    assert not path.exists()
    assert stored.received(Arquivo.objects.get(pk=new.id).sha256).exists()
    assert stored.rpx(old.rpx).exists()
    assert purge_files(datetime.now(UTC)) == 0


def test_the_sbx_that_another_file_still_needs_stays(files: world.Files) -> None:
    path = files.make([(1, inclusao("A"))])
    rejected = files.send_path(path.rename(path.with_name("sem-nome.SBX")), MONTH)
    again = files.send_path(path.with_name("sem-nome.SBX").rename(path), MONTH)
    assert (rejected.state, again.state) == ("REJEITADO", "PROCESSADO")
    content = aged(rejected.id)
    assert purge_files(datetime.now(UTC)) == 0
    assert content.exists()


def test_the_sbx_that_arrives_again_at_this_moment_stays(files: world.Files) -> None:
    path = files.make([(1, inclusao("A"))])
    content = aged(files.send_path(path, MONTH).id)
    with path.open("rb") as source:
        stored.store(source)  # what `receive` does before the file has a row
    assert purge_files(datetime.now(UTC)) == 0
    assert content.exists()


def test_an_sbx_refused_before_it_became_a_file_goes_after_a_day(files: world.Files) -> None:
    kept = files.send([(1, inclusao("A"))], MONTH)
    other = services.Sender("teste", registro=world.OTHER)
    refused = files.make([(1, inclusao("B"))])
    with refused.open("rb") as source:
        assert (
            world.refusal(services.receive(source, refused.name, other, MONTH))
            == "ARQUIVO_DE_OUTRA_OPERADORA"
        )
    left = stored.received(hashlib.sha256(refused.read_bytes()).hexdigest())
    assert left.exists()
    purge_left_overs(datetime.now(UTC))
    assert left.exists(), "its row may be about to come"
    purge_left_overs(datetime.now(UTC) + timedelta(days=2))
    assert not left.exists()
    assert stored.received(Arquivo.objects.get(pk=kept.id).sha256).exists()
