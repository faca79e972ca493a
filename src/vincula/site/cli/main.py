"""Entry of the command: configuration first, then the command asked for; no traceback ever reaches a user."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys

import click

from vincula.common.outcomes import Refused, RefusedError
from vincula.site import traces
from vincula.site.cli import (
    audit,
    bases,
    cnes,
    cns,
    conformance,
    credential,
    interruption,
    mail,
    people,
    purge,
    sandbox,
    serve,
    sib,
    support,
)
from vincula.site.cli.output import Manner, note, tell_refusal
from vincula.site.cli.portuguese import Group, usage_message


@click.group(cls=Group, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(package_name="vincula", message="vincula %(version)s", help="Mostra a versão.")
def cli() -> None:
    """Vincula: o CNS de cada beneficiário, pelo caminho que estiver aberto.

    VINCULA_DATA (pasta) ou DATABASE_URL (PostgreSQL) dizem onde está a base; VINCULA_PROFILE, o perfil.
    """


cli.add_command(sib.group)
cli.add_command(bases.group)
cli.add_command(cns.group)
cli.add_command(cnes.group)
cli.add_command(people.group)
cli.add_command(interruption.group)
cli.add_command(support.group)
cli.add_command(mail.group)
cli.add_command(credential.group)
cli.add_command(sandbox.group)
cli.add_command(audit.group)
cli.add_command(purge.command)
cli.add_command(conformance.command)
cli.add_command(serve.command)


def main() -> None:
    """Run the command line and end the process with its status."""
    _have_standard_streams()
    _take_any_text()
    status = run()
    _let_go_of_output()
    sys.exit(status)


def _have_standard_streams() -> None:
    """Where the caller closed one (`>&-`), the next file opened would get its number, and be written into."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _take_any_text() -> None:
    """What the terminal cannot show, or what is no text (a file's name may be any bytes), is shown as "?"."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _let_go_of_output() -> None:
    """A reader that has gone (`| head`) or a full disk has been told, and is no matter for the interpreter's end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            with contextlib.suppress(OSError, ValueError):
                os.dup2(nowhere, stream.fileno())


def run() -> int:
    """Run the command line; the exit status."""
    os.umask(0o077)
    logging.captureWarnings(capture=True)
    manner = Manner()
    try:
        cli.main(prog_name="vincula", standalone_mode=False, obj=manner)
    except click.UsageError as error:
        return _wrong_usage(error)
    except click.exceptions.Abort:
        return _interrupted()
    except click.exceptions.Exit as error:
        return error.exit_code
    except KeyboardInterrupt:
        return _interrupted()
    except UnicodeEncodeError as error:
        if any(map(_is_no_text, sys.argv)):
            note("Um dos argumentos tem caracteres que não formam texto.")
            return 2
        return _refused(_unexpected(error), manner)
    except RefusedError as error:
        return _refused(error.refused, manner)
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    except Exception as error:
        return _refused(_unexpected(error), manner)
    return 0


def _is_no_text(argument: str) -> bool:
    return any("\ud800" <= one <= "\udfff" for one in argument)


def _wrong_usage(error: click.UsageError) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        note(error.ctx.get_help() if error.ctx else "")
        note("\nFalta o comando.")
        return 2
    if error.ctx is not None:
        note(error.ctx.get_usage())
    note(usage_message(error))
    note(f"Veja {error.ctx.command_path if error.ctx else 'vincula'} --help.")
    return 2


def _interrupted() -> int:
    note("Interrompido. O que estava feito está guardado; o que ficou pela metade é retomado na próxima vez.")
    return 130


def _refused(refused: Refused, manner: Manner) -> int:
    with contextlib.suppress(OSError, ValueError):
        tell_refusal(refused, as_json=manner.json)
    return 1


def _unexpected(error: Exception) -> Refused:
    """A database that is away and a full disk have names; anything else is ours, and its trace goes to a file."""
    from django.db import Error as DatabaseError

    where = traces.keep(error)
    detail = f" Detalhe técnico em {where}." if where else ""
    if isinstance(error, DatabaseError | OSError):
        return Refused(
            "BASE_OU_DISCO",
            f"Não foi possível concluir: a base ou o disco não respondeu como devia ({type(error).__name__}).",
            "Confira se o banco está no ar, o espaço em disco e as permissões da pasta de dados, e repita."
            + detail,
        )
    return Refused(
        "ERRO_INESPERADO",
        "Erro inesperado do Vincula. O que estava feito está guardado.",
        "Repita; se acontecer de novo, peça ajuda a quem dá suporte." + detail,
    )
