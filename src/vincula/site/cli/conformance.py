"""`vincula conformance`: does a CNS service do what its clients rely on? Any service, ours or another."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from vincula.common.outcomes import Refused
from vincula.identifiers import cns as cns_rule
from vincula.identifiers import cpf as cpf_rule
from vincula.site.cli.base import json_option
from vincula.site.cli.output import answer, refuse
from vincula.site.cli.portuguese import Command
from vincula.site.cli.sources import IN_FILE

OFFICIAL = ".saude.gov.br"


@click.command("conformance", cls=Command)
@click.option("--token-url", required=True, metavar="ENDEREÇO", help="Endereço inteiro do token.")
@click.option("--pdq-url", required=True, metavar="ENDEREÇO", help="Endereço inteiro do PDQ com token.")
@click.option("--cert", required=True, type=IN_FILE, metavar="ARQUIVO", help="Certificado do cliente, PEM.")
@click.option(
    "--key", required=True, type=IN_FILE, metavar="ARQUIVO", help="Chave do certificado, PEM sem senha."
)
@click.option(
    "--ca", type=IN_FILE, metavar="ARQUIVO", help="Autoridades do servidor, PEM; sem ela, as do sistema."
)
@click.option("--cpf", default="", metavar="CPF", help="Pessoa a consultar; sem ela, um número sintético.")
@click.option("--cns", default="", metavar="CNS", help="O mesmo, pelo CNS.")
@json_option
def command(token_url: str, pdq_url: str, cert: Path, key: Path, ca: Path | None, cpf: str, cns: str) -> None:
    """Confere se um serviço de token e PDQ faz aquilo com que os programas contam; saída 1 se algo falha."""
    from vincula.site.conformance import checks, message
    from vincula.site.conformance.calling import Caller

    for url in (token_url, pdq_url):
        _must_be_address(url)
    root, number = _number(cpf, cns)
    if not number:
        _must_not_be_official(token_url, pdq_url)
    target = checks.Target(
        token_url, pdq_url, Caller(ca, cert, key), root or message.CPF, number or checks.SYNTHETIC_CPF
    )
    results = list(checks.run(target))
    failed = [one for one in results if one.state is checks.State.FAILED]
    answer(
        {
            "conforme": not failed,
            "conferencias": [
                {"nome": one.name, "resultado": one.state.value, "motivo": one.reason} for one in results
            ],
        },
        *(f"{one.state.value:7} {one.name}{f': {one.reason}' if one.reason else ''}" for one in results),
    )
    if failed:
        refuse(
            Refused(
                "NAO_CONFORME",
                f"{len(failed)} de {len(results)} conferências falharam.",
                "Veja o motivo em cada linha; docs/protocols/README.md diz de onde vem cada regra.",
            ),
            answered=True,
        )


def _must_be_address(url: str) -> None:
    try:
        place = urlsplit(url)
        known = place.scheme in ("http", "https") and place.hostname and (place.port or 1) and not place.query
    except ValueError:
        known = False
    if not known:
        refuse(
            Refused(
                "ENDERECO",
                "Um dos endereços não é o endereço inteiro de um serviço.",
                "Escreva-o como https://localhost:8443/api/osb/token, sem ?wsdl.",
            )
        )


def _number(cpf: str, cns: str) -> tuple[str, str]:
    """Root and number that the caller named; ("", "") for none."""
    from vincula.site.conformance import message

    if cpf and cns:
        refuse(Refused("NUMERO", "Vieram um CPF e um CNS.", "Diga só um dos dois."))
    if cns:
        number, verdict = cns_rule.parse(cns), cns_rule.check(cns_rule.parse(cns))
        root = message.CNS
    else:
        number, verdict = cpf_rule.parse(cpf), cpf_rule.check(cpf_rule.parse(cpf))
        root = message.CPF
    if not (cpf or cns):
        return "", ""
    if not verdict.ok or not number:
        refuse(Refused("NUMERO", verdict.message or "O número não serve.", verdict.remedy or "Confira-o."))
    return root, number


def _must_not_be_official(*urls: str) -> None:
    """A synthetic number may be somebody's: it is not for a service with real people."""
    if any(f".{urlsplit(url).hostname}".lower().endswith(OFFICIAL) for url in urls):
        refuse(
            Refused(
                "SERVICO_OFICIAL",
                "O endereço é de um serviço oficial, e um número sintético pode ser o de alguém.",
                "Diga com --cpf ou --cns a pessoa que pode consultar.",
            )
        )
