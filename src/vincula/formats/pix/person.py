"""Who a feed is about: names, sex, birth, death, race, parents, nationality (cadsus-rules.md, section 9)."""

from __future__ import annotations

from lxml import etree

from vincula.formats.hl7.message import all_text, attribute, children
from vincula.formats.pix.contact import read_address, read_telecoms
from vincula.formats.pix.documents import read_other_ids, read_passports
from vincula.formats.pix.nationality import read_nationality
from vincula.formats.pix.reading import Reading, moment
from vincula.formats.soap import local_name
from vincula.people.demographics import sex_from_cadsus

_PARENTS = {"PRN": "nome_mae", "NPRN": "nome_pai"}
_TRUE = frozenset({"true", "1"})
_FALSE = frozenset({"false", "0"})

Parts = dict[str, list[etree._Element]]


def read_person(person: etree._Element, reading: Reading) -> None:
    """The patientPerson, whatever the order of its parts."""
    parts: Parts = {}
    for part in person:
        parts.setdefault(local_name(part), []).append(part)
    _read_names(parts.get("name", []), reading)
    read_telecoms(parts.get("telecom", []), reading)
    _read_sex(parts.get("administrativeGenderCode", []), reading)
    for time in parts.get("birthTime", []):
        reading.give("data_nascimento", reading.day("data_nascimento", "data de nascimento", moment(time)))
    _read_death(parts, reading)
    read_address(parts.get("addr", []), reading)
    for name, field in (("raceCode", "raca_cor"), ("ethnicGroupCode", "etnia")):
        for code in parts.get(name, []):
            reading.give(field, attribute(code, "code"))
    read_other_ids(parts.get("asOtherIDs", []), reading)
    read_passports(parts.get("asCitizen", []), reading)
    _read_parents(parts.get("personalRelationship", []), reading)
    read_nationality(parts.get("birthPlace", []), reading)


def _read_names(names: list[etree._Element], reading: Reading) -> None:
    """L is the legal name, ASGN the nome social. Where none is L, one without use is the legal name."""
    uses = [(attribute(name, "use").split(), all_text(name)) for name in names]
    for wanted, name in uses:
        if "L" in wanted:
            reading.give("nome", name)
        elif "ASGN" in wanted:
            reading.give("nome_social", name)
    if "nome" not in reading.values:
        reading.give("nome", next((name for wanted, name in uses if not wanted and name), ""))


def _read_sex(codes: list[etree._Element], reading: Reading) -> None:
    """UN and N are ignorado (C8)."""
    for element in codes:
        code = attribute(element, "code").upper()
        sex = sex_from_cadsus(code)
        if sex is not None:
            reading.give("sexo", sex.value)
        elif code:
            reading.fault("sexo", "O código de sexo não é conhecido.", "Envie M, F ou UN (não informado).")


def _read_death(parts: Parts, reading: Reading) -> None:
    """deceasedInd and deceasedTime. Alive is said, too: `data_obito` is then given, empty."""
    said = next((_said(one) for one in parts.get("deceasedInd", []) if _said(one)), "")
    times = [moment(one) for one in parts.get("deceasedTime", []) if moment(one)]
    if said not in _TRUE | _FALSE | {""}:
        reading.fault(
            "data_obito", "Não se sabe se a pessoa está viva.", "Em deceasedInd envie true ou false."
        )
    elif said in _FALSE and times:
        reading.fault(
            "data_obito",
            "A pessoa veio como viva e com data de óbito.",
            "Envie deceasedInd true, ou só false.",
        )
    elif said in _TRUE and not times:
        reading.fault("data_obito", "O óbito veio sem a data.", "Envie deceasedTime com a data do óbito.")
    elif said in _FALSE:
        reading.clear("data_obito")
    else:
        for time in times:
            reading.give("data_obito", reading.day("data_obito", "data de óbito", time))


def _said(indicator: etree._Element) -> str:
    return (attribute(indicator, "value") or all_text(indicator)).lower()


def _read_parents(relationships: list[etree._Element], reading: Reading) -> None:
    """Either may come first."""
    for one in relationships:
        parts = children(one)
        field = _PARENTS.get(attribute(parts.get("code"), "code").upper())
        holder = parts.get("relationshipHolder1")
        name = None if holder is None else children(holder).get("name")
        if field and name is not None:
            reading.give(field, all_text(name))
