"""`vincula serve --demo`: the demo world, made once, and how to enter it."""

from __future__ import annotations

from vincula.common.outcomes import Refused
from vincula.sandbox import demo
from vincula.site.cli.output import note, progress


def demo_lines(identity_port: int, api_port: int) -> list[str]:
    """Build the demo world if it is not there yet; the lines that say who can log in, and for what."""
    with progress("preparando o mundo de demonstração") as bar:
        outcome = demo.build(bar)
    if isinstance(outcome, Refused):
        note(f"Sem demonstração: {outcome.message} {outcome.remedy}")
        return []
    if (lacking := outcome.value.lacking) is not None:
        note(f"Os pedidos de acesso da demonstração ficaram como estão: {lacking.message}")
    lines = ["Para entrar (CPF e senha, só desta instalação):"]
    if outcome.value.built:
        lines.insert(0, "Mundo de demonstração pronto: pessoas sintéticas, números SIMULADOS.")
    for person in outcome.value.people:
        lines += [f"  {person.cpf}  {person.senha}  {person.nome}", f"      {person.purpose}"]
    return lines + _service_lines(identity_port, api_port)


def _service_lines(identity_port: int, api_port: int) -> list[str]:
    """The two lines that get a token and a CNS over the wire."""
    from vincula.sandbox import authority
    from vincula.sandbox.demo import services

    given = services.prepare(authority.current())
    if isinstance(given, Refused):
        note(f"Sem credencial de demonstração: {given.message} {given.remedy}")
        return []
    title = "Para consultar o CNS pelos serviços (certificado de teste, NÃO É ICP-BRASIL):"
    return [title, *(f"  {line}" for line in given.value.lines(identity_port, api_port))]
