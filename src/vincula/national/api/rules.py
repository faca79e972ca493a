"""Who may ask what of the CNS services, for what purpose, and what leaves in the answer. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.formats.hl7 import oids
from vincula.formats.pdq import INTEGRADOR, OPERADORA, Release, released_fields

TOKEN_LIFE = timedelta(minutes=30)  # cadsus-services.md, 2.1: 1 800 000 ms
SIGNING_LIFE = timedelta(
    days=7
)  # then another key signs; the old one verifies until its last token has expired
DEFAULT_LIMIT = 6_000  # requests a minute
MAX_OID = 100  # characters
_OID = re.compile(r"[0-2](\.(0|[1-9][0-9]*))+")
_TAKEN = tuple(
    one
    for name, one in vars(oids).items()
    if name.isupper() and not name.startswith("_") and name not in {"HL7", "SISTEMA"}
)


class Kind(StrEnum):
    """OPERADORA only looks up; INTEGRADOR may also register persons."""

    OPERADORA = "operadora"
    INTEGRADOR = "integrador"

    @property
    def release(self) -> Release:
        """What is released to this kind unless its credential says otherwise (access.md, L3)."""
        return OPERADORA if self is Kind.OPERADORA else INTEGRADOR


class State(StrEnum):
    ATIVA = "ATIVA"
    SUSPENSA = "SUSPENSA"
    REVOGADA = "REVOGADA"


# The closed list of access.md, L1, and what an integrador registers for.
PURPOSES = {
    "INCLUSAO_BENEFICIARIO": "inclusão de beneficiário",
    "EMISSAO_CARTEIRINHA": "emissão de carteirinha",
    "CORRECAO_SIB": "correção do SIB",
    "CADASTRO_SUS": "cadastro de usuário do SUS",
}
PROSPECTIVE = "INCLUSAO_BENEFICIARIO"
"""The one purpose that is about who is not yet a beneficiary: under it no vínculo can be asked for (access.md, L2)."""
_OF_OPERADORAS = ("INCLUSAO_BENEFICIARIO", "EMISSAO_CARTEIRINHA", "CORRECAO_SIB")


def purposes_of(kind: Kind) -> tuple[str, ...]:
    """The purposes that a credential of this kind may carry; the first is its own unless another is named."""
    return _OF_OPERADORAS if kind is Kind.OPERADORA else ("CADASTRO_SUS", *_OF_OPERADORAS)


@dataclass(frozen=True, slots=True)
class Client:
    """A credential as the services see it. `purpose`: what its questions are for; `purposes`: what they may name.

    `cnpj` of 14 characters, `registro` of 6 digits or "", `root` the OID of its local ids or "", `limit` in requests
    a minute.
    """

    id: str
    kind: Kind
    registro: str
    cnpj: str
    purpose: str
    purposes: frozenset[str]
    release: Release
    system: str
    root: str
    limit: int
    active: bool
    actor: str

    @property
    def may_register(self) -> bool:
        return self.kind is Kind.INTEGRADOR

    def asks_for_its_own(self, purpose: str) -> bool:
        """Whether a question for this purpose is about persons who must be the operadora's already."""
        return self.kind is Kind.OPERADORA and purpose != PROSPECTIVE

    @property
    def sees_restricted(self) -> bool:
        """Witnesses under protection and VIPs are not found by operadoras (access.md, L5)."""
        return self.kind is Kind.INTEGRADOR


def check_purposes(kind: Kind, named: Iterable[str]) -> Outcome[tuple[str, ...]]:
    """The purposes of a credential: those named, else all of its kind. Refused FINALIDADE for one not in the list."""
    allowed = purposes_of(kind)
    chosen = tuple(dict.fromkeys(one.strip().upper() for one in named if one.strip())) or allowed
    if unknown := [one for one in chosen if one not in allowed]:
        return Refused(
            "FINALIDADE",
            f"Finalidade fora da lista: {', '.join(unknown)[:200]}.",
            f"Para credencial do tipo {kind.value}, use: {', '.join(allowed)}.",
        )
    return Accepted(chosen)


def check_fields(kind: Kind, named: Iterable[str]) -> Outcome[tuple[str, ...]]:
    """The fields to release, () for those of the kind. Refused CAMPOS for a name that is none."""
    chosen = tuple(sorted({one.strip() for one in named if one.strip()}))
    try:
        released_fields(chosen)
    except ValueError as error:
        return Refused("CAMPOS", str(error), "Corrija a lista, ou deixe-a vazia para o padrão do tipo.")
    return Accepted(chosen)


NOT_BY_ID = Refused(
    "IDENTIFICADOR_CORPORATIVO",
    "Com esta credencial não se consulta pelo identificador corporativo: os números são seguidos.",
    "Consulte pelo CNS ou pelo CPF.",
)


def is_local_root(root: str) -> bool:
    """Whether the OID can be that of a system's own identifiers: none that the messages use for something else."""
    if not _OID.fullmatch(root) or len(root) > MAX_OID:
        return False
    return not any(root == one or (one != oids.CORPORATIVO and root.startswith(f"{one}.")) for one in _TAKEN)
