"""Requests for a CNX (R098)."""

from __future__ import annotations

from django.db import models


class PedidoCnx(models.Model):
    """One request of one operadora for one competência. The file is made once; asking again finds it."""

    class Estado(models.TextChoices):
        PEDIDO = "PEDIDO"
        PRONTO = "PRONTO"

    registro_ans = models.CharField(max_length=6)
    competencia = models.IntegerField()
    pedido_em = models.DateTimeField()
    pedido_por = models.CharField(max_length=80)
    estado = models.CharField(max_length=8, choices=Estado.choices, default=Estado.PEDIDO)
    pronto_em = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    beneficiarios = models.BigIntegerField(default=0)

    class Meta:
        db_table = "sib_pedido_cnx"
        constraints = [
            models.UniqueConstraint(fields=["registro_ans", "competencia"], name="sib_pedido_unico")
        ]
