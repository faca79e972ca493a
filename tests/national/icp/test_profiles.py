"""Which certificates are accepted, as whom, and why the others are not: the table of `world.PROFILES`."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from tests.national.icp.world import CNPJ, OLD, PROFILES, World, der
from vincula.common.outcomes import Accepted, Refused
from vincula.identifiers import cnpj
from vincula.national.icp import services as icp
from vincula.national.icp.rules import CNPJ_TITULAR, Leaf, cnpj_of, policy_of
from vincula.national.icp.services.reading import leaf_of, text_of
from vincula.sandbox.authority.profiles import AR_CNPJ


@pytest.mark.parametrize("label", PROFILES)
def test_the_table_of_certificates(trusting: World, label: str) -> None:
    profile, expected = PROFILES[label]
    outcome = icp.validate(der(trusting.issue(profile)))
    if isinstance(expected, str):
        assert isinstance(outcome, Refused)
        assert outcome.code == expected
    else:
        assert isinstance(outcome, Accepted), outcome
        assert (outcome.value.cnpj, outcome.value.kind, outcome.value.policy) == expected


def test_an_identity_tells_the_certificate(trusting: World) -> None:
    certificate = trusting.issue()
    outcome = icp.validate(certificate.public_bytes(Encoding.PEM))
    assert isinstance(outcome, Accepted)
    found = outcome.value
    assert found.sha256 == hashlib.sha256(der(certificate)).hexdigest()
    assert found.serial == f"{certificate.serial_number:X}"
    assert (found.not_before, found.not_after) == (
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
    )
    assert CNPJ in found.subject
    assert "NAO E ICP-BRASIL" in found.issuer


def test_pem_and_der_give_the_same_identity(trusting: World) -> None:
    certificate = trusting.issue()
    assert icp.validate(certificate.public_bytes(Encoding.PEM)) == icp.validate(der(certificate))


# -- properties of the rules ---------------------------------------------------------------------------------------

cnpjs = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=12, max_size=12).map(cnpj.complete)
valid_cnpjs = cnpjs.filter(cnpj.is_valid)
texts = st.one_of(valid_cnpjs, st.text(max_size=20), valid_cnpjs.map("NOME:{}".format))


@st.composite
def leaves(draw: st.DrawFn) -> Leaf:
    oids = st.sampled_from([CNPJ_TITULAR, "2.16.76.1.4.5.1", "2.16.76.1.3.2"])
    return Leaf(
        is_ca=False,
        digital_signature=True,
        purposes=frozenset(),
        policies=(),
        other_names=tuple(draw(st.lists(st.tuples(oids, st.none() | texts), max_size=3))),
        serial_numbers=tuple(draw(st.lists(texts, max_size=2))),
        common_names=tuple(draw(st.lists(texts, max_size=2))),
    )


@given(leaves())
def test_a_cnpj_that_is_found_is_valid_and_the_declared_one(leaf: Leaf) -> None:
    found = cnpj_of(leaf)
    declared = [text for oid, text in leaf.other_names if oid == CNPJ_TITULAR and text and text.strip(" 0")]
    if isinstance(found, icp.Code):
        return
    assert cnpj.is_valid(found)
    assert all(text.strip() == found for text in declared if text)


@given(st.lists(st.text("0123456789.", max_size=12).map("2.16.76.1.2.{}".format)))
def test_policies_of_any_form_give_a_kind_or_none(oids: list[str]) -> None:
    assert policy_of(oids) in {None, "A1", "A2", "A3", "A4", "SE-S", "SE-H"}


@given(st.binary(max_size=60))
def test_any_bytes_in_an_other_name_are_a_text_or_none(value: bytes) -> None:
    assert isinstance(text_of(value), str | None)


def test_the_cnpj_of_the_autoridade_de_registro_is_never_an_answer(trusting: World) -> None:
    assert AR_CNPJ in trusting.issue(OLD).subject.rfc4514_string()
    for profile, _ in PROFILES.values():
        assert cnpj_of(leaf_of(trusting.issue(profile))) != AR_CNPJ
