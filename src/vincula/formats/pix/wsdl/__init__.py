"""The WSDL and the schemas of PIXManager (`formats.hl7.description`). The official WSDL was not found: names and
actions follow the pattern of PDQSupplier (cadsus-services.md, section 4)."""

from __future__ import annotations

from vincula.formats.hl7.description import SHARED, Description

SCHEMAS = ("PIXManager.xsd", "registration.xsd", *SHARED)
_described = Description(__name__, "PIXManager.wsdl", SCHEMAS)
render_wsdl = _described.render_wsdl
render_schema = _described.render_schema
