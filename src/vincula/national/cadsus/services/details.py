"""The data beside the columns, field by field: how the history names them, and how a change of them is undone.

Names as the history has them: `outros.nacionalidade`, `outros.rg.numero` (a second RG: `outros.rg#2.numero`),
`outros.certidao91.livro`, `outros.telefones.1.tipo`, `outros.emails.2`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

PREFIX = "outros."
CONFIRMED = f"{PREFIX}original_rfb"
_LISTS = ("documentos", "certidoes", "telefones", "emails")
Change = list[Any]
"""[before, after], None where the field was not there."""


def flat(text: str) -> dict[str, Any]:
    """Every value of a text of others.pack under its name."""
    if not text:
        return {}
    held: dict[str, Any] = json.loads(text)
    found = {f"{PREFIX}{name}": value for name, value in held.items() if name not in _LISTS}
    seen: dict[str, int] = {}
    for name in ("documentos", "certidoes"):
        for part in held.get(name, ()):
            kind = part["tipo"] if name == "documentos" else f"certidao{part['tipo']}"
            seen[kind] = seen.get(kind, 0) + 1
            key = kind if seen[kind] == 1 else f"{kind}#{seen[kind]}"
            found.update({f"{PREFIX}{key}.{field}": value for field, value in part.items()})
    for place, part in enumerate(held.get("telefones", ()), start=1):
        found.update({f"{PREFIX}telefones.{place}.{field}": value for field, value in part.items()})
    for place, email in enumerate(held.get("emails", ()), start=2):  # the first stands in a column
        found[f"{PREFIX}emails.{place}"] = email
    return found


def unflat(values: Mapping[str, Any]) -> str:
    """The text of others.pack that `flat` took apart; the parts of a list come in the order in which `order` puts
    them.
    """
    held: dict[str, Any] = {}
    parts: dict[str, dict[str, dict[str, Any]]] = {}
    for name, value in values.items():
        key, _, field = name.removeprefix(PREFIX).partition(".")
        if not field:
            held[key] = value
        elif key == "emails":
            parts.setdefault(key, {})[field] = {"": value}
        elif key == "telefones":
            place, _, field = field.partition(".")
            parts.setdefault(key, {}).setdefault(place, {})[field] = value
        else:
            kind = "certidoes" if key.startswith("certidao") else "documentos"
            parts.setdefault(kind, {}).setdefault(key, {})[field] = value
    for name, found in parts.items():
        ordered = [found[key] for key in sorted(found, key=_place)]
        held[name] = [part[""] for part in ordered] if name == "emails" else ordered
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if held else ""


def _place(key: str) -> tuple[str, int]:
    """Kinds in the order of their names, the second of a kind after the first; places by number."""
    if key.isdigit():
        return "", int(key)
    kind, _, place = key.partition("#")
    return kind, int(place or 1)


def changes(before: str, after: str) -> dict[str, Change]:
    """What differs between two texts: {name: [before, after]}."""
    if before == after:
        return {}
    old, new = flat(before), flat(after)
    return {
        name: [old.get(name), new.get(name)]
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    }


def undone(text: str, changed: Mapping[str, Change]) -> str:
    """The text as it was before these changes; names of other data are passed over."""
    values = flat(text)
    for name, (before, _) in changed.items():
        if name.startswith(PREFIX):
            if before is None:
                values.pop(name, None)
            else:
                values[name] = before
    return unflat(values)
