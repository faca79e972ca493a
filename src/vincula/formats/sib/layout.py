"""The envelope of an SBX as data, beside the movements of `schema.py`.

`origem`, `destino` and `versaoPadrao` are left open on purpose: what is wrong there has rejection codes of its own
(17, 18, 22, 23, 24), which the intake gives.
"""

from __future__ import annotations

from vincula.formats.sib.dates import DateTime
from vincula.formats.sib.schema import FIELDS, Content, Field
from vincula.formats.sib.values import AnyText, Integer, Text


def _any(name: str, label: str) -> Field:
    return Field(name, AnyText(), label)


_TRANSACAO = Content(
    "identificacaoTransacao",
    (
        _any("tipoTransacao", "tipo da transação"),
        Field("sequencialTransacao", Integer(), "número sequencial da transação"),
        Field("dataHoraRegistroTransacao", DateTime(), "data e hora da transação"),
    ),
    frozenset({"tipoTransacao", "sequencialTransacao", "dataHoraRegistroTransacao"}),
)
_PARTY = (_any("registroANS", "registro ANS"), _any("cnpj", "CNPJ"))
_SOFTWARE = Content(
    "identificacaoSoftwareGerador",
    (
        _any("nomeAplicativo", "nome do aplicativo"),
        _any("versaoAplicativo", "versão do aplicativo"),
        _any("fabricanteAplicativo", "fabricante do aplicativo"),
    ),
    frozenset({"nomeAplicativo", "versaoAplicativo", "fabricanteAplicativo"}),
)
CABECALHO = Content(
    "cabecalho",
    (
        _TRANSACAO,
        Content("falhaNegocio", (), open=True),
        Content("origem", _PARTY),
        Content("destino", _PARTY),
        _any("versaoPadrao", "versão do padrão"),
        _SOFTWARE,
    ),
    frozenset({"identificacaoTransacao", "identificacaoSoftwareGerador"}),
)
NAO_ENVIO = Content(
    "naoEnvioBeneficiarios",
    (FIELDS["motivoNaoEnvioBeneficiarios"],),
    frozenset({"motivoNaoEnvioBeneficiarios"}),
)
BODY = Content("beneficiarios", ())
MENSAGEM_SBX = Content(
    "mensagem",
    (
        Content(
            "operadoraParaANS", (BODY, NAO_ENVIO), exactly_one=(("beneficiarios", "naoEnvioBeneficiarios"),)
        ),
    ),
    frozenset({"operadoraParaANS"}),
)
EPILOGO = Content("epilogo", (Field("hash", Text(1, 100), "hash"),), frozenset({"hash"}))
MENSAGEM_SIB = Content(
    "mensagemSIB",
    (Content("cabecalho", (), open=True), MENSAGEM_SBX, EPILOGO),
    frozenset({"cabecalho", "mensagem", "epilogo"}),
)
"""The whole message; the cabecalho is checked by itself, before the procedures are read."""
