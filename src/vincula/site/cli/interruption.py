"""`vincula interruption …`: services that stand still, why, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

import click

from vincula.common.outcomes import Outcome, Refused
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import accepted, answer, refuse
from vincula.site.cli.portuguese import Group

if TYPE_CHECKING:
    from vincula.national.support.services import Interruption

NUMBER = click.IntRange(1, 2**63 - 1)
FORECAST_OPTION = click.option(
    "--previsao",
    metavar="QUANDO",
    help="Quando volta: AAAA-MM-DD, AAAA-MM-DDTHH:MM, ou daqui a 30min, 4h, 7d.",
)
NO_FORECAST_OPTION = click.option("--sem-previsao", is_flag=True, help="Não se sabe quando volta.")


@click.group("interruption", cls=Group)
def group() -> None:
    """Interrupções de serviços: declarar, mudar a previsão, encerrar."""


@group.command("declare")
@click.argument("servico", metavar="SERVICO")
@click.option("--texto", required=True, metavar="TEXTO", help="Por que o serviço está interrompido.")
@click.option("--parcial", is_flag=True, help="Só algumas rotinas sofrem: é mostrado, e nada é recusado.")
@click.option("--rotinas", default="", metavar="NOMES", help="As rotinas que sofrem, com --parcial.")
@click.option(
    "--inicio", metavar="QUANDO", help="Desde quando: AAAA-MM-DD ou AAAA-MM-DDTHH:MM; padrão: agora."
)
@FORECAST_OPTION
@NO_FORECAST_OPTION
@click.option("--titulo", default="", metavar="TEXTO", help="Título do aviso; padrão: o serviço e o que há.")
@click.option("--link", default="", metavar="ENDEREÇO", help="Página em que o aviso foi publicado.")
@click.option("--data", "notice", metavar="AAAA-MM-DD", help="Data do aviso; padrão: hoje.")
@json_option
def declare(
    servico: str,
    texto: str,
    parcial: bool,
    rotinas: str,
    inicio: str | None,
    previsao: str | None,
    sem_previsao: bool,
    titulo: str,
    link: str,
    notice: str | None,
) -> None:
    """Declara um serviço interrompido, com o seu aviso. Sem --previsao vale “sem previsão de retorno”."""
    open_base()
    from vincula.national.support import services

    if parcial != bool(rotinas.strip()):
        _refuse_part()
    start = _start(inicio)
    since = start or datetime.now(services.BRASILIA)
    dated = _start(notice)
    made = services.declare(
        servico,
        texto,
        actor=actor(),
        rotinas=rotinas,
        inicio=start,
        previsao=_forecast(previsao, sem_previsao, since),
        titulo=titulo,
        link=link,
        data_aviso=dated.date() if dated else None,
    )
    _answer(accepted(_worded(made)))


@group.command("list")
@click.option("--todas", is_flag=True, help="Também as encerradas e as canceladas.")
@json_option
def list_command(todas: bool) -> None:
    """Lista as interrupções em vigor e as programadas, da mais nova à mais antiga."""
    open_base()
    from vincula.national.support import services

    now = datetime.now(services.BRASILIA)
    found = [one for one in services.every() if todas or one.encerrada_em is None]
    lines = [line for one in found for line in _lines(one, now)]
    answer([_as_json(one, now) for one in found], *(lines or ["Nenhuma interrupção."]))


@group.command("end")
@click.argument("number", metavar="ID", type=NUMBER)
@json_option
def end(number: int) -> None:
    """Encerra uma interrupção: o serviço voltou. Uma que ainda não começou é cancelada."""
    open_base()
    from vincula.national.support import services

    _answer(accepted(_worded(services.end(number, actor=actor()))))


@group.command("forecast")
@click.argument("number", metavar="ID", type=NUMBER)
@FORECAST_OPTION
@NO_FORECAST_OPTION
@json_option
def forecast(number: int, previsao: str | None, sem_previsao: bool) -> None:
    """Muda a previsão de uma interrupção: uma data nova com --previsao, ou nenhuma com --sem-previsao."""
    open_base()
    from vincula.national.support import services

    if previsao is None and not sem_previsao:
        _refuse_forecast("Falta dizer a previsão nova.")
    moment = _forecast(previsao, sem_previsao, datetime.now(services.BRASILIA))
    _answer(accepted(_worded(services.update_forecast(number, moment, actor=actor()))))


def _worded(outcome: Outcome[Interruption]) -> Outcome[Interruption]:
    """A remedy that names a page, with the command that does the same in its place."""
    if not isinstance(outcome, Refused):
        return outcome
    match outcome.code:
        case "INTERRUPCAO_SOBREPOSTA" if outcome.details["aberta"]:
            number = outcome.details["interrupcao"]
            remedy = (
                f"Mude a previsão dela (vincula interruption forecast {number}) ou encerre-a antes"
                f" (vincula interruption end {number})."
            )
        case "INTERRUPCAO_DESCONHECIDA":
            remedy = "Veja os números com vincula interruption list --todas."
        case "INTERRUPCAO_ENCERRADA":
            remedy = "Se o serviço parou outra vez, declare uma nova: vincula interruption declare."
        case _:
            return outcome
    return replace(outcome, remedy=remedy)


def _start(text: str | None) -> datetime | None:
    from vincula.national.support.services import read_start

    moment = read_start(text) if text is not None else None
    if text is not None and moment is None:
        refuse(
            Refused(
                "DATA_INVALIDA",
                f"“{text[:40]}” não é um dia nem um momento.",
                "Escreva como 2026-11-06 ou 2026-11-06T14:30, no horário de Brasília.",
            )
        )
    return moment


def _forecast(text: str | None, none: bool, since: datetime) -> datetime | None:
    from vincula.national.support.services import read_forecast

    if text is not None and none:
        _refuse_forecast("--previsao e --sem-previsao não vão juntas.")
    moment = read_forecast(text, since) if text is not None else None
    if text is not None and moment is None:
        refuse(
            Refused(
                "DATA_INVALIDA",
                f"“{text[:40]}” não é um dia, um momento nem um prazo.",
                "Escreva como 2026-11-06, 2026-11-06T14:30 (horário de Brasília), 30min, 4h ou 7d.",
            )
        )
    return moment


def _refuse_forecast(message: str) -> NoReturn:
    refuse(
        Refused(
            "PREVISAO_CONFUSA", message, "Use --previsao QUANDO, ou --sem-previsao se não se sabe quando."
        )
    )


def _refuse_part() -> NoReturn:
    refuse(
        Refused(
            "ROTINAS_CONFUSAS",
            "--parcial e --rotinas vão juntas.",
            'Para uma instabilidade: --parcial --rotinas "solicitação de acesso"; para o serviço inteiro, sem as duas.',
        )
    )


def _answer(one: Interruption) -> None:
    from vincula.national.support.services import BRASILIA

    now = datetime.now(BRASILIA)
    answer(_as_json(one, now), *_lines(one, now))


def _lines(one: Interruption, now: datetime) -> list[str]:
    from vincula.national.support.services import state_of

    notice = f"    Aviso de {one.data_aviso:%d/%m/%Y} “{one.titulo}”: {one.texto} {one.link}"
    return [f"{one.id}  {one.servico.nome}: {state_of(one, now)}", notice.rstrip()]


def _as_json(one: Interruption, now: datetime) -> dict[str, Any]:
    from vincula.national.support.services import written

    return {
        "id": one.id,
        "servico": one.servico.value,
        "situacao": one.situacao(now).value,
        "parcial": one.parcial,
        "rotinas": one.rotinas,
        "inicio": written(one.inicio),
        "previsao": written(one.previsao),
        "encerrada_em": written(one.encerrada_em),
        "aviso": {
            "titulo": one.titulo,
            "texto": one.texto,
            "link": one.link,
            "data": one.data_aviso.isoformat(),
        },
    }
