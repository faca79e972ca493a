"""click, speaking Portuguese: headings, the help option, and the words for wrong usage."""

from __future__ import annotations

import re
from typing import Any

import click

WHOLE = 300  # characters of a command's first sentence in a list: all of them
_WORDS = (("[required]", "[obrigatória]"), ("; required]", "; obrigatória]"), ("[default: ", "[padrão: "))


def _translated(text: str) -> str:
    for english, portuguese in _WORDS:
        text = text.replace(english, portuguese)
    return text


class _Portuguese:
    """Headings of the help page; mixed into commands and groups."""

    def format_usage(self: Any, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Uso: ")

    def format_options(self: Any, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [
            (names, _translated(text))
            for p in options
            for names, text in [p.get_help_record(ctx) or ("", "")]
            if names
        ]
        if records:
            with formatter.section("Opções"):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self: Any, ctx: click.Context) -> click.Option | None:
        option = click.Command.get_help_option(self, ctx)
        if option is not None:
            option.help = "Mostra esta ajuda."
        return option


class Command(_Portuguese, click.Command):
    """A command whose help is in Portuguese."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [piece.replace("[OPTIONS]", "[OPÇÕES]") for piece in super().collect_usage_pieces(ctx)]


class Group(_Portuguese, click.Group):
    """A group whose help is in Portuguese."""

    command_class = Command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        words = {"[OPTIONS]": "[OPÇÕES]", "COMMAND [ARGS]...": "COMANDO [ARGUMENTOS]..."}
        return [words.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [
            (name, c.get_short_help_str(WHOLE)) for name, c in sorted(self.commands.items()) if not c.hidden
        ]
        if rows:
            with formatter.section("Comandos"):
                formatter.write_dl(rows)


Group.group_class = Group


_REASONS = (
    ("does not exist", "não existe esse arquivo ou pasta"),
    ("is a directory", "é uma pasta, e não um arquivo"),
    ("is a file", "é um arquivo, e não uma pasta"),
    ("is empty", "está vazio"),
    ("is not readable", "sem permissão de leitura"),
    ("is not in the range", "está fora dos limites"),
    ("is not a valid integer", "não é um número inteiro"),
    ("is not one of", "não é um dos nomes que se podem usar"),
)
_VALUE = re.compile(r"(?:\w+ )?(?:'(.*)'|\"(.*)\"|(\S+)) (?:does not exist|is )", re.DOTALL)
_SHOWN = 80  # characters of what was typed


def _why(message: str) -> str:
    """click's reason, in Portuguese."""
    found = (words for reason, words in _REASONS if reason in message)
    return next(found, "confira se existe e se está bem escrito")


def _typed(message: str) -> str:
    """What was typed, as click quotes it; "" where it does not."""
    found = _VALUE.match(message)
    return f" “{next(filter(None, found.groups()), '')[:_SHOWN]}”" if found else ""


def _bad_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    choices = f": {', '.join(kind.choices)}" if isinstance(kind, click.Choice) else ""
    return f"O valor{_typed(error.message)} não serve para {_name(error)}: {_why(error.message)}{choices}."


def _name(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    return error.param.human_readable_name if error.param else ""


def usage_message(error: click.UsageError) -> str:
    """What was wrong with the way a command was typed."""
    if isinstance(error, click.MissingParameter):
        param = error.param
        if isinstance(param, click.Argument) and error.ctx:
            return f"Falta o argumento {param.make_metavar(error.ctx)}."
        names = [param.opts[0], *param.secondary_opts] if param else []
        return f"Falta a opção {' ou '.join(names)}."
    if isinstance(error, click.NoSuchOption):
        return f"Não existe a opção {error.option_name}."
    if isinstance(error, click.BadOptionUsage):
        return f"A opção {error.option_name} foi usada sem o seu valor, ou com um a mais."
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"Não existe o comando {error.command_name}."
    if "unexpected extra" in error.message:
        return "Há argumentos a mais."
    return "O comando está incompleto ou mal escrito."
