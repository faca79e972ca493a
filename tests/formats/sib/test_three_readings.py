"""The fast path, the strict path and a plain reading with libxml2 and an XSD agree on valid files and on damaged ones."""

from __future__ import annotations

import io

from hypothesis import HealthCheck, event, given, settings

from tests.formats.sib.makers import damaged_files, valid_files
from tests.formats.sib.oracle import Opinion, opinion
from vincula.formats.sib import COLUMNS_INCLUSAO, HashDiagnosis, Limits
from vincula.formats.sib.faults import ENCODING_RULE, KIND_RULE, SAFETY_RULE
from vincula.formats.sib.reader import Outcome, SbxReader

LENIENT = settings(suppress_health_check=list(HealthCheck), deadline=None)


def read(
    data: bytes, *, fast: bool, block: int = 1 << 20
) -> tuple[list[tuple[int, dict[str, str]]], Outcome]:
    reader = SbxReader(io.BytesIO(data), Limits(block_bytes=block), fast=fast)
    found: list[tuple[int, dict[str, str]]] = []
    for run in reader.runs():
        assert run.first == len(found) + 1
        for row in run.rows:
            fields = row if isinstance(row, dict) else dict(zip(COLUMNS_INCLUSAO, row, strict=True))
            found.append((run.kind, fields))
    return found, reader.outcome


def plain(opinion: Opinion) -> list[tuple[int, dict[str, str]]]:
    """As the reader gives it: an inclusão with all columns."""
    return [
        (kind, {name: fields.get(name, "") for name in COLUMNS_INCLUSAO} if kind == 1 else fields)
        for kind, fields in opinion.procedures
    ]


def assert_agreement(data: bytes) -> None:
    other = opinion(data)
    fast_rows, fast = read(data, fast=True)
    strict_rows, strict = read(data, fast=False)
    small_rows, small = read(data, fast=True, block=113)
    assert list(fast.faults) == list(strict.faults)
    assert (not small.faults) == (not strict.faults)
    if any(fault.rule in (ENCODING_RULE, KIND_RULE, SAFETY_RULE) for fault in fast.faults):
        event("refused for encoding, kind or safety")
        return
    assert (not fast.faults) == other.valid, (fast.faults, other)
    if not other.valid:
        event("faulty")
        return
    event("valid")
    assert fast_rows == strict_rows == small_rows == plain(other)
    assert fast.hash_computed == strict.hash_computed == small.hash_computed == other.hash
    assert fast.hash_diagnosis == strict.hash_diagnosis
    assert fast.no_movement_reason == other.reason


@given(valid_files())
@LENIENT
def test_valid_files_are_read_alike(data: bytes) -> None:
    assert_agreement(data)


@given(damaged_files())
@LENIENT
def test_damaged_files_are_judged_alike(data: bytes) -> None:
    assert_agreement(data)


@given(valid_files())
@LENIENT
def test_the_hash_of_a_valid_file_is_accepted(data: bytes) -> None:
    _, outcome = read(data, fast=True)
    if not outcome.faults:
        assert outcome.hash_diagnosis is HashDiagnosis.OK
