"""The two lines that `make run` prints: pasted into a shell, they get a token and a CNS."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.faults.stage import Stage, stage
from tests.site.test_serve import Ports, _options, _ports
from vincula.sandbox import examples
from vincula.sandbox.demo.services import Prepared
from vincula.site.cli import serve

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("curl"), reason="the lines are for curl, and there is none"),
    pytest.mark.skipif(not shutil.which("bash"), reason="the lines are for a shell, and there is none"),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("demonstracao") / "pasta com espaço", empty=True) as made:
        yield made


def started(place: Stage, ports: Ports) -> tuple[subprocess.Popen[str], list[str]]:
    """As `make run` starts it; what it said until it was ready."""
    server = place.command("serve", "--demo", *_options(ports))
    assert server.stdout is not None
    said = []
    for line in server.stdout:
        said.append(line.strip())
        if line.startswith("Serviços do CNS em"):
            return server, said
    raise AssertionError(server.communicate()[1])


def lines_of(said: list[str]) -> list[str]:
    at = next(n for n, line in enumerate(said) if "NÃO É ICP-BRASIL" in line)
    return said[at + 1 : at + 3]


def pasted(lines: list[str]) -> subprocess.CompletedProcess[str]:
    """As by a person who waits until the server is there: the first line may need to be repeated."""
    waiting = lines[0].replace("curl -s ", "curl -s --retry 60 --retry-delay 1 --retry-connrefused ", 1)
    return subprocess.run(
        ["bash", "-c", "\n".join([waiting, *lines[1:]])],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_pasted_they_answer_with_the_cns_and_again_after_a_second_start(place: Stage) -> None:
    ports, told = _ports(), []
    for _ in range(2):
        server, said = started(place, ports)
        try:
            told.append(lines_of(said))
            answer = pasted(told[-1])
        finally:
            server.send_signal(signal.SIGINT)
            _, err = server.communicate(timeout=60)
        assert answer.returncode == 0, answer.stderr
        assert '<queryResponseCode code="OK"/>' in answer.stdout
        assert re.search(r'root="2\.16\.840\.1\.113883\.13\.236" extension="[1-9]\d{14}"', answer.stdout)
        assert server.returncode == 0, err
    assert told[0] == told[1], "the certificate and the question of the demonstration are kept"
    out = str(place.folder / "outra")
    given = place.run("sandbox", "credential", "000001", "--kind", "operadora", "--out", out)
    assert f"https://localhost:{ports['identity']}/api/osb/token" in given.out, "where it is served"


@pytest.mark.requirement("R088", part="VIP and protected persons of the demo world")
def test_the_manual_shows_how_hidden_persons_are_seen_to_be_hidden(place: Stage) -> None:
    """The block of the manual, with the ports and the folder of this installation."""
    text = (ROOT / "docs" / "manual" / "servicos-do-cns.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"(?ms)^```sh protegidas\n(.*?)^```", text)
    ports = _ports()
    server, _ = started(place, ports)
    try:
        shutil.rmtree(place.folder / "dados", ignore_errors=True)
        (place.folder / "dados").symlink_to(place.data)
        lines = block.replace(":8443", f":{ports['identity']}").replace(":8444", f":{ports['api']}")
        first, rest = lines.split("\n", 1)
        waiting = f"{first}\nsleep 3\n{rest}".replace("curl -s", "curl -s --retry 20 --retry-connrefused")
        here = {**place.env, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        told = subprocess.run(
            ["bash", "-c", waiting], cwd=place.folder, env=here, capture_output=True, text=True, timeout=120, check=False
        )  # fmt: skip
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)
    assert told.returncode == 0, told.stderr
    numbers = ("11144477735", examples.FAMOSA.cpf, examples.PROTEGIDA.cpf)
    found = [line.rpartition(" ")[2] for line in told.stdout.splitlines() if '"total":' in line]
    assert all(number in told.stdout for number in numbers)
    assert [one.removeprefix('"total":') for one in found] == ["1", "0", "0", "1", "1", "1"], told.stdout


def test_the_readme_shows_the_lines_that_are_printed() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    folder = Path("dados") / "demonstracao" / "servicos"
    ports = {p.name: p.default for p in serve.command.params}
    for line in Prepared(folder).lines(ports["identity_port"], ports["api_port"]):
        assert f"\n{line}\n" in readme


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make")
def test_make_run_hands_its_ports_over() -> None:
    given = ["PORT=9001", "IDENTITY_PORT=9002", "API_PORT=9003", "GOVBR_PORT=9004"]
    told = subprocess.run(
        ["make", "--dry-run", "run", *given], cwd=Path(ROOT), capture_output=True, text=True, check=True
    ).stdout
    assert "--web-port 9001 --identity-port 9002 --api-port 9003 --govbr-port 9004" in told
