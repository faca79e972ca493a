"""The CNS base (design, section 3): persons, what they are found by, their cards, and every change.

Text columns hold "" where nothing is known; dates are ISO text, `AAAA-MM-DD`.

*Home and holder.* A card and an identifier belong for ever to the registration they came with (`origem`, the
home). `pessoa` is who holds them now: the end of the chain of unifications that starts at the home.
Unification and its undoing move only `pessoa`, so whatever happened in between, each number goes back to the
registration it came from.

The four big tables bear no foreign-key constraints (they would double the time of a load); no row of
theirs is ever deleted but a released identifier, and the tests walk every history to prove that each
reference resolves.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower


class Pessoa(models.Model):
    """One person's registration. `unida_em`: the registration into which this one was unified."""

    id = models.BigIntegerField(primary_key=True)
    registro_origem = models.CharField(
        max_length=50, default=""
    )  # the registration that supplied the data shown
    cpf = models.CharField(max_length=11, default="")  # as informed; who owns it: Identificador
    cpf_situacao = models.CharField(max_length=1, default="")
    nome = models.TextField(default="")
    nome_social = models.TextField(default="")
    nome_mae = models.TextField(default="")
    nome_pai = models.TextField(default="")
    sexo = models.CharField(max_length=2, default="")
    data_nascimento = models.CharField(max_length=10, default="")
    raca_cor = models.CharField(max_length=4, default="")
    municipio_nascimento = models.CharField(max_length=7, default="")
    data_obito = models.CharField(max_length=10, default="")
    pis = models.CharField(max_length=11, default="")
    tipo_logradouro = models.CharField(max_length=3, default="")
    logradouro = models.TextField(default="")
    numero = models.TextField(default="")
    complemento = models.TextField(default="")
    bairro = models.TextField(default="")
    cep = models.CharField(max_length=8, default="")
    municipio = models.CharField(max_length=7, default="")
    uf = models.CharField(max_length=2, default="")
    ddd = models.CharField(max_length=2, default="")
    telefone = models.CharField(max_length=11, default="")
    email = models.TextField(default="")
    atualizado_em = models.CharField(max_length=10, default="")
    nome_chave = models.TextField(default="")  # people.name.identity_key of nome
    mae_chave = models.TextField(default="")  # of nome_mae; "" when the mother is not known
    cns_mestre = models.CharField(
        max_length=15, default=""
    )  # rules.master over the cards held, kept by services
    qualidade = models.SmallIntegerField(default=0)  # people.quality, 0 to 100
    ativa = models.BooleanField(default=True)
    # Everything of people.record.PersonRecord that has no column: canonical JSON, "" for nothing (services/others.py).
    outros_dados = models.TextField(default="", db_default="")
    vip = models.BooleanField(default=False, db_default=False)
    protegida = models.BooleanField(default=False, db_default=False)  # witness under protection
    fonetica = models.TextField(default="", db_default="")  # people.phonetics.search_key of nome
    simulado = models.BooleanField(default=False)
    unida_em = models.ForeignKey(
        "self", models.RESTRICT, null=True, related_name="unidas", db_constraint=False, db_index=False
    )

    class Meta:
        db_table = "cadsus_pessoa"
        indexes: ClassVar = [
            models.Index(fields=["data_nascimento", "nome_chave"], name="cadsus_pessoa_nascimento"),
            models.Index(
                fields=["unida_em"], name="cadsus_pessoa_unida", condition=models.Q(unida_em__isnull=False)
            ),
            # The few that a namesake with a CPF may be: what view cadsus_sem_cpf is looked up by.
            models.Index(
                fields=["data_nascimento", "nome_chave"],
                name="cadsus_pessoa_sem_cpf",
                condition=models.Q(cpf="", unida_em__isnull=True, ativa=True),
            ),
            models.Index(
                fields=["fonetica", "data_nascimento"],
                name="cadsus_pessoa_fonetica",
                condition=models.Q(unida_em__isnull=True),
            ),
            # Born on a day, with a first name that sounds so: looked up by the beginning of the key, by its bytes.
            models.Index(
                fields=["data_nascimento", "fonetica"],
                name="cadsus_pessoa_dia_som",
                opclasses=["varchar_ops", "text_pattern_ops"],
                condition=models.Q(unida_em__isnull=True),
            ),
            models.Index(fields=["pis"], name="cadsus_pessoa_pis", condition=~models.Q(pis="")),
            # RN020.4: an e-mail is of one person only.
            models.Index(Lower("email"), name="cadsus_pessoa_email", condition=~models.Q(email="")),
        ]

    def __str__(self) -> str:
        return f"pessoa {self.pk}"


class TipoIdentificador(models.IntegerChoices):
    """What a person is found by, besides the cards."""

    CPF = 1, "CPF"
    REGISTRO = 2, "registro na origem"


class Identificador(models.Model):
    """(tipo, valor) → person. Its key is what makes a person unique, whoever registers at the same time."""

    pk = models.CompositePrimaryKey("tipo", "valor")
    tipo = models.SmallIntegerField(choices=TipoIdentificador.choices)
    valor = models.CharField(max_length=50)
    pessoa = models.ForeignKey(Pessoa, models.RESTRICT, db_constraint=False, db_index=False, related_name="+")
    origem = models.ForeignKey(Pessoa, models.RESTRICT, db_constraint=False, db_index=False, related_name="+")
    disputado = models.BooleanField(
        default=False
    )  # several persons claim it (Reivindicacao): it resolves to none

    class Meta:
        db_table = "cadsus_identificador"
        indexes: ClassVar = [models.Index(fields=["pessoa"], name="cadsus_identificador_pessoa")]


class IdentificadorLocal(models.Model):
    """What a system calls a person: (OID of the system, its number) → person, with home and holder like a card."""

    pk = models.CompositePrimaryKey("raiz", "extensao")
    raiz = models.CharField(max_length=100)
    extensao = models.CharField(max_length=100)
    sistema = models.CharField(max_length=50, default="")
    pessoa = models.ForeignKey(Pessoa, models.RESTRICT, db_constraint=False, db_index=False, related_name="+")
    origem = models.ForeignKey(Pessoa, models.RESTRICT, db_constraint=False, db_index=False, related_name="+")

    class Meta:
        db_table = "cadsus_identificador_local"
        indexes: ClassVar = [models.Index(fields=["pessoa"], name="cadsus_local_pessoa")]


class Documento(models.Model):
    """A document that a search may name → the registration that bears it (people.documents); kept by services.writes.
    Several may bear one."""

    pk = models.CompositePrimaryKey("tipo", "numero", "pessoa_id")
    tipo = models.CharField(max_length=2)
    numero = models.CharField(max_length=40)
    pessoa_id = models.BigIntegerField()

    class Meta:
        db_table = "cadsus_documento"


class TipoCartao(models.TextChoices):
    DEFINITIVO = "D", "definitivo"
    PROVISORIO = "P", "provisório"


class Cartao(models.Model):
    """One CNS number. A row is never deleted and its number and home never change: the law of numbers."""

    cns = models.CharField(max_length=15, primary_key=True)
    pessoa = models.ForeignKey(Pessoa, models.RESTRICT, db_constraint=False, db_index=False, related_name="+")
    origem = models.ForeignKey(Pessoa, models.RESTRICT, db_constraint=False, db_index=False, related_name="+")
    tipo = models.CharField(max_length=1, choices=TipoCartao.choices)
    ordem = models.SmallIntegerField(
        default=0
    )  # 0: the number the registration gave as its own; then as listed
    atribuido_em = models.CharField(max_length=10, default="")
    simulado = models.BooleanField(default=False)

    class Meta:
        db_table = "cadsus_cartao"
        indexes: ClassVar = [models.Index(fields=["pessoa"], name="cadsus_cartao_pessoa")]


class Reivindicacao(models.Model):
    """One more registration (`origem`) that bears a CPF another one had first. While they are not one
    person, the CPF is disputed.
    """

    cpf = models.CharField(max_length=11)
    pessoa = models.ForeignKey(Pessoa, models.RESTRICT, db_constraint=False, related_name="+")
    origem = models.ForeignKey(Pessoa, models.RESTRICT, db_constraint=False, db_index=False, related_name="+")

    class Meta:
        db_table = "cadsus_reivindicacao"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cpf", "origem"], name="cadsus_reivindicacao_chave")
        ]


class TipoTransacao(models.TextChoices):
    """The vocabulary of the CadSUS audit service (cadsus-services.md, section 7)."""

    ADICIONADO = "ADICIONADO"
    ATIVO = "ATIVO"
    DESATIVO = "DESATIVO"
    UNIDO = "UNIDO"
    DESUNIDO = "DESUNIDO"
    ATUALIZADO = "ATUALIZADO"
    MANUTENCAO = "MANUTENCAO"


class Transacao(models.Model):
    """A version: who changed what, from which CNES, when. `campos`: {field: [before, after]}."""

    pessoa = models.ForeignKey(Pessoa, models.RESTRICT, db_constraint=False, db_index=False, related_name="+")
    tipo = models.CharField(max_length=10, choices=TipoTransacao.choices)
    quem = models.CharField(max_length=100)
    cnes = models.CharField(max_length=7, default="")
    quando = models.DateTimeField()
    campos = models.JSONField(default=dict)

    class Meta:
        db_table = "cadsus_transacao"
        indexes: ClassVar = [models.Index(fields=["pessoa"], name="cadsus_transacao_pessoa")]


class Uniao(models.Model):
    """A unification: `pessoa` went into `principal`; `cns_mestre` is the number chosen then, "" if none
    was.
    """

    pessoa = models.ForeignKey(Pessoa, models.RESTRICT, db_constraint=False, related_name="+")
    principal = models.ForeignKey(Pessoa, models.RESTRICT, db_constraint=False, related_name="+")
    cns_mestre = models.CharField(max_length=15, default="")
    quem = models.CharField(max_length=100)
    cnes = models.CharField(max_length=7, default="")
    quando = models.DateTimeField()
    desfeita_em = models.DateTimeField(null=True)

    class Meta:
        db_table = "cadsus_uniao"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pessoa"], condition=models.Q(desfeita_em__isnull=True), name="cadsus_uniao_vigente"
            )
        ]


class MotivoRevisao(models.TextChoices):
    CPF_DISPUTADO = (
        "CPF_DISPUTADO",
        "mesmo CPF, mas nome e nascimento não permitem dizer que é a mesma pessoa",
    )
    NOME_E_NASCIMENTO = "NOME_E_NASCIMENTO", "mesmo nome e nascimento, sem mãe ou sexo que confirmem"


class Revisao(models.Model):
    """A pair that may be one person: never merged by the machine, queued for people (design, section 3)."""

    pessoa = models.ForeignKey(Pessoa, models.RESTRICT, db_constraint=False, related_name="+")
    outra = models.ForeignKey(Pessoa, models.RESTRICT, db_constraint=False, related_name="+")
    motivo = models.CharField(max_length=20, choices=MotivoRevisao.choices)
    criada_em = models.DateTimeField()

    class Meta:
        db_table = "cadsus_revisao"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pessoa", "outra"], name="cadsus_revisao_par")
        ]


class Contador(models.Model):
    """The next free number of a sequence. Writers that make persons or numbers take its row first, so in
    one order.
    """

    nome = models.CharField(max_length=40, primary_key=True)
    proximo = models.BigIntegerField()

    class Meta:
        db_table = "cadsus_contador"
