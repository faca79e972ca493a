"""The registration of an operadora's head office, in the sandbox alone.

PRE_CADASTRO → EM_CONSISTENCIA → ENVIADO_AO_MS → ATIVO with a simulated number → DESATIVADO with the reason.

One transaction for each step, the row locked, the audit written before the commit, each state kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils import timezone

from vincula.common.audit.services import Event, record
from vincula.common.lines import Line
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.cadop import services as cadop
from vincula.national.cnes import models
from vincula.national.cnes.rules import registering as rules
from vincula.national.cnes.rules.establishment import HEADQUARTERS, folded
from vincula.national.cnes.rules.registering import HeadOffice, Registration, Situacao
from vincula.national.cnes.services.asking import of_operadora
from vincula.national.cnes.services.simulated import only_in_sandbox
from vincula.national.ibge import services as ibge

_REASON = Line("MOTIVO_INVALIDO", "o motivo", 200, "Escreva em uma linha por que o cadastro termina.")
_LIST = "Confira os cadastros da operadora na página de registro da sede."

UNKNOWN = Refused("CADASTRO_DESCONHECIDO", "A operadora não tem este cadastro.", _LIST)


def registrations_of(registro: str) -> list[Registration]:
    """The registrations of an operadora (6 digits), newest first."""
    found = models.Cadastro.objects.filter(registro_ans=registro).prefetch_related("historico")
    return [_read(row) for row in found.order_by("-id")]


def register(registro: str, office: HeadOffice, *, actor: str) -> Outcome[Registration]:
    """Begin the registration of an operadora's head office; name and CNPJ are those of the register of operadoras.

    Refused: SO_NO_SANDBOX, OPERADORA_DESCONHECIDA, OPERADORA_INATIVA, OPERADORA_COM_CNES, CADASTRO_ABERTO,
    CADASTRO_INCONSISTENTE (`details["campos"]`: sentence by field).
    """
    if refused := only_in_sandbox():
        return refused
    operadora = _operadora(registro)
    if isinstance(operadora, Refused):
        return operadora
    if refused := inconsistent(office):
        return refused
    one = operadora.value
    try:
        with transaction.atomic():
            row = models.Cadastro.objects.create(
                registro_ans=registro,
                cnpj=one.cnpj,
                razao_social=one.razao_social,
                nome_fantasia=one.nome_fantasia,
                situacao=Situacao.PRE_CADASTRO.name,
                criado_em=timezone.now(),
                **asdict(office),
            )
            _noted(row, actor)
    except IntegrityError:
        return Refused(
            "CADASTRO_ABERTO", "A operadora já tem um cadastro de sede em andamento ou ativo.", _LIST
        )
    return Accepted(_read(row))


def inconsistent(office: HeadOffice) -> Refused | None:
    """Refused CADASTRO_INCONSISTENTE with what is wrong by field; None where all may stand."""
    place = ibge.get(office.municipio)
    wrong = rules.faults(office, place_known=place is not None and place.ibge6 == office.municipio)
    if not wrong:
        return None
    return Refused(
        "CADASTRO_INCONSISTENTE",
        "O pré-cadastro tem campos a corrigir.",
        "Corrija os campos indicados e envie de novo.",
        {"campos": wrong},
    )


def _operadora(registro: str) -> Outcome[cadop.Operadora]:
    one = cadop.get(registro)
    if one is None:
        return Refused(
            "OPERADORA_DESCONHECIDA",
            "O registro ANS não consta do cadastro de operadoras (CADOP).",
            "Confira o registro, ou carregue o CADOP.",
        )
    if not one.ativa:
        return Refused(
            "OPERADORA_INATIVA",
            "A operadora está inativa no cadastro de operadoras (CADOP).",
            "Só uma operadora em atividade registra a sua sede.",
        )
    there = next((found for found in of_operadora(one.cnpj) if found.counts), None)
    if there is not None:
        return Refused(
            "OPERADORA_COM_CNES",
            f"A operadora já tem sede no CNES, com o número {there.cnes}.",
            "Use esse número.",
        )
    return Accepted(one)


def advance(registration_id: int, registro: str, seen: Situacao, *, actor: str) -> Outcome[Registration]:
    """Take a registration on by one state; the last step gives the number. `registro`: whose it must be; `seen`: the
    state that the person saw.

    Refused: SO_NO_SANDBOX, CADASTRO_DESCONHECIDO, CADASTRO_MUDOU, CADASTRO_ENCERRADO, and on the way to
    EM_CONSISTENCIA and to ATIVO what the operadora is refused for; FAIXA_ESGOTADA.
    """

    def change(row: models.Cadastro) -> Refused | None:
        following = rules.step(_read(row), seen)
        if isinstance(following, Refused):
            return following
        if following.value in (Situacao.EM_CONSISTENCIA, Situacao.ATIVO):
            operadora = _operadora(registro)
            if isinstance(operadora, Refused):
                return operadora
        if following.value is Situacao.ATIVO:
            number = _given(row)
            if isinstance(number, Refused):
                return number
            row.cnes = number.value
        row.situacao = following.value.name
        return None

    return _changed(registration_id, registro, change, actor)


def deactivate(registration_id: int, registro: str, motivo: str, *, actor: str) -> Outcome[Registration]:
    """End a registration with a reason; its number, where it has one, stays in the base as deactivated.

    Refused: SO_NO_SANDBOX, MOTIVO_INVALIDO, CADASTRO_DESCONHECIDO, CADASTRO_ENCERRADO.
    """
    reason = _REASON.read(motivo)
    if isinstance(reason, Refused):
        return reason

    def change(row: models.Cadastro) -> Refused | None:
        if row.situacao == Situacao.DESATIVADO.name:
            return Refused("CADASTRO_ENCERRADO", "O cadastro já está desativado.", "Nada a fazer aqui.")
        if row.cnes:
            office = models.Estabelecimento.objects.filter(pk=row.cnes, origem="SANDBOX")
            office.update(motivo_desativacao=reason.value, atualizado_em=timezone.localdate())
        row.situacao, row.motivo = Situacao.DESATIVADO.name, reason.value
        return None

    return _changed(registration_id, registro, change, actor)


def _changed(
    registration_id: int, registro: str, change: Callable[[models.Cadastro], Refused | None], actor: str
) -> Outcome[Registration]:
    if refused := only_in_sandbox():
        return refused
    with transaction.atomic():
        found = models.Cadastro.objects.select_for_update().filter(pk=registration_id, registro_ans=registro)
        row = found.first()
        if row is None:
            return UNKNOWN
        if refused := change(row):
            transaction.set_rollback(True)
            return refused
        row.save(update_fields=["situacao", "motivo", "cnes"])
        _noted(row, actor)
    return Accepted(_read(row))


def _given(row: models.Cadastro) -> Outcome[str]:
    """Give a number and make the establishment of it, passing over what the base has."""
    ours = models.Estabelecimento.objects.filter(
        origem="SANDBOX", cnes__gte=f"{rules.FIRST}0", cnes__lte=f"{rules.LAST}9"
    )
    last = ours.order_by("-pk").values_list("pk", flat=True).first()
    number = rules.number_after(int(last[:6]) if last else 0)
    while number is not None:
        try:
            with transaction.atomic():
                _establish(row, number)
            return Accepted(number)
        except IntegrityError:
            number = rules.number_after(int(number[:6]))
    return Refused(
        "FAIXA_ESGOTADA",
        "Os números simulados desta instalação acabaram.",
        "Recomece o sandbox numa pasta de dados nova.",
    )


def _establish(row: models.Cadastro, number: str) -> None:
    kind, subtype = HEADQUARTERS
    place = ibge.get(row.municipio)
    models.Estabelecimento.objects.create(
        cnes=number, cnpj=row.cnpj, razao_social=row.razao_social, nome_fantasia=row.nome_fantasia,
        logradouro=row.logradouro, numero=row.numero, bairro=row.bairro, cep=row.cep, telefone=row.telefone,
        email=row.email, uf=place.uf if place else "", municipio=row.municipio, tipo=kind, subtipo=subtype,
        diretor_cpf=row.diretor_cpf, atualizado_em=timezone.localdate(), origem="SANDBOX",
        busca=folded(f"{row.razao_social} {row.nome_fantasia}"),
    )  # fmt: skip


_ACTIONS = {
    Situacao.PRE_CADASTRO: "cnes:cadastro:iniciado",
    Situacao.EM_CONSISTENCIA: "cnes:cadastro:entregue",
    Situacao.ENVIADO_AO_MS: "cnes:cadastro:enviado",
    Situacao.ATIVO: "cnes:cadastro:ativado",
    Situacao.DESATIVADO: "cnes:cadastro:desativado",
}


def _noted(row: models.Cadastro, actor: str) -> None:
    models.CadastroHistorico.objects.create(
        cadastro=row, situacao=row.situacao, quando=timezone.now(), ator=actor, motivo=row.motivo
    )
    details = {"cadastro": row.pk, "cnes": row.cnes or ""}
    record(Event(actor, _ACTIONS[Situacao[row.situacao]], f"operadora:{row.registro_ans}", details=details))


def _read(row: models.Cadastro) -> Registration:
    return Registration(
        row.pk,
        row.registro_ans,
        row.cnpj,
        row.razao_social,
        HeadOffice(**{name: getattr(row, name) for name in HeadOffice.__dataclass_fields__}),
        Situacao[row.situacao],
        row.motivo,
        row.cnes or "",
        tuple(rules.Step(Situacao[one.situacao], one.quando, one.motivo) for one in row.historico.all()),
    )
