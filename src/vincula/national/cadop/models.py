"""The register of operadoras of ANS (CADOP), as its open-data file gives it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Operadora(models.Model):
    """An operadora, never deleted: one that a newer register no longer has is kept as inactive, with the date.

    Text columns hold "" where nothing is known; dates are dates of Brazil. `busca` is what the search looks in:
    razão social and nome fantasia in upper case without accents.
    """

    registro_ans = models.CharField("registro ANS", max_length=6, primary_key=True)
    cnpj = models.CharField("CNPJ", max_length=14, db_index=True)
    razao_social = models.TextField("razão social")
    nome_fantasia = models.TextField("nome fantasia", default="")
    modalidade = models.TextField()
    logradouro = models.TextField(default="")
    numero = models.TextField("número", default="")
    complemento = models.TextField(default="")
    bairro = models.TextField(default="")
    cidade = models.TextField(default="")
    uf = models.CharField("UF", max_length=2, default="")
    cep = models.TextField("CEP", default="")
    ddd = models.TextField("DDD", default="")
    telefone = models.TextField(default="")
    fax = models.TextField(default="")
    email = models.TextField("e-mail", default="")
    representante = models.TextField(default="")
    cargo_representante = models.TextField("cargo do representante", default="")
    regiao = models.SmallIntegerField("região de comercialização", null=True)
    data_registro = models.DateField("data do registro", null=True)
    ativa = models.BooleanField(default=True)
    inativa_desde = models.DateField("inativa desde", null=True)
    busca = models.TextField(default="")

    class Meta:
        db_table = "cadop_operadora"
        verbose_name = "operadora"
        constraints = [
            models.CheckConstraint(
                condition=Q(ativa=True, inativa_desde__isnull=True)
                | Q(ativa=False, inativa_desde__isnull=False),
                name="cadop_inativa_tem_data",
            )
        ]

    def __str__(self) -> str:
        return f"{self.registro_ans} {self.razao_social}"
