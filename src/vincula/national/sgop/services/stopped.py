"""What stands still while a service is interrupted (R066, R069–R071): asked of support, at every try.

Without CadSUS Web nobody enters, and who is inside is told at his next page; without SGOP nobody asks or decides, and
what there is can be read. What is unstable in part stops nothing: its banner is shown. The re-check of directors goes
on always, for it only takes away.
"""

from __future__ import annotations

from vincula.common.outcomes import Refused
from vincula.national.sgop.services import neighbours

INTERRUPTED = "SERVICO_INTERROMPIDO"


def entry() -> Refused | None:
    """Why nobody enters CadSUS Web now. Refused: SERVICO_INTERROMPIDO."""
    return neighbours.interrupted("cadsus-web")


def requests() -> Refused | None:
    """Why nobody asks or decides in SGOP now. Refused: SERVICO_INTERROMPIDO."""
    return neighbours.interrupted("sgop")
