"""The stream of all people of the synthetic country.

The same country for the same seed, whoever asks and however far: memory does not grow with the count. The
promise holds within a version of the product: the lists may grow.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from vincula.sandbox.person import Base, Papel, SandboxPerson
from vincula.sandbox.population import blocks

__all__ = ["Base", "Papel", "SandboxPerson", "people"]


def people(seed: int, count: int) -> Iterator[SandboxPerson]:
    """The first `count` people of the world `seed`, family by family, the head of each family first."""
    return islice((person for block in blocks(seed) for person in block), count)
