"""The question `GET Patient?…` or `POST Patient/_search` (IHE PDQm, ITI-78), from its parameters.

Parameters that are not known are named in a warning, or refused where the caller asked for it (FHIR R4, 3.1.1.3:
`Prefer: handling=strict`). A modifier or a prefix that is not known always refuses: to leave it aside would answer
another question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vincula.formats.fhir.identifiers import Key
from vincula.formats.fhir.outcome import Faults
from vincula.formats.fhir.search_faults import fault, nothing_asked, unknown_modifier, unknown_parameter
from vincula.formats.fhir.search_values import CONTINUATION, READERS, Reading

MAX_PARAMETERS = 40
MAX_VALUE = 500
CRITERIA = ("identifier", "_id", "family", "given", "name", "birthdate", "gender", "mothersMaidenName")
_STRICT = re.compile(r"(?:^|[;,\s])handling\s*=\s*\"?strict\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class PatientSearch:
    """What is asked: all criteria must hold. `birth`: `AAAA-MM-DD`; `sex`: M, F or I; "" or () is not asked.

    `name`: any part of the whole name; `family`, `given`: as FHIR clients split it. `domains`: systems whose
    identifiers alone are wanted. `count`: how many at once, None for the house's own number. `unknown`: parameters left
    aside.
    """

    keys: tuple[Key, ...] = ()
    domains: tuple[str, ...] = ()
    id: str = ""
    name: str = ""
    family: str = ""
    given: tuple[str, ...] = ()
    birth: str = ""
    sex: str = ""
    mother: str = ""
    count: int | None = None
    continuation: str = ""
    unknown: tuple[str, ...] = ()

    @property
    def whole_name(self) -> str:
        """The name in the order of the base: given names, what was asked as `name`, family."""
        return " ".join(filter(None, (*self.given, self.name, self.family)))


def strict_handling(prefer: str) -> bool:
    """Whether the Prefer header of a request asks that unknown parameters be refused."""
    return _STRICT.search(prefer) is not None


def read_search(params: Sequence[tuple[str, str]], *, strict: bool = False) -> PatientSearch | Faults:
    """The search, or every fault in it. `params`: decoded, of the address and of the form alike, in their order."""
    if len(params) > MAX_PARAMETERS:
        return (
            fault(
                "too-long", "PARAMETROS_DEMAIS", f"Há mais de {MAX_PARAMETERS} parâmetros.", "Envie menos."
            ),
        )
    reading = Reading()
    for name, value in params:
        if value.strip():
            _read(name, value.strip(), reading)
    if strict:
        reading.faults += [unknown_parameter(name, READERS) for name in reading.unknown]
    if not reading.faults and not _asks(reading):
        reading.faults.append(nothing_asked(CRITERIA))
    if reading.faults:
        return tuple(reading.faults)
    return PatientSearch(
        keys=tuple(reading.keys),
        domains=tuple(reading.domains),
        given=tuple(reading.given),
        unknown=tuple(reading.unknown),
        **reading.fields,
    )


def unknown_warnings(search: PatientSearch) -> Faults:
    """The parameters that were left aside, for the OperationOutcome in the answer's bundle."""
    return tuple(unknown_parameter(name, READERS, "warning") for name in search.unknown)


def search_link(address: str, search: PatientSearch, continuation: str = "") -> str:
    """The `self` or, with a token (of characters that need no escape), the `next` link of the answer.

    Ours: no criterion stands in it, because addresses end in logs and criteria are personal data.
    """
    count = f"_count={search.count}" if search.count is not None else ""
    token = f"{CONTINUATION}={continuation}" if continuation else ""
    asked = "&".join(filter(None, (token, count)))
    return f"{address}/Patient?{asked}" if asked else f"{address}/Patient"


def _asks(reading: Reading) -> bool:
    """Whether anything but the number of results is asked."""
    return bool(reading.keys or reading.given or reading.fields.keys() - {"count"})


def _read(name: str, value: str, reading: Reading) -> None:
    bare, modified, modifier = name.partition(":")
    if bare not in READERS:
        reading.unknown.append("".join(filter(str.isprintable, name))[:60])
    elif modified:
        reading.faults.append(unknown_modifier(bare, modifier))
    elif len(value) > MAX_VALUE:
        message = f"O valor passa de {MAX_VALUE} caracteres."
        reading.faults.append(fault("too-long", "VALOR_LONGO_DEMAIS", message, "Encurte-o.", bare))
    elif not value.isprintable():
        message = "O valor traz caracteres de controle."
        reading.faults.append(fault("value", "CARACTERE_INVALIDO", message, "Retire-os.", bare))
    else:
        READERS[bare](bare, value, reading)
