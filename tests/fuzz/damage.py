"""What may come instead of a message: one of its parts gone, twice, elsewhere, or with what nobody expects in it."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from lxml import etree

STRANGE = (
    "", " ", "0", "-1", "1e9", "00000000000", "99999999999999999999999999", "11144477735", "111.444.777-35", "1114447773",
    "７０００００００００００００５", "²", "2026-13-45", "20260231", "00010101", "99991231235959", "2026-08-01T12:00:00.000-25:00",
    "true", "null", "NaN", "'; DROP TABLE cadsus_pessoa; --", "%s%s%n", "%00", "{0.__class__}", "../../etc/passwd", "*", "%", "_",
    "MARIA EXEMPLO DA SILVA", "maría  exémplo", "X", "\u0301", "\u202e", "\U0001f600", "\ufffd", "\u00ad", "ß", "İ", "\x85",
    "urn:oid:", "http://[::1", "urn:oid:2.16.840.1.113883.13.237", "2.16.840.1.113883.13.236", "A" * 300, "9" * 5_000, "é" * 20_000,
    "1985-03-12", "ge1985-03-12", "F", "M", "I", "03", "010", "520870", "+1", "١٢٣", "a|b|c", "\\|", "\n\t", "&lt;", "]]>",
)  # fmt: skip

Damage = Callable[[random.Random, list[etree._Element]], None]


def xml(body: bytes, chance: random.Random) -> bytes:
    """The message with one to four of its elements not as they should be, or its bytes not XML any more."""
    root = etree.fromstring(body)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        chance.choice(_OF_ELEMENTS)(chance, [one for one in root.iter() if isinstance(one.tag, str)])
    whole = etree.tostring(root, xml_declaration=chance.random() < 0.5, encoding="UTF-8")
    return raw(whole, chance) if chance.random() < 0.15 else whole


def _below(all_: list[etree._Element], chance: random.Random) -> etree._Element:
    """Any element but the outermost."""
    return chance.choice(all_[1:] or all_)


def _remove(chance: random.Random, all_: list[etree._Element]) -> None:
    one = _below(all_, chance)
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def _empty(chance: random.Random, all_: list[etree._Element]) -> None:
    one = _below(all_, chance)
    one.clear() if chance.random() < 0.5 else one.attrib.clear()


def _repeat(chance: random.Random, all_: list[etree._Element]) -> None:
    one = _below(all_, chance)
    parent = one.getparent()
    if parent is not None:
        for _ in range(chance.choice((1, 2, 30))):
            parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(one))


def _elsewhere(chance: random.Random, all_: list[etree._Element]) -> None:
    one, where = _below(all_, chance), chance.choice(all_)
    where.append(copy.deepcopy(one))


def _text(chance: random.Random, all_: list[etree._Element]) -> None:
    one = _below(all_, chance)
    with_text = [each for each in all_ if (each.text or "").strip()] or [one]
    _say(chance.choice(with_text) if chance.random() < 0.7 else one, chance)


def _say(one: etree._Element, chance: random.Random) -> None:
    one.text = allowed(chance.choice(STRANGE))


def _attribute(chance: random.Random, all_: list[etree._Element]) -> None:
    having = [each for each in all_ if each.attrib] or all_
    one = chance.choice(having)
    name = chance.choice([str(key) for key in one.attrib] or ["value"])
    if chance.random() < 0.25:
        one.attrib.pop(name, None)
    else:
        one.set(name, allowed(chance.choice(STRANGE)))


def _rename(chance: random.Random, all_: list[etree._Element]) -> None:
    one = _below(all_, chance)
    one.tag = chance.choice(
        ("x", "{urn:hl7-org:v3}value", str(chance.choice(all_).tag), f"{{urn:x}}{etree.QName(one).localname}")
    )


def _deep(chance: random.Random, all_: list[etree._Element]) -> None:
    one = _below(all_, chance)
    for _ in range(chance.choice((5, 100, 240, 400))):
        one = etree.SubElement(one, one.tag)
    one.text = "1"


_OF_ELEMENTS: tuple[Damage, ...] = (
    _remove, _empty, _repeat, _elsewhere, _text, _text, _text, _attribute, _attribute, _attribute, _rename, _deep,
)  # fmt: skip


def allowed(text: str) -> str:
    """Without what a tree cannot hold; such bytes come by `raw`."""
    return "".join(c for c in text if c in "\t\n\r" or c >= " ")


def raw(body: bytes, chance: random.Random) -> bytes:
    """The bytes cut, with others in between, or in another encoding than they say."""
    at = chance.randrange(len(body) + 1)
    other = chance.choice(
        (b"", b"\0", b"\xff\xfe", b"\xc3", b"&#0;", b"&x;", b"<!DOCTYPE a>", b"<!--", b"]]>", b"<![CDATA[x]]>", b"<a", b"&#xFFFF;",
         b"\xef\xbb\xbf", b"<?xml version='1.0' encoding='UTF-16'?>", b"<?php ?>", bytes([chance.randrange(256)]) * 40)
    )  # fmt: skip
    kind = chance.random()
    if kind < 0.4:
        return body[:at] + other + body[at:]
    if kind < 0.7:
        return body[:at] + other + body[min(len(body), at + chance.randrange(40)) :]
    return body[:at] if kind < 0.9 else body.decode("utf-8", "replace").encode("utf-16")


def json_text(body: Any, chance: random.Random) -> bytes:
    """A JSON body with parts of it replaced, gone, or of another kind; now and then no JSON."""
    made = copy.deepcopy(body)
    for _ in range(chance.choice((1, 1, 2, 4))):
        places = list(_places(made))
        if places:
            where, key = chance.choice(places)
            if chance.random() < 0.25:
                del where[key]
            else:
                where[key] = _other(chance)
    written = json.dumps(made, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    return raw(written, chance) if chance.random() < 0.15 else written


def _places(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, dict):
        pairs: list[tuple[Any, Any]] = [(value, key) for key in value]
    elif isinstance(value, list):
        pairs = [(value, n) for n in range(len(value))]
    else:
        return []
    return pairs + [deeper for where, key in pairs for deeper in _places(where[key])]


def _other(chance: random.Random) -> Any:
    deep: Any = "x"
    for _ in range(60):
        deep = [deep]
    return chance.choice(
        (None, True, 0, -1, 1e308, 10**40, [], {}, [[]], {"a": {}}, deep, [None], *STRANGE[:40], "\ud800")
    )


def query(pairs: list[tuple[str, str]], chance: random.Random) -> str:
    """The parameters of an address with some replaced, gone, repeated, of unknown modifiers, or badly encoded."""
    made = list(pairs)
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(made) + 1)
        name = chance.choice([one for one, _ in pairs] or ["_id"])
        new = (
            name + chance.choice(("", "", "", ":exact", ":x", ":missing", ".a", "[]")),
            chance.choice(STRANGE),
        )
        made[at : at + chance.choice((0, 1, 1))] = [new] * chance.choice((0, 1, 1, 1, 120))
    text = "&".join(
        f"{name}={quote(value[:2_000], safe=chance.choice(('', '|:/,')))}" for name, value in made
    )
    return text + chance.choice(("", "", "", "&", "&=", "&%zz=%ff", "&;", "?a"))
