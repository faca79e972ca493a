"""The queue of mail: what waits, what was sent, what was given up."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Estado(models.TextChoices):
    A_ENVIAR = "A_ENVIAR", "a enviar"
    ENVIADO = "ENVIADO", "enviado"
    FALHOU = "FALHOU", "falhou"


class Correio(models.Model):
    """One mail to one address. `texto` is emptied once it was sent or its time has passed: a code that it may hold
    stays nowhere. `proxima` is when it is tried next; `motivo` the last failure's kind, never what a server said."""

    para = models.CharField(max_length=254)
    assunto = models.CharField(max_length=300)
    texto = models.TextField()
    parametros = models.JSONField("parâmetros", default=dict)  # what it is about; nothing personal
    estado = models.CharField(max_length=8, choices=Estado, default=Estado.A_ENVIAR)
    tentativas = models.SmallIntegerField(default=0)
    criado_em = models.DateTimeField()
    proxima = models.DateTimeField("próxima tentativa")
    vale_ate = models.DateTimeField("vale até", null=True)
    terminado_em = models.DateTimeField(null=True)
    motivo = models.CharField(max_length=60, default="")

    class Meta:
        db_table = "correio_mensagem"
        verbose_name = "mensagem"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(estado="ENVIADO") | Q(texto=""), name="correio_enviado_sem_texto"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["proxima"], condition=Q(estado="A_ENVIAR"), name="correio_a_enviar")
        ]

    def __str__(self) -> str:
        return f"correio {self.pk}"
