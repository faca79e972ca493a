"""What a proxy in front says of the visitor, believed from the proxies of VINCULA_PROXY alone. Of all listeners."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address

Networks = tuple[IPv4Network | IPv6Network, ...]
_SCHEMES = frozenset({"http", "https"})


def is_proxy(peer: str, proxies: Networks) -> bool:
    """Whether the address (with or without port) is one of a configured proxy."""
    if not proxies:
        return False
    try:
        address = ip_address(without_port(peer))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address  # ::ffff:10.0.0.1 is 10.0.0.1
    return any(mapped in network for network in proxies)


def without_port(peer: str) -> str:
    """The address of `127.0.0.1:80`, `[::1]:80` or of one that has no port."""
    try:
        ip_address(peer)
    except ValueError:
        return peer.rpartition(":")[0].strip("[]") if ":" in peer else peer
    return peer


def visitor(forwarded_for: str, proxies: Networks) -> str:
    """Who came, by a proxy's X-Forwarded-For: the last address that is no proxy of ours, for those before it anybody
    may have written. "" where it names none."""
    for text in reversed(_items(forwarded_for)):
        if is_proxy(text, proxies):
            continue
        try:
            return str(ip_address(text))
        except ValueError:
            return ""
    return ""


def scheme(forwarded_proto: str) -> str:
    """http or https, as the nearest proxy says; "" where it says neither."""
    told = _items(forwarded_proto)
    return told[-1].lower() if told and told[-1].lower() in _SCHEMES else ""


def _items(header: str) -> list[str]:
    return [item.strip() for item in header.split(",") if item.strip()]
