"""Small tables of the archive, and which archives were loaded."""

from __future__ import annotations

from django.db import models


class TipoUnidade(models.Model):
    """A type of establishment (tbTipoUnidade)."""

    codigo = models.SmallIntegerField("código", primary_key=True)
    descricao = models.TextField("descrição")

    class Meta:
        db_table = "cnes_tipo_unidade"
        verbose_name = "tipo de estabelecimento"

    def __str__(self) -> str:
        return f"{self.codigo:02d}"


class Subtipo(models.Model):
    """A subtype of a type (tbSubTipo). `chave`: tipo * 1000 + codigo, for a subtype's number counts within its type."""

    chave = models.IntegerField(primary_key=True)
    tipo = models.SmallIntegerField()
    codigo = models.SmallIntegerField("código")
    descricao = models.TextField("descrição")

    class Meta:
        db_table = "cnes_subtipo"
        verbose_name = "subtipo de estabelecimento"

    def __str__(self) -> str:
        return f"{self.tipo:02d}/{self.codigo:03d}"


class MotivoDesativacao(models.Model):
    """A reason of deactivation (tbMotivoDesativacao); its code as the archive writes it."""

    codigo = models.CharField("código", max_length=10, primary_key=True)
    descricao = models.TextField("descrição")

    class Meta:
        db_table = "cnes_motivo_desativacao"
        verbose_name = "motivo de desativação"

    def __str__(self) -> str:
        return self.codigo


class Carga(models.Model):
    """An archive whose load began, by its month (AAAAMM); `completa_em` None: it was cut short."""

    competencia = models.IntegerField("competência", primary_key=True)
    iniciada_em = models.DateTimeField()
    completa_em = models.DateTimeField(null=True)

    class Meta:
        db_table = "cnes_carga"
        verbose_name = "carga"

    def __str__(self) -> str:
        return str(self.competencia)
