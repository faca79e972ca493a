"""How this house parses XML that strangers send: no entities, no DTD, no network, libxml2's own bounds kept."""

from __future__ import annotations

from typing import TypedDict


class _Options(TypedDict):
    resolve_entities: bool
    no_network: bool
    load_dtd: bool
    huge_tree: bool
    remove_comments: bool
    remove_pis: bool


# For etree.XMLParser and etree.iterparse. Comments and processing instructions vanish, so that a value is one string.
HARDENED: _Options = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
