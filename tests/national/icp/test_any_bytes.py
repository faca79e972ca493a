"""Whatever bytes are presented, the answer is a refusal, never an exception."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.national.icp.world import World, code, der
from vincula.national.icp.refusals import Code


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"certificado",
        b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        b"0" * (1 << 20),
        b"\x30\x80" * 20_000,
    ],
)
def test_what_is_no_certificate_is_refused(trusting: World, content: bytes) -> None:
    assert code(content) == "CERTIFICADO_ILEGIVEL"


def test_two_certificates_at_once_are_refused(trusting: World) -> None:
    pem = trusting.issue().public_bytes(Encoding.PEM)
    assert code(pem + pem) == "CERTIFICADO_ILEGIVEL"
    assert code(pem) == ""


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_refusal(trusting: World, content: bytes) -> None:
    assert code(content) == "CERTIFICADO_ILEGIVEL"


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_certificate_with_any_byte_changed_is_refused(trusting: World, data: st.DataObject) -> None:
    content = bytearray(der(trusting.good))
    at = data.draw(st.integers(0, 9_999)) * len(content) // 10_000
    content[at] ^= data.draw(st.integers(1, 255))
    assert code(bytes(content)) in set(Code)


def test_a_second_encoding_of_a_good_certificate_is_refused(trusting: World) -> None:
    """Half of all signatures end in a zero bit, which could be declared unused: another fingerprint, same holder."""
    issued = (trusting.issue() for _ in range(60))
    even = next(one for one in issued if not one.signature[-1] & 1)
    content = der(even)
    at = len(content) - len(even.signature) - 1
    assert content[at] == 0
    assert code(content) == ""
    assert code(content[:at] + b"\x01" + content[at + 1 :]) == "CERTIFICADO_ILEGIVEL"
