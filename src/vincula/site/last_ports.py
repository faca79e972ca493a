"""On which ports this installation was last served: what commands print of addresses is meant to be pasted."""

from __future__ import annotations

import json
from collections.abc import Mapping

from vincula.common import config
from vincula.common.files import write_private

FILE = "portas.json"


def keep(ports: Mapping[str, int]) -> None:
    """Write down the ports of these parts; those of other parts, served by another process, stay."""
    known = _known()
    if known | dict(ports) != known:
        write_private(config.load().folder() / FILE, json.dumps(known | dict(ports)).encode())


def of(part: str, otherwise: int) -> int:
    """The port of a part when it was last served; `otherwise` where it never was."""
    return _known().get(part, otherwise)


def _known() -> dict[str, int]:
    """Nothing where there is no such file, or it is none of ours: it only ever serves to print."""
    try:
        kept = json.loads((config.load().data / FILE).read_text())
    except (OSError, ValueError):
        return {}
    found = kept if isinstance(kept, dict) else {}
    return {str(part): port for part, port in found.items() if isinstance(port, int)}
