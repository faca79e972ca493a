"""Telephone, e-mail and address of a person (cadsus-services.md, section 3.6)."""

from __future__ import annotations

from vincula.formats.pdq.release import Release
from vincula.formats.soap import quoted, text
from vincula.people.record import PersonRecord

_NO_ADDRESS = '\n<addr use="BAD"/>'
_COUNTRY = "<country>010</country>"
_NATIONAL = (10, 11)  # digits of a number that has its DDD in it


def render_telecoms(record: PersonRecord, release: Release) -> str:
    """`+DDI-DDD-número`, then the e-mail. Every telecom has its use (rule 6)."""
    written = ""
    if record.telefone and "telefone" in release:
        ddd, number = record.ddd, record.telefone
        if not ddd and len(number) in _NATIONAL:
            ddd, number = number[:2], number[2:]
        written += f'<telecom value="+55-{quoted(ddd)}-{quoted(number)}" use="{_use(number)}"/>'
    if record.email and "email" in release:
        written += f'<telecom value="{quoted(record.email)}" use="NET"/>'
    return written


def _use(number: str) -> str:
    """What the base does not hold, the number tells: nine digits from 9 are a mobile, eight from 2 to 5 a line."""
    if len(number) == 9 and number[0] == "9":
        return "ASN"
    return "PRN" if len(number) == 8 and number[0] in "2345" else "ORN"


def render_address(record: PersonRecord, release: Release) -> str:
    """The address in the order of CadSUS; `BAD`, which clients know, where there is none to give."""
    if "endereco" not in release:
        return _NO_ADDRESS
    before = _part("city", record.municipio6) + _part("state", record.uf) + _part("postalCode", record.cep)
    after = (
        _part("houseNumber", record.numero)
        + _part("streetName", record.logradouro)
        + _part("streetNameType", record.tipo_logradouro)
        + _part("additionalLocator", record.bairro)
        + _part("unitID", record.complemento)
    )
    return f'\n<addr use="H">{before}{_COUNTRY}{after}</addr>' if before or after else _NO_ADDRESS


def _part(name: str, value: str) -> str:
    return f"<{name}>{text(value)}</{name}>" if value else ""
