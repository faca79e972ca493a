"""The fast path: one strict regular expression per movement, generated from the schema.

What such an expression matches is a valid procedure in canonical form, without attributes, comments, CDATA, entities or
control characters: nothing that libxml2 could see otherwise. `findall` reads tiles one after the other; its last
alternative swallows whatever does not fit, so that the first gap ends the reading exactly where it lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from vincula.formats.sib.schema import BY_ELEMENT, MOVEMENTS, Content, Field, leaf_names
from vincula.formats.sib.strict import Row

_WS = "[ \\t\\r\\n]*+"
_NEXT = re.compile(r"[ \t\r\n]*<([A-Za-z]{1,20})>")
_FIRST_WINDOW = 1 << 14
Tiles = list[tuple[str, ...]]


def _element(content: Content, *, empty: bool) -> str:
    """An element with its children. `empty`: an empty `complemento` may pass, because the row does not tell it from
    an absent one."""
    inside = "".join(_sequence(content, empty=empty))
    required = content.required | content.unless_empty
    full = f"<{content.name}>{inside}{_WS}</{content.name}>"
    if required and not content.unless_empty:
        return _WS + full
    return f"{_WS}(?:<{content.name}[ \\t\\r\\n]*+/>|{full})"


def _sequence(content: Content, *, empty: bool) -> Iterator[str]:
    """The particles in order, the members of a choice gathered into one alternation."""
    required = content.required | content.unless_empty
    particles = list(content.particles)
    while particles:
        particle = particles[0]
        choice = _choice_of(content, particle.name)
        if choice:
            length = 1 + max(index for index, other in enumerate(particles) if other.name in choice)
            yield _alternatives(particles[:length], choice) + ("" if choice in content.exactly_one else "?+")
            del particles[:length]
            continue
        del particles[0]
        text = _particle(particle, empty=empty)
        yield text if particle.name in required else f"(?:{text})?+"


def _choice_of(content: Content, name: str) -> tuple[str, ...]:
    return next((names for names in (*content.exactly_one, *content.at_most_one) if name in names), ())


def _alternatives(particles: list[Field | Content], choice: tuple[str, ...]) -> str:
    """Members of a choice as `(?:a|b)`; what stands between two members goes, optional, with the one before it."""
    branches: list[str] = []
    for particle in particles:
        text = _particle(particle, empty=False)
        if particle.name in choice:
            branches.append(text)
        else:
            branches[-1] += f"(?:{text})?+"
    return f"(?:{'|'.join(branches)})"


def _particle(particle: Field | Content, *, empty: bool) -> str:
    if isinstance(particle, Content):
        return _element(particle, empty=empty)
    name, value = particle.name, particle.type.fast
    if empty and particle.type.problem("") is None:
        return f"{_WS}<{name}(?:/>|>({value})?+</{name}>)"
    return f"{_WS}<{name}>({value})</{name}>"


@cache
def _pattern(element: str) -> re.Pattern[str]:
    """Of a movement's element; made when the first file is read, because to compile them all takes longer than the
    rest of a small command."""
    movement = BY_ELEMENT[element]
    return re.compile(_element(movement.content, empty=movement.kind == 1) + "|(.+)", re.DOTALL)


_NAMES = {movement.kind: leaf_names(movement.content) for movement in MOVEMENTS}


def read_tiles(text: str, at: int) -> Iterator[tuple[int, Tiles, int]]:
    """Procedures from index `at` on, as far as they tile the text without a gap: (kind, tiles, index after them).

    A tile is the values of all fields of the movement in document order, "" where absent, and one more "".
    """
    window = _FIRST_WINDOW
    while True:
        head = _NEXT.match(text, at)
        movement = BY_ELEMENT.get(head[1]) if head else None
        if movement is None:
            return
        # A window that grows keeps the cost of swallowing small where tiles are interrupted often. A procedure
        # longer than the first window is mostly blanks: the strict path may have it.
        end = min(at + window, len(text))
        tiles: Tiles = _pattern(movement.element).findall(text, at, end)
        rest = len(tiles[-1][-1])
        if rest:
            del tiles[-1]
        if not tiles:
            return
        at = end - rest
        yield movement.kind, tiles, at
        window = _FIRST_WINDOW if rest > window // 2 else window * 4


def rows_of(kind: int, tiles: Tiles) -> list[Row]:
    """The rows of tiles: tuples for an inclusão, dicts of the fields sent otherwise."""
    if kind == 1:
        return [tile[:-1] for tile in tiles]
    names = _NAMES[kind]
    return [{name: value for name, value in zip(names, tile, strict=False) if value} for tile in tiles]
