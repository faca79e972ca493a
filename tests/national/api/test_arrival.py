"""Who calls and at which of our addresses: by the word of the proxies of VINCULA_PROXY, and of nobody else."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from tests.national.api.rsgi import Scope
from vincula.common.outcomes import Refused
from vincula.national.api.wire.arrival import FOREIGN, MALFORMED, MISDIRECTED, NO_HOST, TWO_HOSTS, Front

PROXY, VISITOR = "10.0.0.1", "203.0.113.7"
HOSTS = ("localhost", "127.0.0.1", "api.exemplo.br")


def scope(peer: str, host: str = "api.exemplo.br", **headers: str) -> Scope:
    """HTTP/1.0 where there is no host."""
    given = [("host", host)] if host else []
    given += [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Scope(*given, client=peer, http_version="1.1" if host else "1")


def front(*hosts: str) -> Front:
    return Front((ip_network(PROXY),), hosts or HOSTS)


@pytest.mark.parametrize(
    ("peer", "headers", "client", "origin"),
    [
        (f"{PROXY}:40000", {"x_forwarded_for": VISITOR, "x_forwarded_proto": "https"}, VISITOR, "https"),
        (f"{PROXY}:40000", {"x_forwarded_for": f"1.2.3.4, {VISITOR}"}, VISITOR, "http"),
        (f"{PROXY}:40000", {"x_forwarded_for": "unknown", "x_forwarded_proto": "ftp"}, PROXY, "http"),
        (f"{PROXY}:40000", {}, PROXY, "http"),
        ("198.51.100.9:1", {"x_forwarded_for": VISITOR, "x_forwarded_proto": "https"}, "198.51.100.9", "http"),
        ("[2001:db8::7]:1", {"x_forwarded_for": VISITOR}, "2001:db8::7", "http"),
    ],
)  # fmt: skip
def test_the_proxy_alone_tells_who_came_and_by_which_scheme(
    peer: str, headers: dict[str, str], client: str, origin: str
) -> None:
    came = front().arrival(scope(peer, **headers))
    assert (came.client, came.origin) == (client, f"{origin}://api.exemplo.br")


def test_the_certificate_is_believed_from_the_proxy_alone() -> None:
    assert front().arrival(scope(PROXY, x_vincula_certificado="x")).certificate == "-"
    assert front().arrival(scope(VISITOR, x_vincula_certificado="x")).certificate == ""


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8444", "127.0.0.1:9", "API.exemplo.br", "api.exemplo.br:443"]
)
def test_answers_lead_to_the_name_that_was_called(host: str) -> None:
    assert front().arrival(scope(VISITOR, host)).origin == f"http://{host}"


@pytest.mark.parametrize(
    "host",
    ["mau.example", "api.exemplo.br.mau.example", "a@api.exemplo.br", "api.exemplo.br/x", "[::1]:8444"],
)
def test_a_name_that_is_not_ours_leads_nowhere(host: str) -> None:
    assert front().arrival(scope(VISITOR, host)).origin == ""
    assert front().arrival(scope(PROXY, host, x_forwarded_host="api.exemplo.br")).origin == ""


def test_who_names_nobody_as_in_http_10_is_led_to_our_first_name() -> None:
    assert (
        front(".exemplo.br", "api.exemplo.br").arrival(scope(VISITOR, "")).origin == "http://api.exemplo.br"
    )
    assert front("*").arrival(scope(VISITOR, "")).origin == "http://0.0.0.0:8444"


def test_a_domain_stands_for_all_names_below_it_and_a_star_for_every_one() -> None:
    assert front(".exemplo.br").arrival(scope(VISITOR, "x.exemplo.br")).origin == "http://x.exemplo.br"
    assert front("*").arrival(scope(VISITOR, "[::1]:8444")).origin == "http://[::1]:8444"


@pytest.mark.parametrize(
    ("hosts", "version", "refusal"),
    [
        (("mau.example",), "1.1", (FOREIGN, MISDIRECTED)),
        ((), "1.1", (NO_HOST, MALFORMED)),
        (("",), "1.1", (NO_HOST, MALFORMED)),
        (("localhost", "localhost"), "1.1", (TWO_HOSTS, MALFORMED)),
        (("localhost", "localhost"), "1", (TWO_HOSTS, MALFORMED)),
    ],
)
@pytest.mark.parametrize("authority", [None, "mau.example"])
def test_who_names_no_host_or_two_is_told_so(
    hosts: tuple[str, ...], version: str, refusal: tuple[Refused, int], authority: str | None
) -> None:
    """RFC 9112, 3.2: also where the whole address was sent."""
    came = Scope(*[("host", host) for host in hosts], http_version=version, authority=authority)
    assert front().arrival(came).origin == ""
    assert front().refusal(came) == refusal


def test_a_whole_address_goes_before_the_header() -> None:
    """RFC 9112, 3.2.2."""
    came = Scope(("host", "mau.example"), authority="localhost:9")
    assert front().arrival(came).origin == "http://localhost:9"
    assert front().arrival(Scope(("host", "localhost"), authority="mau.example")).origin == ""
