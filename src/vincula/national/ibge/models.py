"""Municipalities loaded on top of the list that the product carries (formats.tables.municipios)."""

from __future__ import annotations

from django.db import models


class Municipio(models.Model):
    """A municipality of a loaded list. `ibge7` is "" where the list gave the code of 6 digits only.

    `vigente` False: a later full list does not have it, so its code is no longer valid; the row is kept.
    """

    ibge6 = models.CharField(max_length=6, primary_key=True)
    ibge7 = models.CharField(max_length=7, default="")
    nome = models.CharField(max_length=100, default="")
    uf = models.CharField(max_length=2, default="")
    vigente = models.BooleanField(default=True)

    class Meta:
        db_table = "ibge_municipio"
        verbose_name = "município"

    def __str__(self) -> str:
        return f"{self.nome} ({self.uf})"


class Edicao(models.Model):
    """One row: a mark that changes in the same transaction as the table does, so that every process knows when its
    copy of the codes is old."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    marca = models.CharField(max_length=32)

    class Meta:
        db_table = "ibge_edicao"
        verbose_name = "edição da lista de municípios"

    def __str__(self) -> str:
        return self.marca
