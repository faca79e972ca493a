"""What the API keeps: who may call it, the public keys of its tokens, what it noticed, questions to be continued."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vincula.national.api.rules import Kind, State


class Credencial(models.Model):
    """The right of one company to call the services. Lists are texts, separated by commas."""

    identificador = models.CharField(max_length=40, unique=True)  # `sub` of its tokens
    tipo = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Kind])
    registro_ans = models.CharField(max_length=6, default="")
    cnpj = models.CharField(max_length=14)
    nome = models.CharField(max_length=200)
    finalidades = models.TextField()  # the first is the credential's own
    campos = models.TextField(default="")  # released fields; "" for those of the kind
    sistema = models.CharField(max_length=50, default="")
    raiz = models.CharField(max_length=100, default="")  # OID of its local ids
    limite = models.PositiveIntegerField()  # requests a minute
    usuario = models.CharField(max_length=60, default="")  # of the legacy services' UsernameToken
    senha = models.CharField(max_length=200, default="")  # argon2
    estado = models.CharField(max_length=10, choices=[(one.value, one.value) for one in State])
    motivo = models.CharField(max_length=500, default="")
    criada_em = models.DateTimeField()
    alterada_em = models.DateTimeField()

    class Meta:
        db_table = "api_credencial"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cnpj"], condition=~models.Q(estado="REVOGADA"), name="api_credencial_cnpj"
            ),
            models.UniqueConstraint(
                fields=["usuario"],
                condition=~models.Q(usuario="") & ~models.Q(estado="REVOGADA"),
                name="api_credencial_usuario",
            ),
            models.UniqueConstraint(
                fields=["raiz"],
                condition=~models.Q(raiz="") & ~models.Q(estado="REVOGADA"),
                name="api_credencial_raiz",
            ),
        ]

    def __str__(self) -> str:
        return self.identificador


class ChavePublica(models.Model):
    """A key that tokens were signed with. The private half is a file of the installation that signs."""

    kid = models.CharField(max_length=64, primary_key=True)
    publica = models.TextField()  # PEM
    criada_em = models.DateTimeField()
    assina_ate = models.DateTimeField()
    confere_ate = models.DateTimeField()

    class Meta:
        db_table = "api_chave_publica"


class Alerta(models.Model):
    """What looks like somebody trying numbers out (access.md, L6)."""

    credencial = models.ForeignKey(Credencial, models.RESTRICT, related_name="alertas")
    tipo = models.CharField(max_length=20)
    quando = models.DateTimeField()
    detalhes = models.JSONField(default=dict)
    visto_em = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_alerta"


class Consulta(models.Model):
    """A question with more answers than one page: what QUQI_IN000003UV01 goes on with. Kept for some minutes only."""

    credencial = models.ForeignKey(Credencial, models.CASCADE, db_index=False, related_name="+")
    consulta = models.CharField(max_length=64)  # SHA-256 of the queryId
    mensagem = models.BinaryField()
    criada_em = models.DateTimeField()

    class Meta:
        db_table = "api_consulta"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["credencial", "consulta"], name="api_consulta_chave")
        ]


class Lote(models.Model):
    """A bulk look-up. Its questions and answers are files of the data folder; here stands how far it is."""

    class Estado(models.TextChoices):
        CHEGANDO = "CHEGANDO", "chegando"  # its file is being received; nobody knows its number yet
        EM_ANDAMENTO = "EM_ANDAMENTO", "em andamento"
        PRONTO = "PRONTO", "pronto"
        RECUSADO = "RECUSADO", "recusado"

    id = models.UUIDField(primary_key=True)
    credencial = models.ForeignKey(Credencial, models.CASCADE, related_name="lotes")
    finalidade = models.CharField(max_length=40)
    estado = models.CharField(max_length=12, choices=Estado.choices, default=Estado.EM_ANDAMENTO)
    motivo = models.CharField(max_length=500, default="")  # why RECUSADO
    linhas = models.BigIntegerField()  # questions
    feitas = models.BigIntegerField(default=0)
    encontradas = models.BigIntegerField(default=0)
    recusadas = models.BigIntegerField(default=0)
    lidos = models.BigIntegerField(default=0)  # bytes of the questions answered so far
    escritos = models.BigIntegerField(default=0)  # bytes of their answers, audited and on the disk
    pedido_em = models.DateTimeField()
    terminado_em = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_lote"
        indexes: ClassVar = [models.Index(fields=["pedido_em"], name="api_lote_pedido")]

    def __str__(self) -> str:
        return str(self.pk)


class Versao(models.Model):
    """One row, counted up by every change that the listeners must see."""

    numero = models.BigIntegerField(default=0)

    class Meta:
        db_table = "api_versao"
