"""A synthetic person whom every rule takes, with everything that CadSUS may hold of one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from vincula.identifiers import cpf, pis
from vincula.people.record import Certificate, Document, PersonRecord, Phone
from vincula.people.registration import Around, Channel

TODAY = "2026-11-22"
MUNICIPIOS = frozenset({"355030", "330455"})

RG = Document(tipo="rg", numero="12345678X", orgao="10", uf="SP", emissao="2005-03-10")
CTPS = Document(tipo="ctps", numero="1234567", serie="00123", emissao="2006-01-02")
CNH = Document(tipo="cnh", numero="01234567890", uf="SP", emissao="2010-07-08")
PASSAPORTE = Document(
    tipo="passaporte", numero="AB123456", pais="010", emissao="2020-01-01", validade="2030-01-01"
)
DNV = Document(tipo="dnv", numero="12345678901")
TITULO = Document(tipo="titulo", numero="123456789012", zona="0001", secao="0002")
NOVA = Certificate(tipo="91", matricula="0" * 5 + "1" * 27, emissao="1990-06-01")
ANTIGA = Certificate(
    tipo="92", cartorio="CARTORIO CENTRAL", livro="B-12", folha="34", termo="5678", emissao="2012-05-05"
)


def a_record(**values: Any) -> PersonRecord:
    """A record that nothing stands against; what is given replaces its fields."""
    return replace(
        PersonRecord(
            nome="MARIA DE LOURDES PRADO",
            nome_mae="ANA DE LOURDES PRADO",
            nome_pai="SEM INFORMAÇÃO",
            sexo="F",
            data_nascimento="1990-05-20",
            raca_cor="03",
            nacionalidade="B",
            municipio_nascimento="355030",
            pais_nascimento="010",
            pais="010",
            municipio6="355030",
            uf="SP",
            tipo_logradouro="081",
            logradouro="RUA DAS FLORES",
            numero="120",
            bairro="CENTRO",
            cep="01001000",
            telefones=(Phone("987654321", "11", "3"),),
        ),
        **values,
    )


def a_full_record(**values: Any) -> PersonRecord:
    """The same person with every document, e-mails, a second telephone and a death."""
    full = {
        "nome_social": "LURDES",
        "cpf": cpf.complete("111222333"),
        "pis": pis.complete("1234567890"),
        "tipo_sanguineo": "AB-",
        "complemento": "CASA",
        "data_obito": "2024-02-29",
        "justificativa_obito": "MORTE POR CAUSA NATURAL",
        "telefones": (Phone("987654321", "11", "3"), Phone("33334444", "21", "1")),
        "emails": ("maria.teste@exemplo.org", "lurdes@exemplo.net"),
        "documentos": (CNH, CTPS, DNV, PASSAPORTE, RG, TITULO),
        "certidoes": (NOVA, ANTIGA),
    }
    return a_record(**{**full, **values})


def world(channel: Channel = Channel.TELA, **more: Any) -> Around:
    return Around(TODAY, MUNICIPIOS, channel, **more)
