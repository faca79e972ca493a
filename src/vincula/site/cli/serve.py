"""`vincula serve`: the web listener and the worker, until Ctrl-C."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time

import click

from vincula.common import config
from vincula.common.outcomes import Refused
from vincula.site.cli.base import open_base
from vincula.site.cli.output import note, refuse, say
from vincula.site.cli.portuguese import Command

# A slow sender holds a thread while he sends; waiting threads cost little. Strangers belong behind a proxy.
THREADS = 64
GRACE_SECONDS = 15
PR_SET_PDEATHSIG = 1  # prctl(2)


@click.command("serve", cls=Command)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ENDEREÇO",
    help="Endereço em que o site atende.",
)
@click.option(
    "--web-port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    metavar="PORTA",
    help="Porta do site.",
)
@click.option("--demo", is_flag=True, help="Prepara o mundo de demonstração (só no perfil sandbox).")
def command(host: str, web_port: int, demo: bool) -> None:
    """Sobe o site e o processamento em segundo plano; Ctrl-C para tudo."""
    if demo:
        _profile_must_be_sandbox()
    address = _address(host, web_port)
    open_base()
    if demo:
        from vincula.site.demo import show_demo

        show_demo()
    shown = f"[{host}]" if ":" in host else host
    say(f"Vincula em http://{shown}:{web_port}/  (Ctrl-C para parar)")
    stop: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: stop.append(received))
    children: list[subprocess.Popen[bytes]] = []
    try:
        children.append(_start_web(address, web_port))
        children.append(_start_worker())
        sys.exit(_watch(children, stop))
    finally:
        _end(children)


def _profile_must_be_sandbox() -> None:
    """Nobody who asked for a synthetic country shall be left with a site that shows his own."""
    if not config.load().sandbox:
        refuse(
            Refused(
                "SO_NO_SANDBOX",
                "O mundo de demonstração só existe no perfil sandbox, e VINCULA_PROFILE diz registry.",
                "Para servir esta base: vincula serve, sem --demo. Para ver a demonstração: VINCULA_PROFILE=sandbox e"
                " uma pasta de dados à parte.",
            )
        )


def _address(host: str, port: int) -> str:
    """The number of the address, at which nobody else answers now."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except (OSError, UnicodeError) as error:
        refuse(_cannot_answer(host, port, getattr(error, "errno", None)))
    return str(place[0])


def _cannot_answer(host: str, port: int, number: int | None) -> Refused:
    if number == errno.EADDRINUSE:
        return Refused(
            "PORTA_OCUPADA",
            f"A porta {port} já está em uso em {host}.",
            "Pare o programa que usa a porta, ou escolha outra com --web-port (make run PORT=8001).",
        )
    if number == errno.EACCES:
        return Refused(
            "PORTA_RESERVADA",
            f"Este usuário não pode atender na porta {port}.",
            "Escolha outra com --web-port (make run PORT=8001); a 80 e a 443 são do proxy.",
        )
    return Refused(
        "ENDERECO",
        f"“{host[:80]}” não é um endereço desta máquina.",
        "Use --host 127.0.0.1 para atender só nela, ou 0.0.0.0 para atender em toda a rede (make run HOST=0.0.0.0).",
    )


def _start_web(address: str, port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", address, "--port", str(port),
            "--workers", "1", "--blocking-threads", str(THREADS), "--no-access-log", "--log-level", "error",
            "vincula.site.wsgi:application",
        ],
        start_new_session=True,
        preexec_fn=_end_with_parent,
    )  # fmt: skip


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "vincula.site.worker"],
        start_new_session=True,
        preexec_fn=_end_with_parent,
    )


def _end_with_parent() -> None:
    """In the child: be told to stop when this process is killed, so that the port is free again (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _watch(children: list[subprocess.Popen[bytes]], stop: list[int]) -> int:
    """Until a signal, or until a child ends by itself."""
    while not stop:
        for child in children:
            if child.poll() is not None:
                note("Um dos processos do Vincula terminou por si; parando os outros.")
                return 1
        time.sleep(0.2)
    say("Parando…")
    return 0


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask again every second: a server that is just starting can miss the first time."""
    for number in [signal.SIGTERM] * GRACE_SECONDS + [signal.SIGKILL]:
        for child in children:
            if child.poll() is None:
                os.killpg(child.pid, number)
        deadline = time.monotonic() + 1
        while any(child.poll() is None for child in children) and time.monotonic() < deadline:
            time.sleep(0.02)
        if all(child.poll() is not None for child in children):
            return
