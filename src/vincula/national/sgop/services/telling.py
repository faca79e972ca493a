"""Who is told by mail of a step of a request, in the transaction of the step. Nobody is written to for each of three
requests: of the approvals the last one is told, of what waits the first."""

from __future__ import annotations

from collections.abc import Iterable

from vincula.common.accounts.models import Pessoa
from vincula.common.mail import services as mail
from vincula.national.sgop.models import Solicitacao
from vincula.national.sgop.rules import letters
from vincula.national.sgop.rules.words import Estado, Perfil, Tipo


def of_decision(row: Solicitacao) -> None:
    """The person of the request, once it was approved, denied or revoked."""
    estado = Estado(row.estado)
    if estado in (Estado.NEGADO, Estado.REVOGADO):
        _send((row.cpf,), row.cnes, letters.refused(row.cnes, Tipo(row.tipo), estado))
    elif estado is Estado.APROVADO and _complete(row):
        _send((row.cpf,), row.cnes, letters.enabled(row.cnes))


def of_request(row: Solicitacao) -> None:
    """The ADMINISTRADORes of the CNES, when an OPERADOR asks and nothing else of his waits there. Support hears of an
    ADMINISTRADOR by his ticket."""
    if row.perfil != Perfil.OPERADOR:
        return
    here = Solicitacao.objects.filter(cnes=row.cnes)
    if here.filter(cpf=row.cpf, estado=Estado.PENDENTE).exclude(pk=row.pk).exists():
        return
    deciders = here.filter(tipo=Tipo.PERFIL, perfil=Perfil.ADMINISTRADOR, estado=Estado.APROVADO)
    _send(deciders.values_list("cpf", flat=True), row.cnes, letters.waiting(row.cnes))


def _complete(row: Solicitacao) -> bool:
    approved = Solicitacao.objects.filter(
        cpf=row.cpf, cnes=row.cnes, perfil=row.perfil, estado=Estado.APROVADO
    )
    return set(approved.values_list("tipo", flat=True)) == set(Tipo)


def _send(cpfs: Iterable[str], cnes: str, letter: letters.Letter) -> None:
    people = Pessoa.objects.filter(cpf__in=list(cpfs), is_active=True).exclude(email=None)
    for address in people.values_list("email", flat=True):
        if address and mail.is_address(address):
            mail.send(address, *letter, parameters={"cnes": cnes})
