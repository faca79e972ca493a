"""`vincula serve`: the listeners (web, identity, API; in a sandbox a simulated gov.br) and the worker, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys

import click

from vincula.common import config
from vincula.common.outcomes import Refused
from vincula.sandbox.govbr import keeping as govbr
from vincula.site import beside, last_ports, listening, processes
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
PARTS = ("web", "identity", "api", "govbr", "worker")
_ELSEWHERE = {"govbr": govbr.ADDRESS}
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
    "--govbr-port",
    default=8445,
    show_default=True,
    type=_PORT,
    metavar="PORTA",
    help="Porta do gov.br simulado, que só existe no sandbox e só atende nesta máquina.",
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
    help="Sobe só esta parte (web, identity, api, govbr ou worker); pode repetir.",
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
    govbr_port: int,
    api_workers: int,
    only: tuple[str, ...],
    plain: bool,
    demo: bool,
) -> None:
    """Sobe o site, a identidade, os serviços do CNS e o processamento; Ctrl-C para tudo."""
    if demo or "govbr" in only:
        _profile_must_be_sandbox()
    parts = tuple(dict.fromkeys(only)) or _all_parts()  # a part named twice is one
    given = {"web": web_port, "identity": identity_port, "api": api_port, "govbr": govbr_port}
    ports = {part: given[part] for part in parts if part in given}
    address = free_address(host, ports, _ELSEWHERE)
    secure = _secured(parts, plain)
    open_base()
    _tell_of_another(parts)
    last_ports.keep(ports)
    if "govbr" in parts:
        os.environ.update(govbr.environment(govbr_port))  # the site is one of the processes that read it
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
            ports,
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


def _tell_of_another(parts: tuple[str, ...]) -> None:
    """Two may share a data folder; it is no accident that shall go unseen."""
    known = {part: last_ports.of(part, 0) for part in parts}
    there = beside.already_up(parts)
    if there:
        named = ", ".join(f"{part} na porta {known[part]}" if known[part] else part for part in there)
        note(
            f"Aviso: outro vincula serve já usa esta pasta de dados ({named}). Os dois servem a mesma base, e os"
            " endereços que os comandos imprimem passam a ser os deste. Se não era isso, pare um dos dois, ou dê a este"
            " outra pasta (VINCULA_DATA)."
        )


def _all_parts() -> tuple[str, ...]:
    """Every part; a simulated gov.br only in a sandbox that is not told of another one."""
    settings = config.load()
    simulated = settings.sandbox and settings.govbr is None
    return tuple(part for part in PARTS if part != "govbr" or simulated)


def _profile_must_be_sandbox() -> None:
    """Nobody who asked for a synthetic country shall be left with a site that shows his own."""
    if not config.load().sandbox:
        refuse(
            Refused(
                "SO_NO_SANDBOX",
                "Demonstração e gov.br simulado só existem no perfil sandbox, e VINCULA_PROFILE diz registry.",
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

    silent = [
        port
        for part, port in ports.items()
        if listeners.wait(_ELSEWHERE.get(part, address), [port], given_up)
    ]
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
    if "govbr" in parts:
        say(f"gov.br SIMULADO em {govbr.issuer(ports['govbr'])} (botão Entrar com GOV.BR)")


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


def _start_govbr(address: str, port: int, secure: tuple[str, ...], workers: int) -> Child:
    return processes.start(
        "granian", "--interface", "wsgi", "--host", govbr.ADDRESS, "--port", str(port),
        "--workers", "1", "--blocking-threads", "8", "--no-access-log", "--log-level", "error",
        "--factory", "vincula.site.answering:govbr",
    )  # fmt: skip


def _start_worker(address: str, port: int, secure: tuple[str, ...], workers: int) -> Child:
    return processes.start("vincula.site.worker")


_START = {
    "web": _start_web,
    "identity": _start_identity,
    "api": _start_api,
    "govbr": _start_govbr,
    "worker": _start_worker,
}
