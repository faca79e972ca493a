"""A mail server of another make: takes what it is given, or refuses as it is told, on a free port of this machine."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Heard:
    """What arrived: (address, message) in order. `answers` are what it says to RCPT, before it goes on to say yes."""

    port: int = 0
    mails: list[tuple[str, str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    connections: int = 0
    hangs_up_after: int = 0  # mails in a connection; 0: never


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        heard: Heard = self.server.heard  # type: ignore[attr-defined]
        to, taken = "", 0
        heard.connections += 1
        self._say("220 prova")
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            verb = line[:4].upper()
            if verb == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                self._say(heard.answers.pop(0) if heard.answers else "250 sim")
            elif verb == "DATA":
                self._say("354 diga")
                heard.mails.append((to, self._message()))
                self._say("250 guardado")
                taken += 1
                if taken == heard.hangs_up_after:
                    return
            elif verb == "QUIT":
                self._say("221 adeus")
                return
            else:
                self._say("250 sim")

    def _message(self) -> str:
        lines: list[str] = []
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if line == ".":
                break
            lines.append(line)
        return "\n".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def listening() -> Iterator[Heard]:
    """It listens while the block runs."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads = True
        heard = Heard(server.server_address[1])
        server.heard = heard  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield heard
        server.shutdown()
        thread.join(10)
