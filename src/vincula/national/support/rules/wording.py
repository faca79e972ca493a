"""What people are told of an interruption: its state in one line, and the refusal of who asks meanwhile."""

from __future__ import annotations

from datetime import datetime

from vincula.common.outcomes import Refused
from vincula.national.support.rules.interruption import Interruption, Servico, Situacao, retry_after
from vincula.national.support.rules.moments import shown, written

# R071: what goes on while the individual queries stand still.
_OTHER_WAYS = (
    "Enquanto isso o CNS continua a chegar pelo SIB (consolidação e CNX) e pela API; quem ainda não o tem fica sem CNS"
    " até lá, e nenhum número é inventado."
)


def title_of(servico: Servico, rotinas: str) -> str:
    """The title of a notice to which nobody gave one."""
    return f"{servico.nome}: instabilidade em parte do serviço" if rotinas else f"{servico.nome}: interrupção"


def forecast_of(one: Interruption, now: datetime) -> str:
    """When it returns, or that nobody can say (R067, R070)."""
    what = "normalização" if one.parcial else "retorno"
    if one.previsao is None:
        return f"sem previsão de {what}"
    if one.previsao <= now:
        return f"a previsão de {what} era {shown(one.previsao)} e foi ultrapassada"
    return f"previsão de {what}: {shown(one.previsao)}"


def state_of(one: Interruption, now: datetime) -> str:
    """One line: what, of what, since when, until when."""
    what = f"instabilidade ({one.rotinas})" if one.parcial else "interrupção"
    match one.situacao(now):
        case Situacao.CANCELADA:
            return f"{what} que começaria em {shown(one.inicio)}, cancelada"
        case Situacao.ENCERRADA:
            assert one.encerrada_em is not None
            return f"{what} desde {shown(one.inicio)}, encerrada em {shown(one.encerrada_em)}"
        case Situacao.PROGRAMADA:
            return f"{what} programada para {shown(one.inicio)}, {forecast_of(one, now)}"
        case _:
            return f"{what} desde {shown(one.inicio)}, {forecast_of(one, now)}"


def refusal(one: Interruption, now: datetime) -> Refused:
    """What an interrupted service answers: the reason, the forecast, and what to do meanwhile (R066)."""
    return Refused(
        "SERVICO_INTERROMPIDO",
        f"{one.servico.nome}: serviço interrompido desde {shown(one.inicio)}, {forecast_of(one, now)}."
        f" Motivo: {_sentence(one.texto)}",
        " ".join(filter(None, (_again(one, now), _notice(one), meanwhile_of(one)))),
        {
            "interrupcao": one.id,
            "servico": one.servico.value,
            "previsao": written(one.previsao),
            "aviso": one.link,
            "repetir_em_segundos": retry_after(one, now),
        },
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _again(one: Interruption, now: datetime) -> str:
    if one.previsao is not None and one.previsao > now:
        return f"Repita depois de {shown(one.previsao)}."
    return "Repita mais tarde: ainda não se sabe quando o serviço volta."


def _notice(one: Interruption) -> str:
    return f"Aviso de {one.data_aviso:%d/%m/%Y}: {one.link}" if one.link else ""


def meanwhile_of(one: Interruption) -> str:
    """What keeps working while this one lasts (R071, R072); "" where there is nothing to say."""
    return _OTHER_WAYS if one.servico is Servico.CADSUS_WEB else ""
