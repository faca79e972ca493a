"""Competências (integers AAAAMM), their calendar, and what consolidation gave each vínculo."""

from __future__ import annotations

from django.db import models


class RegraCalendario(models.Model):
    """From which competência on the intake of M begins on which day of M (it ends the day before, in M+1)."""

    vale_desde = models.IntegerField(primary_key=True)
    dia_inicio = models.SmallIntegerField()

    class Meta:
        db_table = "sib_regra_calendario"


class PrazoExcepcional(models.Model):
    """A competência whose window differs from the rule."""

    competencia = models.IntegerField(primary_key=True)
    inicio = models.DateField()
    fim = models.DateField()

    class Meta:
        db_table = "sib_prazo_excepcional"


class Competencia(models.Model):
    """ABERTA → ENCERRADA → CONSOLIDADA, never back."""

    class Estado(models.TextChoices):
        ABERTA = "ABERTA"
        ENCERRADA = "ENCERRADA"
        CONSOLIDADA = "CONSOLIDADA"

    mes = models.IntegerField(primary_key=True)
    estado = models.CharField(max_length=12, choices=Estado.choices, default=Estado.ABERTA)
    encerrada_em = models.DateTimeField(null=True)
    consolidada_em = models.DateTimeField(null=True)
    atribuido_ate = models.BigIntegerField(default=0)

    class Meta:
        db_table = "sib_competencia"


class Atribuicao(models.Model):
    """What consolidation decided for one vínculo in one competência (made by migration: see 0002).

    `acao` and `motivo` are the numbers of rules.reasons; `cns` is the number that the CNX shows, '' when there is none.
    """

    pk = models.CompositePrimaryKey("competencia", "vinculo_id")
    competencia = models.IntegerField()
    vinculo_id = models.BigIntegerField()
    cns = models.CharField(max_length=15)
    acao = models.SmallIntegerField()
    motivo = models.SmallIntegerField()
    fase = models.SmallIntegerField()

    class Meta:
        db_table = "sib_atribuicao"


class Revisao(models.Model):
    """A vínculo that was given no number because a person without CPF may be the same: for people to decide."""

    competencia = models.IntegerField()
    vinculo_id = models.BigIntegerField()
    pessoa_id = models.BigIntegerField()

    class Meta:
        db_table = "sib_revisao"
        constraints = [
            models.UniqueConstraint(
                fields=["competencia", "vinculo_id", "pessoa_id"], name="sib_revisao_unica"
            )
        ]


class Resumo(models.Model):
    """Counts of a consolidated competência per operadora, made the first time somebody asks."""

    registro_ans = models.CharField(max_length=6)
    competencia = models.IntegerField()
    linhas = models.JSONField()

    class Meta:
        db_table = "sib_resumo"
        constraints = [
            models.UniqueConstraint(fields=["registro_ans", "competencia"], name="sib_resumo_unico")
        ]
