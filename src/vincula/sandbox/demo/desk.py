"""What waits at the demo world's support desk: a ticket to answer, one that was answered, a notice to operadoras."""

from __future__ import annotations

from collections.abc import Sequence

from vincula.national.support import services as support
from vincula.people.folding import without_accents
from vincula.sandbox.demo import logins
from vincula.sandbox.demo.loading import accepted
from vincula.sandbox.demo.logins import ACTOR, Access


def furnish(people: Sequence[Access]) -> None:
    """Made once; what is there stays as it is. `people`: who can log in."""
    named = {one.cpf: one for one in people}
    if not support.tickets_of(logins.OTAVIO):
        ask_authorisation(named[logins.OTAVIO])
    if not support.tickets_of(logins.RITA):
        rita = named[logins.RITA]
        number = _ask(rita, "sib", "Hash recusado", "O arquivo foi rejeitado com o código 20. O que confiro?")
        accepted(support.route(number, "Recepção de arquivos", actor=ACTOR))
        text = "O hash é calculado sobre os valores, na ordem do arquivo. A página do resultado diz o que não conferiu."
        accepted(support.answer(number, text, actor=ACTOR))
    if not support.published() and not support.drafts():
        made = support.write_notice(
            "Instalação de demonstração",
            "Tudo aqui é sintético: pessoas, operadoras e números. Nenhum e-mail sai desta instalação.",
            actor=ACTOR,
        )
        accepted(support.publish(accepted(made).id, actor=ACTOR))


def ask_authorisation(who: Access) -> str:
    """A director who has made his requests asks support for its yes; the number of the ticket."""
    text = "Consto no CNES como diretor da sede e fiz o autocadastro. Como sigo?"
    return _ask(who, "sgop", "Autorização do administrador", text)


def _ask(who: Access, area: str, subject: str, text: str) -> str:
    address = f"{without_accents(who.nome.split()[0]).lower()}@pessoas.example"
    return accepted(support.open_ticket(area, subject, text, contato=address, cpf=who.cpf)).numero
