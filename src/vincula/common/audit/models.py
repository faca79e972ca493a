"""The audit's tables, in a store of their own (alias "audit").

They are made by SQL in the migration, with the triggers that keep them append-only, and Django does not
manage them: nothing that empties tables (`flush`, a test's clean-up) may touch an audit.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models


class Registro(models.Model):
    """One audited event. `quando` is UTC, `AAAA-MM-DDThh:mm:ss.ffffffZ`; `anterior` and `hash` chain each
    writer's.
    """

    id = models.BigAutoField(primary_key=True)
    escritor = models.CharField("escritor", max_length=32)
    seq = models.BigIntegerField("sequência")
    quando = models.CharField("quando", max_length=27)
    ator = models.CharField("quem", max_length=100)
    acao = models.CharField("ação", max_length=100)
    assunto = models.CharField("sobre", max_length=200)
    finalidade = models.CharField("finalidade", max_length=100)
    termo = models.CharField("termo do CadSUS", max_length=20)
    detalhes = models.TextField("detalhes")
    anterior = models.CharField("hash anterior", max_length=64)
    hash = models.CharField("hash", max_length=64)

    class Meta:
        managed = False
        db_table = "auditoria_registro"
        verbose_name = "registro de auditoria"
        verbose_name_plural = "registros de auditoria"

    @property
    def dados(self) -> dict[str, Any]:
        """The details as they were given."""
        loaded: dict[str, Any] = json.loads(self.detalhes)
        return loaded

    def __str__(self) -> str:
        return f"{self.escritor}/{self.seq}"


class Corte(models.Model):
    """A writer's records up to `seq` (whose hash was `hash`) have passed their retention and may be removed.

    `evento_escritor`, `evento_seq`: the record that announced the batch `lote`, without which a cut is a
    forgery.
    """

    id = models.BigAutoField(primary_key=True)
    lote = models.CharField("lote", max_length=32)
    escritor = models.CharField("escritor", max_length=32)
    seq = models.BigIntegerField("sequência")
    hash = models.CharField("hash", max_length=64)
    evento_escritor = models.CharField("escritor do evento", max_length=32)
    evento_seq = models.BigIntegerField("sequência do evento")

    class Meta:
        managed = False
        db_table = "auditoria_corte"
        verbose_name = "corte de retenção"
        verbose_name_plural = "cortes de retenção"

    def __str__(self) -> str:
        return f"{self.escritor}/{self.seq}"
