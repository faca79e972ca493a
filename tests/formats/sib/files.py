"""Small SBX files for tables of cases: one good inclusão, to be spoiled on purpose."""

from __future__ import annotations

import io

from tests.formats.sib.makers import envelope
from vincula.formats.sib import CNPJ_ANS, DEFAULT, Header, Limits, Outcome, check_sbx

GOOD = (
    "<inclusao><identificacao><cpf>11122233396</cpf><nome>JOÃO DA CONCEIÇÃO</nome><sexo>1</sexo>"
    "<dataNascimento>1980-02-28</dataNascimento></identificacao>"
    "<endereco><codigoMunicipio>330455</codigoMunicipio></endereco>"
    "<vinculo><codigoBeneficiario>0001</codigoBeneficiario><relacaoDependencia>1</relacaoDependencia>"
    "<dataContratacao>2025-04-15</dataContratacao><numeroPlanoANS>123456211</numeroPlanoANS></vinculo></inclusao>\n"
)
CANCEL = (
    "<cancelamento><cco>000123456709</cco><dataCancelamento>2025-04-30</dataCancelamento>"
    "<motivoCancelamento>41</motivoCancelamento></cancelamento>\n"
)
RETIFY = "<retificacao><cco>000123456709</cco><identificacao/><endereco/><vinculo/></retificacao>\n"


def answer_header(transacao: str) -> Header:
    """The header of what ANS sends to an operadora."""
    return Header(
        transacao,
        "1",
        "2026-11-10T02:00:00",
        origem_cnpj=CNPJ_ANS,
        destino_registro="999997",
        versao_padrao="1.1",
        aplicativo="VINCULA",
        versao_aplicativo="1",
        fabricante="VINCULA",
    )


def sbx(body: str) -> str:
    """A file whose procedures begin on line 5; the hash in it is not the right one."""
    return envelope(f"<beneficiarios>\n{body}</beneficiarios>")


def check(text: str | bytes, limits: Limits = DEFAULT) -> Outcome:
    data = text if isinstance(text, bytes) else text.encode("iso-8859-1")
    return check_sbx(io.BytesIO(data), limits)


def swap(old: str, new: str, times: int = 1) -> str:
    """The good inclusão with something replaced."""
    assert old in GOOD
    return GOOD.replace(old, new, times)
