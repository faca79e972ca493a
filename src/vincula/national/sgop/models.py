"""SGOP's tables: the three requests of a person at a CNES with their history, his computers, the terms he accepted."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone

from vincula.national.sgop.rules.words import Estado, Perfil, Tipo

_OPEN = Q(estado__in=["PENDENTE", "APROVADO"])


def _choices(words: type[Tipo] | type[Perfil] | type[Estado]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in words]


class Computador(models.Model):
    """A computer of one person: the public half of a key that lives in it. `credencial`: base64url, unique.

    WEBAUTHN: `chave_publica` is a COSE key, `contador` the authenticator's count. CHAVE: DER of a P-256 public key that
    the browser made and cannot export.
    """

    cpf = models.CharField("CPF", max_length=11, db_index=True)
    rotulo = models.CharField("rótulo", max_length=60)
    tipo = models.CharField("tipo", max_length=10, choices=[("WEBAUTHN", "WEBAUTHN"), ("CHAVE", "CHAVE")])
    credencial = models.CharField("credencial", max_length=1400, unique=True)
    chave_publica = models.BinaryField("chave pública")
    contador = models.PositiveBigIntegerField("contador", default=0)
    criado_em = models.DateTimeField("criado em", default=timezone.now, editable=False)
    ultimo_uso = models.DateTimeField("último uso", null=True)

    class Meta:
        db_table = "sgop_computador"
        verbose_name = "computador"
        verbose_name_plural = "computadores"

    def __str__(self) -> str:
        return f"computador {self.pk}"


class Solicitacao(models.Model):
    """One request. `perfil` is as what the person asks, in all three kinds: it says who decides."""

    tipo = models.CharField("tipo", max_length=15, choices=_choices(Tipo))
    cpf = models.CharField("CPF", max_length=11)
    cnes = models.CharField("CNES", max_length=7)
    cns = models.CharField("CNS", max_length=15)
    perfil = models.CharField("perfil", max_length=13, choices=_choices(Perfil))
    computador = models.ForeignKey(
        Computador, on_delete=models.PROTECT, null=True, related_name="solicitacoes"
    )
    estado = models.CharField("estado", max_length=9, choices=_choices(Estado), default=Estado.PENDENTE)
    criada_em = models.DateTimeField("criada em", default=timezone.now, editable=False)
    mudada_em = models.DateTimeField("mudada em", default=timezone.now)
    # Of a profile alone: when he last passed the gate with it; when he was warned that it is going to expire.
    ultima_entrada = models.DateTimeField("última entrada", null=True)
    avisado_em = models.DateTimeField("avisado em", null=True)

    class Meta:
        db_table = "sgop_solicitacao"
        verbose_name = "solicitação"
        verbose_name_plural = "solicitações"
        indexes = [
            models.Index(fields=["cpf", "cnes"], name="sgop_solicitacao_pessoa"),
            models.Index(fields=["cnes", "estado"], name="sgop_solicitacao_cnes"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tipo", "cpf", "cnes"],
                condition=_OPEN & ~Q(tipo="COMPUTADOR"),
                name="sgop_uma_aberta_por_tipo",
            ),
            models.UniqueConstraint(
                fields=["cpf", "cnes"],
                condition=Q(tipo="COMPUTADOR", estado="PENDENTE"),
                name="sgop_um_computador_pendente",
            ),
            models.UniqueConstraint(
                fields=["computador", "cnes"], condition=_OPEN, name="sgop_uma_aberta_por_computador"
            ),
            models.CheckConstraint(
                condition=Q(tipo="COMPUTADOR", computador__isnull=False)
                | (~Q(tipo="COMPUTADOR") & Q(computador__isnull=True)),
                name="sgop_computador_so_no_seu_tipo",
            ),
            models.CheckConstraint(condition=Exact(Length("cnes"), 7), name="sgop_cnes_7"),
        ]

    def __str__(self) -> str:
        return f"solicitação {self.pk}"


class Historico(models.Model):
    """What happened to a request, one row for each step; rows are added, never changed, and removed by the
    purge alone (services.keeping)."""

    solicitacao = models.ForeignKey(Solicitacao, on_delete=models.PROTECT, related_name="historico")
    estado = models.CharField("estado", max_length=9, choices=_choices(Estado))
    por = models.CharField("por", max_length=80)
    em = models.DateTimeField("em", default=timezone.now, editable=False)
    motivo = models.CharField("motivo", max_length=500, blank=True, default="")

    class Meta:
        db_table = "sgop_historico"
        verbose_name = "histórico"
        verbose_name_plural = "históricos"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"histórico {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValueError("history is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ValueError("history is never removed")


class Termo(models.Model):
    """Which version of the terms a person accepted, and when."""

    cpf = models.CharField("CPF", max_length=11)
    versao = models.CharField("versão", max_length=10)
    aceito_em = models.DateTimeField("aceito em", default=timezone.now, editable=False)

    class Meta:
        db_table = "sgop_termo"
        verbose_name = "termo aceito"
        verbose_name_plural = "termos aceitos"
        constraints = [models.UniqueConstraint(fields=["cpf", "versao"], name="sgop_termo_uma_vez")]

    def __str__(self) -> str:
        return f"termo {self.pk}"


class Desafio(models.Model):
    """A challenge handed to a browser: used once, by the session that got it, for the purpose it was made for."""

    resumo = models.CharField("resumo", max_length=64, unique=True)
    valido_ate = models.DateTimeField("válido até", db_index=True)

    class Meta:
        db_table = "sgop_desafio"
        verbose_name = "desafio"
        verbose_name_plural = "desafios"

    def __str__(self) -> str:
        return f"desafio {self.pk}"
