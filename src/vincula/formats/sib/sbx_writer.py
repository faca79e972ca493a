"""Writes an SBX: what an operadora sends. The hash is computed while writing; memory does not grow with the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import BinaryIO

from vincula.formats.sib.envelope import Header, render_head, render_tail
from vincula.formats.sib.render import Row, Template, Writer
from vincula.formats.sib.schema import BY_KIND, COLUMNS_INCLUSAO, Content, Movement, leaf_names

Procedure = tuple[int, Sequence[str] | Mapping[str, str]]
"""Kind 1 to 5, and the fields: a mapping by element name, or for an inclusão also a row in COLUMNS_INCLUSAO order."""


def record_text(content: Content, present: frozenset[str]) -> str:
    """A template of the record: the present fields with `%s`, required groups even when empty."""
    inside = []
    for particle in content.particles:
        if isinstance(particle, Content):
            inside.append(record_text(particle, present))
        elif particle.name in present:
            inside.append(f"<{particle.name}>%s</{particle.name}>")
    text = "".join(inside)
    return f"<{content.name}>{text}</{content.name}>" if text else f"<{content.name}/>"


def _template(movement: Movement) -> Template:
    return Template(leaf_names(movement.content), lambda present: record_text(movement.content, present))


_TEMPLATES = {kind: _template(movement) for kind, movement in BY_KIND.items()}


def write_sbx(out: BinaryIO, header: Header, procedures: Iterable[Procedure]) -> str:
    """Writes the file and returns its hash.

    The fields are not validated: what is written is what is given (blanks around values excepted), so that a file
    with errors can be made on purpose. Raises `UnwritableValueError` for a character that cannot stand in the file
    and `ValueError` for a field that the movement does not have.
    """
    writer = Writer(out)
    text, values = render_head(header)
    writer.text(text + "<operadoraParaANS><beneficiarios>\n", values)
    for kind, group in groupby(procedures, key=lambda procedure: procedure[0]):
        template = _TEMPLATES[kind]
        writer.rows(template, (_row(kind, template, fields) for _, fields in group))
    hashed = writer.digest.hexdigest()
    writer.text("</beneficiarios></operadoraParaANS>" + render_tail(hashed))
    return hashed


def write_sbx_no_movement(out: BinaryIO, header: Header, reason: str) -> str:
    """Writes a file sem movimento (reason "61" or "62") and returns its hash."""
    writer = Writer(out)
    text, values = render_head(header)
    element = "motivoNaoEnvioBeneficiarios"
    body = f"<naoEnvioBeneficiarios><{element}>{reason}</{element}></naoEnvioBeneficiarios>"
    writer.text(f"{text}<operadoraParaANS>{body}</operadoraParaANS>", [*values, reason])
    hashed = writer.digest.hexdigest()
    writer.text(render_tail(hashed))
    return hashed


def _row(kind: int, template: Template, fields: Sequence[str] | Mapping[str, str]) -> Row:
    if not isinstance(fields, Mapping):
        if kind != 1:
            raise ValueError("only an inclusão may be given as a row; other movements by element name")
        return fields
    unknown = set(fields) - set(template.columns)
    if unknown:
        raise ValueError(f"{BY_KIND[kind].element} has no field {sorted(unknown)[0]}")
    return [fields.get(name, "") for name in template.columns]


assert _TEMPLATES[1].columns == COLUMNS_INCLUSAO
