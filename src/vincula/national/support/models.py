"""Interruptions of services, with their public notices."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Interrupcao(models.Model):
    """An interruption, never deleted: that a service stood still stays known. `rotinas` "" is the whole service; one
    ended before its start was cancelled."""

    servico = models.CharField("serviço", max_length=20)  # a value of rules.interruption.Servico
    rotinas = models.TextField(default="")
    inicio = models.DateTimeField("início")
    previsao = models.DateTimeField("previsão", null=True)
    titulo = models.TextField("título do aviso")
    texto = models.TextField("texto do aviso")
    link = models.TextField("link do aviso", default="")
    data_aviso = models.DateField("data do aviso")
    encerrada_em = models.DateTimeField(null=True)

    class Meta:
        db_table = "support_interrupcao"
        verbose_name = "interrupção"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(previsao__isnull=True) | Q(previsao__gt=F("inicio")),
                name="support_previsao_depois_do_inicio",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["inicio"], condition=Q(encerrada_em__isnull=True), name="support_interrupcao_aberta"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.servico}"


class Versao(models.Model):
    """One row: how often the interruptions have changed. Who answers often asks only this."""

    id = models.SmallIntegerField(primary_key=True)
    valor = models.BigIntegerField()

    class Meta:
        db_table = "support_versao"
