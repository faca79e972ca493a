"""The pages for integrators: every request of theirs is sent, and every answer is the one that they show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.docs.pages import ROOT, table_rows
from tests.interop.test_token import claims_of
from tests.interop.world import PDQ, World, eventually
from tests.interop.world import world as made

pytestmark = pytest.mark.django_db
PAGES = ROOT / "docs" / "protocols"
LEGACY = "/cadsus/PDQSupplier"


def blocks(page: str) -> dict[str, str]:
    """What stands between fences, by what is said of it after the language."""
    text = (PAGES / page).read_text(encoding="utf-8")
    found = re.findall(r"(?ms)^```\w+ ([^\n]+)\n(.*?)^```", text)
    assert len({name for name, _ in found}) == len(found)
    return dict(found)


PDQ_BLOCKS = blocks("pdq.md")
REQUESTS = {name.split()[1]: name.split()[2] for name in PDQ_BLOCKS if name.startswith("pedido ")}
ANSWERS = {name.split()[1]: int(name.split()[2]) for name in PDQ_BLOCKS if name.startswith("resposta ")}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An installation of its own: what the pages show must not have been changed by other tests."""
    with made(tmp_path_factory.mktemp("paginas")) as whole:
        yield whole


def plain(message: str) -> str:
    """Without what differs each time (ids, moments, our numbers) and without what only pleases the eye."""
    message = re.sub(r'<id root="[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/>', "<id/>", message)
    message = re.sub(r'<creationTime value="\d{14}"/>', "<creationTime/>", message)
    message = re.sub(r'(root="2\.16\.840\.1\.113883\.3\.4594" extension=")\d{10}"', r'\1"', message)
    return re.sub(r"\s+(?=[<>]|$)|(?<=[<>])\s+", "", message)


def test_the_pages_show_every_kind_of_request() -> None:
    text = (PAGES / "pdq.md").read_text(encoding="utf-8")
    for message in ("PRPA_IN201305UV02", "QUQI_IN000003UV01", "QUQI_IN000003UV01_Cancel"):
        assert any(f"<{message} " in block for block in PDQ_BLOCKS.values())
        assert f"`{message}`" in text
    assert set(REQUESTS) - {"antigo"} <= set(ANSWERS)


def test_every_request_of_the_page_is_answered_as_it_shows(own: World) -> None:
    """In the page's order: one of them goes on with another. Those without a request of their own repeat the first."""
    for name, status in ANSWERS.items():
        who = REQUESTS.get(name) or ("integrador" if name == "integrador" else "ninguem")
        asked = PDQ_BLOCKS.get(f"pedido {name} {who}") or PDQ_BLOCKS["pedido por-cpf operadora"]
        answer = sent(own, who, asked)
        assert answer.status_code == status, name
        assert plain(answer.text) == plain(PDQ_BLOCKS[f"resposta {name} {status}"]), name


def sent(own: World, who: str, asked: str) -> httpx.Response:
    if who == "ninguem":
        return own.operadora.post(PDQ, asked, authorization="")
    return (own.integrador if who == "integrador" else own.operadora).post(PDQ, asked)


def test_the_old_address_answers_the_same(own: World) -> None:
    given = json.loads(
        own.run("credential", "password", own.integrador.credential, "--usuario", "SISTEMA-X", "--json")
    )
    asked = (
        PDQ_BLOCKS["pedido antigo senha"]
        .replace("USUARIO", given["usuario"])
        .replace("SENHA", given["senha"])
    )
    eventually(lambda: own.integrador.post(LEGACY, asked, authorization="").status_code == 200)
    answer = own.integrador.post(LEGACY, asked, authorization="")
    assert plain(answer.text) == plain(PDQ_BLOCKS["resposta integrador 200"])


def test_the_token_is_asked_for_and_given_as_the_page_shows(own: World) -> None:
    shown = blocks("token.md")
    method, path, _ = shown["pedido"].split("\n")[0].split()
    answer = own.operadora.http.request(method, f"{own.identity}{path}")
    body, example = answer.json(), json.loads(shown["resposta"])
    assert {**body, "access_token": ""} == {**example, "access_token": ""}
    header = re.match(r"[\w-]+", example["access_token"])
    assert header is not None
    assert body["access_token"].startswith(header[0]), "the beginning of every ES256 token of ours"
    text = (PAGES / "token.md").read_text(encoding="utf-8").split("## O que o token diz")[1].split("###")[0]
    told = {name for row in table_rows(text)[1:] for name in re.findall(r"`(\w+)`", row[0])}
    assert told == set(claims_of(body["access_token"]))


def test_without_a_certificate_the_token_is_refused_as_the_page_shows(own: World) -> None:
    with httpx.Client(verify=own.operadora.context(certificate=False)) as client:
        answer = client.get(f"{own.identity}/api/osb/token")
    assert answer.status_code == 401
    assert answer.json() == json.loads(blocks("token.md")["recusa"])


def test_the_headers_of_the_page_are_those_of_the_answers(own: World) -> None:
    admitted = own.operadora.post(PDQ, PDQ_BLOCKS["pedido por-cpf operadora"])
    denied = own.operadora.post(PDQ, "", authorization="")
    wrong = own.operadora.http.put(f"{own.api}{PDQ}")
    text = (PAGES / "README.md").read_text(encoding="utf-8").split("## Transporte")[1].split("## ")[0]
    rows: dict[str, Any] = {row[0].strip("`"): row[1] for row in table_rows(text)}
    for name in ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"):
        assert name in rows
        assert admitted.headers[name].isdigit()
    assert denied.headers["www-authenticate"] in text
    assert wrong.headers["allow"] == "GET, HEAD, POST"
    assert {"Retry-After", "WWW-Authenticate", "Allow"} <= set(rows)
    assert all(one.headers["cache-control"] == "no-store" for one in (admitted, denied, wrong))
