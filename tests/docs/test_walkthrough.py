"""The first steps of the manual, really taken: with what the repository has, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.docs.pages import ROOT, page, sections
from tests.national.sib.web.stage import do
from tests.national.sib.web.test_access import body
from tests.national.sib.web.test_files import text_of
from vincula.common.jobs.services import latest
from vincula.common.outcomes import Accepted
from vincula.national.sib import services as sib
from vincula.sandbox import demo
from vincula.sandbox.bases import receita_rows
from vincula.sandbox.demo import Demo, plan
from vincula.sandbox.demo.logins import Access
from vincula.sandbox.people import people

SAMPLE = ROOT / "docs" / "manual" / "exemplo" / "99999720250520093000.SBX"
WEB, COMMANDS = (sections(page("primeiros-passos"), "##")[title] for title in (
    "Pelo site, com a demonstração", "Pela linha de comando, numa base vazia",
))  # fmt: skip


def blocks(text: str) -> list[str]:
    """What stands between fences."""
    return re.findall(r"(?ms)^```[a-z]*\n(.*?)^```", text)


# -- by command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A newcomer's folder: the documents, and the command where `make` leaves it."""
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    command = tmp_path / ".venv" / "bin" / "vincula"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m vincula.site.cli "$@"\n')
    command.chmod(0o755)
    return tmp_path


def test_every_command_of_the_first_steps_does_what_the_manual_says(checkout: Path) -> None:
    commands, answers = blocks(COMMANDS)
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("VINCULA_", "DATABASE_", "DJANGO_"))
    }
    done = subprocess.run(
        ["/bin/sh", "-e", "-c", commands], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    missing = [line for line in answers.splitlines() if line.strip() not in done.stdout]
    assert missing == [], done.stdout
    made = sorted(path.suffix for path in (checkout / "dados" / "respostas").iterdir())
    assert made == [".CNX", ".RPX", ".csv"]


# -- by the pages --------------------------------------------------------------------------------------------------


@pytest.fixture
def world() -> Iterator[Demo]:
    """The demo world, as `make run` leaves it."""
    shutil.rmtree(plan.folder(), ignore_errors=True)
    built = demo.build(lambda done, total, what: None)
    assert isinstance(built, Accepted), built
    yield built.value
    shutil.rmtree(plan.folder(), ignore_errors=True)


def entered(who: Access) -> Client:
    client = Client()
    assert client.post("/entrar/", {"cpf": who.cpf, "password": who.senha})["Location"] == "/"
    return client


def sent(client: Client, name: str, content: bytes) -> str:
    """The words of a file's page once it has been processed."""
    answer = client.post("/sib/enviar/", {"arquivo": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, text_of(answer)
    number = int(answer["Location"].split("/")[3])
    if not sib.result(number).ended:
        do(latest("sib.intake", f"arquivo:{number}"))
    return text_of(client.get(reverse("sib-arquivo", args=[number])))


def followed(client: Client, answer: Any, address: str) -> Any:
    """The first page that a page links to at an address like this."""
    found = re.search(rf'href="({address})"', answer.content.decode())
    assert found, address
    return client.get(found[1])


with_base = pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)


@with_base
def test_the_menu_has_every_line_that_the_first_steps_name(world: Demo) -> None:
    seen = "".join(entered(world.people[who]).get("/").content.decode() for who in (0, 3))
    named = re.findall(r"\*\*(.+?)\*\*", WEB)
    assert named
    assert [label for label in named if f"<span>{label}</span>" not in seen] == []


@with_base
def test_the_first_steps_show_the_reasons_a_vinculo_the_list_and_the_cnx(world: Demo) -> None:
    client, month = entered(world.people[0]), world.months[1]
    home = text_of(client.get("/sib/"))
    assert all(part in home for part in ("A competência aberta", "O que fazer agora", "Cobertura do CNS"))
    reasons = client.get("/sib/sem-cns/", follow=True)
    listed = followed(client, reasons, r"[^\"]+/sem-cns/[a-z-]+/")
    assert "Histórico dos movimentos" in text_of(followed(client, listed, r"/sib/vinculos/\d+/"))
    assert "proximo_passo" in body(client.get(reverse("sib-sem-cns-lista", args=[month])))
    client.post(reverse("sib-cnx-competencia", args=[month]))
    do(latest("sib.cnx", f"999997:{month}"))
    assert "<conferencia>" in body(client.get(reverse("sib-cnx-arquivo", args=[month])))


@with_base
def test_the_first_steps_send_the_sample_and_two_files_that_are_rejected(world: Demo) -> None:
    client = entered(world.people[0])
    text = sent(client, SAMPLE.name, SAMPLE.read_bytes())
    assert "Inclusão 12 11 1" in text
    assert "DCT-1" in text
    assert "Baixar o RPX" in text
    again = sent(client, SAMPLE.name, SAMPLE.read_bytes())
    assert "código 26" in again
    assert "Ver o arquivo que já tinha sido recebido" in again
    (renamed,) = set(re.findall(r"`(\d{20}\.SBX)`", WEB)) - {SAMPLE.name}
    zipped = sent(client, renamed, b"PK\x03\x04" + bytes(60))
    assert "código 16" in zipped
    assert "é um ZIP" in zipped


@with_base
def test_the_staff_of_the_first_steps_sees_the_competencias_and_the_cases_for_review(world: Demo) -> None:
    client = entered(world.people[3])
    months = text_of(client.get("/sib/gestao/"))
    assert all(sib.as_text(month) in months for month in world.months)
    assert "para revisar" in text_of(client.get(reverse("sib-gestao-competencia", args=[world.months[1]])))


def test_the_people_of_the_sample_are_of_the_demo_world() -> None:
    """Else run tools/sample.py."""
    known = {",".join(row) for row in receita_rows(people(plan.SEED, plan.POPULATION))}
    rows = (SAMPLE.parent / "receita.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == 12
    assert [row for row in rows if row not in known] == []
