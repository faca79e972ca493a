"""`vincula people …`: who may enter this installation, and for whom."""

from __future__ import annotations

import getpass
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, NoReturn

import click

from vincula.common.outcomes import Refused
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import accepted, answer, note, refuse
from vincula.site.cli.portuguese import Group

if TYPE_CHECKING:
    from vincula.common.accounts.models import Pessoa
    from vincula.common.accounts.services import Account

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
) -> None:
    """Abre uma conta. A senha é perguntada duas vezes; --operadora pode vir várias vezes."""
    open_base()
    from vincula.common.accounts import services

    for registro in registros:
        _must_be_in_cadop(registro)
    known = services.find_person(cpf)
    if not isinstance(known, Refused):
        _refuse_existing()
    if known.code != "CONTA_AUSENTE":
        refuse(known)
    password = _password(password_stdin)
    made = services.create_person(cpf, name, email=email, password=password, actor=actor())
    if isinstance(made, Refused) and made.code == "CPF_REPETIDO":
        _refuse_existing()
    person = accepted(made)
    for registro in registros:
        accepted(services.join_operadora(person, registro, actor=actor()))
    if staff:
        services.set_staff(person, True, actor=actor())
    _answer(person, "Conta aberta")


@group.command("password")
@click.argument("cpf", metavar="CPF")
@STDIN_OPTION
@json_option
def password(cpf: str, password_stdin: bool) -> None:
    """Troca a senha de uma conta; as sessões abertas dela terminam."""
    open_base()
    from vincula.common.accounts import services

    person = accepted(services.find_person(cpf))
    given = _password(password_stdin)
    accepted(services.set_password(person, given, actor=actor()))
    _answer(person, "Senha trocada")


@group.command("join")
@click.argument("cpf", metavar="CPF")
@click.argument("registro", metavar="REGISTRO")
@json_option
def join(cpf: str, registro: str) -> None:
    """Liga uma conta a mais uma operadora. Repetir não muda nada."""
    open_base()
    from vincula.common.accounts import services

    person = accepted(services.find_person(cpf))
    _must_be_in_cadop(registro)
    accepted(services.join_operadora(person, registro, actor=actor()))
    _answer(person, f"Age pela operadora {registro}")


@group.command("leave")
@click.argument("cpf", metavar="CPF")
@click.argument("registro", metavar="REGISTRO")
@json_option
def leave(cpf: str, registro: str) -> None:
    """Desliga uma conta de uma operadora, a partir de já."""
    open_base()
    from vincula.common.accounts import services

    person = accepted(services.find_person(cpf))
    if not services.leave_operadora(person, registro, actor=actor()):
        refuse(
            Refused(
                "NAO_E_MEMBRO",
                "Esta conta não está ligada a essa operadora.",
                "Veja com vincula people list por quais operadoras ela age.",
            )
        )
    _answer(person, f"Não age mais pela operadora {registro}")


@group.command("staff")
@click.argument("cpf", metavar="CPF")
@click.option("--on/--off", "staff", required=True, default=None, help="Põe na equipe, ou tira dela.")
@json_option
def staff_command(cpf: str, staff: bool | None) -> None:
    """Põe uma conta na equipe da instalação (Gestão do SIB), ou a tira."""
    if staff is None:  # click takes a flag that was not given for an answer, required or not
        context = click.get_current_context()
        raise click.MissingParameter(
            ctx=context, param=next(one for one in context.command.params if one.name == "staff")
        )
    open_base()
    from vincula.common.accounts import services

    person = accepted(services.find_person(cpf))
    services.set_staff(person, staff, actor=actor())
    _answer(person, "É da equipe" if staff else "Não é da equipe")


@group.command("list")
@click.option("--operadora", "registro", metavar="REGISTRO", help="Só quem age por ela hoje.")
@json_option
def list_command(registro: str | None) -> None:
    """Lista as contas, com o CPF mascarado."""
    open_base()
    from vincula.common.accounts import services

    found = accepted(services.accounts(registro, actor=actor()))
    answer([asdict(one) for one in found], *(map(_line, found) if found else ["Nenhuma conta."]))


def _line(one: Account) -> str:
    marks = [*one.operadoras, *(["equipe"] if one.equipe else []), *([] if one.ativa else ["inativa"])]
    return f"{one.cpf}  {one.nome}  {', '.join(marks) or 'sem operadora'}"


def _must_be_in_cadop(registro: str) -> None:
    from vincula.national.cadop import services as cadop

    if cadop.get(registro) is None:
        refuse(
            Refused(
                "OPERADORA_DESCONHECIDA",
                f"A operadora {registro[:20]} não está no CADOP desta instalação.",
                "Confira os 6 algarismos do registro ANS, ou carregue o CADOP: vincula bases load cadop ARQUIVO.",
            )
        )


def _refuse_existing() -> NoReturn:
    refuse(
        Refused(
            "CPF_REPETIDO",
            "Já existe uma conta com este CPF, e cada pessoa tem uma só.",
            "Para ligá-la a uma operadora: vincula people join CPF REGISTRO; para outra senha:"
            " vincula people password CPF.",
        )
    )


def _password(from_stdin: bool) -> str:
    """The password, asked for twice without showing it, or the first line of standard input."""
    from vincula.common.accounts.passwords import RULE

    if from_stdin:
        return _first_line()
    if sys.stdin is None or not sys.stdin.isatty():
        refuse(
            Refused(
                "SENHA_AUSENTE",
                "Não há terminal para perguntar a senha.",
                "Rode num terminal, ou mande a senha pela entrada padrão com --password-stdin.",
            )
        )
    note(RULE)
    given = getpass.getpass("Senha: ")
    if getpass.getpass("A mesma senha outra vez: ") != given:
        refuse(Refused("SENHAS_DIFERENTES", "As duas senhas não são iguais.", "Repita o comando."))
    return given


def _first_line() -> str:
    """Of standard input; nothing where it was closed."""
    line = sys.stdin.buffer.readline() if sys.stdin is not None else b""
    try:
        return line.rstrip(b"\r\n").decode()
    except UnicodeDecodeError:
        refuse(
            Refused(
                "SENHA_ILEGIVEL",
                "A senha que veio pela entrada padrão não está em UTF-8.",
                "Mande-a em UTF-8, ou use só letras sem acento, números e sinais.",
            )
        )


def _answer(person: Pessoa, done: str) -> None:
    from vincula.common.accounts import services
    from vincula.identifiers import cpf as cpf_rules

    masked, mine = cpf_rules.mask(person.cpf), services.operadoras_of(person)
    where = f"operadoras: {', '.join(mine)}" if mine else "sem operadora"
    answer(
        {"cpf": masked, "nome": person.nome, "operadoras": mine, "equipe": person.is_staff},
        f"{done}: {masked} {person.nome} ({where}{'; equipe' if person.is_staff else ''}).",
    )
