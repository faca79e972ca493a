"""The simulation keeps the contract that the client counts on, and is as strict and as odd as the guide says."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.national.govbr.contract import CHECKS, Target, fields_of
from tests.national.govbr.world import (
    BRONZE,
    GOLD,
    NO_LEVEL,
    SECRET,
    SILVER,
    SOCIAL,
    UNVERIFIED,
    Visitor,
    World,
    world,
)
from vincula.sandbox.govbr.people import CASES, Person
from vincula.sandbox.govbr.store import Passing

BACK = "http://localhost:8000/govbr/retorno/"


@pytest.fixture(scope="module")
def running() -> Iterator[World]:
    with world("localhost") as made:
        yield made


def target_for(running: World, person: Person | None = GOLD) -> Target:
    """Each login in a browser of its own."""
    return Target(
        running.provider.issuer,
        running.provider.client,
        SECRET,
        BACK,
        lambda url: Visitor().chooses(url, person),
    )


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("person", CASES, ids=lambda person: person.case)
def test_the_contract(running: World, check: Callable[[Target], None], person: Person) -> None:
    check(target_for(running, person))


def claims(running: World, person: Person) -> dict[str, object]:
    target = target_for(running, person)
    return target.verified(target.entry()[0]["id_token"])


def test_the_odd_formats_of_the_guide(running: World) -> None:
    gold, silver = claims(running, GOLD), claims(running, SILVER)
    assert (gold["sub"], gold["email_verified"]) == (GOLD.cpf, "true")
    assert silver["sub"] == f"{SILVER.cpf[:3]}.{SILVER.cpf[3:6]}.{SILVER.cpf[6:9]}-{SILVER.cpf[9:]}"
    assert str(gold["iss"]).endswith("/")
    assert gold["exp"] - gold["iat"] == 60  # type: ignore[operator]
    assert claims(running, SOCIAL)["social_name"] == SOCIAL.social_name
    assert "reliability_info" not in claims(running, NO_LEVEL)
    unverified = claims(running, UNVERIFIED)
    assert (unverified["email_verified"], "email" in unverified) == ("false", False)
    assert claims(running, BRONZE)["reliability_info"]["level"] == "bronze"  # type: ignore[index]


def test_who_cancels_is_sent_back_with_a_reason(running: World) -> None:
    target = target_for(running, None)
    said = fields_of(target.login(target.asking(secrets.token_urlsafe(64))))
    assert said["error"] == "access_denied"
    assert "code" not in said


def test_a_nonce_is_good_once(running: World) -> None:
    target = target_for(running)
    _, asked = target.code(secrets.token_urlsafe(64))
    answer = httpx.get(target.asking(secrets.token_urlsafe(64), nonce=asked["nonce"]), trust_env=False)
    assert answer.status_code in (302, 400)
    assert "code=" not in answer.headers.get("Location", "")


def test_the_secret_is_shown_by_basic_alone(running: World) -> None:
    target, verifier = target_for(running), secrets.token_urlsafe(64)
    code, _ = target.code(verifier)
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": verifier,
        "client_id": target.client, "client_secret": SECRET,
    }  # fmt: skip
    assert httpx.post(f"{target.issuer}/token", data=form, trust_env=False).status_code in (400, 401)


def test_it_answers_only_by_the_names_of_this_machine(running: World) -> None:
    answer = httpx.get(f"{running.provider.issuer}/jwk", headers={"Host": "mau.exemplo"}, trust_env=False)
    assert answer.status_code == 421


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nada", 404), ("POST", "/token", 401), ("GET", "/userinfo/", 401)]
)
def test_what_is_not_right_is_answered_in_order(running: World, method: str, path: str, status: int) -> None:
    assert httpx.request(method, f"{running.provider.issuer}{path}", trust_env=False).status_code in (
        status,
        400,
    )


def test_the_page_cannot_be_taken_for_the_real_one(running: World) -> None:
    page = httpx.get(target_for(running).asking(secrets.token_urlsafe(64)), trust_env=False)
    assert "gov.br SIMULADO – não é o gov.br" in page.text
    assert all(person.name in page.text for person in CASES)
    assert "script" not in page.text


def test_what_passes_is_gone_after_its_time() -> None:
    now = [0.0]
    kept = Passing[str](60, lambda: now[0])
    kept.put("a", "x")
    assert (kept.get("a"), kept.take("a"), kept.take("a")) == ("x", "x", None)
    kept.put("b", "y")
    now[0] = 60.0
    assert kept.get("b") is None
