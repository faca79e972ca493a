"""SIB's use cases: the only door to this app for the rest of the house."""

from vincula.national.sib.rules.calendar import as_text, parse_month
from vincula.national.sib.services.check import Report, check
from vincula.national.sib.services.closing import Closed, close, consolidate
from vincula.national.sib.services.closing_jobs import (
    CLOSING,
    CONSOLIDATION,
    closing_job,
    request_close,
    request_consolidation,
)
from vincula.national.sib.services.cnx_requests import CnxState, cnx_state, fetch_cnx
from vincula.national.sib.services.conference import Conference, conference
from vincula.national.sib.services.dossier import Dossier, dossier
from vincula.national.sib.services.files import too_big
from vincula.national.sib.services.findings import Findings, finding_counts, findings, kinds_with_findings
from vincula.national.sib.services.following import Following, count_files, follow, own_file, same_sent_before
from vincula.national.sib.services.intake import Processed, process, unfinished
from vincula.national.sib.services.links import has_links, linked_cards, linked_cpfs, linked_people
from vincula.national.sib.services.lists import Line, lines, may_list, write_list
from vincula.national.sib.services.national import (
    NationalMonth,
    Review,
    national_month,
    national_months,
    review_count,
    reviews,
)
from vincula.national.sib.services.receive import Received, Sender, receive
from vincula.national.sib.services.results import Result, result, results_of, rpx_path
from vincula.national.sib.services.status import Count, Status, quality, status
from vincula.national.sib.services.texts import competencia_lines, competencia_mapping, status_lines
from vincula.national.sib.services.windows import overview, set_window, window
from vincula.national.sib.services.work import (
    process_now,
    request_cnx,
    requeue_unfinished,
    resume_unfinished,
    send_to_queue,
)

__all__ = [
    "CLOSING",
    "CONSOLIDATION",
    "Closed",
    "CnxState",
    "Conference",
    "Count",
    "Dossier",
    "Findings",
    "Following",
    "Line",
    "NationalMonth",
    "Processed",
    "Received",
    "Report",
    "Result",
    "Review",
    "Sender",
    "Status",
    "as_text",
    "check",
    "close",
    "closing_job",
    "cnx_state",
    "competencia_lines",
    "competencia_mapping",
    "conference",
    "consolidate",
    "count_files",
    "dossier",
    "fetch_cnx",
    "finding_counts",
    "findings",
    "follow",
    "has_links",
    "kinds_with_findings",
    "lines",
    "linked_cards",
    "linked_cpfs",
    "linked_people",
    "may_list",
    "national_month",
    "national_months",
    "overview",
    "own_file",
    "parse_month",
    "process",
    "process_now",
    "quality",
    "receive",
    "request_close",
    "request_cnx",
    "request_consolidation",
    "requeue_unfinished",
    "result",
    "results_of",
    "resume_unfinished",
    "review_count",
    "reviews",
    "rpx_path",
    "same_sent_before",
    "send_to_queue",
    "set_window",
    "status",
    "status_lines",
    "too_big",
    "unfinished",
    "window",
    "write_list",
]
