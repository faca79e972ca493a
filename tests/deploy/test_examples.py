"""The examples for production say what the product does, and let nothing in that only nginx may say."""

from __future__ import annotations

import configparser
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import click
import psycopg
import pytest

from tests.docs.pages import ROOT
from vincula.common import config
from vincula.formats.fhir import BASE
from vincula.formats.soap import MAX_BYTES
from vincula.national.api.services.bulk import MAX_BYTES as BULK_BYTES
from vincula.site.cli.main import cli

DEPLOY = ROOT / "deploy"
TEMPLATE = (DEPLOY / "nginx" / "vincula.conf.in").read_text(encoding="utf-8")
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
OURS = ("X-Vincula-Certificado", "X-Vincula-Certificado-Verificado")
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Ssl",
             "X-Real-IP", "Forwarded")  # fmt: skip


# -- nginx ---------------------------------------------------------------------------------------------------------


def rendered() -> str:
    """The template with the example's values, as `sed -f valores.sed` makes it; without comments."""
    text = TEMPLATE
    for line in (DEPLOY / "nginx" / "valores.sed").read_text(encoding="utf-8").splitlines():
        if line.startswith("s|"):
            _, marker, value, flags = line.split("|")
            assert flags == "g"
            assert marker in text, f"{marker} is not in the template"
            text = text.replace(marker, value)
    return re.sub(r"(?m)^\s*#.*$", "", text)


def servers() -> Iterator[tuple[str, str]]:
    """The body of each server that hands requests on, under its name."""
    for body in re.split(r"(?m)^server \{$", rendered())[1:]:
        body = body[: body.index("\n}")]
        if "proxy_pass" in body:
            yield re.findall(r"server_name (\S+);", body)[0], body


SERVERS = dict(servers())
UPSTREAMS = dict(re.findall(r"upstream (\w+)\s+\{ server 127\.0\.0\.1:(\d+);", rendered()))
SITE, IDENTITY, API = "vincula.example.org", "identidade.example.org", "api.example.org"


def headers(body: str) -> dict[str, str]:
    return dict(re.findall(r"(?m)^    proxy_set_header (\S+) (\S+);$", body))


def test_the_values_fill_the_whole_template() -> None:
    assert not re.search(r"@[A-Z_]+@", rendered())
    assert rendered().count("{") == rendered().count("}")
    assert set(SERVERS) == {SITE, IDENTITY, API}


@pytest.mark.parametrize("name", SERVERS)
def test_every_header_that_is_believed_is_written_or_wiped_by_nginx(name: str) -> None:
    told = headers(SERVERS[name])
    assert set(told) == {"Host", "Connection", *FORWARDED, *OURS}
    assert (told["X-Forwarded-For"], told["X-Forwarded-Proto"]) == ("$remote_addr", "$scheme")
    assert {told[header] for header in FORWARDED[2:]} == {'""'}
    certificate = ["$ssl_client_escaped_cert", "$ssl_client_verify"] if name == IDENTITY else ['""', '""']
    assert [told[header] for header in OURS] == certificate
    # One header set inside a location would drop all of these there.
    assert SERVERS[name].count("proxy_set_header") == len(told)


def test_the_token_asks_for_a_certificate_and_no_other_host_does() -> None:
    token = SERVERS[IDENTITY].split("location = /api/osb/token {")[1].split("proxy_pass")[0]
    assert re.search(r"if \(\$ssl_client_verify != SUCCESS\) \{\s+return 496;", token)
    assert [name for name, body in SERVERS.items() if "ssl_verify_client" in body] == [IDENTITY]
    assert "ssl_verify_client optional;" in SERVERS[IDENTITY]
    assert "ssl_session_cache off;" in SERVERS[IDENTITY]


@pytest.mark.parametrize("name", SERVERS)
def test_no_log_has_a_query_string(name: str) -> None:
    (form,) = re.findall(r"log_format vincula ([^;]+);", rendered())
    assert not re.search(r"\$(request|request_uri|args|query_string|http_\w+|arg_\w+)\b", form)
    assert re.search(r"access_log \S+ vincula;", SERVERS[name])
    assert re.search(r"error_log \S+ crit;", SERVERS[name])


def test_no_variable_that_a_stranger_fills_goes_into_a_redirect() -> None:
    assert [to for to in re.findall(r"return 30\d (\S+);", rendered()) if "$" in to] == []


@pytest.mark.parametrize("name", SERVERS)
def test_connections_to_the_listeners_are_kept(name: str) -> None:
    assert "proxy_http_version 1.1;" in SERVERS[name]
    assert headers(SERVERS[name])["Connection"] == '""'
    (upstream,) = set(re.findall(r"proxy_pass http://(\w+);", SERVERS[name]))
    assert re.search(rf"upstream {upstream}\s+\{{ server 127\.0\.0\.1:\d+;\s+keepalive \d+; \}}", rendered())


def test_a_message_that_vincula_takes_passes_nginx_and_compression_is_for_the_api_alone() -> None:
    limit, bulk = re.findall(r"client_max_body_size (\d+)m;", SERVERS[API])
    assert int(limit) * 1024 * 1024 > MAX_BYTES
    assert f"location = {BASE}/$consulta-em-lote {{" in SERVERS[API]
    assert int(bulk) * 1024 * 1024 > BULK_BYTES
    assert [name for name, body in SERVERS.items() if "gzip on;" in body] == [API]


# -- systemd -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_every_unit_runs_a_command_that_exists_and_may_write_to_the_data_folder_only(path: Path) -> None:
    unit = configparser.ConfigParser(strict=True, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(path.read_text(encoding="utf-8"))
    service = unit["Service"]
    program, name, *more = service["ExecStart"].split()
    assert program.endswith("/bin/vincula")
    assert isinstance(cli.commands[name], click.Command)
    assert name == "purge" or more == expected(path.stem.removeprefix("vincula-"))
    cli.commands[name].make_context(name, list(more), resilient_parsing=False)
    assert (service["User"], service["ProtectSystem"], service["UMask"]) == ("vincula", "strict", "0077")
    assert service["ReadWritePaths"] == environment()["VINCULA_DATA"]


def expected(part: str) -> list[str]:
    """One part each; behind nginx without TLS of its own, at the port where nginx looks for it."""
    port = {
        "identity": ["--identity-port", UPSTREAMS["vincula_identidade"]],
        "api": ["--api-port", UPSTREAMS["vincula_api"]],
    }
    return ["--only", part, *port.get(part, []), *(["--plain"] if part in port else [])]


def environment() -> dict[str, str]:
    lines = (DEPLOY / "systemd" / "vincula.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_site_is_where_nginx_looks_for_it_and_nginx_alone_is_believed() -> None:
    (port,) = [p.default for p in cli.commands["serve"].params if p.name == "web_port"]
    assert UPSTREAMS["vincula_site"] == str(port)
    assert environment()["VINCULA_PROXY"] == "127.0.0.1"


def test_the_environment_names_variables_that_exist_and_every_host_of_nginx() -> None:
    assert set(environment()) <= set(config.VARIABLES)
    assert environment()["VINCULA_HOSTS"].split(",") == [SITE, IDENTITY, API]


def test_the_target_starts_every_listener() -> None:
    wanted = re.findall(
        r"vincula-\w+\.service", (DEPLOY / "systemd" / "vincula.target").read_text(encoding="utf-8")
    )
    assert set(wanted) == {path.name for path in UNITS} - {"vincula-purge.service"}


# -- PostgreSQL ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_role_and_the_base_of_the_example_are_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The statements of the page, under another name; then a command in that base, as that role."""
    from tests.common.installation import Installation

    server = config.load().database_url
    if not server:
        pytest.skip("the statements are PostgreSQL's")
    page = (DEPLOY / "postgresql" / "README.md").read_text(encoding="utf-8")
    (statements,) = re.findall(r"(?ms)^```sql\n(.*?)^```", page)
    name = f"vincula_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        for statement in statements.replace("vincula", name).split(";"):
            if statement.strip():
                connection.execute(statement.encode())
        try:
            parts = urlsplit(server)
            url = urlunsplit(parts._replace(netloc=f"{name}:@{parts.netloc.split('@')[-1]}", path=f"/{name}"))
            made = Installation(tmp_path / "dados", url)
            assert made.run("print(ready.prepare(), ready.prepare())") == "True False\n"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
            connection.execute(f"DROP ROLE {name}".encode())
