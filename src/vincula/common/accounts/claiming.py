"""An account that somebody opened with an e-mail alone, when gov.br says whose the CPF is (decision 0022).

Self-registration proves an address and not a person. Who types a stranger's CPF and waits would have that person's
account, with a password of his own, when it comes to be worth something. So the first who proves the CPF takes it.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction

from vincula.common.accounts.leftovers import undo
from vincula.common.accounts.models import Convite, Pessoa, clean_email
from vincula.common.audit.services import Event, record
from vincula.common.mail.services import is_address


def claim(person: Pessoa, name: str, email: str, *, same: bool) -> bool:
    """The person of this account has proven his CPF; `name` is that of the proof, `email` its confirmed one, or "".

    Whether what was there before is worth nothing any more: password, e-mail, links and every session go, unless the
    e-mail is the same, or who has the password is the very one who proved (`same`: his session was open here).
    """
    with transaction.atomic():
        mine = Pessoa.objects.select_for_update().get(pk=person.pk)
        if not mine.autocadastro:
            return False
        proven, mine.autocadastro = clean_email(email), False
        mine.nome = name or mine.nome
        taken = not same and proven != mine.email
        if taken:
            mine.set_unusable_password()
            Convite.objects.filter(cpf=mine.cpf).delete()
            _take_address(mine, proven)
            record(Event(f"cpf:{mine.cpf}", "contas:cadastro:tomado", f"cpf:{mine.cpf}"))
            undo(mine.cpf)
        mine.save(update_fields=["autocadastro", "nome", "password", "email"])
    person.refresh_from_db()
    return taken


def _take_address(mine: Pessoa, proven: str | None) -> None:
    """The confirmed address, where nobody else has it and mail can go to it."""
    mine.email = None
    if proven is None or not is_address(proven):
        return
    try:
        with transaction.atomic():
            Pessoa.objects.filter(pk=mine.pk).update(email=proven)
    except IntegrityError:
        return
    mine.email = proven
