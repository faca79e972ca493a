"""The envelope that SBX, RPX and CNX share: cabecalho, mensagem, epilogo (reference `sib.md`, section 1.2)."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

from vincula.formats.sib.digest import SCHEMA_LOCATION

CNPJ_ANS = "03589068000146"
VERSAO_PADRAO = "1.1"
TRANSACAO_SBX = "Atualização SIB"
TRANSACAO_RPX = "RESULTADO DO PROCESSAMENTO"  # ours: that of real files is not known
TRANSACAO_CNX = "CONFERENCIA CADASTRAL"  # observed
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA_ATTRIBUTES = (f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation")
DECLARATION = "<?xml version='1.0' encoding='ISO-8859-1' standalone='no'?>\n"
ROOT = (
    '<mensagemSIB xmlns:ansSIB="http://www.ans.gov.br/padroes/sib/schemas"'
    f' xmlns:xsi="{XSI}" xsi:schemaLocation="{SCHEMA_LOCATION}">'
)


@dataclass(frozen=True, slots=True)
class Header:
    """The cabecalho. A field is None when its element is absent, "" when the element is empty.

    `data_hora` is AAAA-MM-DDTHH:MM:SS as written. Exactly one of `origem_*` and one of `destino_*` in a valid file;
    whether they are the right ones is the caller's question (rejections 17, 18, 22, 23, 24).
    """

    tipo_transacao: str | None = None
    sequencial: str | None = None
    data_hora: str | None = None
    origem_registro: str | None = None
    origem_cnpj: str | None = None
    destino_registro: str | None = None
    destino_cnpj: str | None = None
    versao_padrao: str | None = None
    aplicativo: str | None = None
    versao_aplicativo: str | None = None
    fabricante: str | None = None


def header_of(cabecalho: etree._Element) -> Header:
    """The fields of a cabecalho, without the blanks around them."""

    def text(path: str) -> str | None:
        found = cabecalho.findtext(path)
        return None if found is None else str(found).strip()

    return Header(
        text("identificacaoTransacao/tipoTransacao"),
        text("identificacaoTransacao/sequencialTransacao"),
        text("identificacaoTransacao/dataHoraRegistroTransacao"),
        text("origem/registroANS"),
        text("origem/cnpj"),
        text("destino/registroANS"),
        text("destino/cnpj"),
        text("versaoPadrao"),
        text("identificacaoSoftwareGerador/nomeAplicativo"),
        text("identificacaoSoftwareGerador/versaoAplicativo"),
        text("identificacaoSoftwareGerador/fabricanteAplicativo"),
    )


def _party(name: str, registro: str | None, cnpj: str | None) -> list[tuple[str, str | None]]:
    parts: list[tuple[str, str | None]] = [(f"<{name}>", None)]
    if registro is not None:
        parts += [("<registroANS>", registro), ("</registroANS>", None)]
    elif cnpj is not None:
        parts += [("<cnpj>", cnpj), ("</cnpj>", None)]
    return [*parts, (f"</{name}>", None)]


def render_head(header: Header) -> tuple[str, list[str]]:
    """The text from the XML declaration to `<mensagem>`, and the values that the hash counts in it."""
    parts: list[tuple[str, str | None]] = [
        ("<cabecalho><identificacaoTransacao><tipoTransacao>", header.tipo_transacao),
        ("</tipoTransacao><sequencialTransacao>", header.sequencial),
        ("</sequencialTransacao><dataHoraRegistroTransacao>", header.data_hora),
        ("</dataHoraRegistroTransacao></identificacaoTransacao>", None),
        *_party("origem", header.origem_registro, header.origem_cnpj),
        *_party("destino", header.destino_registro, header.destino_cnpj),
        ("<versaoPadrao>", VERSAO_PADRAO if header.versao_padrao is None else header.versao_padrao),
        ("</versaoPadrao><identificacaoSoftwareGerador><nomeAplicativo>", header.aplicativo),
        ("</nomeAplicativo><versaoAplicativo>", header.versao_aplicativo),
        ("</versaoAplicativo><fabricanteAplicativo>", header.fabricante),
        ("</fabricanteAplicativo></identificacaoSoftwareGerador></cabecalho>\n", None),
    ]
    values = [(value or "").strip(" \t\r\n") for _, value in parts]
    text = "".join(tag + escape(value) for (tag, _), value in zip(parts, values, strict=True))
    return f"{DECLARATION}{ROOT}\n{text}<mensagem>", [SCHEMA_LOCATION, *(value for value in values if value)]


def render_tail(digest: str) -> str:
    """The text from `</mensagem>` to the end, with the hash."""
    return f"</mensagem>\n<epilogo><hash>{digest}</hash></epilogo>\n</mensagemSIB>\n"
