"""Interruptions of services, with their public notices."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Interrupcao(models.Model):
    """An interruption, never deleted: that a service stood still stays known. `rotinas` "" is the whole service; one
    ended before its start was cancelled."""

    servico = models.CharField("serviço", max_length=20)  # a value of rules.interruption.Servico
    rotinas = models.TextField(default="")
    inicio = models.DateTimeField("início")
    previsao = models.DateTimeField("previsão", null=True)
    titulo = models.TextField("título do aviso")
    texto = models.TextField("texto do aviso")
    link = models.TextField("link do aviso", default="")
    data_aviso = models.DateField("data do aviso")
    encerrada_em = models.DateTimeField(null=True)

    class Meta:
        db_table = "support_interrupcao"
        verbose_name = "interrupção"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(previsao__isnull=True) | Q(previsao__gt=F("inicio")),
                name="support_previsao_depois_do_inicio",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["inicio"], condition=Q(encerrada_em__isnull=True), name="support_interrupcao_aberta"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.servico}"


class Versao(models.Model):
    """One row: how often the interruptions have changed. Who answers often asks only this."""

    id = models.SmallIntegerField(primary_key=True)
    valor = models.BigIntegerField()

    class Meta:
        db_table = "support_versao"


class Chamado(models.Model):
    """A ticket. `quem`: the CPF of who asked while logged in, "" otherwise; `contato`: where the answer goes."""

    numero = models.CharField("número", max_length=16, unique=True)  # AAAAMMDDNNNNNNNN
    area = models.CharField("área", max_length=20)  # a value of rules.tickets.Area
    assunto = models.CharField(max_length=150)
    quem = models.CharField(max_length=11, default="")
    contato = models.CharField(max_length=254)
    estado = models.CharField(max_length=10)  # a value of rules.tickets.Estado
    encaminhado_a = models.CharField(max_length=150, default="")
    aberto_em = models.DateTimeField()
    atualizado_em = models.DateTimeField()

    class Meta:
        db_table = "support_chamado"
        verbose_name = "chamado"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(numero__regex=r"^[0-9]{16}$"), name="support_numero_do_chamado"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["quem", "area"], name="support_chamado_de"),
            models.Index(fields=["estado", "atualizado_em"], name="support_fila"),
        ]

    def __str__(self) -> str:
        return f"chamado {self.numero}"


class Mensagem(models.Model):
    """What was said in a ticket; `autor` as the audit names people, "" for who was not logged in."""

    chamado = models.ForeignKey(Chamado, on_delete=models.CASCADE, related_name="mensagens")
    tipo = models.CharField(max_length=14)  # a value of rules.tickets.Tipo
    texto = models.TextField()
    autor = models.CharField(max_length=100, default="")
    da_equipe = models.BooleanField(default=False)
    em = models.DateTimeField()

    class Meta:
        db_table = "support_mensagem"
        verbose_name = "mensagem"

    def __str__(self) -> str:
        return f"mensagem {self.pk}"


class Limite(models.Model):
    """How often something was done under a key in a day; the key is a keyed hash: neither a CPF nor an address."""

    chave = models.CharField(max_length=64)
    dia = models.DateField()
    valor = models.IntegerField()

    class Meta:
        db_table = "support_limite"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chave", "dia"], name="support_limite_do_dia")
        ]


class Aviso(models.Model):
    """A notice to operadoras (R064, R065). A draft until `publicado_em`; published ones are never changed."""

    titulo = models.CharField("título", max_length=200)
    texto = models.TextField()
    links = models.JSONField(default=list)  # rows of [text, address]
    data = models.DateField()
    publicado_em = models.DateTimeField(null=True)
    enviados = models.IntegerField(default=0)  # mails put into the queue

    class Meta:
        db_table = "support_aviso"
        verbose_name = "aviso"

    def __str__(self) -> str:
        return f"aviso {self.pk}"
