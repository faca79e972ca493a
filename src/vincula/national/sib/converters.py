"""What may stand in SIB's addresses: a competência and a CCO, nothing that tells who a person is."""

from __future__ import annotations

from django.urls import register_converter

from vincula.common.outcomes import Refused
from vincula.national.sib.rules.calendar import as_text, parse_month
from vincula.national.sib.rules.reasons import Reason


class MonthConverter:
    """2026-11 ↔ 202611."""

    regex = "(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> int:
        month = parse_month(value)
        if isinstance(month, Refused):
            raise ValueError(month.code)
        return month.value

    def to_url(self, value: int) -> str:
        return as_text(value)


class CcoConverter:
    """12 digits."""

    regex = "[0-9]{12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ReasonConverter:
    """nome-difere ↔ Reason.NOME_DIFERE; of the reasons that leave a vínculo without CNS."""

    regex = "[a-z]+(?:-[a-z]+)*"

    def to_python(self, value: str) -> Reason:
        name = value.upper().replace("-", "_")
        if name not in Reason.__members__ or name == Reason.VALIDADO.name:
            raise ValueError("not a reason")
        return Reason[name]

    def to_url(self, value: Reason) -> str:
        return value.name.lower().replace("_", "-")


def register() -> None:
    """Called where the addresses are listed."""
    register_converter(MonthConverter, "mes")
    register_converter(CcoConverter, "cco")
    register_converter(ReasonConverter, "motivo")
