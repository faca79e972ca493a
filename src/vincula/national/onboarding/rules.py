"""The six steps from an operadora without CNES to an operator at CadSUS Web, and where a person stands in them.

Numbers and headings are those of the infographic (seed S3; R010, R029, R042, R051-R054). Pure: facts in, steps out. A
step is looked at only where those before it are done (R010, R011).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from vincula.common.outcomes import Refused
from vincula.national.onboarding.facts import ADMINISTRADOR, APROVADO, PENDENTE, REQUESTS, Facts

_NAMES = {
    "ESTABELECIMENTO": "o acesso ao estabelecimento",
    "PERFIL": "o perfil",
    "COMPUTADOR": "o computador",
}


class Standing(StrEnum):
    """Of a step. The labels are what is shown beside it."""

    FEITO = "Feito"
    EM_ANALISE = "Em análise"
    POR_FAZER = "Por fazer"
    BLOQUEADO = "Espera pelos anteriores"


@dataclass(frozen=True, slots=True)
class Found:
    """What a step lacks. `who`: who must act; `where`: name of the page to act on, "" for none of ours;
    `which`: its argument, "" for none. `note`: what is to be known of a step that is done."""

    standing: Standing
    missing: str = ""
    remedy: str = ""
    who: str = ""
    where: str = ""
    which: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """`text`: what the step is, for everybody."""

    number: int
    heading: str
    text: str
    found: Found


_DONE = Found(Standing.FEITO)
_LOCKED = Found(Standing.BLOQUEADO)


def steps(facts: Facts) -> tuple[Step, ...]:
    """All six, in their order; from the first that is not done on, the others are locked."""
    told: list[Step] = []
    open_ = True
    for number, (heading, text, look) in enumerate(_STEPS, start=1):
        found = look(facts) if open_ and facts.entered else _LOCKED
        open_ = open_ and found.standing is Standing.FEITO
        told.append(Step(number, heading, text, found))
    return tuple(told)


def _head_office(facts: Facts) -> Found:
    if facts.cnes:
        return _DONE
    refused = facts.cnes_refused or _NO_CNES
    own = _HIS_OWN.get(refused.code)
    if own is None and facts.under_way:
        return Found(
            Standing.EM_ANALISE, f"{refused.message} O registro simulado de uma sede está em andamento.",
            "Siga o registro até que ela tenha o número.", "a operadora", "cnes-sede-cadastro", str(facts.under_way),
        )  # fmt: skip
    who, where = own or ("a operadora", "cnes-sede" if facts.simulates else "cnes-obter")
    return Found(Standing.POR_FAZER, refused.message, refused.remedy, who, where)


def _professionals(facts: Facts) -> Found:
    if not facts.registered:
        return Found(
            Standing.POR_FAZER, "Você ainda não está cadastrado no SGOP.",
            "Leia e aceite os termos de uso do SGOP.", "você", "sgop-termos",
        )  # fmt: skip
    if not facts.linked:
        return Found(
            Standing.POR_FAZER, "O seu cadastro não está ligado a uma conta gov.br.",
            "Entre uma vez com a sua conta gov.br.", "você", "govbr-entrar",
        )  # fmt: skip
    return _DONE


def _quality(facts: Facts) -> Found:
    refused = facts.person_refused
    if refused is None:
        return _DONE
    return Found(Standing.POR_FAZER, refused.message, refused.remedy, "você", "saiba-mais")


def _administrator(facts: Facts) -> Found:
    # Of who administers, or asks to, all three are looked at: without the computer it is incomplete (R036).
    if facts.enters:
        return _DONE if facts.administrador == APROVADO else Found(Standing.FEITO, note=_NOBODY_DECIDES)
    if facts.administers and (wanted := facts.wanted):
        return Found(
            Standing.POR_FAZER, f"Falta pedir {_listed(wanted)}.",
            "Peça no SGOP, com o perfil ADMINISTRADOR, e depois abra um chamado.", "você", "sgop-inicio",
        )  # fmt: skip
    if facts.administrador == APROVADO and (facts.approved or not facts.administers):
        return _DONE
    if facts.administrador in (PENDENTE, APROVADO):
        if facts.administers and facts.ticket:
            return Found(
                Standing.EM_ANALISE,
                "O seu pedido espera pela autorização do suporte do CadSUS Web.",
                f"O seu chamado {facts.ticket} está aberto: espere a resposta.",
                "a equipe de suporte", "support-chamado", facts.ticket,
            )  # fmt: skip
        return Found(
            Standing.EM_ANALISE,
            "O pedido de quem vai administrar espera pela autorização do suporte do CadSUS Web.",
            "Quem pediu abre um chamado, se ainda não o fez." if facts.director else "",
            "a equipe de suporte",
            "support-abrir" if facts.director else "",
        )
    if facts.director:
        return Found(
            Standing.POR_FAZER,
            "O estabelecimento ainda não tem quem o administre no SGOP.",
            "Peça o perfil ADMINISTRADOR, cadastre o computador e depois abra um chamado.",
            "você, que o CNES indica como diretor, gerente ou administrador",
            "sgop-nova",
        )
    return Found(
        Standing.POR_FAZER,
        "O estabelecimento ainda não tem quem o administre no SGOP, e o primeiro é quem o dirige.",
        "Avise a pessoa que o CNES indica como diretor, gerente ou administrador.",
        "quem dirige o estabelecimento",
    )


def _operator(facts: Facts) -> Found:
    if facts.administers or facts.approved:
        return _DONE
    if facts.profile == ADMINISTRADOR:
        return Found(
            Standing.POR_FAZER, "O perfil ADMINISTRADOR é de quem dirige o estabelecimento, e o CNES não indica você.",
            "Desista dos pedidos feitos com ele e peça o perfil OPERADOR; se você dirige o estabelecimento, corrija o"
            " CNES.",
            "você", "sgop-inicio",
        )  # fmt: skip
    if revoked := facts.revoked:
        return Found(
            Standing.POR_FAZER, f"Acesso revogado: {_listed(revoked)}. O motivo está no SGOP.",
            "Peça ao ADMINISTRADOR do estabelecimento que o restaure, ou faça um novo pedido no SGOP.",
            "você e o ADMINISTRADOR do estabelecimento", "sgop-inicio",
        )  # fmt: skip
    if wanted := facts.wanted:
        first = "ESTABELECIMENTO" in wanted  # the other two are asked for where it stands
        return Found(
            Standing.POR_FAZER, f"Falta pedir {_listed(wanted)}.",
            "Peça no SGOP, com o perfil OPERADOR.", "você", "sgop-nova" if first else "sgop-inicio",
        )  # fmt: skip
    waiting = [one for one in REQUESTS if facts.requests[one] == PENDENTE]
    return Found(
        Standing.EM_ANALISE, f"Por decidir: {_listed(waiting)}.", "",
        "o ADMINISTRADOR do estabelecimento", "sgop-inicio",
    )  # fmt: skip


def _entry(facts: Facts) -> Found:
    refused = facts.gate_refused
    if refused is None:
        return Found(Standing.FEITO, where="segcartao")
    return Found(Standing.POR_FAZER, refused.message, refused.remedy, "você", "segcartao")


_NOBODY_DECIDES = (
    "Você pode entrar. O estabelecimento está sem ADMINISTRADOR autorizado: um pedido novo espera até que haja um,"
    " autorizado pelo suporte."
)


def _listed(kinds: list[str]) -> str:
    *first, last = (_NAMES[one] for one in kinds)
    return f"{', '.join(first)} e {last}" if first else last


OF_NOBODY = Refused(
    "OPERADORA_AUSENTE",
    "A sua conta não está ligada a nenhuma operadora, nem pediu acesso a um estabelecimento.",
    "Informe abaixo o CNES da sua operadora.",
)
NOT_CHOSEN = Refused(
    "OPERADORA_POR_ESCOLHER",
    "A sua conta está ligada a mais de uma operadora, e nenhuma foi escolhida.",
    "Escolha por qual operadora você age agora.",
)
# What the person himself can do about: who must act, and where ("" on the page of the steps itself).
_HIS_OWN = {
    "CNES_FORMA": ("você", ""),
    OF_NOBODY.code: ("você", ""),
    NOT_CHOSEN.code: ("você", "operadora-escolher"),
}
_NO_CNES = Refused(
    "CNES_AUSENTE",
    "A operadora não tem estabelecimento no CNES.",
    "Obtenha o número de CNES da sede, do tipo 68, subtipo 05, com o gestor municipal ou estadual.",
)
_STEPS: tuple[tuple[str, str, Callable[[Facts], Found]], ...] = (
    ("OPERADORA NO CNES", "A sede da operadora é cadastrada no CNES, no tipo 68, subtipo 05.", _head_office),
    (
        "CADASTRO DOS PROFISSIONAIS NO SGOP",
        "Quem vai usar o CadSUS Web se cadastra no SGOP, ligado ao CNES da operadora e à própria conta gov.br.",
        _professionals,
    ),
    (
        "QUALIDADE DO CADASTRO",
        "O CNS de cada profissional precisa ser válido e de alta qualidade cadastral.",
        _quality,
    ),
    (
        "CADASTRO DO ADMINISTRADOR",
        "O primeiro é o diretor, gerente ou administrador que consta no CNES: pede o perfil ADMINISTRADOR, cadastra o"
        " computador e é autorizado pelo suporte do CadSUS Web.",
        _administrator,
    ),
    (
        "CADASTRO DO OPERADOR",
        "Os demais pedem o acesso ao estabelecimento, o perfil OPERADOR e o computador; decide o ADMINISTRADOR do"
        " mesmo CNES.",
        _operator,
    ),
    (
        "ACESSO AO CADSUS WEB",
        "Com os três pedidos aprovados, e no computador cadastrado, entra-se no CadSUS Web.",
        _entry,
    ),
)
