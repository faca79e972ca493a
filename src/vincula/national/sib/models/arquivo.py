"""A file of an operadora, what was wrong in it, and the movements it made."""

from __future__ import annotations

from django.db import models


class Arquivo(models.Model):
    """An SBX as it arrived. RECEBIDO → EM_PROCESSAMENTO → PUBLICADO → PROCESSADO, or REJEITADO; the last two are ends.

    PUBLICADO means: the movements are in the base, the RPX is still to be written.
    """

    class Estado(models.TextChoices):
        RECEBIDO = "RECEBIDO"
        EM_PROCESSAMENTO = "EM_PROCESSAMENTO"
        PUBLICADO = "PUBLICADO"
        PROCESSADO = "PROCESSADO"
        REJEITADO = "REJEITADO"

    registro_ans = models.CharField(max_length=6)
    nome = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    tamanho = models.BigIntegerField()
    recebido_em = models.DateTimeField()
    ip_origem = models.CharField(max_length=45, default="", blank=True)
    competencia = models.IntegerField()
    estado = models.CharField(max_length=16, choices=Estado.choices, default=Estado.RECEBIDO)
    retomadas = models.SmallIntegerField(default=0)
    protocolo = models.CharField(max_length=24, default="", blank=True)
    motivo_nao_envio = models.CharField(max_length=2, default="", blank=True)
    processado_em = models.DateTimeField(null=True)
    rejeicao = models.SmallIntegerField(null=True)
    explicacao = models.JSONField(default=dict)
    totais = models.JSONField(default=dict)
    primeiro_vinculo = models.BigIntegerField(default=0)
    ultimo_vinculo = models.BigIntegerField(default=-1)
    rpx = models.CharField(max_length=80, default="", blank=True)

    class Meta:
        db_table = "sib_arquivo"
        indexes = [models.Index(fields=["registro_ans", "competencia"], name="sib_arquivo_operadora")]
        constraints = [
            # A rejected file counts as not sent (instr. 10.3): its name and content may come again.
            models.UniqueConstraint(
                fields=["nome"], condition=~models.Q(estado="REJEITADO"), name="sib_arquivo_nome"
            ),
            models.UniqueConstraint(
                fields=["registro_ans", "sha256"],
                condition=~models.Q(estado="REJEITADO"),
                name="sib_arquivo_conteudo",
            ),
            models.UniqueConstraint(fields=["rpx"], condition=~models.Q(rpx=""), name="sib_arquivo_rpx"),
        ]


class Critica(models.Model):
    """What was wrong with one procedure of a file: it was refused (`recusa`) or only warned of."""

    arquivo_id = models.BigIntegerField()
    posicao = models.IntegerField()
    tipo = models.SmallIntegerField()
    codigo_beneficiario = models.CharField(max_length=30, default="", blank=True)
    cco = models.CharField(max_length=12, default="", blank=True)
    regra = models.CharField(max_length=8)
    campo = models.CharField(max_length=30)
    valor = models.CharField(max_length=70, default="", blank=True)
    recusa = models.BooleanField()

    class Meta:
        db_table = "sib_critica"
        indexes = [models.Index(fields=["arquivo_id", "posicao"], name="sib_critica_arquivo")]


class Movimento(models.Model):
    """A movement on an existing vínculo, field by field: `mudancas` is [[field, before, after], …].

    An inclusão has no row here: the vínculo itself says which file and position made it.
    """

    vinculo_id = models.BigIntegerField()
    arquivo_id = models.BigIntegerField()
    posicao = models.IntegerField()
    tipo = models.SmallIntegerField()
    competencia = models.IntegerField()
    mudancas = models.JSONField(default=list)

    class Meta:
        db_table = "sib_movimento"
        indexes = [
            models.Index(fields=["vinculo_id", "id"], name="sib_movimento_vinculo"),
            models.Index(fields=["arquivo_id", "posicao"], name="sib_movimento_arquivo"),
        ]
