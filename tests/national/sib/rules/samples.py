"""A sound inclusão, a sound vínculo, and the numbers they carry. Nobody: every number is made up and well formed."""

from __future__ import annotations

from vincula.identifiers import caepf, cei, cnpj, pis
from vincula.national.sib.rules.fields import INCLUSAO, WIRE
from vincula.national.sib.rules.records import Context, Facts

TODAY, TOMORROW = "2026-11-21", "2026-11-22"
SAO_PAULO, RIO, NOWHERE = "355030", "330455", "999999"
CONTEXT = Context(TODAY, frozenset({SAO_PAULO, RIO}))
FREE = Facts()
IN_USE = Facts(code_in_use=True)
ORPHAN = Facts(titular_known=False)

CPF, BAD_CPF = "11122233396", "11122233397"
PIS = pis.complete("1701234567")
BAD_PIS = PIS[:10] + str((int(PIS[10]) + 1) % 10)
CNS, BAD_CNS = "750000000000141", "750000000000142"
RPS, OTHER_RPS, BAD_RPS = "123456211", "987654195", "123456212"
CNPJ = cnpj.complete("112223330001")
BAD_CNPJ = CNPJ[:13] + str((int(CNPJ[13]) + 1) % 10)
CEI = cei.complete("11583002495")
BAD_CEI = CEI[:11] + str((int(CEI[11]) + 1) % 10)
CAEPF = caepf.complete("111222333001")
BAD_CAEPF = CAEPF[:13] + str((int(CAEPF[13]) + 1) % 10)

_TITULAR = {
    "cpf": CPF,
    "nome": "MARIA DE SOUZA",
    "sexo": "3",
    "nascimento": "1980-02-29",
    "nome_mae": "ANA DE SOUZA",
    "municipio": SAO_PAULO,
    "codigo": "0001",
    "relacao": "1",
    "contratacao": "2020-05-01",
    "plano_ans": RPS,
}
_CHILD = {
    **_TITULAR,
    "cpf": "",
    "nome": "JOSE DE SOUZA",
    "sexo": "1",
    "nascimento": "2015-06-01",
    "codigo": "0002",
    "relacao": "4",
    "codigo_titular": "0001",
}


def titular(**fields: str) -> dict[str, str]:
    """The inclusão of a titular of 46 years, with these fields instead; "" takes one away."""
    return {**dict.fromkeys(INCLUSAO, ""), **_TITULAR, **fields}


def child(**fields: str) -> dict[str, str]:
    """The inclusão of a dependent of 11 years without CPF."""
    return {**dict.fromkeys(INCLUSAO, ""), **_CHILD, **fields}


def vinculo(**fields: str) -> dict[str, str]:
    """The state of the titular's vínculo: active unless told otherwise."""
    return {"situacao": "A", **dict.fromkeys(WIRE, ""), **_TITULAR, **fields}


def dependent(**fields: str) -> dict[str, str]:
    """The state of the child's vínculo."""
    return {"situacao": "A", **dict.fromkeys(WIRE, ""), **_CHILD, **fields}


def ended(**fields: str) -> dict[str, str]:
    """The state of the titular's vínculo after a cancelamento on 30/06/2024."""
    return vinculo(**{"situacao": "I", "cancelamento": "2024-06-30", "motivo_cancelamento": "41", **fields})


WITH_CONTRACTOR = vinculo(cnpj_contratante=CNPJ)
PORTED = vinculo(plano_portabilidade=OTHER_RPS)
OLD_PLAN = vinculo(plano_ans="", plano_operadora="ANTIGO")
