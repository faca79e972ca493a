"""click, speaking Portuguese: headings, the help option, and the words for wrong usage."""

from __future__ import annotations

from typing import Any

import click


class _Portuguese:
    """Headings of the help page; mixed into commands and groups."""

    def format_usage(self: Any, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Uso: ")

    def format_options(self: Any, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [r for p in self.get_params(ctx) if (r := p.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("Opções"):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self: Any, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Mostra esta ajuda."
        return option  # type: ignore[no-any-return]


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
        rows = [(name, c.get_short_help_str(80)) for name, c in sorted(self.commands.items()) if not c.hidden]
        if rows:
            with formatter.section("Comandos"):
                formatter.write_dl(rows)


Group.group_class = Group


def usage_message(error: click.UsageError) -> str:
    """What was wrong with the way a command was typed."""
    if isinstance(error, click.MissingParameter):
        param = error.param
        name = param.make_metavar(error.ctx) if isinstance(param, click.Argument) and error.ctx else ""
        return f"Falta o argumento {name or (param.opts[0] if param else '')}."
    if isinstance(error, click.NoSuchOption):
        return f"Não existe a opção {error.option_name}."
    if isinstance(error, click.BadOptionUsage):
        return f"A opção {error.option_name} foi usada sem o seu valor, ou com um a mais."
    if isinstance(error, click.BadParameter):
        name = error.param.human_readable_name if error.param else ""
        return f"O valor dado para {name} não serve: confira se existe e se está bem escrito."
    if "No such command" in error.message:
        return f"Não existe o comando {error.message.split(chr(39))[1]}."
    if "unexpected extra" in error.message:
        return "Há argumentos a mais."
    return "O comando está incompleto ou mal escrito."
