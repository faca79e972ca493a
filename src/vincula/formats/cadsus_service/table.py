"""How the table of the CadSUS schemas is written: types, their parts, and where each part's element lives."""

from __future__ import annotations

from dataclasses import dataclass

from vincula.formats.cadsus_service.values import Simple

BASE = "http://servicos.saude.gov.br/"


@dataclass(frozen=True, slots=True)
class Part:
    """An element inside another.

    `type`: a simple type, the key of a row of the table, or the parts of a type that has no name of its own. `most`:
    None where it repeats without end. `shared`: the element is the global one of its type's namespace, not one of the
    namespace that holds it.
    """

    name: str
    type: Simple | str | tuple[Part, ...]
    least: int = 1
    most: int | None = 1
    nillable: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A type, with the namespace that declares it (after BASE)."""

    name: str
    path: str
    content: Simple | tuple[Part, ...]

    @property
    def namespace(self) -> str:
        """The whole name of the namespace."""
        return BASE + self.path

    @property
    def file(self) -> str:
        """The name under which the schema of the namespace is served."""
        return f"{self.path.rpartition('/')[2]}.xsd"


def must(name: str, kind: Simple | str | tuple[Part, ...], *, nillable: bool = False) -> Part:
    """Exactly one."""
    return Part(name, kind, nillable=nillable)


def may(name: str, kind: Simple | str | tuple[Part, ...], *, nillable: bool = False) -> Part:
    """One or none."""
    return Part(name, kind, least=0, nillable=nillable)


def many(name: str, kind: str, least: int = 0, most: int | None = None) -> Part:
    """Several."""
    return Part(name, kind, least, most)
