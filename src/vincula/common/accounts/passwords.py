"""The password rule of the portal (R134, R152; decision 3), as a pure decision and as Django's validator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

MINIMUM = 8
SPECIAL = "@#$%&*"
RULE = (
    "A senha tem no mínimo 8 caracteres, com pelo menos uma letra maiúscula, uma letra minúscula, "
    f"um número de 0 a 9 e um dos caracteres {SPECIAL}. "
    "Outros caracteres especiais são aceitos, mas não contam."
)


@dataclass(frozen=True, slots=True)
class Lack:
    """What a password lacks: a stable code and a Portuguese sentence."""

    code: str
    message: str


def lacks(password: str) -> tuple[Lack, ...]:
    """Everything that the password lacks, () when it serves.

    Letters are letters of any alphabet case (accented ones count); digits are 0–9 alone; a special character
    outside `@#$%&*` is accepted in addition but does not stand for one of them.
    """
    found = []
    if len(password) < MINIMUM:
        found.append(Lack("senha_curta", f"A senha precisa de pelo menos {MINIMUM} caracteres."))
    if not any(c.isupper() for c in password):
        found.append(Lack("senha_sem_maiuscula", "A senha precisa de pelo menos uma letra maiúscula."))
    if not any(c.islower() for c in password):
        found.append(Lack("senha_sem_minuscula", "A senha precisa de pelo menos uma letra minúscula."))
    if not any(c in "0123456789" for c in password):
        found.append(Lack("senha_sem_numero", "A senha precisa de pelo menos um número de 0 a 9."))
    if not any(c in SPECIAL for c in password):
        found.append(
            Lack("senha_sem_especial", f"A senha precisa de pelo menos um dos caracteres {SPECIAL}.")
        )
    return tuple(found)


class PortalPasswordValidator:
    """For AUTH_PASSWORD_VALIDATORS; the rule is stated on screen by `get_help_text`."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError with one message per thing that the password lacks."""
        if found := lacks(password):
            raise ValidationError([ValidationError(one.message, code=one.code) for one in found])

    def get_help_text(self) -> str:
        return RULE
