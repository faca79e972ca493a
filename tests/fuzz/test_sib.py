"""`make fuzz`: the three readings of an SBX held against each other at length (the sample is in tests/formats/sib)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.formats.sib.makers import damaged_files, valid_files
from tests.formats.sib.test_three_readings import LENIENT, assert_agreement

pytestmark = [pytest.mark.long, pytest.mark.timeout(3_600)]


@given(valid_files(most=12))
@settings(LENIENT, max_examples=10_000)
def test_valid_files_are_read_alike_at_length(data: bytes) -> None:
    assert_agreement(data)


@given(damaged_files())
@settings(LENIENT, max_examples=20_000)
def test_damaged_files_are_judged_alike_at_length(data: bytes) -> None:
    assert_agreement(data)
