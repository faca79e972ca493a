"""The demo world over the wire: a credential with its certificate, a question, and the lines that send them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from vincula.common.files import private_folder, write_private
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.cadsus import services as cadsus
from vincula.sandbox import credential
from vincula.sandbox.authority import Authority
from vincula.sandbox.demo import plan
from vincula.sandbox.demo.logins import ACTOR
from vincula.sandbox.people import people

REGISTRO = "999997"
_QUESTION = """<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body>
<PRPA_IN201305UV02 ITSVersion="XML_1.0" xmlns="urn:hl7-org:v3">
  <id root="2.16.840.1.113883.4.714" extension="1"/><creationTime value="20260101120000"/>
  <interactionId root="2.16.840.1.113883.1.6" extension="PRPA_IN201305UV02"/>
  <processingCode code="T"/><processingModeCode code="T"/><acceptAckCode code="AL"/>
  <receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE">
    <id root="2.16.840.1.113883.3.72.6.5.100.85"/></device></receiver>
  <sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE">
    <id root="2.16.840.1.113883.3.72.6.2"/><name>DEMONSTRACAO</name></device></sender>
  <controlActProcess classCode="CACT" moodCode="EVN">
    <code code="PRPA_TE201305UV02" codeSystem="2.16.840.1.113883.1.6"/>
    <queryByParameter>
      <queryId root="1.2.840.114350.1.13.28.1.18.5.999" extension="1"/><statusCode code="new"/>
      <parameterList><livingSubjectId>
        <value root="2.16.840.1.113883.13.237" extension="{cpf}"/>
        <semanticsText>LivingSubject.id</semanticsText></livingSubjectId></parameterList>
    </queryByParameter>
  </controlActProcess>
</PRPA_IN201305UV02>
</soap:Body></soap:Envelope>
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """`folder`: client.pem, client.key, ca.pem and pdq.xml."""

    folder: Path

    def lines(self, identity_port: int, api_port: int) -> tuple[str, str]:
        """Commands of a shell: the token into a variable, and the look-up with it."""
        shown = _short(self.folder)
        token = credential.token_line(shown, identity_port).replace("curl ", "curl -s ", 1)
        return (
            f"""TOKEN=$({token} | sed 's/.*"access_token": "\\([^"]*\\)".*/\\1/')""",
            f"curl --cacert {quote(str(shown / 'ca.pem'))}"
            ' -H "Authorization: jwt $TOKEN" -H "Content-Type: application/soap+xml"'
            f" --data-binary {quote(f'@{shown}/pdq.xml')} https://localhost:{api_port}/cadsus/v2/PDQSupplierJWT",
        )


def prepare(issuer: Authority) -> Outcome[Prepared]:
    """The credential of an operadora of the demo and a question about one of its people; made once, then kept."""
    folder = private_folder(plan.folder() / "servicos")
    if not (folder / "client.pem").is_file() or not (folder / "pdq.xml").is_file():
        given = credential.give(credential.Company(REGISTRO), "operadora", folder, ACTOR, issuer)
        if isinstance(given, Refused):
            return given
        write_private(folder / "pdq.xml", _QUESTION.format(cpf=_somebody()).encode())
    return Accepted(Prepared(folder))


def _somebody() -> str:
    """The CPF of a synthetic person who is in the CNS base."""
    for person in people(plan.SEED, plan.POPULATION):
        found = cadsus.find_by_cpf(person.cpf) if person.cpf else None
        if isinstance(found, Accepted) and found.value is not None and found.value.cns_mestre:
            return person.cpf
    return ""


def _short(folder: Path) -> Path:
    """As seen from where the command was started, where that is shorter."""
    relative = os.path.relpath(folder)
    return Path(relative) if not relative.startswith("..") else folder
