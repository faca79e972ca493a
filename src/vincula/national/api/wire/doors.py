"""The addresses at which an HL7 service stands, those of them that are closed, and why."""

from __future__ import annotations

from dataclasses import replace

from vincula.common.outcomes import Refused
from vincula.national.api.wire.soap_service import SoapService

GOVBR_CLOSED = Refused(
    "GOVBR",
    "Esta instalação ainda não está ligada ao gov.br, por isso não atende em nome de um operador.",
    "Use o endereço sem GovBR, com o token da credencial.",
)
LEGACY_CLOSED = Refused(
    "LEGADO",
    "Nesta instalação o endereço com usuário e senha está desligado.",
    "Use o endereço v2 com o token (GET /api/osb/token), ou peça que liguem VINCULA_API_LEGADO.",
)
LEGACY_TOKEN_ONLY = Refused(
    "LEGADO",
    "Nesta instalação a entrada com usuário e senha está desligada.",
    "Chame este mesmo endereço com o token (GET /api/osb/token), ou peça que liguem VINCULA_API_LEGADO.",
)


def three_doors(name: str, service: SoapService, *, legacy: bool) -> tuple[tuple[str, SoapService], ...]:
    """Address → service: with a token, on behalf of an operator of gov.br, with user and password (section 1)."""
    by_password = replace(service, by_password=True, closed=None if legacy else LEGACY_CLOSED)
    return (
        (f"/cadsus/v2/{name}JWT", service),
        (f"/cadsus/v2/{name}JWTGovBR", replace(service, closed=GOVBR_CLOSED)),
        (f"/cadsus/{name}", by_password),
    )
