"""What the six steps are judged by. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vincula.common.outcomes import Refused

ADMINISTRADOR, OPERADOR = "ADMINISTRADOR", "OPERADOR"
PENDENTE, APROVADO, REVOGADO = "PENDENTE", "APROVADO", "REVOGADO"
REQUESTS = ("ESTABELECIMENTO", "PERFIL", "COMPUTADOR")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rooms say of a person and his operadora at this moment.

    `cnes`: the head office that counts, "" for none, and then `cnes_refused` says why. `person_refused`: what SGOP has
    against the person's CNS (absent, not his, of low quality). `profile` and `requests` (kind → state) are his own;
    `director`: the CNES names him as such; `administrador`: the best state of any ADMINISTRADOR of the CNES.
    `gate_refused`: what keeps him out of CadSUS Web now, but for his computer. `ticket`: the number of his open ticket
    about the access. `simulates`: he may register the head office here, in a sandbox; `under_way`: the number of such a
    registration that is not finished, 0 for none.
    """

    entered: bool = True
    cnes: str = ""
    cnes_refused: Refused | None = None
    registered: bool = False
    linked: bool = False
    person_refused: Refused | None = None
    director: bool = False
    administrador: str = ""
    profile: str = ""
    requests: Mapping[str, str] = field(default_factory=dict)
    gate_refused: Refused | None = None
    ticket: str = ""
    simulates: bool = False
    under_way: int = 0

    @property
    def approved(self) -> bool:
        """Whether all three of his own are."""
        return all(self.requests.get(one) == APROVADO for one in REQUESTS)

    @property
    def enters(self) -> bool:
        """Whether CadSUS Web lets him in now: whatever became of whoever once approved him."""
        return self.approved and self.gate_refused is None

    @property
    def administers(self) -> bool:
        """Whether he has, or asks for, the profile of an ADMINISTRADOR as the director that the CNES names."""
        return self.director and self.profile == ADMINISTRADOR

    @property
    def wanted(self) -> list[str]:
        """Those of the three that are neither asked for nor approved."""
        return [one for one in REQUESTS if self.requests.get(one) not in (PENDENTE, APROVADO)]

    @property
    def revoked(self) -> list[str]:
        """Those of the three that were taken away and can be given back."""
        return [one for one in REQUESTS if self.requests.get(one) == REVOGADO]
