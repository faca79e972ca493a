"""What the rules answer, and what they must know besides the record."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from enum import Enum

from vincula.people.terms import Terms


class Channel(Enum):
    """By which way a record comes in: what the way cannot carry is not asked of it."""

    PIX = "alimentação PIX"
    SERVICO = "CadsusService"
    TELA = "tela"


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why CadSUS does not take the record in.

    `rule`: number of rule and item (`RN021.7`); of the groups whose items the sources do not number, the rule alone
    (`RN015`); `CAMPO31` for the size of field 31. `field`: the field of PersonRecord, with the part where it has
    parts (`telefones.1`, `documentos.rg.uf`). `via`: the item of the field's own rule by which a common rule (RN009)
    applies. The texts are ours, in Portuguese, and never hold what was sent.
    """

    rule: str
    field: str
    message: str
    remedy: str
    via: str = ""

    @property
    def root(self) -> str:
        """The field of PersonRecord."""
        return self.field.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Around:
    """What the rules need besides the record. `today`: `AAAA-MM-DD`; `municipios`: the IBGE codes of 6 digits valid
    now.

    `ignore_quality`: the operator marked "ignore Data Quality" (V1). `terms`: the list of RN055, the official one by
    default.
    """

    today: str
    municipios: Container[str]
    channel: Channel = Channel.TELA
    ignore_quality: bool = False
    terms: Terms | None = None
