"""FHIR R4 as far as our resources go: which elements there are, which are required, from which value sets.

Written from the definitions of R4, not from our writers, and shared by the tests of every resource.
"""

from __future__ import annotations

import re
from typing import Any

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
ID = re.compile(r"[A-Za-z0-9.\-]{1,64}")
CODE = re.compile(r"[^\s]+(\s[^\s]+)*")
URI = re.compile(r"\S+")

ISSUE_TYPES = set(
    "invalid structure required value invariant security login unknown expired forbidden suppressed processing"
    " not-supported duplicate multiple-matches not-found deleted too-long code-invalid extension too-costly"
    " business-rule conflict transient lock-error no-store exception timeout incomplete throttled informational".split()
)
INTERACTIONS = set(
    "read vread update patch delete history history-instance history-type history-system create search search-type"
    " search-system capabilities transaction batch operation".split()
)
# element → (required, kind). A kind in [] is a list; a set is a required value set; a dict name is a type below.
ELEMENT = {"id": (False, "string"), "extension": (False, ["Extension"])}
RESOURCE = {"resourceType": (True, "code"), "id": (False, "id"), "meta": (False, "Meta")}
DOMAIN = {**RESOURCE, "extension": (False, ["Extension"])}
CODEABLE = "CodeableConcept"
TYPES: dict[str, dict[str, tuple[bool, Any]]] = {
    "Meta": {**ELEMENT, "profile": (False, ["uri"]), "lastUpdated": (False, "instant")},
    "Coding": {**ELEMENT, "system": (False, "uri"), "code": (False, "code"), "display": (False, "string")},
    "CodeableConcept": {**ELEMENT, "coding": (False, ["Coding"]), "text": (False, "string")},
    "Period": {**ELEMENT, "start": (False, "date"), "end": (False, "date")},
    "Reference": {
        **ELEMENT, "reference": (False, "string"), "type": (False, "uri"), "identifier": (False, "Identifier"),
        "display": (False, "string"),
    },
    "Identifier": {
        **ELEMENT, "use": (False, {"usual", "official", "temp", "secondary", "old"}), "type": (False, CODEABLE),
        "system": (False, "uri"), "value": (False, "string"), "period": (False, "Period"),
    },
    "HumanName": {
        **ELEMENT, "use": (False, {"usual", "official", "temp", "nickname", "anonymous", "old", "maiden"}),
        "text": (False, "string"), "family": (False, "string"), "given": (False, ["string"]),
    },
    "ContactPoint": {
        **ELEMENT, "system": (True, {"phone", "fax", "email", "pager", "url", "sms", "other"}), "value": (False, "string"),
        "use": (False, {"home", "work", "temp", "old", "mobile"}),
    },
    "Address": {
        **ELEMENT, "use": (False, {"home", "work", "temp", "old", "billing"}), "line": (False, ["string"]),
        "city": (False, "string"), "district": (False, "string"), "state": (False, "string"),
        "postalCode": (False, "string"), "country": (False, "string"),
    },
    "Contact": {**ELEMENT, "relationship": (False, [CODEABLE]), "name": (False, "HumanName")},
    "Patient": {
        **DOMAIN, "identifier": (False, ["Identifier"]), "active": (False, "boolean"), "name": (False, ["HumanName"]),
        "telecom": (False, ["ContactPoint"]), "gender": (False, {"male", "female", "other", "unknown"}),
        "birthDate": (False, "date"), "deceasedBoolean": (False, "boolean"), "deceasedDateTime": (False, "date"),
        "address": (False, ["Address"]), "contact": (False, ["Contact"]),
    },
    "OperationOutcome": {**DOMAIN, "issue": (True, ["Issue"])},
    "Issue": {
        **ELEMENT, "severity": (True, {"fatal", "error", "warning", "information"}), "code": (True, ISSUE_TYPES),
        "details": (False, CODEABLE), "diagnostics": (False, "string"), "expression": (False, ["string"]),
        "location": (False, ["string"]),
    },
    "Bundle": {
        **RESOURCE, "type": (True, {"searchset", "collection", "batch-response"}), "total": (False, "unsigned"),
        "link": (False, ["Link"]), "entry": (False, ["Entry"]),
    },
    "Link": {**ELEMENT, "relation": (True, "string"), "url": (True, "uri")},
    "Entry": {**ELEMENT, "fullUrl": (False, "uri"), "resource": (False, "Resource"), "search": (False, "Search")},
    "Search": {**ELEMENT, "mode": (False, {"match", "include", "outcome"}), "score": (False, "score")},
    "Parameters": {**RESOURCE, "parameter": (False, ["Parameter"])},
    "Parameter": {
        **ELEMENT, "name": (True, "string"), "valueIdentifier": (False, "Identifier"), "valueReference": (False, "Reference"),
    },
    "AuditEvent": {
        **DOMAIN, "type": (True, "Coding"), "subtype": (False, ["Coding"]), "action": (False, set("CRUDE")),
        "recorded": (True, "instant"), "outcome": (False, {"0", "4", "8", "12"}), "outcomeDesc": (False, "string"),
        "purposeOfEvent": (False, [CODEABLE]), "agent": (True, ["Agent"]), "source": (True, "Source"),
        "entity": (False, ["Entity"]),
    },
    "Agent": {
        **ELEMENT, "type": (False, CODEABLE), "who": (False, "Reference"), "name": (False, "string"),
        "requestor": (True, "boolean"), "policy": (False, ["uri"]), "network": (False, "Network"),
        "purposeOfUse": (False, [CODEABLE]),
    },
    "Network": {**ELEMENT, "address": (False, "string"), "type": (False, set("12345"))},
    "Source": {**ELEMENT, "observer": (True, "Reference"), "type": (False, ["Coding"])},
    "Entity": {
        **ELEMENT, "what": (False, "Reference"), "type": (False, "Coding"), "role": (False, "Coding"),
        "name": (False, "string"), "description": (False, "string"), "query": (False, "string"), "detail": (False, ["Detail"]),
    },
    "Detail": {**ELEMENT, "type": (True, "string"), "valueString": (False, "string")},
    "CapabilityStatement": {
        **DOMAIN, "status": (True, {"draft", "active", "retired", "unknown"}), "date": (True, "date"),
        "publisher": (False, "string"), "kind": (True, {"instance", "capability", "requirements"}),
        "software": (False, "Software"), "implementation": (False, "Implementation"),
        "fhirVersion": (True, {"4.0.1"}), "format": (True, ["code"]), "rest": (False, ["Rest"]),
    },
    "Software": {**ELEMENT, "name": (True, "string"), "version": (False, "string")},
    "Implementation": {**ELEMENT, "description": (True, "string"), "url": (False, "uri")},
    "Rest": {
        **ELEMENT, "mode": (True, {"client", "server"}), "documentation": (False, "string"), "security": (False, "Security"),
        "resource": (False, ["RestResource"]), "operation": (False, ["Operation"]),
    },
    "Security": {**ELEMENT, "cors": (False, "boolean"), "description": (False, "string")},
    "RestResource": {
        **ELEMENT, "type": (True, {"Patient"}), "interaction": (False, ["Interaction"]),
        "searchParam": (False, ["SearchParam"]), "operation": (False, ["Operation"]),
    },
    "Interaction": {**ELEMENT, "code": (True, INTERACTIONS), "documentation": (False, "string")},
    "SearchParam": {
        **ELEMENT, "name": (True, "string"), "definition": (False, "uri"),
        "type": (True, {"number", "date", "string", "token", "reference", "composite", "quantity", "uri", "special"}),
        "documentation": (False, "string"),
    },
    "Operation": {**ELEMENT, "name": (True, "string"), "definition": (True, "uri"), "documentation": (False, "string")},
}  # fmt: skip
PRIMITIVES = {
    "string": re.compile(r"[ \r\n\t\S]+", re.ASCII), "code": CODE, "uri": URI, "id": ID, "date": DATE, "instant": INSTANT,
}  # fmt: skip


def check(resource: dict[str, Any]) -> None:
    """Fails where the resource is not one that R4 allows."""
    _element(resource, str(resource["resourceType"]), str(resource["resourceType"]))


def _element(value: Any, kind: str, path: str) -> None:
    assert isinstance(value, dict), path
    assert value, f"{path} is empty"
    elements = TYPES[kind]
    assert not value.keys() - elements.keys(), f"{path}: {value.keys() - elements.keys()}"
    for name, (required, expected) in elements.items():
        if name in value:
            _value(value[name], expected, f"{path}.{name}")
        else:
            assert not required, f"{path}.{name} is missing"


def _value(value: Any, kind: Any, path: str) -> None:
    if isinstance(kind, list):
        assert isinstance(value, list), path
        assert value, f"{path} is an empty list"
        for one in value:
            _value(one, kind[0], f"{path}[]")
    elif isinstance(kind, set):
        assert value in kind, f"{path}: {value}"
    elif kind == "Extension":
        _extension(value, path)
    elif kind == "Resource":
        check(value)
    elif kind == "boolean":
        assert isinstance(value, bool), path
    elif kind == "unsigned":
        assert type(value) is int, path
        assert value >= 0, path
    elif kind == "score":
        assert type(value) is float, path
        assert 0 <= value <= 1, path
    elif kind in PRIMITIVES:
        assert isinstance(value, str), path
        assert PRIMITIVES[kind].fullmatch(value), f"{path} is no {kind}"
        assert value == value.strip(), path
    else:
        _element(value, kind, path)


VALUES = {
    "valueCode": "code",
    "valueString": "string",
    "valueCodeableConcept": CODEABLE,
    "valueAddress": "Address",
}


def _extension(value: Any, path: str) -> None:
    """An url, and either one value or extensions (ext-1)."""
    assert isinstance(value, dict), path
    assert URI.fullmatch(value["url"]), path
    rest = value.keys() - {"url"}
    assert len(rest) == 1, path
    (name,) = rest
    if name == "extension":
        _value(value[name], ["Extension"], f"{path}.extension")
    else:
        _value(value[name], VALUES[name], f"{path}.{name}")
