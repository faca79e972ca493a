"""New CNS numbers, from the range granted to this installation: each serial is used once, whatever the
prefix.

The range is read as 14-digit bases whose first digit gives way to the quality grade: 7 above 80, else 8.
So both 7099… and 8099… are of the sandbox.
"""

from __future__ import annotations

from collections.abc import Sequence

from vincula.common import config
from vincula.common.outcomes import Refused, RefusedError
from vincula.identifiers import cns
from vincula.national.cadsus.services import store

WINDOW = 8  # serials looked at together, at least


def has_issuing_range() -> bool:
    """Whether this installation may issue CNS numbers at all."""
    return config.load().cns_range is not None


def is_ours(number: str) -> bool:
    """Whether a valid number lies in the range of this installation, issued or not."""
    granted = config.load().cns_range
    return granted is not None and number[:1] in "78" and granted[0][1:14] <= number[1:14] <= granted[1][1:14]


def issue(prefixes: Sequence[str]) -> list[str]:
    """One new number per prefix ("7" or "8"), within the caller's transaction, which must already hold the
    turn of the persons. Raises RefusedError where no range was granted or it is used up; nothing is
    used then.
    """
    if not prefixes:
        return []
    granted = config.load().cns_range
    if granted is None:
        raise RefusedError(_no_range())
    first, last = int(granted[0][1:14]), int(granted[1][1:14])
    counter = f"cns:{first:013d}"
    serial = max(store.take_turn(counter), first)
    numbers: list[str] = []
    while len(numbers) < len(prefixes):
        if serial > last:
            raise RefusedError(_used_up())
        left = len(prefixes) - len(numbers)
        window = range(serial, min(serial + max(left + left // 8, WINDOW), last + 1))
        serial = _draw(prefixes, numbers, window)
    store.set_counter(counter, serial)
    return numbers


def _draw(prefixes: Sequence[str], numbers: list[str], window: range) -> int:
    """Fill `numbers` from the serials of `window`; the next serial to look at. A serial that already
    stands in a number of the base, one that came in by a load, is passed over.
    """
    forms = {serial: {p: cns.issue(f"{p}{serial:013d}") for p in "78"} for serial in window}
    every = [number for form in forms.values() for number in form.values() if number]
    taken = {row[0] for row in store.fetch_among("SELECT cns FROM cadsus_cartao WHERE cns {among}", every)}
    for serial, form in forms.items():
        if len(numbers) == len(prefixes):
            return serial
        number = form[prefixes[len(numbers)]]
        if number and taken.isdisjoint(form.values()):
            numbers.append(number)
    return window.stop


def _no_range() -> Refused:
    return Refused(
        "SEM_FAIXA",
        "Esta instalação não tem faixa de emissão de CNS: só o Ministério da Saúde a concede.",
        "Configure VINCULA_CNS_RANGE com a faixa concedida, ou aguarde o número do CadSUS.",
    )


def _used_up() -> Refused:
    return Refused(
        "FAIXA_ESGOTADA",
        "A faixa de emissão de CNS desta instalação está esgotada; nenhum número foi emitido nesta operação.",
        "Peça uma nova faixa e configure VINCULA_CNS_RANGE; o que falta pode ser repetido depois.",
    )
