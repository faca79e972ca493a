"""`vincula serve`: it starts, answers, and leaves nobody behind, however it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.stage import Stage, stage
from tests.site.test_environment import run

pytestmark = [pytest.mark.django_db]
VINCULA = Path(sys.executable).parent / "vincula"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("servir")) as made:
        assert made.run("sib", "calendar", "2026-11").status == 0
        yield made


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(place: Stage, port: int) -> subprocess.Popen[str]:
    return place.command("serve", "--web-port", str(port))


def _answers(port: int) -> int:
    """The status of the first answer, within a minute."""
    for _ in range(300):
        with contextlib.suppress(OSError):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as response:
                    return int(response.status)
            except urllib.error.HTTPError as error:
                return error.code
        time.sleep(0.2)
    raise AssertionError("nobody answers")


def _of_this_installation(place: Stage) -> list[str]:
    """Commands of the processes, other than the forker, that have this installation's environment."""
    found = []
    mark = f"VINCULA_DATA={place.data}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (folder / "cmdline").read_bytes()
            if (
                command
                and mark in (folder / "environ").read_bytes().split(b"\0")
                and b"forker" not in command
            ):
                found.append(command.replace(b"\0", b" ").decode())
    return found


def _until_all_have_gone(place: Stage) -> None:
    for _ in range(150):
        if not _of_this_installation(place):
            return
        time.sleep(0.2)
    raise AssertionError(_of_this_installation(place))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_stops_with_all_its_processes(place: Stage, number: signal.Signals) -> None:
    port = _free_port()
    server = _serve(place, port)
    assert _answers(port) == 200
    assert len(_of_this_installation(place)) >= 3
    if number == signal.SIGINT:
        second = place.run("serve", "--web-port", str(port))
        assert second.status == 1
        assert "Recusado (PORTA_OCUPADA)" in second.err
        assert "--web-port" in second.err
    os.kill(server.pid, number)
    out, err = server.communicate(timeout=60)
    assert server.returncode == 0, err
    assert f"Vincula em http://127.0.0.1:{port}/" in out
    assert "Traceback" not in out + err
    assert _of_this_installation(place) == []


def test_there_is_no_demonstration_in_a_registry(tmp_path: Path) -> None:
    """Who asked for a synthetic country is not left with a site over another base."""
    ended = run(tmp_path, "serve", "--demo", "--web-port", str(_free_port()), VINCULA_PROFILE="registry")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Recusado (SO_NO_SANDBOX)" in ended.stderr
    assert "vincula serve, sem --demo" in ended.stderr
    assert not (tmp_path / "dados").exists()


@pytest.mark.parametrize("host", ["localhost", "::1"])
def test_it_answers_at_a_name_and_at_a_longer_address(place: Stage, host: str) -> None:
    try:
        family, _, _, _, (address, *_) = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.bind((address, 0))
            port = int(probe.getsockname()[1])
    except OSError:
        pytest.skip(f"this machine has no {host}")
    server = place.command("serve", "--host", host, "--web-port", str(port))
    try:
        assert server.stdout is not None
        shown = f"[{host}]" if ":" in host else host
        assert f"http://{shown}:{port}/" in server.stdout.readline()
        _until_somebody_listens(address, port)
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)
    assert server.returncode == 0


def _until_somebody_listens(address: str, port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection((address, port), timeout=5):
            return
        time.sleep(0.2)
    raise AssertionError("nobody answers")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_killed_it_leaves_the_port_to_the_next(place: Stage) -> None:
    port = _free_port()
    server = _serve(place, port)
    _answers(port)
    server.kill()
    server.communicate(timeout=60)
    _until_all_have_gone(place)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_stopped_while_it_starts_it_leaves_nobody(place: Stage) -> None:
    for seconds in (0.3, 1.8):
        server = _serve(place, _free_port())
        time.sleep(seconds)
        server.send_signal(signal.SIGINT)
        _, err = server.communicate(timeout=60)
        assert "Traceback" not in err or seconds < 1, err
        _until_all_have_gone(place)
