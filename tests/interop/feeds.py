"""Feeds as real systems write them. The parts are those of tests/formats/pix; here they make persons the rules take."""

from __future__ import annotations

from xml.sax.saxutils import escape

from tests.formats.pix import messages as f
from tests.interop import messages as m
from tests.interop import people as p

PIX = "/cadsus/v2/PIXManagerJWT"
LEGACY_PIX = "/cadsus/PIXManager"
ROOT = "2.16.840.1.113883.3.4594.100.999903"  # of the integrador of these tests
MCCI = "MCCI_IN000002UV01"


def local(extension: str, root: str = ROOT, system: str = "PRONTUARIO") -> str:
    name = f' assigningAuthorityName="{system}"' if system else ""
    return f'<id{name} root="{root}" extension="{extension}"/>'


def person(
    name: str = "JOANA DAS NEVES LIMA", cpf: str = "", *, birth: str = "19840229", mother: str = "RITA DAS NEVES",
    telecoms: str = f.TELECOMS.partition('<telecom use="NET"')[0], papers: str = "", parents: str = "", death: str = f.ALIVE,
    address: str = f.ADDRESS, race: str = '<raceCode code="03"/>', born: str = f.BORN_HERE, sex: str = f.SEX,
) -> str:  # fmt: skip
    """The parts of a patientPerson, in the order of the annex; father first, as one family of clients writes."""
    both = parents or f.parent("NPRN", "SEM INFORMAÇÃO", "Nome do Pai") + f.parent(
        "PRN", escape(mother), "Nome da Mae"
    )
    number = f.group(("13.237", cpf)) if cpf else ""
    return (
        f'<name use="L"><given>{escape(name)}</given></name>{telecoms}{sex}<birthTime value="{birth}"/>{death}{address}{race}'
        f"{number}{papers}{both}{born}"
    )


def feed(extension: str, inside: str, *, name: str = "PRPA_IN201301UV02", ids: str = "", **more: str) -> str:
    return m.envelope(f.message(f.patient(inside, ids=ids or local(extension)), name=name, **more))


def revise(extension: str, inside: str) -> str:
    return feed(extension, inside, name="PRPA_IN201302UV02")


def prior(extension: str, root: str = ROOT) -> str:
    return f.replaced("X").replace(f.SYSTEM, root).replace('extension="X"', f'extension="{extension}"')


def merge(stays: str, *gone: str, ids: str = "", priors: str = "") -> str:
    listed = priors or "".join(prior(one) for one in gone)
    return feed(
        stays,
        '<name use="L"><given>QUALQUER NOME</given></name>',
        ids=ids,
        name="PRPA_IN201304UV02",
        after=f.CUSTODIAN + listed,
    )


def cross(root: str, extension: str, *sources: str) -> str:
    wanted = "".join(
        f'<dataSource><value root="{one}"/><semanticsText>DataSource.id</semanticsText></dataSource>'
        for one in sources
    )
    asked = (
        f'<patientIdentifier><value root="{root}" extension="{extension}"/>'
        "<semanticsText>Patient.id</semanticsText></patientIdentifier>"
    )
    return m.envelope(f.asked_by(asked, wanted))


def a_cpf(serial: int) -> str:
    return p.cpf(730_000_000 + serial)
