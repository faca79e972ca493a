"""The vínculo: the link of a beneficiary to an operadora, current and as it was.

Dates are ISO text and an absent field is an empty text: the record is a copy of what SIB carries, the same on both
engines, and goes in and out in bulk (docs/decisions/0004).
"""

from __future__ import annotations

from django.db import models


def _text(length: int) -> models.CharField[str, str]:
    return models.CharField(max_length=length, default="", blank=True)


class DadosVinculo(models.Model):
    """What SIB knows of a vínculo, and since when (competências are integers AAAAMM)."""

    # First what consolidation reads of every vínculo: an engine walks a row up to the last column asked.
    desde = models.IntegerField()
    identidade_desde = models.IntegerField()
    cns_desde = models.IntegerField()
    titular_id = models.BigIntegerField(default=0)
    registro_ans = models.CharField(max_length=6)
    cpf = _text(11)
    nome_chave = _text(70)
    nascimento = _text(10)
    cns = _text(15)
    # The rest as SIB has it.
    situacao = models.CharField(max_length=1, choices=[("A", "ATIVO"), ("I", "INATIVO")])
    dn = _text(11)
    pis = _text(11)
    nome = _text(70)
    sexo = _text(1)
    nome_mae = _text(70)
    logradouro = _text(50)
    numero = _text(5)
    complemento = _text(15)
    bairro = _text(30)
    municipio = _text(6)
    municipio_residencia = _text(6)
    cep = _text(8)
    tipo_endereco = _text(1)
    reside_exterior = _text(1)
    codigo = models.CharField(max_length=30)
    relacao = _text(2)
    codigo_titular = _text(30)
    contratacao = _text(10)
    reativacao = _text(10)
    cancelamento = _text(10)
    motivo_cancelamento = _text(2)
    plano_ans = _text(9)
    plano_portabilidade = _text(9)
    plano_operadora = _text(20)
    cpt = _text(1)
    itens_excluidos = _text(1)
    cnpj_contratante = _text(14)
    cei_contratante = _text(12)
    caepf_contratante = _text(14)
    atualizado_em = _text(10)

    class Meta:
        abstract = True


class Vinculo(DadosVinculo):
    """The current state. `id` is the CCO's number; `desde` the competência of its last change."""

    # Always given, never automatic: of this type SQLite keeps the rows by it, where it would make an index of another.
    id = models.BigAutoField(primary_key=True)
    arquivo_inclusao = models.BigIntegerField()
    posicao_inclusao = models.IntegerField()

    class Meta:
        db_table = "sib_vinculo"
        indexes = [
            models.Index(fields=["registro_ans", "codigo"], name="sib_vinculo_codigo"),
            models.Index(fields=["cpf"], name="sib_vinculo_cpf"),
            models.Index(fields=["cns"], condition=~models.Q(cns=""), name="sib_vinculo_cns"),
            models.Index(
                fields=["registro_ans", "codigo_titular"],
                condition=models.Q(titular_id=0) & ~models.Q(codigo_titular=""),
                name="sib_vinculo_sem_titular",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["registro_ans", "codigo"],
                condition=models.Q(situacao="A"),
                name="sib_vinculo_codigo_ativo",
            )
        ]


class VinculoVersao(DadosVinculo):
    """A former state, true from competência `desde` until before `ate`: what a later competência replaced."""

    vinculo_id = models.BigIntegerField()
    ate = models.IntegerField()

    class Meta:
        db_table = "sib_vinculo_versao"
        constraints = [models.UniqueConstraint(fields=["vinculo_id", "desde"], name="sib_versao_unica")]


class Sequencia(models.Model):
    """The last number given of each kind; one row each, changed only inside the transaction that uses it."""

    nome = models.CharField(max_length=20, primary_key=True)
    ultimo = models.BigIntegerField(default=0)

    class Meta:
        db_table = "sib_sequencia"
