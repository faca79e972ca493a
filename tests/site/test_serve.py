"""`vincula serve`: it starts, answers, and leaves nobody behind, however it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import ssl
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
from vincula.sandbox.operadoras import cadop_csv

pytestmark = [pytest.mark.django_db]
Ports = dict[str, int]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("servir")) as made:
        (made.out / "operadoras.csv").write_bytes(cadop_csv())
        for command in (
            ["bases", "load", "cadop", str(made.out / "operadoras.csv")],
            ["sandbox", "credential", "999997", "--kind", "operadora", "--out", str(made.out)],
        ):
            ended = made.run(*command)
            assert ended.status == 0, ended.err
        yield made


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ports() -> Ports:
    """A free port for each of the four that listen."""
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(4)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        numbers = [int(probe.getsockname()[1]) for probe in probes]
    return dict(zip(("web", "identity", "api", "govbr"), numbers, strict=True))


def _options(ports: Ports) -> list[str]:
    return [part for name, port in ports.items() for part in (f"--{name}-port", str(port))]


def _serve(place: Stage, ports: Ports, *more: str) -> subprocess.Popen[str]:
    return place.command("serve", *_options(ports), *more)


def _answers(port: int, path: str = "/", ca: Path | None = None) -> tuple[int, str]:
    """Status and body of the first answer, within a minute; over TLS where there is somebody to trust."""
    address = f"http://127.0.0.1:{port}{path}" if ca is None else f"https://localhost:{port}{path}"
    for _ in range(300):
        with contextlib.suppress(OSError):
            try:
                context = ssl.create_default_context(cafile=str(ca)) if ca else None
                with urllib.request.urlopen(address, timeout=10, context=context) as response:
                    return int(response.status), response.read().decode()
            except urllib.error.HTTPError as error:
                return error.code, error.read().decode()
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


def _until_all_have_gone(place: Stage, seconds: float = 30) -> None:
    for _ in range(int(seconds * 5)):
        if not _of_this_installation(place):
            return
        time.sleep(0.2)
    raise AssertionError(_of_this_installation(place))


def _chosen_at_govbr(ports: Ports) -> str:
    """Where the button on the login page leads: the page of the simulation."""
    assert "/govbr/entrar/" in _answers(ports["web"], "/entrar/")[1]
    return _answers(ports["web"], "/govbr/entrar/")[1]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_stops_with_all_its_processes(place: Stage, number: signal.Signals) -> None:
    ports, ca = _ports(), place.out / "ca.pem"
    server = _serve(place, ports)
    assert _answers(ports["web"])[0] == 200
    status, told = _answers(ports["identity"], "/api/osb/token", ca)
    assert (status, "SEM_CERTIFICADO" in told) == (401, True)
    status, told = _answers(ports["api"], "/cadsus/v2/PDQSupplierJWT?wsdl", ca)
    assert (status, "PDQSupplier_Service" in told) == (200, True)
    assert "Escolha a conta" in _chosen_at_govbr(ports)
    assert len(_of_this_installation(place)) >= 6, "the command, web, identity, api, govbr, worker"
    assert server.stdout is not None
    said = [server.stdout.readline() for _ in range(4)]  # what it prints once it has seen them all answer
    os.kill(server.pid, number)
    out, err = server.communicate(timeout=60)
    out = "".join([*said, out])
    assert server.returncode == 0, err
    assert f"Vincula em http://127.0.0.1:{ports['web']}/" in out
    assert f"Token em https://127.0.0.1:{ports['identity']}/api/osb/token" in out
    assert f"Serviços do CNS em https://127.0.0.1:{ports['api']}/cadsus/v2/PDQSupplierJWT" in out
    assert f"gov.br SIMULADO em http://127.0.0.1:{ports['govbr']} " in out
    assert "Traceback" not in out + err
    assert _of_this_installation(place) == []


@pytest.mark.parametrize("part", ["web", "identity", "api", "govbr"])
def test_a_port_that_somebody_has_is_told_with_the_option_that_changes_it(place: Stage, part: str) -> None:
    ports = _ports()
    with socket.socket() as held:
        held.bind(("127.0.0.1", ports[part]))
        held.listen()
        second = place.run("serve", *_options(ports))
    assert second.status == 1
    assert "Recusado (PORTA_OCUPADA)" in second.err
    assert f"A porta {ports[part]} já" in second.err
    assert f"--{part}-port" in second.err
    variable = {"web": "PORT", "identity": "IDENTITY_PORT", "api": "API_PORT", "govbr": "GOVBR_PORT"}[part]
    assert f"make run {variable}=" in second.err


@pytest.mark.parametrize(
    ("one", "two", "variables"),
    [
        ("web", "api", "PORT e API_PORT"),
        ("web", "identity", "PORT e IDENTITY_PORT"),
        ("identity", "api", "IDENTITY_PORT e API_PORT"),
        ("web", "govbr", "PORT e GOVBR_PORT"),
    ],
)
def test_one_port_is_not_for_two(place: Stage, one: str, two: str, variables: str) -> None:
    """Told with both options, whether or not somebody else has the port."""
    ports = _ports()
    ports[two] = ports[one]
    for taken in (False, True):
        with socket.create_server(("127.0.0.1", ports[one])) if taken else contextlib.nullcontext():
            ended = place.run("serve", *_options(ports))
        assert (ended.status, ended.out) == (1, "")
        assert "Recusado (PORTA_REPETIDA)" in ended.err
        assert f"--{one}-port e --{two}-port (make run: {variables})" in ended.err


def test_the_port_that_is_proposed_is_none_of_the_other_parts(place: Stage) -> None:
    """8443 and 8444 are neighbours: `make run PORT=8443` must not be answered with 8444, nor with 8445."""
    ended = place.run("serve", "--web-port", "8443", "--identity-port", "8443", "--api-port", "8444")
    assert "--web-port 8446 (make run PORT=8446)" in ended.err
    highest = place.run("serve", "--web-port", "65535", "--identity-port", "65535", "--api-port", "65534")
    assert "--web-port 65533 (make run PORT=65533)" in highest.err


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_part_named_twice_is_started_once(place: Stage) -> None:
    ports = _ports()
    server = _serve(place, ports, "--only", "web", "--only", "web", "--only", "worker", "--only", "worker")
    try:
        assert _answers(ports["web"])[0] == 200
        started = [_command_of(one) for one in _children(server.pid)]
        for mark in (b"vincula.site.answering:web", b"vincula.site.worker"):
            assert sum(mark in one for one in started) == 1, started
    finally:
        server.send_signal(signal.SIGINT)
        _, err = server.communicate(timeout=60)
    assert server.returncode == 0, err


def test_a_second_one_beside_the_first_is_refused_and_leaves_it_alone(place: Stage) -> None:
    ports = _ports()
    server = _serve(place, ports)
    try:
        assert _answers(ports["web"])[0] == 200
        second = place.run("serve", *_options(ports))
        assert (second.status, second.out) == (1, "")
        assert "Recusado (PORTA_OCUPADA)" in second.err
        assert _answers(ports["web"])[0] == 200
        other = _ports()
        beside = _serve(place, other, "--only", "web")
        assert _answers(other["web"])[0] == 200
        beside.send_signal(signal.SIGINT)
        _, err = beside.communicate(timeout=60)
        assert f"outro vincula serve já usa esta pasta de dados (web na porta {ports['web']})" in err
    finally:
        server.send_signal(signal.SIGINT)
        _, err = server.communicate(timeout=60)
    assert (server.returncode, err) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_one_part_alone_needs_no_port_of_the_others(place: Stage) -> None:
    ports = _ports()
    with socket.socket() as held:
        held.bind(("127.0.0.1", ports["identity"]))
        held.listen()
        server = _serve(place, ports, "--only", "web")
        try:
            assert _answers(ports["web"])[0] == 200
            with socket.socket() as probe:
                assert probe.connect_ex(("127.0.0.1", ports["api"])) != 0, "nobody asked for the API"
            told = " ".join(_of_this_installation(place))
            assert "vincula.site.answering:web" in told
            assert "vincula.site.worker" not in told
            assert "vincula.site.answering:api" not in told
        finally:
            server.send_signal(signal.SIGINT)
            out, err = server.communicate(timeout=60)
    assert server.returncode == 0, err
    assert "Token em" not in out


REFUSED: list[tuple[str, tuple[str, ...], dict[str, str], str, str]] = [
    ("without TLS and without a proxy", ("--plain",), {}, "SEM_PROXY", "VINCULA_PROXY"),
    ("a registry without a certificate", (), {"VINCULA_PROFILE": "registry"}, "SEM_TLS", "--only web"),
    (
        "the API of a registry alone", ("--only", "api"), {"VINCULA_PROFILE": "registry"}, "SEM_TLS", "VINCULA_TLS",
    ),
    ("a certificate that is not there", (), {"VINCULA_TLS": "/nao/ha.pem:/nao/ha.key"}, "TLS_ARQUIVO", "/nao/ha.pem"),
    ("half of a certificate", (), {"VINCULA_TLS": "/nao/ha.pem"}, "CONFIGURACAO", "CERTIFICADO:CHAVE"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "options", "variables", "code", "word"), REFUSED, ids=[row[0] for row in REFUSED]
)
def test_it_does_not_start_without_what_protects_it(
    tmp_path: Path, label: str, options: tuple[str, ...], variables: dict[str, str], code: str, word: str
) -> None:
    ended = run(tmp_path, "serve", *_options(_ports()), *options, **variables)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert f"Recusado ({code})" in ended.stderr
    assert word in ended.stderr
    assert not (tmp_path / "dados").exists(), "nothing is made for an installation that does not start"


def test_a_part_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    ended = run(tmp_path, "serve", "--only", "pix")
    assert (ended.returncode, ended.stdout) == (2, "")


def test_there_is_no_simulated_govbr_in_a_registry(tmp_path: Path) -> None:
    ended = run(tmp_path, "serve", "--only", "govbr", VINCULA_PROFILE="registry")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Recusado (SO_NO_SANDBOX)" in ended.stderr
    assert not (tmp_path / "dados").exists()


@pytest.mark.parametrize(
    "name", ["VINCULA_GOVBR_EMISSOR", "VINCULA_GOVBR_CLIENTE", "VINCULA_GOVBR_SEGREDO_ARQUIVO"]
)
def test_half_of_a_govbr_does_not_start(tmp_path: Path, name: str) -> None:
    ended = run(tmp_path, "serve", *_options(_ports()), **{name: "https://sso.exemplo"})
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Recusado (CONFIGURACAO)" in ended.stderr
    assert "sem gov.br, deixe vazias" in ended.stderr
    assert not (tmp_path / "dados").exists()


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
    server = place.command("serve", "--only", "web", "--host", host, "--web-port", str(port))
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


def _until_nobody_listens(port: int) -> None:
    """A process is told gone when its first thread is; the last one, a moment later, takes the socket with it."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"somebody answers at {port}")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_killed_it_takes_all_with_it_and_leaves_the_ports_to_the_next(place: Stage) -> None:
    """Also whoever is amid a request, who would keep an orderly end waiting."""
    ports = _ports()
    server = _serve(place, ports)
    for port in ports.values():
        _until_somebody_listens("127.0.0.1", port)
    with socket.create_connection(("127.0.0.1", ports["web"])) as amid:
        amid.sendall(b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\nabc")
        time.sleep(0.5)
        server.kill()
        server.communicate(timeout=60)
        _until_all_have_gone(place, seconds=5)
    for port in ports.values():
        _until_nobody_listens(port)


MASTERS = {
    "web": b"vincula.site.answering:web",
    "identity": b"vincula.site.identity",
    "api": b"vincula.site.answering:api",
}


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_worker_does_not_outlive_its_master(place: Stage) -> None:
    """`vincula serve` is held still meanwhile: it too would end what is left."""
    ports = _ports()
    server = _serve(place, ports)
    try:
        for port in ports.values():
            _until_somebody_listens("127.0.0.1", port)
        masters = {part: _child_with(server.pid, mark) for part, mark in MASTERS.items()}
        workers = {part: _children(master) for part, master in masters.items()}
        assert all(workers.values()), workers
        server.send_signal(signal.SIGSTOP)
        for part, master in masters.items():
            os.kill(master, signal.SIGKILL)
            _until_gone(workers[part])
            _until_nobody_listens(ports[part])
    finally:
        server.send_signal(signal.SIGCONT)
        _, err = server.communicate(timeout=60)
    assert server.returncode == 1
    assert "terminou por si" in err
    _until_all_have_gone(place)


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _child_with(pid: int, mark: bytes) -> int:
    (found,) = (one for one in _children(pid) if mark in _command_of(one))
    return found


def _command_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def _until_gone(processes: list[int]) -> None:
    """Gone, or waiting for somebody to take note of it."""
    for _ in range(100):
        if all(_is_gone(one) for one in processes):
            return
        time.sleep(0.05)
    raise AssertionError(processes)


def _is_gone(pid: int) -> bool:
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


ELSEWHERE = """
import os, subprocess, sys
child = "import os, sys, time; sys.platform = 'outro'; from vincula.site import processes; processes.end_with(%s)"
child += "; print(os.getpid(), flush=True); time.sleep(60)"
subprocess.Popen([sys.executable, "-c", child % %s])
import time; time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_where_no_kernel_tells_of_it_a_process_looks_for_its_parent_itself() -> None:
    code = ELSEWHERE.replace("% %s", "% os.getpid()")
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(1.5)
        assert not _is_gone(child), "its parent is there"
        parent.kill()
        _until_gone([child])


@pytest.mark.parametrize("platform", ["linux", "outro"])
def test_who_starts_when_the_parent_has_gone_already_ends_at_once(platform: str) -> None:
    code = f"import sys; sys.platform = '{platform}'; from vincula.site import processes; processes.end_with(1); print(1)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, "")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_stopped_while_it_starts_it_leaves_nobody(place: Stage) -> None:
    for seconds in (0.3, 1.8):
        server = _serve(place, _ports())
        time.sleep(seconds)
        server.send_signal(signal.SIGINT)
        _, err = server.communicate(timeout=60)
        assert "Traceback" not in err or seconds < 1, err
        _until_all_have_gone(place)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere only the port itself tells")
def test_two_at_the_same_moment_are_not_both_let_in(place: Stage) -> None:
    ports = _ports()
    first = _serve(place, ports)
    second = _serve(place, ports)
    assert first.stdout is not None
    try:
        end = time.monotonic() + 30
        while first.poll() is None and second.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        loser = first if first.poll() is not None else second
        _, told = loser.communicate(timeout=30)
    finally:
        for server in (first, second):
            if server.poll() is None:
                server.send_signal(signal.SIGINT)
                server.communicate(timeout=60)
    assert "Recusado (PORTA_OCUPADA)" in told


def test_what_is_printed_can_be_used_at_once(place: Stage) -> None:
    ports = _ports()
    server = _serve(place, ports)
    assert server.stdout is not None
    try:
        assert server.stdout.readline().startswith("Vincula em")
        for port in ports.values():
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)
