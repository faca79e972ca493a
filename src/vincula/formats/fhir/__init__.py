"""FHIR R4 (4.0.1) for newcomers: Patient, search, `$match`, `$ihe-pix`, bulk lines, metadata, OpenAPI. JSON, pure.

Readers answer what is asked, or a tuple of `Fault`; writers answer plain dicts, which `render` makes bytes of.
"""

from vincula.formats.fhir.audit import AuditRecord, audit_event
from vincula.formats.fhir.bulk import BulkQuery, read_line, read_lines
from vincula.formats.fhir.bulk_answers import Resultado, manifest, render_line, render_refused
from vincula.formats.fhir.bulk_faults import LineFault
from vincula.formats.fhir.bundle import Candidate, Grade, match_bundle, search_bundle
from vincula.formats.fhir.capability import BASE, FHIR_VERSION, OPENAPI, capability
from vincula.formats.fhir.explanation import Compared, FieldVerdict, explained
from vincula.formats.fhir.identifiers import Key
from vincula.formats.fhir.match import MatchRequest, read_match
from vincula.formats.fhir.openapi import SOAP_SERVICES, SoapService, openapi
from vincula.formats.fhir.outcome import Fault, Faults, operation_outcome, refused, status_of
from vincula.formats.fhir.patient import patient, patient_id
from vincula.formats.fhir.pixm import (
    CrossId,
    PixQuery,
    pix_parameters,
    read_pix,
    read_pix_body,
    unknown_source_identifier,
    unknown_source_system,
    unknown_target_system,
)
from vincula.formats.fhir.reading import MAX_BYTES, read_json
from vincula.formats.fhir.rendering import CONTENT_TYPE, NDJSON, render
from vincula.formats.fhir.search import (
    PatientSearch,
    read_search,
    search_link,
    strict_handling,
    unknown_warnings,
)
from vincula.formats.fhir.search_faults import unknown_domain

__all__ = [
    "BASE",
    "CONTENT_TYPE",
    "FHIR_VERSION",
    "MAX_BYTES",
    "NDJSON",
    "OPENAPI",
    "SOAP_SERVICES",
    "AuditRecord",
    "BulkQuery",
    "Candidate",
    "Compared",
    "CrossId",
    "Fault",
    "Faults",
    "FieldVerdict",
    "Grade",
    "Key",
    "LineFault",
    "MatchRequest",
    "PatientSearch",
    "PixQuery",
    "Resultado",
    "SoapService",
    "audit_event",
    "capability",
    "explained",
    "manifest",
    "match_bundle",
    "openapi",
    "operation_outcome",
    "patient",
    "patient_id",
    "pix_parameters",
    "read_json",
    "read_line",
    "read_lines",
    "read_match",
    "read_pix",
    "read_pix_body",
    "read_search",
    "refused",
    "render",
    "render_line",
    "render_refused",
    "search_bundle",
    "search_link",
    "status_of",
    "strict_handling",
    "unknown_domain",
    "unknown_source_identifier",
    "unknown_source_system",
    "unknown_target_system",
    "unknown_warnings",
]
