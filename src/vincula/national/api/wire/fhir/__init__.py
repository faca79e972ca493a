"""FHIR R4 over the listener: `/fhir/r4/…` and the bulk look-up."""
