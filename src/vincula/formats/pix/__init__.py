"""PIXv3 of CadSUS (IHE ITI-44 and 45): feeds, merges and cross-reference questions read with tolerance. Pure.

A feed and a merge are answered by `render_mcci`: CA without details, or CE with them (cadsus-services.md, 9, rule 22).
"""

from vincula.formats.hl7.header import render_mcci
from vincula.formats.pix.cross import (
    CrossQuery,
    linked_ids,
    read_cross_query,
    render_cross_answer,
    render_cross_error,
)
from vincula.formats.pix.feed import MAX_BYTES, Feed, read_feed
from vincula.formats.pix.merge import Merge, read_merge
from vincula.formats.pix.reading import FieldFault
from vincula.formats.pix.wsdl import SCHEMAS, render_schema, render_wsdl

__all__ = [
    "MAX_BYTES",
    "SCHEMAS",
    "CrossQuery",
    "Feed",
    "FieldFault",
    "Merge",
    "linked_ids",
    "read_cross_query",
    "read_feed",
    "read_merge",
    "render_cross_answer",
    "render_cross_error",
    "render_mcci",
    "render_schema",
    "render_wsdl",
]
