"""Names of SIB files (instr. §11; reference `sib.md`, sections 1.1, 3 and 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

# ASCII: without it "ſ", the long s, would be an S.
_UPDATE = re.compile(r"([0-9]{6})([0-9]{14})\.(SBX|RPX)", re.IGNORECASE | re.ASCII)
_CNX = re.compile(r"ArqConf([0-9]{6})([0-9]{10})\.CNX", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class SibFileName:
    """`kind` is SBX or RPX; `registro_ans` 6 digits; `generated` the moment that the name tells."""

    registro_ans: str
    generated: datetime
    kind: str


@dataclass(frozen=True, slots=True)
class CnxFileName:
    """`tail` is the ten digits whose meaning is not known: nothing may depend on it."""

    registro_ans: str
    tail: str


def parse_name(name: str) -> SibFileName | None:
    """`RRRRRRAAAAMMDDHHmmSS.SBX` (or .RPX), 24 characters, with a real moment; None for anything else."""
    found = _UPDATE.fullmatch(name)
    if not found:
        return None
    try:
        generated = datetime.strptime(found[2], "%Y%m%d%H%M%S")  # noqa: DTZ007 - the name has no time zone
    except ValueError:
        return None
    return SibFileName(found[1], generated, found[3].upper())


def sbx_name(registro_ans: str, generated: datetime) -> str:
    """The name of an update file generated at this moment (local time, to the second)."""
    return f"{registro_ans}{generated:%Y%m%d%H%M%S}.SBX"


def rpx_name(registro_ans: str, generated: datetime) -> str:
    """The name of a processing result."""
    return f"{registro_ans}{generated:%Y%m%d%H%M%S}.RPX"


def parse_cnx_name(name: str) -> CnxFileName | None:
    """`ArqConf` + registro + ten digits + `.CNX`; None for anything else."""
    found = _CNX.fullmatch(name)
    return CnxFileName(found[1], found[2]) if found else None


def cnx_name(registro_ans: str, generated: datetime) -> str:
    """The name of a conference file: the tail is `11` and a date, a form seen in practice (`1120150101`).

    What ANS means by it is not known.
    """
    return f"ArqConf{registro_ans}11{generated:%Y%m%d}.CNX"
