"""Long work that survives a kill, in a store of its own (alias "jobs")."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from vincula.common.outcomes import Refused


class Estado(models.TextChoices):
    """Where a job stands. The first two are active: at most one active job per kind and key."""

    NA_FILA = "NA_FILA", "Na fila"
    EXECUTANDO = "EXECUTANDO", "Executando"
    CONCLUIDA = "CONCLUIDA", "Concluída"
    FALHOU = "FALHOU", "Falhou"


ATIVOS = (Estado.NA_FILA, Estado.EXECUTANDO)


class Job(models.Model):
    """One piece of work. `kind` names its executor, `key` what it works on; neither holds personal data.

    `done` of `total` (0: not known) in the executor's own unit; `message` and `result` (of a failed job: `refused`) are
    what the user sees. `resumed` counts the times a dead process's work was taken up again; `delivery` is its entry in
    the queue.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("tipo", max_length=60)
    key = models.CharField("chave", max_length=200)
    params = models.JSONField("parâmetros", default=dict)
    state = models.CharField("estado", max_length=10, choices=Estado.choices, default=Estado.NA_FILA)
    done = models.BigIntegerField("feito", default=0)
    total = models.BigIntegerField("total", default=0)
    message = models.TextField("mensagem", blank=True, default="")
    code = models.CharField("código da recusa", max_length=60, blank=True, default="")
    result = models.JSONField("resultado", null=True, blank=True)
    attempts = models.PositiveIntegerField("tentativas", default=0)
    resumed = models.PositiveIntegerField("retomadas", default=0)
    delivery = models.UUIDField("entrega", null=True, blank=True)
    created = models.DateTimeField("criada em", default=timezone.now, editable=False)
    started = models.DateTimeField("iniciada em", null=True, blank=True)
    finished = models.DateTimeField("terminada em", null=True, blank=True)

    class Meta:
        db_table = "tarefas_tarefa"
        verbose_name = "tarefa"
        verbose_name_plural = "tarefas"
        ordering = ["-created"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["NA_FILA", "EXECUTANDO"]),
                name="tarefas_uma_ativa",
            )
        ]
        indexes = [
            models.Index(fields=["state", "created"], name="tarefas_por_estado"),
            models.Index(fields=["kind", "key", "created"], name="tarefas_por_chave"),
        ]

    @property
    def active(self) -> bool:
        return self.state in ATIVOS

    @property
    def percent(self) -> int | None:
        """How much is done, 0 to 100; None when the total is not known."""
        return min(100, 100 * self.done // self.total) if self.total > 0 else None

    @property
    def refused(self) -> Refused | None:
        """Why a job that failed did not do its work, and what to do; None of any other. `message` is both, in one."""
        if self.state != Estado.FALHOU:
            return None
        told = self.result or {"mensagem": self.message, "remedio": ""}  # of an older base: one sentence
        return Refused(self.code or "FALHA_INTERNA", told["mensagem"], told["remedio"])

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
