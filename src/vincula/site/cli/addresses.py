"""Where `vincula serve` is to answer: an address of this machine, and ports that nobody else has; said before anything
starts."""

from __future__ import annotations

import errno
import socket
from collections.abc import Mapping

from vincula.common.outcomes import Refused
from vincula.site import ports as listeners
from vincula.site.cli.output import refuse

MAX_PORT = 65535
_MAKE = {
    "web": "PORT",
    "identity": "IDENTITY_PORT",
    "api": "API_PORT",
    "govbr": "GOVBR_PORT",
}  # what the Makefile calls them


def free_address(host: str, ports: dict[str, int], elsewhere: Mapping[str, str]) -> str:
    """The number of the address, where nobody else answers now at any of these ports (part → port). `elsewhere`: parts
    that answer at an address of their own."""
    _must_differ(ports)
    address = host
    for part, port in ports.items():
        try:
            held = _held(elsewhere.get(part, host), port)
            address = address if part in elsewhere else held
        except (OSError, UnicodeError) as error:
            refuse(_cannot_answer(host, part, ports, getattr(error, "errno", None)))
    return address


def _must_differ(ports: dict[str, int]) -> None:
    """Two parts with one port is a matter of what was typed, whoever else may have that port."""
    parts: dict[int, str] = {}
    for part, port in ports.items():
        other = parts.setdefault(port, part)
        if other != part:
            refuse(
                Refused(
                    "PORTA_REPETIDA",
                    f"A porta {port} foi dada a duas partes: --{other}-port e --{part}-port"
                    f" (make run: {_MAKE[other]} e {_MAKE[part]}).",
                    f"Dê outra porta a uma das duas: {_another(other, ports)} ou {_another(part, ports)}.",
                )
            )


def _held(host: str, port: int) -> str:
    family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(place)
    listeners.hold(str(place[0]), port)
    return str(place[0])


def _cannot_answer(host: str, part: str, ports: dict[str, int], number: int | None) -> Refused:
    port, how = ports[part], _another(part, ports)
    if number == errno.EADDRINUSE:
        return Refused(
            "PORTA_OCUPADA",
            f"A porta {port} já está em uso em {host}.",
            f"Pare o programa que usa a porta, ou escolha outra com {how}.",
        )
    if number == errno.EACCES:
        return Refused(
            "PORTA_RESERVADA",
            f"Este usuário não pode atender na porta {port}.",
            f"Escolha outra com {how}; a 80 e a 443 são do proxy.",
        )
    return Refused(
        "ENDERECO",
        f"“{host[:80]}” não é um endereço desta máquina.",
        "Use --host 127.0.0.1 para atender só nela, ou 0.0.0.0 para atender em toda a rede (make run HOST=0.0.0.0).",
    )


def _another(part: str, ports: dict[str, int]) -> str:
    """The option that gives the part a port of its own, with one near it that no other part has."""
    port = ports[part]
    near = (*range(port + 1, min(port + 4, MAX_PORT + 1)), *range(port - 1, port - 4, -1))
    free = next(one for one in near if one not in ports.values())
    return f"--{part}-port {free} (make run {_MAKE[part]}={free})"
