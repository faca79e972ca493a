"""What all HL7 messages that we answer with begin with (cadsus-services.md, sections 3.2 and 3.8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vincula.formats.hl7 import oids
from vincula.formats.hl7.message import Target
from vincula.formats.soap import Mensagem, quoted, text

SUCCESS = frozenset({"AA", "CA"})
CODES = SUCCESS | {"AE", "AR", "CE", "CR"}
ACCEPTED = "MCCI_IN000002UV01"


def render_id(root: str, extension: str, name: str = "id") -> str:
    """An II as it came, without the attributes that did not come."""
    attributes = f' root="{quoted(root)}"' if root else ""
    if extension:
        attributes += f' extension="{quoted(extension)}"'
    return f"<{name}{attributes}/>" if attributes else f'<{name} nullFlavor="NI"/>'


def render_header(
    interaction: str, target: Target, acknowledgement: str, message_id: str, now: datetime
) -> str:
    """From the message's own element, still open, to its acknowledgement. `message_id`: a UUID. Who did not tell the
    name of his system is not given an empty one."""
    name = f"<name>{text(target.sender)}</name>" if target.sender else ""
    return (
        f'<{interaction} ITSVersion="XML_1.0" xmlns="{oids.HL7}">\n'
        f'<id root="{quoted(message_id)}"/>'
        f'<creationTime value="{now:%Y%m%d%H%M%S}"/>'
        f'<interactionId root="{oids.INTERACAO}" extension="{interaction}"/>'
        f'<processingCode code="{quoted(target.processing)}"/>'
        f'<processingModeCode code="{quoted(target.mode)}"/><acceptAckCode code="NE"/>\n'
        '<receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE">'
        f'<id root="{oids.DISPOSITIVO_CLIENTE}"/>{name}</device></receiver>\n'
        '<sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE">'
        f'<id root="{oids.DISPOSITIVO_CADSUS}"/></device></sender>\n{acknowledgement}\n'
    )


def render_acknowledgement(target: Target, code: str, details: Sequence[Mensagem] = ()) -> str:
    """The acknowledgement of the target. Raises ValueError for a success with details: some clients take any text in
    it for a failure (rule 22).
    """
    if code not in CODES or (details and code in SUCCESS):
        raise ValueError(f"acknowledgement {code} with {len(details)} details")
    listed = "".join(
        '<acknowledgementDetail typeCode="E">'
        + (f'<code code="{quoted(one.codigo)}"/>' if one.codigo else "")
        + f"<text>{text(one.descricao)}</text></acknowledgementDetail>"
        for one in details
    )
    return (
        f'<acknowledgement><typeCode code="{code}"/>'
        f"<targetMessage>{render_id(target.root, target.extension)}</targetMessage>{listed}</acknowledgement>"
    )


def render_mcci(
    target: Target, code: str, details: Sequence[Mensagem] = (), *, message_id: str, now: datetime
) -> str:
    """MCCI_IN000002UV01. `code`: CA for success (never with details: rule 22), CE or AE and so on for a refusal."""
    acknowledgement = render_acknowledgement(target, code, details)
    return render_header(ACCEPTED, target, acknowledgement, message_id, now) + f"</{ACCEPTED}>"
