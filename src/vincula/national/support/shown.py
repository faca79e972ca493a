"""An interruption as pages show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vincula.national.support.rules.interruption import Interruption, Situacao
from vincula.national.support.rules.wording import forecast_of, meanwhile_of, state_of

_KINDS = {
    Situacao.PROGRAMADA: "info",
    Situacao.EM_VIGOR: "error",
    Situacao.ENCERRADA: "success",
    Situacao.CANCELADA: "neutral",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """`kind`: the colour of its state, as the components name it."""

    one: Interruption
    situacao: str
    kind: str
    estado: str
    previsao: str
    enquanto_isso: str

    @property
    def open(self) -> bool:
        return self.one.encerrada_em is None


def shown(one: Interruption, at: datetime) -> Shown:
    state = one.situacao(at)
    kind = "warning" if state is Situacao.EM_VIGOR and one.parcial else _KINDS[state]
    told = state_of(one, at)
    return Shown(one, state.value, kind, told[:1].upper() + told[1:], forecast_of(one, at), meanwhile_of(one))


def shown_all(those: Iterable[Interruption], at: datetime) -> list[Shown]:
    return [shown(one, at) for one in those]
