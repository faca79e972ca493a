"""Who the claims are about: the formats of the guide, the odd ones among them, and whatever else may come."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vincula.common.outcomes import Accepted, Refused
from vincula.national.govbr import rules

CPF = "52998224725"


def read(**claims: Any) -> rules.Identity:
    found = rules.identity_of({"sub": CPF} | claims)
    assert isinstance(found, Accepted)
    return found.value


@pytest.mark.parametrize("sub", [CPF, "529.982.247-25", "529982247-25", " 52998224725 "])
def test_a_sub_with_or_without_punctuation(sub: str) -> None:
    assert read(sub=sub).cpf == CPF


@pytest.mark.parametrize(
    "sub", ["", "5299822472", "52998224726", "00000000000", None, True, ["52998224725"], {}, "abc"]
)
def test_a_sub_that_is_no_cpf(sub: Any) -> None:
    found = rules.identity_of({"sub": sub})
    assert isinstance(found, Refused)
    assert found.code == "GOVBR_SEM_CPF"


@pytest.mark.parametrize(
    ("told", "email"),
    [
        ("true", "a@b.c"),
        (True, "a@b.c"),
        ("True", "a@b.c"),
        ("false", ""),
        (False, ""),
        (None, ""),
        (1, ""),
        ("sim", ""),
    ],
)
def test_an_email_counts_only_when_it_is_confirmed(told: Any, email: str) -> None:
    assert read(email="a@b.c", email_verified=told).email == email


@pytest.mark.parametrize(
    ("info", "level", "seals"),
    [
        (
            {"level": "gold", "reliabilities": [{"id": "801", "updatedAt": "x"}, {"id": 401}]},
            "ouro",
            ("801", "401"),
        ),
        ({"level": "silver", "reliabilities": []}, "prata", ()),
        ({"level": "bronze"}, "bronze", ()),
        ({"level": "diamond"}, "bronze", ()),
        ({"level": "GOLD"}, "bronze", ()),
        (None, "bronze", ()),
        ("gold", "bronze", ()),
        ({"level": ["gold"], "reliabilities": ["801", {"id": "8,1"}, {"id": None}, {}]}, "bronze", ()),
    ],
)
def test_the_level_and_the_seals(info: Any, level: str, seals: tuple[str, ...]) -> None:
    found = read(reliability_info=info)
    assert (found.level, found.seals) == (level, seals)


def test_names_are_one_line_of_what_can_be_seen() -> None:
    found = read(name="  ANA\n DA\u202e SILVA\x00 ", social_name=None)
    assert (found.name, found.social_name) == ("ANA DA SILVA", "")
    assert CPF not in repr(found)


@pytest.mark.parametrize(
    ("level", "wanted", "enough"),
    [
        ("ouro", "prata", True),
        ("prata", "prata", True),
        ("bronze", "prata", False),
        ("", "bronze", False),
        ("x", "bronze", False),
    ],
)
def test_a_level_reaches_those_below(level: str, wanted: str, enough: bool) -> None:
    assert rules.reaches(level, wanted) is enough


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
NAMES = (
    "sub",
    "name",
    "social_name",
    "email",
    "email_verified",
    "reliability_info",
    "amr",
    "aud",
    "azp",
    "iss",
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), anything))
def test_whatever_is_claimed_is_decided(claims: dict[str, Any]) -> None:
    found = rules.identity_of(claims)
    assert isinstance(found, Accepted | Refused)
    assert rules.is_about(claims, "cliente") in (True, False)
    assert rules.is_issuer(claims.get("iss"), "https://sso.exemplo") in (True, False)
