"""CNX: the conference file, the whole state of an operadora's beneficiaries as ANS holds it (`sib.md`, section 4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from vincula.formats.sib.envelope import Header, render_head, render_tail
from vincula.formats.sib.render import Row, Template, Writer
from vincula.formats.sib.schema import RETIFICACAO, Content, leaf_names

ATTRIBUTES = ("cco", "situacao", "dataAtualizacao")
ATIVO, INATIVO = "ATIVO", "INATIVO"
_IDENTIFICACAO, _ENDERECO, _VINCULO = (
    particle for particle in RETIFICACAO.particles if isinstance(particle, Content)
)
_VINCULO_NAMES = tuple(
    "ccoBeneficiarioTitular" if name == "codigoBeneficiarioTitular" else name for name in leaf_names(_VINCULO)
)
COLUMNS_CNX: tuple[str, ...] = (
    *ATTRIBUTES,
    *leaf_names(_IDENTIFICACAO),
    *leaf_names(_ENDERECO),
    *_VINCULO_NAMES,
    "situacaoTransferencia",
)
"""The attributes, then the fields of identificacao, endereco and vinculo in document order, then the transfer state
(1 transferido, 2 cancelado por duplicidade no adquirente; the schema spells the element `situacaoTransfrencia`)."""
TRANSFER_ELEMENT = "situacaoTransfrencia"
_GROUPS = (
    ("identificacao", leaf_names(_IDENTIFICACAO)),
    ("endereco", leaf_names(_ENDERECO)),
    ("vinculo", _VINCULO_NAMES),
)


def _beneficiario(present: frozenset[str]) -> str:
    attributes = "".join(f' {name}="%s"' for name in ATTRIBUTES if name in present)
    inside = "".join(_group(name, fields, present) for name, fields in _GROUPS)
    if "situacaoTransferencia" in present:
        inside += f"<{TRANSFER_ELEMENT}>%s</{TRANSFER_ELEMENT}>"
    return f"<beneficiario{attributes}>{inside}</beneficiario>"


def _group(name: str, fields: tuple[str, ...], present: frozenset[str]) -> str:
    inside = "".join(f"<{field}>%s</{field}>" for field in fields if field in present)
    return f"<{name}>{inside}</{name}>" if inside else f"<{name}/>"


_TEMPLATE = Template(COLUMNS_CNX, _beneficiario)


def write_cnx(out: BinaryIO, header: Header, rows: Iterable[Row]) -> str:
    """Writes the file and returns its hash (attributes counted, as ANS's definition has it).

    `rows`: sequences of strings in COLUMNS_CNX order, "" where absent; `cco` and `situacao` are required. The same
    rows and header give the same bytes. Raises `UnwritableValueError` for a character that XML forbids.
    """
    writer = Writer(out, references=True)
    text, values = render_head(header)
    writer.text(text + "<ansParaOperadora><conferencia>\n", values)
    writer.rows(_TEMPLATE, rows)
    hashed = writer.digest.hexdigest()
    writer.text("</conferencia></ansParaOperadora>" + render_tail(hashed))
    return hashed
