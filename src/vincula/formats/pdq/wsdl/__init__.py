"""The WSDL and the schemas of PDQSupplier (`formats.hl7.description`)."""

from __future__ import annotations

from vincula.formats.hl7.description import SHARED, Description

SCHEMAS = ("PDQSupplier.xsd", "query.xsd", "subject.xsd", *SHARED)
_described = Description(__name__, "PDQSupplier.wsdl", SCHEMAS)
render_wsdl = _described.render_wsdl
render_schema = _described.render_schema
