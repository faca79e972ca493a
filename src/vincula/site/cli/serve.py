"""`vincula serve`: the three listeners (web, identity, API) and the worker, until Ctrl-C."""

from __future__ import annotations

import signal
import sys

import click

from vincula.common import config
from vincula.common.outcomes import Refused
from vincula.site import listening, processes
from vincula.site import ports as listeners
from vincula.site.cli.addresses import MAX_PORT, free_address
from vincula.site.cli.base import open_base
from vincula.site.cli.output import note, refuse, say
from vincula.site.cli.portuguese import Command
from vincula.site.processes import Child

# A slow sender holds a thread while he sends; waiting threads cost little. Strangers belong behind a proxy.
THREADS = 64
API_MEMORY = (
    1024  # MiB of a worker of the API; libxml2 keeps the names that strangers invent, so it is renewed
)
PARTS = ("web", "identity", "api", "worker")
_PORT = click.IntRange(1, MAX_PORT)


@click.command("serve", cls=Command)
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ENDEREÇO", help="Endereço em que tudo atende."
)
@click.option(
    "--web-port", default=8000, show_default=True, type=_PORT, metavar="PORTA", help="Porta do site."
)
@click.option(
    "--identity-port",
    default=8443,
    show_default=True,
    type=_PORT,
    metavar="PORTA",
    help="Porta da identidade (TLS com certificado de cliente): o token.",
)
@click.option(
    "--api-port",
    default=8444,
    show_default=True,
    type=_PORT,
    metavar="PORTA",
    help="Porta dos serviços do CNS (TLS).",
)
@click.option(
    "--api-workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    metavar="N",
    help="Processos dos serviços do CNS; o limite de consultas vale por processo.",
)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(PARTS),
    metavar="PARTE",
    help="Sobe só esta parte (web, identity, api ou worker); pode repetir.",
)
@click.option(
    "--plain", is_flag=True, help="Identidade e API sem TLS, atrás do proxy de VINCULA_PROXY, que o termina."
)
@click.option("--demo", is_flag=True, help="Prepara o mundo de demonstração (só no perfil sandbox).")
def command(
    host: str,
    web_port: int,
    identity_port: int,
    api_port: int,
    api_workers: int,
    only: tuple[str, ...],
    plain: bool,
    demo: bool,
) -> None:
    """Sobe o site, a identidade, os serviços do CNS e o processamento; Ctrl-C para tudo."""
    if demo:
        _profile_must_be_sandbox()
    parts = tuple(dict.fromkeys(only)) or PARTS  # a part named twice is one
    ports = {"web": web_port, "identity": identity_port, "api": api_port}
    address = free_address(host, {part: ports[part] for part in parts if part in ports})
    secure = _secured(parts, plain)
    open_base()
    shown = _demo_lines(identity_port, api_port) if demo else []
    stop: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: stop.append(received))
    children: list[Child] = []
    try:
        children += [_START[part](address, ports.get(part, 0), secure, api_workers) for part in parts]
        _wait_and_tell(
            host,
            address,
            {part: ports[part] for part in parts if part in ports},
            shown,
            plain,
            children,
            stop,
        )
        if not processes.watch(children, stop):
            note("Um dos processos do Vincula terminou por si; parando os outros.")
            sys.exit(1)
        say("Parando…")
    finally:
        processes.end(children)


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


def _secured(parts: tuple[str, ...], plain: bool) -> tuple[str, ...]:
    """Certificate and key of the TLS listeners; () where a proxy has it. Refused where neither is."""
    if not {"identity", "api"} & set(parts):
        return ()
    if plain:
        listening.must_have_proxy()
        return ()
    certificate, key = listening.server_certificate()
    return str(certificate), str(key)


def _demo_lines(identity_port: int, api_port: int) -> list[str]:
    from vincula.site.demo import demo_lines

    return demo_lines(identity_port, api_port)


def _wait_and_tell(
    host: str,
    address: str,
    ports: dict[str, int],
    shown: list[str],
    plain: bool,
    children: list[Child],
    stop: list[int],
) -> None:
    """What is printed can be used at once; nothing where a part ended, or was stopped, before it answered."""

    def given_up() -> bool:
        return bool(stop) or any(child.poll() is not None for child in children)

    silent = listeners.wait(address, list(ports.values()), given_up)
    if given_up():
        return
    for port in silent:
        note(f"Na porta {port} ainda ninguém responde; o que segue pode demorar a valer.")
    for line in shown:
        say(line)
    _tell(host, tuple(ports), ports, plain=plain)


def _tell(host: str, parts: tuple[str, ...], ports: dict[str, int], *, plain: bool) -> None:
    shown = f"[{host}]" if ":" in host else host
    scheme = "http" if plain else "https"
    if "web" in parts:
        say(f"Vincula em http://{shown}:{ports['web']}/  (Ctrl-C para parar)")
    if "identity" in parts:
        say(f"Token em {scheme}://{shown}:{ports['identity']}/api/osb/token (com certificado de cliente)")
    if "api" in parts:
        say(f"Serviços do CNS em {scheme}://{shown}:{ports['api']}/cadsus/v2/PDQSupplierJWT")


def _start_web(address: str, port: int, secure: tuple[str, ...], workers: int) -> Child:
    return processes.start(
        "granian", "--interface", "wsgi", "--host", address, "--port", str(port),
        "--workers", "1", "--blocking-threads", str(THREADS), "--no-access-log", "--log-level", "error",
        "--factory", "vincula.site.answering:web",
    )  # fmt: skip


def _start_identity(address: str, port: int, secure: tuple[str, ...], workers: int) -> Child:
    plain = () if secure else ("--plain",)
    return processes.start("vincula.site.identity", "--host", address, "--port", str(port), *plain)


def _start_api(address: str, port: int, secure: tuple[str, ...], workers: int) -> Child:
    tls = (
        ("--ssl-certificate", secure[0], "--ssl-keyfile", secure[1], "--ssl-protocol-min", "tls1.2")
        if secure
        else ()
    )
    return processes.start(
        "granian", "--interface", "rsgi", "--http", "1", "--no-ws", "--host", address, "--port", str(port),
        "--workers", str(workers), "--workers-max-rss", str(API_MEMORY), "--respawn-failed-workers",
        "--no-access-log", "--log-level", "error", *tls,
        "--factory", "vincula.site.answering:api",
    )  # fmt: skip


def _start_worker(address: str, port: int, secure: tuple[str, ...], workers: int) -> Child:
    return processes.start("vincula.site.worker")


_START = {"web": _start_web, "identity": _start_identity, "api": _start_api, "worker": _start_worker}
