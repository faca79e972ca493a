"""The identity listener's process: gunicorn, because it hands the client's certificate over (`vincula serve`)."""

from __future__ import annotations

import argparse
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vincula.site import processes, ready

THREADS = 64  # most of them wait for slow clients, when there are any
TIMEOUT = 30


def main() -> None:
    parser = argparse.ArgumentParser(prog="vincula.site.identity")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--plain", action="store_true")
    chosen = parser.parse_args()
    ready.setup()
    _serve(chosen.host, chosen.port, plain=chosen.plain)


def _serve(host: str, port: int, *, plain: bool) -> None:
    from gunicorn.app.base import BaseApplication

    from vincula.common import config
    from vincula.national.api.wire.identity import Identity
    from vincula.site import listening, traces

    settings: dict[str, Any] = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "worker_class": "vincula.site.patient.Worker",
        "workers": 1,
        "threads": THREADS,
        "timeout": TIMEOUT,
        "limit_request_line": 2_048,
        "limit_request_fields": 50,
        "limit_request_field_size": 40_000,  # a certificate in a proxy's header
        "accesslog": None,
        "loglevel": "error",
        "proc_name": "vincula-identidade",
        "control_socket_disable": True,
        "post_fork": lambda _, worker: processes.end_with(worker.ppid),
    }
    if plain:
        listening.must_have_proxy()
    else:
        certificate, key = listening.server_certificate()
        settings |= {"certfile": str(certificate), "keyfile": str(key), "ssl_context": _context}

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Identity:
            return Identity(config.load().proxies, traces.keep)

    Server().run()


_made: dict[tuple[bytes, int], ssl.SSLContext] = {}


def _context(conf: Any, default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """Asks every client for a certificate and lets the ones without through, to be told so. Made anew when the trust
    bundle or our own certificate changes; with nobody in the bundle, every certificate ends in the handshake."""
    from vincula.national.icp.services import authorities
    from vincula.site.patient import patient

    trusted, changed = authorities(), Path(conf.certfile).stat().st_mtime_ns
    if (trusted, changed) not in _made:
        context = patient(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(conf.certfile, conf.keyfile)
        context.verify_mode = ssl.CERT_OPTIONAL
        if trusted:
            context.load_verify_locations(cadata=trusted)
        _made.clear()
        _made[trusted, changed] = context
    return _made[trusted, changed]


if __name__ == "__main__":
    main()
