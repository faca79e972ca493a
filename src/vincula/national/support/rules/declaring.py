"""Which interruptions may be declared and changed, and why others may not.

Remedies name pages; `vincula interruption` says its own commands in their place.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from vincula.common.outcomes import Refused
from vincula.national.support.rules.interruption import Interruption, Servico, overlaps
from vincula.national.support.rules.moments import shown

LIMITS = {"titulo": 200, "texto": 2_000, "rotinas": 500, "link": 500}  # characters
_WORDS = {"titulo": "título", "texto": "texto", "rotinas": "nome das rotinas", "link": "link"}
AHEAD = timedelta(days=366)  # how far off a start may be announced


def service(text: str) -> Servico | Refused:
    """The service of this name. Refused: SERVICO_DESCONHECIDO."""
    try:
        return Servico(text)
    except ValueError:
        names = ", ".join(one.value for one in Servico)
        return Refused(
            "SERVICO_DESCONHECIDO", "Não há serviço com esse nome.", f"Os que se podem interromper: {names}."
        )


def clean(text: str) -> str:
    """One line of printable characters: what is shown on a page or a terminal must not steer it."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def refusal_to_declare(new: Interruption, known: Iterable[Interruption], now: datetime) -> Refused | None:
    """Why this one may not be declared beside those that are known (ended ones too); None where it may.

    Refused: TEXTO_AUSENTE, TEXTO_LONGO, LINK_INVALIDO, INICIO_DISTANTE, PREVISAO_INVALIDA, INTERRUPCAO_SOBREPOSTA.
    """
    return (
        _texts(new)
        or _start(new, now)
        or (refusal_of_forecast(new, now) if new.previsao else None)
        or _overlap(new, known)
    )


def _texts(new: Interruption) -> Refused | None:
    if not new.texto:
        return Refused(
            "TEXTO_AUSENTE", "Falta o texto do aviso.", "Diga por que o serviço está interrompido."
        )
    for name, limit in LIMITS.items():
        if len(getattr(new, name)) > limit:
            return Refused(
                "TEXTO_LONGO",
                f"O {_WORDS[name]} do aviso passa de {limit} caracteres.",
                "Encurte-o; o que não couber pode ficar na página do link.",
            )
    if new.link and not is_link(new.link):
        return Refused(
            "LINK_INVALIDO",
            "O link do aviso não é um endereço de página.",
            "Informe um endereço completo, como https://www.exemplo.gov.br/aviso.",
        )
    return None


def is_link(link: str) -> bool:
    """A page that anybody can open: http or https, a host, no user and password."""
    try:
        parts = urlsplit(link)
        parts.port  # noqa: B018 - looked at only to have it parsed
    except ValueError:
        return False
    has_host = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    return has_host and link.isprintable() and not set(link) & set(" \"'<>\\")


def _start(new: Interruption, now: datetime) -> Refused | None:
    if new.inicio > now + AHEAD:
        return Refused(
            "INICIO_DISTANTE", f"O início, {shown(new.inicio)}, fica a mais de um ano.", "Confira o ano."
        )
    return None


def refusal_of_forecast(one: Interruption, now: datetime) -> Refused | None:
    """Refused: PREVISAO_INVALIDA where the forecast (given) is not after the start and after now."""
    assert one.previsao is not None
    if one.previsao > max(one.inicio, now):
        return None
    past = "já passou" if one.previsao <= now else "é antes do início"
    return Refused(
        "PREVISAO_INVALIDA",
        f"A previsão, {shown(one.previsao)}, {past}.",
        "Informe um momento futuro, depois do início, ou declare que não há previsão.",
    )


def _overlap(new: Interruption, known: Iterable[Interruption]) -> Refused | None:
    other = next((one for one in known if overlaps(new, one)), None)
    if other is None:
        return None
    what = f"{other.servico.nome}{f' ({other.rotinas})' if other.rotinas else ''}"
    details = {"interrupcao": other.id, "aberta": other.encerrada_em is None}
    if other.encerrada_em is None:
        return Refused(
            "INTERRUPCAO_SOBREPOSTA",
            f"{what}: já há a interrupção {other.id}, desde {shown(other.inicio)}, ainda não encerrada.",
            "Em Situação dos serviços, mude a previsão dela ou encerre-a antes.",
            details,
        )
    return Refused(
        "INTERRUPCAO_SOBREPOSTA",
        f"{what}: a interrupção {other.id} já cobre até {shown(other.encerrada_em)}.",
        "Declare um início a partir do fim dela.",
        details,
    )


def unknown(number: int) -> Refused:
    """No interruption has this number."""
    return Refused(
        "INTERRUPCAO_DESCONHECIDA",
        f"Não há interrupção de número {number}.",
        "Veja as que há em Situação dos serviços.",
    )


def ended(one: Interruption) -> Refused:
    """It was ended before, and what has ended does not change."""
    assert one.encerrada_em is not None
    return Refused(
        "INTERRUPCAO_ENCERRADA",
        f"A interrupção {one.id} foi encerrada em {shown(one.encerrada_em)}.",
        "Se o serviço parou outra vez, declare uma nova em Situação dos serviços.",
    )
