"""The simulation of this installation, for a server to run."""

from __future__ import annotations

from vincula.common import config
from vincula.sandbox.govbr import keeping
from vincula.sandbox.govbr.application import Simulation, registered_for


def simulation(issuer: str) -> Simulation:
    """With the installation's own secret and key. `issuer`: the address at which it answers, without a final slash."""
    secret = keeping.secret_file().read_text().strip()
    return Simulation(issuer, secret, keeping.signing_key(), registered_for(config.load().hosts))
