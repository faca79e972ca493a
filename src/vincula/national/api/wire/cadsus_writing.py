"""CadsusService: incluir, atualizar, alterarSituacao and calcularGrauDeQualidade (cadsus-services.md, section 6)."""

from __future__ import annotations

from dataclasses import dataclass

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.formats import cadsus_service as cs
from vincula.national.api.rules import Client
from vincula.national.api.wire import registrations
from vincula.national.api.wire.called import UNKNOWN_PERSON, Called
from vincula.national.api.wire.http import Reply
from vincula.national.cadsus import services as cadsus
from vincula.national.cadsus.services import hot
from vincula.people.record import LocalId, PersonRecord

_NOBODY = "E020"
_Registering = Called[cs.Incluir] | Called[cs.Atualizar] | Called[cs.AlterarSituacao]


@dataclass(frozen=True, slots=True)
class Writing:
    """The operations. `any_root`: a credential without an OID of its own may bring local ids (the sandbox)."""

    any_root: bool

    def include(self, called: Called[cs.Incluir]) -> Reply:
        """incluir: a new person, or what is added to who is known already."""
        request = called.request
        local = self.local_of(called.client, request.record)
        if isinstance(local, Refused):
            return called.refuse(local)
        done = cadsus.incorporate(
            request.record,
            request.given,
            called.author,
            local=local.value,
            ignore_quality=_ignored(request),
        )
        if isinstance(done, Refused):
            return _refused(called, done, local.value)
        return _answer(called, "incluir", done.value.pessoa_id, local.value)

    def update(self, called: Called[cs.Atualizar]) -> Reply:
        """atualizar: what is sent takes the place of what is held."""
        request = called.request
        meant = self._meant(called.client, request.record)
        if isinstance(meant, Refused):
            return _refused(called, meant)
        done = cadsus.revise(
            meant.value, request.record, request.given, called.author, ignore_quality=_ignored(request)
        )
        return (
            _refused(called, done) if isinstance(done, Refused) else _answer(called, "atualizar", meant.value)
        )

    def change_state(self, called: Called[cs.AlterarSituacao]) -> Reply:
        """alterarSituacao: situação, VIP and protection, by an administrator."""
        request = called.request
        meant = self._meant(called.client, request.record)
        if isinstance(meant, Refused):
            return _refused(called, meant)
        done = cadsus.change_state(meant.value, request.record, request.given, called.author)
        if isinstance(done, Refused):
            return _refused(called, _NO_PROFILE if done.code == _NO_PROFILE.code else done)
        return _answer(called, "alterarSituacao", meant.value)

    def local_of(self, client: Client, record: PersonRecord) -> Outcome[LocalId | None]:
        """What the caller calls the person. The format has no place for the system's OID: it is the credential's."""
        named = next(iter(record.locais), None)
        if named is None:
            return Accepted(None)
        if not client.root and not self.any_root:
            return _NO_ROOT
        system = named.sistema or client.system
        return Accepted(LocalId(client.root or f"sistema:{system}", named.extensao, system))

    def _meant(self, client: Client, record: PersonRecord) -> Outcome[int]:
        """Whom the record is of: by the identificador corporativo and the numbers, which must agree; else by the local
        id; else by the CPF. Refused E020 where nobody is found by what is told."""
        told = [cadsus.root_of(record.id)] if record.id else []
        held = [hot.by_cns(card.numero, full=False) for card in record.cartoes]
        found = {one for one in told if one} | {one.id for one in held if one}
        if len(found) > 1 or None in told:
            return _SEVERAL if len(found) > 1 else _UNKNOWN
        if found:
            return Accepted(found.pop())
        local = self.local_of(client, record)
        if isinstance(local, Refused):
            return local
        one = local.value and hot.by_local(local.value.raiz, local.value.extensao, full=False)
        one = one or (hot.by_cpf(record.cpf, full=False) if record.cpf else None)
        if one:
            return Accepted(one.id)
        return _UNKNOWN if record.cartoes or record.locais or record.cpf else _UNNAMED


def grade(called: Called[cs.CalcularGrauDeQualidade]) -> Reply:
    """calcularGrauDeQualidade: of the record in the message, which need not be in the base."""
    request = called.request
    percent = cadsus.grade_of(request.record, request.data_foto, photo=request.foto)
    return called.reply(cs.render_quality(percent))


def _ignored(request: cs.Incluir | cs.Atualizar) -> bool:
    """Whether the list of invalid terms is passed over: only with a reason that stays recorded (derived from V1 and
    from motivoNaoHigienizado)."""
    return request.higienizar is False and bool(request.record.motivo_nao_higienizado)


def _refused(called: _Registering, refused: Refused, local: LocalId | None = None) -> Reply:
    """With what the audit must hold of it."""
    reply = called.fault(UNKNOWN_PERSON) if refused.code == _NOBODY else called.refuse(refused)
    record = called.request.record
    local = local or next(iter(record.locais), None)
    reply.events = registrations.audited(called.asked.engine, called.question, record, local, refused)
    return reply


def _answer(
    called: _Registering,
    operation: str,
    person: int,
    local: LocalId | None = None,
) -> Reply:
    record = cadsus.whole(cadsus.root_of(person) or person)
    assert record is not None, "no registration is ever deleted"
    if not record.cartoes:
        return called.refuse(_NO_NUMBER)
    return called.reply(cs.render_cns(operation, record.cartoes[0], local), [record])


_UNKNOWN = Refused(_NOBODY, "O usuário SUS não consta na base.", "Confira os números, ou inclua a pessoa.")
_UNNAMED = Refused(
    "SEM_IDENTIFICACAO",
    "A mensagem não diz de quem é o cadastro.",
    "Informe um CNS em Cartoes, o IdentificadorCorporativo, o IdentificadorLocal ou o CPF.",
)
_SEVERAL = Refused(
    "MAIS_DE_UM",
    "Os números da mensagem são de mais de uma pessoa da base.",
    "Confira os cartões e o identificador corporativo; se são da mesma pessoa, peça a unificação.",
)
_NO_ROOT = Refused(
    "SEM_RAIZ",
    "Esta credencial não tem OID para os identificadores locais do seu sistema.",
    "Envie sem IdentificadorLocal, ou peça uma credencial com --raiz OID.",
)
_NO_NUMBER = Refused(
    "SEM_NUMERO",
    "O cadastro está gravado, mas ainda não tem CNS: esta instalação não tem faixa de emissão.",
    "Peça a quem mantém o serviço que configure VINCULA_CNS_RANGE, e atualize o cadastro depois.",
)
_NO_PROFILE = Refused(
    "PERFIL",
    "Situação, VIP e proteção a testemunha só mudam com o perfil Administrador ou Administrador/Gestor.",
    "Em CNESUsuario envie o CPF e a senha de quem é administrador desse CNES nesta instalação.",
)
