"""The table that stands in for the CPF base of the Receita Federal. Text columns hold "" where nothing is
known.
"""

from __future__ import annotations

from django.db import models


class Contribuinte(models.Model):
    """One CPF as the Receita has it. Dates are ISO text, `AAAA-MM-DD`; the death is a year, `AAAA`."""

    cpf = models.CharField(max_length=11, primary_key=True)
    nome = models.TextField(default="")
    nome_social = models.TextField(default="")
    nome_mae = models.TextField(default="")
    data_nascimento = models.CharField(max_length=10, default="")
    sexo = models.CharField(max_length=2, default="")
    situacao = models.SmallIntegerField(default=0)
    ano_obito = models.CharField(max_length=4, default="")
    # people.name.identity_key of nome and of nome_mae: what "identical" compares (people.agreement).
    nome_chave = models.TextField(default="")
    mae_chave = models.TextField(default="")

    class Meta:
        db_table = "receita_contribuinte"
        verbose_name = "contribuinte"

    def __str__(self) -> str:
        return "contribuinte"  # never the person: this text ends in logs
