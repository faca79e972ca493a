"""Identifiers of people, plans and establishments: parse, check, format and, where we issue, issue. Pure.

One module per identifier with the same face: `check(text) -> Verdict` for the wire form, `is_valid`,
`parse` for what a person typed, `format`, `check_digits` and `complete`. `bulk` checks those of
persons in whole columns.
"""

from .verdict import Status, Verdict

__all__ = ["Status", "Verdict"]
