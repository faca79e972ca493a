"""What a listener must know on every request, in memory: credentials and keys. Looked at again each second.

A question is then answered without asking the base who asks. What is suspended stops within two seconds; where the base
cannot be asked for longer than STALE, nobody is let in: no failure opens the door.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import close_old_connections, connection
from django.utils import timezone

from vincula.common.log import get_logger
from vincula.common.outcomes import Refused
from vincula.formats.pdq import released_fields
from vincula.national.api.models import Credencial
from vincula.national.api.rules import Client, Kind, State
from vincula.national.api.services import keys, version
from vincula.national.support import services as support

EVERY = 1.0
STALE = 15.0
RELOAD = 60.0  # keys expire by the clock, not by a change

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, repr=False)
class Login:
    """Who may come with user and password (legacy services): the client and the argon2 of the password."""

    client: Client
    password: str


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """One state of what is granted."""

    number: int = -1
    clients: dict[str, Client] = field(default_factory=dict)
    logins: dict[str, Login] = field(default_factory=dict)
    verifying: dict[str, ec.EllipticCurvePublicKey] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A service that is interrupted now: what to tell, and after how many seconds to come back."""

    refused: Refused
    seconds: int


class Watcher:
    """Keeps `view` current from a thread of its own. `fresh` is False once it no longer can."""

    def __init__(self) -> None:
        self.view = View()
        self._interruptions = support.Snapshot(-1, ())
        self._read_at = self._loaded_at = float("-inf")
        self._looking = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="credenciais", daemon=True)

    def start(self) -> None:
        """Read once, then go on in the background. Raises what the base raises: a listener must not start blind."""
        self.look()
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    @property
    def fresh(self) -> bool:
        return self.age < STALE

    @property
    def age(self) -> float:
        """Seconds since the base was last looked at."""
        return time.monotonic() - self._read_at

    def interrupted(self, service: str) -> Stopped | None:
        """Whether the service is interrupted as a whole (R066-R071: nothing else stops)."""
        if not self._interruptions.open:
            return None
        now = timezone.now()
        refused = self._interruptions.refusal_of(service, now)
        found = self._interruptions.interruption_of(service, now)
        return Stopped(refused, support.retry_after(found, now)) if refused and found else None

    def look(self) -> None:
        """Read what has changed. From any thread."""
        with self._looking:
            self._look()

    def _look(self) -> None:
        number = version.current()
        if number != self.view.number or time.monotonic() - self._loaded_at > RELOAD:
            self.view = load(number)
            self._loaded_at = time.monotonic()
        if support.version() != self._interruptions.version:
            self._interruptions = support.snapshot()
        self._read_at = time.monotonic()

    def _run(self) -> None:
        while not self._stop.wait(EVERY):
            try:
                close_old_connections()
                self.look()
            except Exception as error:
                log.error("api.view_not_read", kind=type(error).__name__)
                connection.close()
        connection.close()


def load(number: int) -> View:
    """Everything granted now. A change that comes in between counts the number up, and is read the next time."""
    clients: dict[str, Client] = {}
    logins: dict[str, Login] = {}
    for one in Credencial.objects.exclude(estado=State.REVOGADA.value):
        client = clients[one.identificador] = client_of(one)
        if one.usuario and one.senha:
            logins[one.usuario] = Login(client, one.senha)
    return View(number, clients, logins, keys.verifying(timezone.now()))


def client_of(one: Credencial) -> Client:
    """The credential as rules and services see it."""
    kind = Kind(one.tipo)
    purposes = one.finalidades.split(",")
    return Client(
        id=one.identificador,
        kind=kind,
        registro=one.registro_ans,
        cnpj=one.cnpj,
        purpose=purposes[0],
        purposes=frozenset(purposes),
        release=released_fields(one.campos.split(",")) if one.campos else kind.release,
        system=one.sistema or one.nome,
        root=one.raiz,
        limit=one.limite,
        active=one.estado == State.ATIVA.value,
        actor=f"credencial:{one.identificador}",
    )
