"""What whoever had an account said in the name of the person who takes it: rooms above this one undo it, each
registering from its `ready()`, by name and place, so that no other process imports it."""

from __future__ import annotations

from django.utils.module_loading import import_string

_undoing: dict[str, str] = {}


def register_undoing(name: str, place: str) -> None:
    """`place`: a function of the CPF (11 digits), given as "package.module.function"; one of the same name takes its
    place."""
    _undoing[name] = place


def undo(cpf: str) -> None:
    """The account of this CPF is being taken (accounts.claiming), in the caller's transaction."""
    for name in sorted(_undoing):
        import_string(_undoing[name])(cpf)
