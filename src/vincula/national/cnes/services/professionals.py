"""Professionals linked with establishments, with dates. The end of a link is not an exclusion: the row stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone

from vincula.common.audit.services import Event, record
from vincula.common.lines import Line
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cns as cns_rules
from vincula.identifiers import cpf as cpf_rules
from vincula.identifiers.digits import is_digits
from vincula.national.cnes import models
from vincula.national.cnes.rules.establishment import Establishment, well_formed
from vincula.national.cnes.services.asking import get
from vincula.national.cnes.services.simulated import only_in_sandbox

_OF_THE_ARCHIVE = Refused(
    "ESTABELECIMENTO_DO_ARQUIVO",
    "Os profissionais deste estabelecimento vêm do arquivo do CNES, e aqui só se leem.",
    "Quem os muda é o estabelecimento, com o gestor do CNES; a mudança chega com o arquivo do mês.",
)
_NAME = Line("NOME_INVALIDO", "o nome do profissional", 70, "Informe o nome completo.")


@dataclass(frozen=True, slots=True)
class Professional:
    """A link. `desde` None: the archive does not say since when; `ate`: the last day, None while it holds."""

    id: int
    cnes: str
    cpf: str = field(repr=False)
    cns: str = field(repr=False)
    nome: str = field(repr=False)
    cbo: str
    desde: dt.date | None
    ate: dt.date | None
    origem: str


def professionals_of(cnes: str, *, ended: bool = False) -> list[Professional]:
    """The professionals of an establishment today, by name; the ended links too where `ended`."""
    found = models.Profissional.objects.filter(cnes=cnes)
    if not ended:
        found = found.filter(ate__isnull=True)
    names = tuple(Professional.__dataclass_fields__)
    return [Professional(*row) for row in found.order_by("nome", "id").values_list(*names)]


def professional(cnes: str, link_id: int) -> Professional | None:
    """One link of the establishment, ended or not; None where it has none of this number."""
    names = tuple(Professional.__dataclass_fields__)
    row = models.Profissional.objects.filter(pk=link_id, cnes=cnes).values_list(*names).first()
    return Professional(*row) if row else None


def may_change(establishment: Establishment) -> Refused | None:
    """Why its professionals are only read here: outside the sandbox, or of an archive. None where they may be changed.

    Refused: SO_NO_SANDBOX, ESTABELECIMENTO_DO_ARQUIVO.
    """
    return only_in_sandbox() or (None if establishment.simulated else _OF_THE_ARCHIVE)


def link_professional(
    cnes: str, cpf: str, nome: str, *, cns: str = "", cbo: str = "", desde: dt.date | None = None, actor: str
) -> Outcome[Professional]:
    """Link a professional with a simulated establishment from a day on (default: today).

    Refused: SO_NO_SANDBOX, CNES_FORMA, CNES_INEXISTENTE, ESTABELECIMENTO_DO_ARQUIVO, CPF_INVALIDO, CNS_INVALIDO,
    CBO_INVALIDO, NOME_INVALIDO, DATA_FUTURA, PROFISSIONAL_VINCULADO.
    """
    if refused := only_in_sandbox() or well_formed(cnes) or _wrong_person(cpf, cns, cbo, desde):
        return refused
    if isinstance(named := _NAME.read(nome), Refused):
        return named
    place = get(cnes)
    if place is None:
        return Refused(
            "CNES_INEXISTENTE", f"O CNES {cnes} não existe na base.", "Confira o número na consulta."
        )
    if refused := may_change(place):
        return refused
    since = desde or timezone.localdate()
    try:
        with transaction.atomic():
            made = models.Profissional.objects.create(
                cnes=cnes, cpf=cpf, cns=cns, nome=named.value, cbo=cbo, desde=since
            )
            details = {"cnes": cnes, "cbo": cbo, "desde": since.isoformat()}
            record(Event(actor, "cnes:profissional:vinculado", f"cpf:{cpf}", details=details))
    except IntegrityError:
        return Refused(
            "PROFISSIONAL_VINCULADO",
            "Este profissional já está vinculado a este estabelecimento com esta ocupação.",
            "Para mudar a data, desvincule-o e vincule-o de novo.",
        )
    return Accepted(Professional(made.pk, cnes, cpf, cns, named.value, cbo, since, None, "SANDBOX"))


def _wrong_person(cpf: str, cns: str, cbo: str, desde: dt.date | None) -> Refused | None:
    if not cpf_rules.is_valid(cpf):
        return Refused("CPF_INVALIDO", "O CPF não confere.", "Confira os 11 números e repita.")
    if cns and not cns_rules.check(cns).ok:
        return Refused("CNS_INVALIDO", "O CNS não confere.", "Confira os 15 números e repita.")
    if cbo and not (is_digits(cbo, 6) or (len(cbo) == 6 and cbo.isascii() and cbo.isalnum())):
        return Refused(
            "CBO_INVALIDO", "O código da ocupação (CBO) não tem 6 caracteres.", "Confira o código."
        )
    if desde and desde > timezone.localdate():
        return Refused(
            "DATA_FUTURA", "O vínculo não pode começar depois de hoje.", "Informe o dia em que começou."
        )
    return None


def unlink_professional(
    cnes: str, link_id: int, *, ate: dt.date | None = None, actor: str
) -> Outcome[Professional]:
    """End a link with this establishment on a day (default: today); the link stays as history.

    Refused: SO_NO_SANDBOX, VINCULO_DESCONHECIDO, ESTABELECIMENTO_DO_ARQUIVO, VINCULO_ENCERRADO, DATA_FUTURA,
    DATA_ANTERIOR.
    """
    if refused := only_in_sandbox():
        return refused
    last = ate or timezone.localdate()
    with transaction.atomic():
        link = models.Profissional.objects.select_for_update().filter(pk=link_id, cnes=cnes).first()
        if link is None:
            return Refused(
                "VINCULO_DESCONHECIDO", "Não há este vínculo.", "Confira a lista de profissionais."
            )
        if link.origem != "SANDBOX":
            return _OF_THE_ARCHIVE
        if link.ate is not None:
            return Refused(
                "VINCULO_ENCERRADO", f"Este vínculo já terminou em {link.ate:%d/%m/%Y}.", "Nada a fazer."
            )
        if last > timezone.localdate():
            return Refused(
                "DATA_FUTURA", "O fim não pode ser depois de hoje.", "Informe o último dia do vínculo."
            )
        if link.desde and last < link.desde:
            return Refused(
                "DATA_ANTERIOR",
                f"O fim não pode ser antes do começo, {link.desde:%d/%m/%Y}.",
                "Informe o último dia do vínculo.",
            )
        link.ate = last
        link.save(update_fields=["ate"])
        details = {"cnes": link.cnes, "ate": last.isoformat()}
        record(Event(actor, "cnes:profissional:desvinculado", f"cpf:{link.cpf}", details=details))
    return Accepted(
        Professional(
            link.pk, link.cnes, link.cpf, link.cns, link.nome, link.cbo, link.desde, last, link.origem
        )
    )
