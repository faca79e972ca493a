"""Telephones, e-mails and address of a feed (cadsus-rules.md, section 9, 23 to 25; cadsus-services.md, section 3.6)."""

from __future__ import annotations

import re

from lxml import etree

from vincula.formats.hl7.message import all_text, attribute, children
from vincula.formats.pix.reading import Reading
from vincula.people.record import Phone

_EMAIL_USE = "NET"
# Table cadsus-tipo-contato, and the uses of HL7 itself, which live feeds do not have but the schema does.
_TYPES = {
    "PRN": "1",
    "WPN": "2",
    "ASN": "3",
    "EMR": "6",
    "ORN": "7",
    "H": "1",
    "HP": "1",
    "WP": "2",
    "MC": "3",
}
_SCHEME = re.compile(r"(?:mailto|tel|fax):(?://)?", re.I)
_PARTED = re.compile(r"\+([0-9]{1,3})-([0-9]{0,4})-([0-9]{1,15})")
_OTHER_MARKS = re.compile(r"[0-9 ()./-]*")
_NOT_DIGITS = re.compile(r"[^0-9]")
_NATIONAL = (10, 11)  # digits of a number with its DDD
_BRASIL = "010"
_DDI = "55"
_BAD = "BAD"
_BIRTH = "BIRTHPL"  # in questions the use of the place of birth; no residence
_CEP = re.compile(r"([0-9]{2})\.?([0-9]{3})-?([0-9]{3})")
ADDRESS = (
    "endereco_tipo",
    "tipo_logradouro",
    "logradouro",
    "numero",
    "complemento",
    "bairro",
    "cep",
    "municipio6",
    "uf",
    "pais",
    "municipio_exterior",
)
"""The fields that an address gives, and that the want of one clears."""
_PARTS = {
    "streetNameType": "tipo_logradouro",
    "streetName": "logradouro",
    "houseNumber": "numero",
    "unitID": "complemento",
    "additionalLocator": "bairro",
    "state": "uf",
    "country": "pais",
}


def read_telecoms(telecoms: list[etree._Element], reading: Reading) -> None:
    """Whatever the use says, what holds an @ is an e-mail: clients that must satisfy the schema write H for both."""
    phones: list[Phone] = []
    emails: list[str] = []
    for telecom in telecoms:
        value = _SCHEME.sub("", attribute(telecom, "value") or all_text(telecom), count=1).strip()
        uses = attribute(telecom, "use").split()
        if not value:
            continue
        if "@" in value or _EMAIL_USE in uses:
            emails.append(value)
        elif phone := _phone(value, next((_TYPES[use] for use in uses if use in _TYPES), "")):
            phones.append(phone)
        else:
            reading.fault(
                "telefones",
                "Um telefone não pôde ser lido.",
                "Envie +55-DDD-número, só com algarismos, por exemplo +55-62-900000000.",
            )
    if phones:
        reading.values["telefones"] = tuple(dict.fromkeys(phones))
    if emails:
        reading.values["emails"] = tuple(dict.fromkeys(emails))


def _phone(value: str, tipo: str) -> Phone | None:
    """`+DDI-DDD-número`; or digits, with or without the usual marks, of which the DDD is told by their number. The
    annex gives no format."""
    if parted := _PARTED.fullmatch(value):
        ddi, ddd, number = parted.groups()
        return Phone(number, ddd, tipo, ddi)
    digits = _NOT_DIGITS.sub("", value)
    if not digits or not _OTHER_MARKS.fullmatch(value.removeprefix("+")):
        return None
    if value.startswith("+") and not digits.startswith(_DDI):
        return None  # where the country ends and the number begins cannot be told
    for prefix in (_DDI, "0"):
        if digits.startswith(prefix) and len(digits) - len(prefix) in _NATIONAL:
            digits = digits[len(prefix) :]
            break
    if len(digits) in _NATIONAL:
        return Phone(digits[2:], digits[:2], tipo)
    return Phone(digits, "", tipo)


def read_address(addresses: list[etree._Element], reading: Reading) -> None:
    """The first address with anything in it. `BAD` without any says that there is none: then all is cleared."""
    homes = [one for one in addresses if _BIRTH not in _uses(one)]
    for address in homes:
        if _BAD not in _uses(address) and _read_parts(address, reading):
            for name in ADDRESS:  # it is taken whole: what it leaves out is not kept from an earlier one
                reading.clear(name)
            return
    if any(_BAD in _uses(one) for one in homes):
        for name in ADDRESS:
            reading.clear(name)


def _uses(address: etree._Element) -> list[str]:
    return attribute(address, "use").split()


def _read_parts(address: etree._Element, reading: Reading) -> bool:
    parts = {name: all_text(part) for name, part in children(address).items()}
    known = {field: parts[name] for name, field in _PARTS.items() if parts.get(name)}
    cep = _CEP.fullmatch(parts.get("postalCode", ""))
    known["cep"] = "".join(cep.groups()) if cep else parts.get("postalCode", "")
    abroad = known.get("pais", _BRASIL) != _BRASIL
    known["municipio_exterior" if abroad else "municipio6"] = parts.get("city", "")
    if not any(known.values()):
        return False
    known["endereco_tipo"] = "WP" if "WP" in _uses(address) else "H"
    for name, value in known.items():
        reading.give(name, value)
    return True
