"""Addresses that stand closed, and why."""

from __future__ import annotations

from vincula.common.outcomes import Refused

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
