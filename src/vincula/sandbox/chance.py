"""Chance that repeats: numbers that depend on nothing but a seed, a label and an index.

No generator with a state is used, so that a stream can be cut, restarted or made in parallel and still be
the same, on every version of Python and numpy: only additions, multiplications, shifts and exclusive ors of
64-bit integers (SplitMix64 as a finaliser; Steele, Lea, Flood 2014).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_M1 = 0xBF58476D1CE4E5B9
_M2 = 0x94D049BB133111EB
SLOTS = 1 << 16


def key_of(seed: int, label: str) -> int:
    """The 64-bit key of one question (a label) in one world (a seed)."""
    return int.from_bytes(hashlib.blake2b(f"{seed}:{label}".encode(), digest_size=8).digest(), "big")


def mix(value: int) -> int:
    """SplitMix64's finaliser on one integer: every bit of the answer depends on every bit of the value."""
    value &= _MASK
    value = ((value ^ (value >> 30)) * _M1) & _MASK
    value = ((value ^ (value >> 27)) * _M2) & _MASK
    return value ^ (value >> 31)


def mix_many(values: U64) -> U64:
    """`mix` of every element."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(_M1)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(_M2)
    return values ^ (values >> np.uint64(31))


class Chance:
    """Answers of one world, for whole arrays of indices (households or people)."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._keys: dict[str, int] = {}

    def bits(self, label: str, index: I64) -> U64:
        """64 bits for each index."""
        key = self._keys.get(label)
        if key is None:
            key = self._keys[label] = key_of(self.seed, label)
        return mix_many(index.astype(np.uint64) * np.uint64(_GOLDEN) + np.uint64(key))

    def below(self, label: str, index: I64, limit: int | I64) -> I64:
        """An integer from 0 up to, not including, `limit` (at least 1) for each index."""
        return (self.bits(label, index) >> np.uint64(2)).astype(np.int64) % limit

    def happens(self, label: str, index: I64, per_10000: int | I64) -> NDArray[np.bool_]:
        """True for about `per_10000` in 10,000 indices."""
        return self.below(label, index, 10_000) < per_10000

    def pick(self, label: str, index: I64, table: NDArray[np.int64]) -> I64:
        """One entry of a `weighted` table for each index."""
        picked: I64 = table[(self.bits(label, index) >> np.uint64(48)).astype(np.int64)]
        return picked

    def permute(self, label: str, values: I64, half: int) -> I64:
        """A bijection of 0 … half²-1 (a Feistel network of four rounds): what is distinct stays distinct."""
        left, right = values // half, values % half
        for turn in range(4):
            left, right = right, (left + self.below(f"{label}/{turn}", right, half)) % half
        return left * half + right


def weighted(weights: Sequence[int]) -> NDArray[np.int64]:
    """A table of 65,536 entries in which position i stands as often as its weight asks; integers only."""
    totals = np.cumsum(np.array(weights, dtype=np.int64))
    ends = totals * SLOTS // totals[-1]
    return np.repeat(np.arange(len(weights), dtype=np.int64), np.diff(ends, prepend=0))


class Dice:
    """A short sequence of choices for one record: cheap to make, and the same for the same key and index."""

    __slots__ = ("_state",)

    def __init__(self, key: int, index: int) -> None:
        self._state = mix(key + index * _GOLDEN)

    def below(self, limit: int) -> int:
        """An integer from 0 up to, not including, `limit`."""
        self._state = (self._state + _GOLDEN) & _MASK
        return (mix(self._state) >> 2) % limit

    def one_of(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def happens(self, per_10000: int) -> bool:
        return self.below(10_000) < per_10000
