"""Which accounts here are linked to a gov.br account, and since when. Tokens are never kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class VinculoGovbr(models.Model):
    """The person of this CPF has entered by gov.br. `nivel` and `selos` are those of the last entry: the level one of
    bronze, prata, ouro, the seals gov.br's numbers separated by commas."""

    pessoa_id = models.BigIntegerField("pessoa", unique=True)
    cpf = models.CharField("CPF", max_length=11, unique=True)
    nivel = models.CharField("nível", max_length=6)
    selos = models.TextField(default="")
    desde = models.DateTimeField("desde")
    ultima = models.DateTimeField("última entrada")

    class Meta:
        db_table = "govbr_vinculo"
        verbose_name = "vínculo com o gov.br"
        verbose_name_plural = "vínculos com o gov.br"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Exact(Length("cpf"), 11), name="govbr_cpf_11"),
            models.CheckConstraint(condition=Q(nivel__in=("bronze", "prata", "ouro")), name="govbr_nivel"),
            models.CheckConstraint(condition=Q(ultima__gte=F("desde")), name="govbr_datas"),
        ]

    def __str__(self) -> str:
        # Never the CPF: this text ends up in logs and tracebacks.
        return f"vínculo gov.br {self.pk}"
