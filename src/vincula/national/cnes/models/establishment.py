"""Establishments and the people who work in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Estabelecimento(models.Model):
    """An establishment, never deleted. Texts hold "" where the archive says nothing; official names in comments.

    `ausente_desde`: the month (AAAAMM) of the archive in which it was looked for and not found. `origem` SANDBOX: it
    was registered here. `busca`: razão social and nome fantasia in upper case without accents, for the search.
    """

    cnes = models.CharField("CNES", max_length=7, primary_key=True)  # CO_CNES
    cnpj = models.CharField("CNPJ", max_length=14, default="")  # NU_CNPJ
    cnpj_mantenedora = models.CharField("CNPJ da mantenedora", max_length=14, default="")
    razao_social = models.TextField("razão social", default="")
    nome_fantasia = models.TextField("nome fantasia", default="")
    logradouro = models.TextField(default="")
    numero = models.TextField("número", default="")
    complemento = models.TextField(default="")
    bairro = models.TextField(default="")
    cep = models.TextField("CEP", default="")
    telefone = models.TextField(default="")
    email = models.TextField("e-mail", default="")
    uf = models.CharField("UF", max_length=2, default="")  # CO_ESTADO_GESTOR, by its code of IBGE
    municipio = models.CharField("município", max_length=6, default="")  # CO_MUNICIPIO_GESTOR
    tipo = models.SmallIntegerField(null=True)  # TP_UNIDADE
    subtipo = models.SmallIntegerField(null=True)  # rlEstabSubTipo.CO_SUB_TIPO_UNIDADE
    natureza_juridica = models.TextField("natureza jurídica", default="")  # CO_NATUREZA_JUR
    gestao = models.TextField("gestão", default="")  # TP_GESTAO
    diretor_cpf = models.CharField("CPF do diretor", max_length=11, default="")  # CO_CPFDIRETORCLN
    motivo_desativacao = models.TextField("motivo de desativação", default="")  # CO_MOTIVO_DESAB
    atualizado_em = models.DateField("atualizado em", null=True)  # DT_ATUALIZACAO
    ausente_desde = models.IntegerField(null=True)
    origem = models.CharField(max_length=7, choices=[("CARGA", "arquivo oficial"), ("SANDBOX", "simulado")])
    busca = models.TextField(default="")

    class Meta:
        db_table = "cnes_estabelecimento"
        verbose_name = "estabelecimento"
        indexes: ClassVar = [
            models.Index(fields=["cnpj"], name="cnes_por_cnpj"),
            models.Index(fields=["cnpj_mantenedora"], name="cnes_por_mantenedora"),
            models.Index(fields=["diretor_cpf"], name="cnes_por_diretor"),
            models.Index(fields=["tipo", "subtipo", "uf"], name="cnes_por_tipo"),
            # With all that the query compares: what is rare is looked for in the index alone.
            models.Index(fields=["razao_social", "cnes", "uf", "busca"], name="cnes_por_nome"),
        ]

    def __str__(self) -> str:
        return self.cnes


class Profissional(models.Model):
    """The link of a professional with an establishment; `ate` ends it and the row stays: an end is not an exclusion.

    `chave` is what a load knows it by (None of a link made here, and of one that a load has ended); `desde` None: the
    archive does not say since when.
    """

    chave = models.TextField(null=True, unique=True)
    cnes = models.CharField("CNES", max_length=7)
    cpf = models.CharField("CPF", max_length=11, default="")
    cns = models.CharField("CNS", max_length=15, default="")
    nome = models.TextField()
    cbo = models.TextField("CBO", default="")
    desde = models.DateField(null=True)
    ate = models.DateField("até", null=True)
    origem = models.CharField(max_length=7, default="SANDBOX")

    class Meta:
        db_table = "cnes_profissional"
        verbose_name = "profissional"
        indexes: ClassVar = [models.Index(fields=["cnes", "ate"], name="cnes_profissional_de")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cnes", "cpf", "cbo"],
                condition=Q(ate__isnull=True, origem="SANDBOX"),
                name="cnes_profissional_unico",
            ),
            models.CheckConstraint(
                condition=Q(ate__isnull=True) | Q(desde__isnull=True) | Q(ate__gte=F("desde")),
                name="cnes_profissional_datas",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.cnes}"
