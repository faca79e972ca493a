"""What the audit keeps of wrong passwords: that there were some, not one by one."""

from __future__ import annotations

import json

from tests.national.api.clock import Clock
from vincula.national.api.services.wrong_passwords import WrongPasswords


def test_the_first_of_an_hour_is_kept_of_each_credential(clock: Clock) -> None:
    kept = WrongPasswords()
    (event,) = kept.note("abc", "pdq", "10.0.0.1")
    assert (event.action, event.subject) == ("api:senha:recusada", "credencial:abc")
    assert json.loads(json.dumps(event.details)) == {"servico": "pdq", "origem": "10.0.0.1"}
    assert [kept.note("abc", "pix", f"10.0.0.{n}") for n in range(50)] == [[]] * 50
    assert len(kept.note("other", "pdq", "10.0.0.1")) == 1
    clock.now += 3_601
    assert len(kept.note("abc", "pdq", "10.0.0.1")) == 1


def test_users_that_nobody_has_share_one(clock: Clock) -> None:
    kept = WrongPasswords()
    found = [kept.note("", "pdq", f"10.0.{n}.1") for n in range(100)]
    assert [one.subject for events in found for one in events] == ["usuario:desconhecido"]
