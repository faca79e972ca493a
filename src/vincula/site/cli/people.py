"""`vincula people …`: who may enter this installation, and for whom."""

from __future__ import annotations

import getpass
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, NoReturn

import click

from vincula.common.outcomes import Refused
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import accepted, answer_json, note, refuse, say
from vincula.site.cli.portuguese import Group

if TYPE_CHECKING:
    from vincula.common.accounts.models import Pessoa

STDIN_OPTION = click.option(
    "--password-stdin", is_flag=True, help="Lê a senha da primeira linha da entrada padrão, sem perguntar."
)


@click.group("people", cls=Group)
def group() -> None:
    """Contas: quem entra nesta instalação e por que operadoras age."""


@group.command("add")
@click.argument("cpf", metavar="CPF")
@click.option("--name", required=True, metavar="NOME", help="Nome civil completo.")
@click.option("--email", required=True, metavar="E-MAIL", help="E-mail, de uma só pessoa.")
@click.option("--operadora", "registros", multiple=True, metavar="REGISTRO", help="Operadora por que age.")
@click.option("--staff", is_flag=True, help="É da equipe da instalação: abre a Gestão do SIB.")
@STDIN_OPTION
@json_option
def add(
    cpf: str,
    name: str,
    email: str,
    registros: tuple[str, ...],
    staff: bool,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Abre uma conta. A senha é perguntada duas vezes; --operadora pode vir várias vezes."""
    open_base()
    from vincula.common.accounts import services

    for registro in registros:
        _must_be_in_cadop(registro, as_json=as_json)
    known = services.find_person(cpf)
    if not isinstance(known, Refused):
        _refuse_existing(as_json=as_json)
    if known.code != "CONTA_AUSENTE":
        refuse(known, as_json=as_json)
    password = _password(password_stdin, as_json=as_json)
    made = services.create_person(cpf, name, email=email, password=password, actor=actor())
    if isinstance(made, Refused) and made.code == "CPF_REPETIDO":
        _refuse_existing(as_json=as_json)
    person = accepted(made, as_json=as_json)
    for registro in registros:
        accepted(services.join_operadora(person, registro, actor=actor()), as_json=as_json)
    if staff:
        services.set_staff(person, True, actor=actor())
    _answer(person, "Conta aberta", as_json=as_json)


@group.command("password")
@click.argument("cpf", metavar="CPF")
@STDIN_OPTION
@json_option
def password(cpf: str, password_stdin: bool, as_json: bool) -> None:
    """Troca a senha de uma conta; as sessões abertas dela terminam."""
    open_base()
    from vincula.common.accounts import services

    person = accepted(services.find_person(cpf), as_json=as_json)
    given = _password(password_stdin, as_json=as_json)
    accepted(services.set_password(person, given, actor=actor()), as_json=as_json)
    _answer(person, "Senha trocada", as_json=as_json)


@group.command("join")
@click.argument("cpf", metavar="CPF")
@click.argument("registro", metavar="REGISTRO")
@json_option
def join(cpf: str, registro: str, as_json: bool) -> None:
    """Liga uma conta a mais uma operadora. Repetir não muda nada."""
    open_base()
    from vincula.common.accounts import services

    person = accepted(services.find_person(cpf), as_json=as_json)
    _must_be_in_cadop(registro, as_json=as_json)
    accepted(services.join_operadora(person, registro, actor=actor()), as_json=as_json)
    _answer(person, f"Age pela operadora {registro}", as_json=as_json)


@group.command("leave")
@click.argument("cpf", metavar="CPF")
@click.argument("registro", metavar="REGISTRO")
@json_option
def leave(cpf: str, registro: str, as_json: bool) -> None:
    """Desliga uma conta de uma operadora, a partir de já."""
    open_base()
    from vincula.common.accounts import services

    person = accepted(services.find_person(cpf), as_json=as_json)
    if not services.leave_operadora(person, registro, actor=actor()):
        refuse(
            Refused(
                "NAO_E_MEMBRO",
                "Esta conta não está ligada a essa operadora.",
                "Veja com vincula people list por quais operadoras ela age.",
            ),
            as_json=as_json,
        )
    _answer(person, f"Não age mais pela operadora {registro}", as_json=as_json)


@group.command("staff")
@click.argument("cpf", metavar="CPF")
@click.option("--on/--off", "staff", required=True, default=None, help="Põe na equipe, ou tira dela.")
@json_option
def staff_command(cpf: str, staff: bool | None, as_json: bool) -> None:
    """Põe uma conta na equipe da instalação (Gestão do SIB), ou a tira."""
    if staff is None:  # click takes a flag that was not given for an answer, required or not
        raise click.UsageError("--on/--off", click.get_current_context())
    open_base()
    from vincula.common.accounts import services

    person = accepted(services.find_person(cpf), as_json=as_json)
    services.set_staff(person, staff, actor=actor())
    _answer(person, "É da equipe" if staff else "Não é da equipe", as_json=as_json)


@group.command("list")
@click.option("--operadora", "registro", default="", metavar="REGISTRO", help="Só quem age por ela hoje.")
@json_option
def list_command(registro: str, as_json: bool) -> None:
    """Lista as contas, com o CPF mascarado."""
    open_base()
    from vincula.common.accounts import services

    found = services.accounts(registro, actor=actor())
    if as_json:
        answer_json([asdict(one) for one in found])
        return
    for one in found:
        marks = [*one.operadoras, *(["equipe"] if one.equipe else []), *([] if one.ativa else ["inativa"])]
        say(f"{one.cpf}  {one.nome}  {', '.join(marks) or 'sem operadora'}")
    if not found:
        say("Nenhuma conta.")


def _must_be_in_cadop(registro: str, *, as_json: bool) -> None:
    from vincula.national.cadop import services as cadop

    if cadop.get(registro) is None:
        refuse(
            Refused(
                "OPERADORA_DESCONHECIDA",
                f"A operadora {registro[:20]} não está no CADOP desta instalação.",
                "Confira os 6 algarismos do registro ANS, ou carregue o CADOP: vincula bases load cadop ARQUIVO.",
            ),
            as_json=as_json,
        )


def _refuse_existing(*, as_json: bool) -> NoReturn:
    refuse(
        Refused(
            "CPF_REPETIDO",
            "Já existe uma conta com este CPF, e cada pessoa tem uma só.",
            "Para ligá-la a uma operadora: vincula people join CPF REGISTRO; para outra senha:"
            " vincula people password CPF.",
        ),
        as_json=as_json,
    )


def _password(from_stdin: bool, *, as_json: bool) -> str:
    """The password, asked for twice without showing it, or the first line of standard input."""
    from vincula.common.accounts.passwords import RULE

    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        refuse(
            Refused(
                "SENHA_AUSENTE",
                "Não há terminal para perguntar a senha.",
                "Rode num terminal, ou mande a senha pela entrada padrão com --password-stdin.",
            ),
            as_json=as_json,
        )
    note(RULE)
    given = getpass.getpass("Senha: ")
    if getpass.getpass("A mesma senha outra vez: ") != given:
        refuse(
            Refused("SENHAS_DIFERENTES", "As duas senhas não são iguais.", "Repita o comando."),
            as_json=as_json,
        )
    return given


def _answer(person: Pessoa, done: str, *, as_json: bool) -> None:
    from vincula.common.accounts import services
    from vincula.identifiers import cpf as cpf_rules

    masked, mine = cpf_rules.mask(person.cpf), services.operadoras_of(person)
    if as_json:
        answer_json({"cpf": masked, "nome": person.nome, "operadoras": mine, "equipe": person.is_staff})
        return
    where = f"operadoras: {', '.join(mine)}" if mine else "sem operadora"
    say(f"{done}: {masked} {person.nome} ({where}{'; equipe' if person.is_staff else ''}).")
