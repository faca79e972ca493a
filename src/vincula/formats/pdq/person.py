"""One person of a PDQ answer: subject, patient, patientPerson (cadsus-services.md, sections 3.5 to 3.7, and the rules
4 to 11 of section 9, which real clients depend on).
"""

from __future__ import annotations

from dataclasses import dataclass

from vincula.formats.hl7 import oids
from vincula.formats.pdq.contact import BRASIL, render_address, render_telecoms
from vincula.formats.pdq.more import NOTHING, render_more, render_other_ids
from vincula.formats.pdq.release import MORE, Release
from vincula.formats.soap import quoted, text
from vincula.people.demographics import is_date, sex_from_cadsus
from vincula.people.record import Card, PersonRecord

UNKNOWN = "SEM INFORMAÇÃO"
_ASSIGNED = f'<id root="{oids.BULK}"/>'
_BEFORE = (
    '<subject typeCode="SUBJ" contextConductionInd="false">\n<registrationEvent classCode="REG" moodCode="EVN">'
    '<statusCode code="completed"/>\n<subject1 typeCode="SBJ"><realmCode code="SBJ"/>\n<patient classCode="PAT">'
)
_NORMAL = f'<confidentialityCode code="N" codeSystem="{oids.CONFIDENCIALIDADE}"/>'
_PERSON = '\n<patientPerson classCode="PSN" determinerCode="INSTANCE">\n'
_PROVIDER = (
    '</patientPerson>\n<providerOrganization classCode="ORG" determinerCode="INSTANCE">'
    f'<id root="{oids.CORPORATIVO}"/>'
)
_MATCH = (
    '<contactParty classCode="CON"/></providerOrganization>\n'
    '<subjectOf1><queryMatchObservation classCode="OBS" moodCode="EVN"><code code="IHE_PDQ"/>'
    '<value xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="INT" value="'
)
_AFTER = (
    '"/></queryMatchObservation></subjectOf1>\n</patient></subject1>\n'
    f'<custodian typeCode="CST"><assignedEntity classCode="ASSIGNED">{_ASSIGNED}</assignedEntity></custodian>\n'
    "</registrationEvent></subject>\n"
)


@dataclass(frozen=True, slots=True)
class Match:
    """A person found, and how well he fits what was asked: 0 to 100."""

    record: PersonRecord
    score: int


def render_subject(match: Match, release: Release) -> str:
    """The person, with what is released of him and what every message must have."""
    record = match.record
    more = NOTHING if release.isdisjoint(MORE) else render_more(record, release)
    return (
        f'{_BEFORE}<id root="{oids.CORPORATIVO}" extension="{record.id:010d}" assigningAuthorityName="RES-BRASIL"/>'
        f'{more.ids}<statusCode code="{"active" if record.ativa else "suspended"}"/>{more.marks or _NORMAL}{_PERSON}'
        f"{_names(record, release)}{render_telecoms(record, release)}{_demographics(record, release)}"
        f"{render_address(record, release)}{_race(record, release)}{more.ethnicity}{more.passport}"
        f"{_documents(record, release)}{more.documents}{_parents(record, release)}{_birth_place(record, release)}"
        f"{more.language}{_PROVIDER}{more.provider}{_MATCH}{match.score:d}{_AFTER}"
    )


def _names(record: PersonRecord, release: Release) -> str:
    """The legal name, whole and in upper case, before the nome social (rule 6)."""
    name = record.nome if "nome" in release else ""
    written = _name("L", name or UNKNOWN)
    if record.nome_social and "nome_social" in release:
        written += _name("ASGN", record.nome_social)
    return written


def _name(use: str, name: str) -> str:
    return f'<name use="{use}"><given>{text(name.upper())}</given></name>'


def _demographics(record: PersonRecord, release: Release) -> str:
    written = ""
    if record.sexo and "sexo" in release:
        sex = sex_from_cadsus(record.sexo)  # UN and N, which feeds write, are I here
        code = sex.value if sex else quoted(record.sexo)
        written += f'<administrativeGenderCode code="{code}" codeSystem="{oids.SEXO}"/>'
    if "data_nascimento" in release:
        written += _moment("birthTime", record.data_nascimento)
    if "obito" in release:
        written += f'<deceasedInd value="{"true" if record.data_obito else "false"}"/>'
        written += _moment("deceasedTime", record.data_obito)
    return written


def _moment(name: str, day: str) -> str:
    """Exactly 14 digits (rule 4), or nothing."""
    return f'<{name} value="{day.replace("-", "")}000000"/>' if is_date(day) else ""


def _race(record: PersonRecord, release: Release) -> str:
    released = record.raca_cor if "raca_cor" in release else ""
    return f'\n<raceCode code="{quoted(released)}"/>' if released else ""


def _documents(record: PersonRecord, release: Release) -> str:
    """One asOtherIDs for each card, the D cards first (rule 9), then the CPF and the NIS."""
    cards = sorted(record.cartoes, key=_provisional) if "cartoes" in release else record.cartoes[:1]
    written = [render_other_ids((oids.CNS, card.numero), (oids.CNS_TIPO, card.tipo)) for card in cards]
    if record.cpf and "cpf" in release:
        written.append(render_other_ids((oids.CPF, record.cpf)))
    if record.pis and "pis" in release:
        written.append(render_other_ids((oids.NIS, record.pis)))
    return "".join(written)


def _provisional(card: Card) -> bool:
    return card.tipo != "D"


def _parent(code: str, name: str) -> str:
    return (
        f'\n<personalRelationship classCode="PRS"><code code="{code}" codeSystem="{oids.PARENTESCO}"/>'
        '<relationshipHolder1 classCode="PSN" determinerCode="INSTANCE">'
        f"{_name('L', name)}</relationshipHolder1></personalRelationship>"
    )


_NO_PARENTS = (_parent("PRN", UNKNOWN), _parent("NPRN", UNKNOWN))


def _parents(record: PersonRecord, release: Release) -> str:
    """The mother before the father, and both always (rule 5)."""
    mother, father = _NO_PARENTS
    if record.nome_mae and "nome_mae" in release:
        mother = _parent("PRN", record.nome_mae)
    if record.nome_pai and "nome_pai" in release:
        father = _parent("NPRN", record.nome_pai)
    return mother + father


def _birth_place(record: PersonRecord, release: Release) -> str:
    """The city before the country (rule 10). A municipality of IBGE is in Brazil, unless another country is held."""
    city = record.municipio_nascimento if "municipio_nascimento" in release else ""
    country = record.pais_nascimento if "pais_nascimento" in release else ""
    if not (city or country):
        return ""
    return (
        f'\n<birthPlace classCode="BIRTHPL"><addr>{f"<city>{text(city)}</city>" if city else ""}'
        f"<country>{text(country or BRASIL)}</country></addr></birthPlace>"
    )
