"""Granting, suspending and revoking (R073–R076: no access without a credential; R083: operadoras of the register)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from vincula.common.audit.services import Event, record
from vincula.common.lines import Line
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.formats.hl7 import oids
from vincula.identifiers import cnpj as cnpj_rule
from vincula.national.api.models import Credencial
from vincula.national.api.rules import DEFAULT_LIMIT, Kind, State, check_fields, check_purposes, is_local_root
from vincula.national.api.services import version
from vincula.national.cadop import services as cadop

MAX_LIMIT = 10_000_000
PASSWORD_LENGTH = 12
_NAME = Line("NOME", "o nome de quem recebe a credencial", 200, "Informe a razão social.")
_SYSTEM = Line("SISTEMA", "o nome do sistema", 50, "Informe o nome do sistema que chama.")
_REASON = Line(
    "MOTIVO", "o motivo", 500, "Diga por quê: fica registrado e é mostrado a quem vê a credencial."
)


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential as it is shown. `limite`: requests a minute. Never the password."""

    identificador: str
    tipo: str
    registro_ans: str
    cnpj: str
    nome: str
    finalidades: tuple[str, ...]
    campos: tuple[str, ...]
    sistema: str
    raiz: str
    limite: int
    usuario: str
    estado: str
    motivo: str
    criada_em: datetime
    alterada_em: datetime


def grant(
    kind: Kind,
    actor: str,
    *,
    registro: str = "",
    cnpj: str = "",
    nome: str = "",
    purposes: Iterable[str] = (),
    fields: Iterable[str] = (),
    system: str = "",
    root: str = "",
    limit: int = DEFAULT_LIMIT,
) -> Outcome[Credential]:
    """Give a company access. With `registro` its CNPJ and name come from CADOP; an operadora has one always.

    Refused: OPERADORA_DESCONHECIDA, OPERADORA_INATIVA, CNPJ, NOME, FINALIDADE, CAMPOS, SISTEMA, LIMITE, RAIZ,
    CREDENCIAL_EXISTE.
    """
    company = _company(kind, registro, cnpj, nome)
    if isinstance(company, Refused):
        return company
    chosen, released = check_purposes(kind, purposes), check_fields(kind, fields)
    named = _SYSTEM.read(system) if system else Accepted("")
    for one in (chosen, released, named):
        if isinstance(one, Refused):
            return one
    assert isinstance(chosen, Accepted)
    assert isinstance(released, Accepted)
    assert isinstance(named, Accepted)
    if not 1 <= limit <= MAX_LIMIT:
        return Refused(
            "LIMITE", "O limite de consultas por minuto não serve.", f"Use um número de 1 a {MAX_LIMIT}."
        )
    if root and not is_local_root(root.strip()):
        return Refused(
            "RAIZ",
            "A raiz não é um OID que possa ser de um sistema.",
            f"Use o OID dado ao sistema, como {oids.SISTEMA}NUMERO; não a do CNS, do CPF ou de outro documento.",
        )
    now = timezone.now()
    made = Credencial(
        identificador=_identifier(kind, registro),
        tipo=kind.value,
        registro_ans=registro,
        cnpj=company.value[0],
        nome=company.value[1],
        finalidades=",".join(chosen.value),
        campos=",".join(released.value),
        sistema=named.value,
        raiz=root.strip(),
        limite=limit,
        estado=State.ATIVA.value,
        criada_em=now,
        alterada_em=now,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            version.bump()
            _audit(
                actor, "api:credencial:concedida", made, {"tipo": made.tipo, "finalidades": made.finalidades}
            )
    except IntegrityError:
        return Refused(
            "CREDENCIAL_EXISTE",
            "Já há uma credencial em vigor com esse CNPJ, ou com essa raiz de identificador local.",
            "Veja vincula credential list; revogue a antiga antes de conceder outra.",
        )
    return Accepted(_shown(made))


def _company(kind: Kind, registro: str, cnpj: str, nome: str) -> Outcome[tuple[str, str]]:
    """CNPJ and name of who gets the credential."""
    if registro:
        operadora = cadop.get(registro)
        if operadora is None:
            return Refused(
                "OPERADORA_DESCONHECIDA",
                "O registro ANS informado não está no CADOP desta instalação.",
                "Confira os 6 algarismos, ou carregue o cadastro com vincula bases load cadop.",
            )
        if not operadora.ativa:
            return Refused(
                "OPERADORA_INATIVA",
                "A operadora não está em atividade no CADOP, e a API é só de quem está.",
                "Confira a situação do registro na ANS.",
            )
        if cnpj and cnpj_rule.parse(cnpj) != operadora.cnpj:
            return Refused(
                "CNPJ",
                "O CNPJ informado não é o do registro ANS no CADOP.",
                "Omita --cnpj, ou confira os dois.",
            )
        if nome and nome.split() != operadora.razao_social.split():
            return Refused(
                "NOME",
                "O nome informado não é o do registro ANS no CADOP, e é o do CADOP que vale.",
                "Omita --nome, ou confira o registro.",
            )
        return Accepted((operadora.cnpj, operadora.razao_social))
    if kind is Kind.OPERADORA:
        return Refused(
            "OPERADORA_DESCONHECIDA",
            "A credencial de operadora precisa do registro ANS.",
            "Informe os 6 algarismos do registro.",
        )
    number = cnpj_rule.parse(cnpj)
    verdict = cnpj_rule.check(number)
    if not number or not verdict.ok:
        return Refused(
            "CNPJ", verdict.message or "Falta o CNPJ.", verdict.remedy or "Informe os 14 caracteres."
        )
    if (operadora := cadop.with_cnpj(number)) is not None and operadora.ativa:
        return Refused(
            "CNPJ_DE_OPERADORA",
            f"Este CNPJ é da operadora de registro ANS {operadora.registro_ans}.",
            f"Informe o registro {operadora.registro_ans}: nome e CNPJ vêm do CADOP.",
        )
    named = _NAME.read(nome)
    return named if isinstance(named, Refused) else Accepted((number, named.value))


def _identifier(kind: Kind, registro: str) -> str:
    return "-".join(part for part in (kind.value, registro, secrets.token_hex(4)) if part)


def suspend(identifier: str, actor: str, reason: str) -> Outcome[Credential]:
    """From the next second on its tokens no longer serve. Refused: MOTIVO, CREDENCIAL_DESCONHECIDA, ESTADO."""
    return _move(identifier, actor, State.SUSPENSA, {State.ATIVA}, reason, "api:credencial:suspensa")


def resume(identifier: str, actor: str, reason: str = "") -> Outcome[Credential]:
    """Take a suspension back; nobody need say why. Refused: MOTIVO, CREDENCIAL_DESCONHECIDA, ESTADO."""
    return _move(identifier, actor, State.ATIVA, {State.SUSPENSA}, reason, "api:credencial:reativada")


def revoke(identifier: str, actor: str, reason: str) -> Outcome[Credential]:
    """For ever; another may be granted. Refused: MOTIVO, CREDENCIAL_DESCONHECIDA, ESTADO."""
    return _move(
        identifier, actor, State.REVOGADA, {State.ATIVA, State.SUSPENSA}, reason, "api:credencial:revogada"
    )


def _move(
    identifier: str, actor: str, state: State, expected: set[State], reason: str, action: str
) -> Outcome[Credential]:
    why = _REASON.read(reason) if reason or state is not State.ATIVA else Accepted("")
    if isinstance(why, Refused):
        return why
    with transaction.atomic():
        found = Credencial.objects.select_for_update().filter(identificador=identifier).first()
        if found is None:
            return unknown()
        if State(found.estado) not in expected:
            return Refused(
                "ESTADO",
                f"A credencial está {found.estado}: não pode ser {action.rpartition(':')[2]}.",
                "Veja o estado em vincula credential list.",
            )
        found.estado, found.motivo, found.alterada_em = state.value, why.value, timezone.now()
        found.save(update_fields=["estado", "motivo", "alterada_em"])
        version.bump()
        _audit(actor, action, found, {"motivo": found.motivo})
    return Accepted(_shown(found))


def set_password(identifier: str, user: str, actor: str) -> Outcome[str]:
    """A new password for the UsernameToken of the legacy services, told once and kept as argon2 only.

    Refused: CREDENCIAL_DESCONHECIDA, SO_INTEGRADOR, USUARIO.
    """
    password = secrets.token_urlsafe(PASSWORD_LENGTH)
    with transaction.atomic():
        found = Credencial.objects.select_for_update().filter(identificador=identifier).first()
        if found is None:
            return unknown()
        if found.tipo != Kind.INTEGRADOR.value:
            return Refused(
                "SO_INTEGRADOR",
                "Os serviços com usuário e senha são só para credenciais do tipo integrador.",
                "A operadora usa o token (GET /api/osb/token) com o seu certificado.",
            )
        if not user.strip() or len(user) > 60 or not user.isprintable():
            return Refused("USUARIO", "O nome de usuário não serve.", "Use de 1 a 60 caracteres visíveis.")
        found.usuario, found.senha, found.alterada_em = user.strip(), make_password(password), timezone.now()
        try:
            with transaction.atomic():
                found.save(update_fields=["usuario", "senha", "alterada_em"])
        except IntegrityError:
            return Refused("USUARIO", "Esse usuário já é de outra credencial.", "Escolha outro nome.")
        version.bump()
        _audit(actor, "api:credencial:senha", found, {"usuario": found.usuario})
    return Accepted(password)


def get(identifier: str) -> Credential | None:
    found = Credencial.objects.filter(identificador=identifier).first()
    return None if found is None else _shown(found)


def listing(*, revoked: bool = False) -> list[Credential]:
    """The credentials, newest first; revoked ones only where asked for."""
    found = Credencial.objects.order_by("-criada_em", "-id")
    if not revoked:
        found = found.exclude(estado=State.REVOGADA.value)
    return [_shown(one) for one in found]


def in_force_for(cnpj: str) -> Credencial | None:
    """The one credential of a company that is not revoked."""
    return Credencial.objects.filter(cnpj=cnpj).exclude(estado=State.REVOGADA.value).first()


def unknown() -> Refused:
    return Refused(
        "CREDENCIAL_DESCONHECIDA",
        "Não há credencial com esse identificador.",
        "Veja os identificadores em vincula credential list --todas.",
    )


def _audit(actor: str, action: str, one: Credencial, details: dict[str, str]) -> None:
    record(Event(actor, action, f"credencial:{one.identificador}", details={"cnpj": one.cnpj, **details}))


def _shown(one: Credencial) -> Credential:
    return Credential(
        one.identificador, one.tipo, one.registro_ans, one.cnpj, one.nome, tuple(one.finalidades.split(",")),
        tuple(filter(None, one.campos.split(","))), one.sistema, one.raiz, one.limite, one.usuario, one.estado,
        one.motivo, one.criada_em, one.alterada_em,
    )  # fmt: skip
