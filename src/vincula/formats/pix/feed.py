"""A person as a system sends him to the national base: PRPA_IN201301UV02 (add) and 201302UV02 (revise).

Read as it is really sent (cadsus-services.md, section 4; section 9, rules 13, 14 and 23), by local names, in any order.
Whether what it says is right is decided by the rules of registration, not here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from vincula.formats.hl7 import oids
from vincula.formats.hl7.message import Target, attribute, children, read_target
from vincula.formats.pix.person import read_person
from vincula.formats.pix.reading import FieldFault, Reading
from vincula.formats.soap import local_name
from vincula.people.record import LocalId, PersonRecord

MAX_BYTES = 64 * 1024  # a feed with every document has some 8 KiB
_BASES = frozenset({oids.CORPORATIVO, oids.UPDATE, oids.BULK})
_CORPORATE = re.compile(r"[0-9]{1,10}")
_CONFIDENTIALITY = frozenset({"N", "R", "V"})
_DELETE = "D"  # HL7's updateMode: taken as a datum, what is to go would be added
_DELETE_REMEDY = "Envie só os dados que valem, sem updateMode; o que não vem fica como está."
_ID_REMEDY = "Envie patient/id com o OID do sistema em root e o número local em extension."


@dataclass(frozen=True, slots=True, repr=False)
class Feed:
    """What a system says of a person.

    `local`: what the sending system calls him; None where the message has none. `given`: the names of the fields of
    `record` that the message carried; the others say nothing and an update leaves them alone. A field that is given
    and empty is said to have no value (alive; no address; what the nationality rules out). Of `cartoes`, `documentos`,
    `certidoes`, `telefones`, `emails` and `locais` the message carries what it names; that others are gone it does not
    say. `confidencialidade`: N, R, V or "". `faults`: what came and could not be read: a feed with any is for refusing.
    """

    target: Target
    local: LocalId | None
    record: PersonRecord
    given: frozenset[str]
    confidencialidade: str = ""
    faults: tuple[FieldFault, ...] = ()


def read_feed(message: etree._Element) -> Feed | None:
    """The person in the message; None where it has no patient. Never raises for what XML can hold."""
    patients = list(message.iter("{*}patient"))
    if not patients:
        return None
    reading = Reading()
    if len(patients) > 1:
        reading.fault("", "A mensagem traz mais de uma pessoa.", "Envie uma pessoa por mensagem.")
    patient = patients[0]
    if any(attribute(part, "updateMode") == _DELETE for part in patient.iter()):
        reading.fault("", "A mensagem pede a remoção de um dado (updateMode D).", _DELETE_REMEDY)
    ids = _read_own_ids(patient, reading)
    parts = children(patient)
    if attribute(parts.get("veryImportantPersonCode"), "code").upper() == "VIP":
        reading.values["vip"] = True
    if (person := parts.get("patientPerson")) is not None:
        read_person(person, reading)
    secrecy = attribute(parts.get("confidentialityCode"), "code").upper()
    return Feed(
        target=read_target(message),
        local=next((one for one in ids if one.raiz not in _BASES), None),
        record=reading.record(),
        given=frozenset(reading.values),
        confidencialidade=secrecy if secrecy in _CONFIDENTIALITY else "",
        faults=tuple(reading.faults),
    )


def read_ids(role: etree._Element) -> tuple[LocalId, ...]:
    """The ids of a patient, also those without a root or without a number; one with neither is none."""
    found = [
        LocalId(attribute(one, "root"), attribute(one, "extension"), attribute(one, "assigningAuthorityName"))
        for one in role
        if local_name(one) == "id"
    ]
    return tuple(one for one in found if one.raiz or one.extensao)


def _read_own_ids(patient: etree._Element, reading: Reading) -> list[LocalId]:
    """What systems call him; the identificador corporativo, where one sends it back, is the record's id."""
    own: list[LocalId] = []
    for one in read_ids(patient):
        if not (one.raiz and one.extensao):
            reading.fault("locais", "Um identificador do paciente veio incompleto.", _ID_REMEDY)
        elif one.raiz != oids.CORPORATIVO:
            own.append(one)
        elif _CORPORATE.fullmatch(one.extensao):
            reading.values.setdefault("id", int(one.extensao))
        else:
            reading.fault(
                "id", "O identificador RES-BRASIL não tem 10 algarismos.", "Envie-o como foi recebido."
            )
    if own:
        reading.values["locais"] = tuple(dict.fromkeys(own))
    return own
