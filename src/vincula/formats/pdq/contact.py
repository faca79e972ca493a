"""Telephone, e-mail and address of a person (cadsus-services.md, section 3.6)."""

from __future__ import annotations

from vincula.formats.pdq.release import Release
from vincula.formats.soap import quoted, text
from vincula.people.record import PersonRecord, Phone

_NO_ADDRESS = '\n<addr use="BAD"/>'
BRASIL = "010"
# Table cadsus-tipo-telefone: the uses of the types that have one.
_USES = {"1": "PRN", "2": "WPN", "3": "ASN", "6": "EMR", "7": "ORN", "9": "ASN"}
_NATIONAL = (10, 11)  # digits of a number that has its DDD in it


def render_telecoms(record: PersonRecord, release: Release) -> str:
    """`+DDI-DDD-número` of each telephone, then the e-mails. Every telecom has its use (rule 6)."""
    written = ""
    if "telefone" in release:
        written += "".join([_telephone(phone) for phone in record.telefones if phone.numero])
    if "email" in release:
        written += "".join([f'<telecom value="{quoted(email)}" use="NET"/>' for email in record.emails])
    return written


def _telephone(phone: Phone) -> str:
    ddd, number = phone.ddd, phone.numero
    if not ddd and len(number) in _NATIONAL:
        ddd, number = number[:2], number[2:]
    use = _USES.get(phone.tipo) or _use(number)
    return f'<telecom value="+{quoted(phone.ddi or "55")}-{quoted(ddd)}-{quoted(number)}" use="{use}"/>'


def _use(number: str) -> str:
    """What the base does not hold, the number tells: nine digits from 9 are a mobile, eight from 2 to 5 a line."""
    if len(number) == 9 and number[0] == "9":
        return "ASN"
    return "PRN" if len(number) == 8 and number[0] in "2345" else "ORN"


def render_address(record: PersonRecord, release: Release) -> str:
    """The address in the order of CadSUS; `BAD`, which clients know, where there is none to give.

    Of an address abroad the country may be all that is known (cadsus-services.md, section 4); Brasil alone is none.
    """
    if "endereco" not in release or record.nomade:
        return _NO_ADDRESS
    country = record.pais or BRASIL
    city = record.municipio6 or (record.municipio_exterior if country != BRASIL else "")
    before = _part("city", city) + _part("state", record.uf) + _part("postalCode", record.cep)
    after = (
        _part("houseNumber", record.numero)
        + _part("streetName", record.logradouro)
        + _part("streetNameType", record.tipo_logradouro)
        + _part("additionalLocator", record.bairro)
        + _part("unitID", record.complemento)
    )
    if not (before or after or country != BRASIL):
        return _NO_ADDRESS
    use = "WP" if record.endereco_tipo == "WP" else "H"
    return f'\n<addr use="{use}">{before}<country>{text(country)}</country>{after}</addr>'


def _part(name: str, value: str) -> str:
    return f"<{name}>{text(value)}</{name}>" if value else ""
