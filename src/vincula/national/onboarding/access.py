"""Who may open onboarding's pages: everybody. What the steps say of a person is said to him alone."""

from __future__ import annotations

from vincula.common.accounts.guards import ANYBODY, Asked, P, View, marked


def public(view: Asked[P]) -> View:
    """A page that everybody may read."""
    return marked(view, ANYBODY)
