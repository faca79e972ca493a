"""The registration of an operadora's head office in the sandbox, and each state it went through."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Cadastro(models.Model):
    """A head office that asks for a CNES. `situacao`: a value of rules.Situacao; `cnes` is given with ATIVO.

    One that is not DESATIVADO for a CNPJ, by constraint.
    """

    registro_ans = models.CharField("registro ANS", max_length=6, db_index=True)
    cnpj = models.CharField("CNPJ", max_length=14)
    razao_social = models.TextField("razão social")
    nome_fantasia = models.TextField("nome fantasia", default="")
    logradouro = models.TextField(default="")
    numero = models.TextField("número", default="")
    bairro = models.TextField(default="")
    cep = models.CharField("CEP", max_length=8, default="")
    municipio = models.CharField("município", max_length=6, default="")
    telefone = models.TextField(default="")
    email = models.TextField("e-mail", default="")
    diretor_cpf = models.CharField("CPF do diretor", max_length=11, default="")
    situacao = models.CharField("situação", max_length=16)
    motivo = models.TextField("motivo de desativação", default="")
    cnes = models.CharField("CNES", max_length=7, null=True, unique=True)
    criado_em = models.DateTimeField()

    class Meta:
        db_table = "cnes_cadastro"
        verbose_name = "cadastro de sede"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cnpj"], condition=~Q(situacao="DESATIVADO"), name="cnes_cadastro_unico"
            ),
            models.CheckConstraint(
                condition=Q(situacao="ATIVO", cnes__isnull=False) | ~Q(situacao="ATIVO"),
                name="cnes_ativo_tem_numero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.situacao}"


class CadastroHistorico(models.Model):
    """A state that a registration came into: when, by whom (as the audit names him), why. Never changed."""

    cadastro = models.ForeignKey(Cadastro, on_delete=models.PROTECT, related_name="historico")
    situacao = models.CharField("situação", max_length=16)
    quando = models.DateTimeField()
    ator = models.TextField()
    motivo = models.TextField(default="")

    class Meta:
        db_table = "cnes_cadastro_historico"
        verbose_name = "histórico de cadastro"
        ordering: ClassVar = ["quando", "id"]

    def __str__(self) -> str:
        return f"{self.cadastro_id} {self.situacao}"
