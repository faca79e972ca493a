"""RPX: the processing result that ANS gives to an SBX, as data and as a writer (`sib.md`, section 3).

Rejected records come with their errors, included ones with their CCO; whatever else was accepted shows only in the
totals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from vincula.formats.sib.envelope import Header, render_head, render_tail
from vincula.formats.sib.render import Template, Writer

NOT_INFORMED = "NAO INFORMADO"
"""What ANS shows as valorCampo of a missing field (observed)."""
MOVEMENT_NAMES = {
    1: "INCLUSÃO",
    2: "RETIFICAÇÃO",
    3: "MUDANÇA CONTRATUAL",
    4: "CANCELAMENTO",
    5: "REATIVAÇÃO",
    6: "SEM MOVIMENTAÇÃO",
}
REJECTION_NAMES = {
    16: "ERRO_VALIDACAO_XSD",
    17: "ERRO_CABECALHO_REGISTRO_ANS_ORIGEM_NAO_INFORMADO",
    18: "ERRO_CABECALHO_REGISTRO_ANS_INCOERENTE",
    19: "ERRO_CABECALHO_REGISTRO_ANS_OPERADORA_INATIVA",
    20: "ERRO_EPILOGO_HASH_INVALIDO",
    21: "ERRO_QUANTIDADE_REGISTROS_ACIMA_PERMITIDA",
    22: "ERRO_CABECALHO_CNPJ_ANS_NAO_INFORMADO",
    23: "ERRO_CABECALHO_CNPJ_ANS_INCORRETO",
    24: "ERRO_CABECALHO_VERSAO_PADRAO_INCORRETA",
    26: "ERRO_NOME_ARQUIVO_INVALIDO",
}


@dataclass(frozen=True, slots=True)
class RecordError:
    """`code` 4 digits, `message` up to 200 characters."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """The errors of one field: `field_code` 2 digits, `description` up to 70 characters, `value` as sent."""

    field_code: str
    description: str
    value: str
    errors: tuple[RecordError, ...]


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """A rejected inclusão is known by `codigo_beneficiario`, any other movement by `cco`; the other one is "".

    `kind`: 1 to 6 (MOVEMENT_NAMES); 0 where a file that was read says something else.
    """

    kind: int
    cco: str
    codigo_beneficiario: str
    fields: tuple[FieldErrors, ...]


@dataclass(frozen=True, slots=True)
class IncludedRecord:
    """An inclusão accepted, with the CCO given to it."""

    codigo_beneficiario: str
    cco: str
    nome: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Records read, processed and rejected of one kind."""

    records: int = 0
    processed: int = 0
    rejected: int = 0

    @property
    def success(self) -> str:
        """percentualAcerto: processed of records in percent, two decimals at most, 0.0 without records."""
        return str(round(100 * self.processed / self.records, 2)) if self.records else "0.0"

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.records + other.records, self.processed + other.processed, self.rejected + other.rejected
        )


@dataclass(frozen=True, slots=True)
class ErrorCount:
    """How often an error occurred in the whole file."""

    code: str
    message: str
    occurrences: int


@dataclass(frozen=True, slots=True)
class RejectedFile:
    """A file refused as a whole: `size` in bytes, `received` AAAA-MM-DDTHH:MM:SS, `reason` 16 to 26."""

    file_name: str
    size: int
    received: str
    origin_ip: str
    reason: int


SECTIONS = (
    (1, "consolidadoInclusao"),
    (2, "consolidadoRetificacao"),
    (3, "consolidadoMudancaContratual"),
    (5, "consolidadoReativacao"),
    (4, "consolidadoCancelamento"),
    (6, "consolidadoSemMovimentacao"),
)


def _elements(*names: str) -> Template:
    def build(present: frozenset[str]) -> str:
        return "".join(f"<{name}>%s</{name}>" for name in names if name in present)

    return Template(names, build)


def _rejected_tag(present: frozenset[str]) -> str:
    names = ("cco", "codigoBeneficiario", "codigoTipoMovimento", "tipoMovimento")
    return "<registroRejeitado" + "".join(f' {name}="%s"' for name in names if name in present) + ">"


def _included(present: frozenset[str]) -> str:
    attribute = ' codigoBeneficiario="%s"' if "codigoBeneficiario" in present else ""
    inside = "".join(f"<{name}>%s</{name}>" for name in ("cco", "nomeBeneficiario") if name in present)
    return f"<registroIncluido{attribute}>{inside}</registroIncluido>"


_REJECTED = Template(("cco", "codigoBeneficiario", "codigoTipoMovimento", "tipoMovimento"), _rejected_tag)
_INCLUDED = Template(("codigoBeneficiario", "cco", "nomeBeneficiario"), _included)
_FIELD = _elements("codigoCampo", "descricaoCampo", "valorCampo")
_ERROR = _elements("codigoErro", "mensagemErro")
_ERROR_COUNT = _elements("codigoErro", "mensagemErro", "quantidadeOcorrenciaErro")
_TOTAL = _elements("quantidadeRegistros", "quantidadeProcessados", "quantidadeRejeitados", "percentualAcerto")
_PROTOCOL = _elements("numeroProtocolo", "nomeArquivo")
_REFUSED = _elements(
    "nomeArquivo",
    "tamanhoArquivo",
    "dataHoraRecebimento",
    "enderecoIPOrigem",
    "codigoMotivoRejeicao",
    "motivoRejeicao",
)


class RpxWriter:
    """Writes the RPX of a processed file, in this order: `rejected`, `included`, `close` (each once at most)."""

    def __init__(self, out: BinaryIO, header: Header, protocol: str, file_name: str) -> None:
        self._writer = Writer(out, references=True)
        text, values = render_head(header)
        self._writer.text(text + "<ansParaOperadora><resultadoProcessamento><arquivoProcessado>", values)
        self._one("protocoloProcessamento", _PROTOCOL, (protocol, file_name))

    def rejected(self, records: Iterable[RejectedRecord]) -> int:
        """The rejected records with their errors; how many. Nothing is written for none."""
        count = 0
        for record in records:
            if not count:
                self._writer.text("<registrosRejeitados>\n")
            count += 1
            self._rejected(record)
        if count:
            self._writer.text("</registrosRejeitados>\n")
        return count

    def included(self, records: Iterable[IncludedRecord]) -> int:
        """The included records with their CCO; how many. Nothing is written for none."""
        iterator = iter(records)
        first = next(iterator, None)
        if first is None:
            return 0
        self._writer.text("<registrosIncluidos>\n")
        count = self._writer.rows(_INCLUDED, [_included_row(first)])
        count += self._writer.rows(_INCLUDED, map(_included_row, iterator))
        self._writer.text("</registrosIncluidos>\n")
        return count

    def close(self, totals: dict[int, Totals], errors: Iterable[ErrorCount] = ()) -> str:
        """The totals by movement (1 to 6; absent ones count as zero), the epilogo; returns the hash."""
        self._writer.text("<consolidado>")
        listed = [(error.code, error.message, str(error.occurrences)) for error in errors]
        if listed:
            self._writer.text("<consolidadoErroProcessamento>")
            for row in listed:
                self._one("erro", _ERROR_COUNT, row)
            self._writer.text("</consolidadoErroProcessamento>")
        self._writer.text("<consolidadoProcessamento>")
        whole = Totals()
        for kind, element in SECTIONS:
            part = totals.get(kind, Totals())
            whole += part
            self._total(element, part)
        self._total("consolidadoTotal", whole)
        self._writer.text("</consolidadoProcessamento></consolidado></arquivoProcessado>")
        return _end(self._writer)

    def _rejected(self, record: RejectedRecord) -> None:
        name = MOVEMENT_NAMES[record.kind]
        row = (record.cco, record.codigo_beneficiario, str(record.kind), name)
        self._writer.rows(_REJECTED, [row])
        for found in record.fields:
            self._writer.text("<campoErro>")
            self._writer.rows(_FIELD, [(found.field_code, found.description[:70], found.value)])
            for error in found.errors:
                self._one("erro", _ERROR, (error.code, error.message[:200]))
            self._writer.text("</campoErro>")
        self._writer.text("</registroRejeitado>\n")

    def _total(self, element: str, part: Totals) -> None:
        self._one(element, _TOTAL, (str(part.records), str(part.processed), str(part.rejected), part.success))

    def _one(self, element: str, template: Template, row: tuple[str, ...]) -> None:
        self._writer.text(f"<{element}>")
        self._writer.rows(template, [row])
        self._writer.text(f"</{element}>\n")


def write_rpx_rejected(out: BinaryIO, header: Header, refused: RejectedFile) -> str:
    """Writes the RPX of a file refused as a whole and returns its hash."""
    writer = Writer(out, references=True)
    text, values = render_head(header)
    writer.text(text + "<ansParaOperadora><resultadoProcessamento><arquivoRejeitado>", values)
    row = (
        refused.file_name,
        f"{refused.size}.0",
        refused.received,
        refused.origin_ip,
        str(refused.reason),
        REJECTION_NAMES[refused.reason],
    )
    writer.rows(_REFUSED, [row])
    writer.text("</arquivoRejeitado>")
    return _end(writer)


def _included_row(record: IncludedRecord) -> tuple[str, str, str]:
    return (record.codigo_beneficiario, record.cco, record.nome)


def _end(writer: Writer) -> str:
    hashed = writer.digest.hexdigest()
    writer.text("</resultadoProcessamento></ansParaOperadora>" + render_tail(hashed))
    return hashed
