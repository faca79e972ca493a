"""`vincula serve --demo`: the demo world, made once, and how to enter it."""

from __future__ import annotations

from vincula.common.outcomes import Refused
from vincula.sandbox import demo
from vincula.site.cli.output import note, progress, say


def show_demo(identity_port: int, api_port: int) -> None:
    """Build the demo world if it is not there yet, and print who can log in, and for what. A refusal is told."""
    with progress("preparando o mundo de demonstração") as bar:
        outcome = demo.build(bar)
    if isinstance(outcome, Refused):
        note(f"Sem demonstração: {outcome.message} {outcome.remedy}")
        return
    if outcome.value.built:
        say("Mundo de demonstração pronto: pessoas sintéticas, números SIMULADOS.")
    say("Para entrar (CPF e senha, só desta instalação):")
    for person in outcome.value.people:
        say(f"  {person.cpf}  {person.senha}  {person.nome}")
        say(f"      {person.purpose}")
    _show_services(identity_port, api_port)


def _show_services(identity_port: int, api_port: int) -> None:
    """The two lines that get a token and a CNS over the wire."""
    from vincula.sandbox import authority
    from vincula.sandbox.demo import services

    given = services.prepare(authority.current())
    if isinstance(given, Refused):
        note(f"Sem credencial de demonstração: {given.message} {given.remedy}")
        return
    say("Para consultar o CNS pelos serviços (certificado de teste, NÃO É ICP-BRASIL):")
    for line in given.value.lines(identity_port, api_port):
        say(f"  {line}")
