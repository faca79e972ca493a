import datetime as dt

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.test import RequestFactory
from django.utils import timezone

from tests.common.threads import at_once
from vincula.common.accounts.models import MembroOperadora, Pessoa
from vincula.common.accounts.services import (
    Entry,
    EntryMeans,
    create_person,
    entry_of,
    is_member,
    join_cnes,
    join_operadora,
    leave_operadora,
    mark_entry,
    operadoras_of,
    set_password,
)
from vincula.common.audit.models import Registro
from vincula.common.outcomes import Accepted, Refused

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ANA, BIA = "52998224725", "11144477735"
PASSWORD = "Senha@12"


def created(cpf: str = ANA, **fields: str | None) -> Pessoa:
    answer = create_person(cpf, "ANA DE SOUZA", **fields)
    assert isinstance(answer, Accepted), answer
    return answer.value


def test_an_account_is_opened_with_the_cpf_as_people_write_it() -> None:
    person = created("529.982.247-25", email=" Ana@Exemplo.COM ", password=PASSWORD)
    person.refresh_from_db()
    assert (person.cpf, person.email, person.is_active, person.is_staff) == (
        ANA,
        "ana@exemplo.com",
        True,
        False,
    )
    assert person.check_password(PASSWORD)
    assert person.get_short_name() == "ANA"


@pytest.mark.parametrize(
    ("cpf", "nome", "email", "password", "code"),
    [
        ("52998224724", "ANA", None, None, "CPF_INVALIDO"),
        ("", "ANA", None, None, "CPF_INVALIDO"),
        (ANA, "  ", None, None, "NOME_AUSENTE"),
        (ANA, "ANA\nDE SOUZA", None, None, "NOME_INVALIDO"),
        (ANA, "ANA\x1b[31m", None, None, "NOME_INVALIDO"),
        (ANA, "A" * 201, None, None, "NOME_INVALIDO"),
        (ANA, "ANA", "ana@", None, "EMAIL_INVALIDO"),
        (ANA, "ANA", None, "senha", "SENHA_FRACA"),
        (ANA, "ANA", None, "", "SENHA_FRACA"),
    ],
)
def test_what_does_not_serve_is_refused_with_a_remedy(
    cpf: str, nome: str, email: str | None, password: str | None, code: str
) -> None:
    answer = create_person(cpf, nome, email=email, password=password)
    assert isinstance(answer, Refused)
    assert answer.code == code
    assert answer.message
    assert answer.remedy
    assert not Pessoa.objects.exists()


@pytest.mark.requirement("R156")
def test_a_person_has_one_account_and_one_password_whatever_the_operadoras() -> None:
    person = created(password=PASSWORD)
    again = create_person(ANA, "OUTRO NOME", password="Outra#34")
    assert isinstance(again, Refused)
    assert again.code == "CPF_REPETIDO"
    for registro in ("123456", "654321"):
        join_operadora(person, registro)
    request = RequestFactory().post("/entrar/")
    assert authenticate(request, cpf=ANA, password=PASSWORD) == person
    assert authenticate(request, cpf=ANA, password="Outra#34") is None


@pytest.mark.requirement("R128")
@pytest.mark.parametrize("email", ["ana@exemplo.com", "ANA@exemplo.com", "Ana@Exemplo.Com "])
def test_an_email_has_one_owner_whatever_its_case(email: str) -> None:
    created(email="ana@exemplo.com")
    answer = create_person(BIA, "BIA", email=email)
    assert isinstance(answer, Refused)
    assert answer.code == "EMAIL_REPETIDO"


def test_the_base_itself_keeps_emails_unique_and_cpfs_whole() -> None:
    created(email="ana@exemplo.com")
    person = created(BIA)
    for change in ({"email": "ANA@EXEMPLO.COM"}, {"email": ""}, {"cpf": "1"}, {"cpf": ANA}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pessoa.objects.filter(pk=person.pk).update(**change)


def test_any_number_of_people_have_no_email() -> None:
    assert [created(cpf, email=email).email for cpf, email in ((ANA, None), (BIA, " "))] == [None, None]


def test_an_account_without_password_is_not_entered_by_password() -> None:
    person = created()
    assert not person.has_usable_password()
    assert isinstance(set_password(person, "fraca"), Refused)
    assert isinstance(set_password(person, PASSWORD, actor=f"cpf:{BIA}"), Accepted)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert Registro.objects.filter(acao="contas:senha:trocada", ator=f"cpf:{BIA}").count() == 1


def test_every_change_of_accounts_is_audited_without_the_password() -> None:
    last = (
        Registro.objects.aggregate(last=Max("pk"))["last"] or 0
    )  # other tests of the run may have left records
    person = created(password=PASSWORD)
    join_operadora(person, "123456")
    leave_operadora(person, "123456")
    rows = Registro.objects.filter(assunto=f"cpf:{ANA}", pk__gt=last).order_by("seq")
    assert [row.acao for row in rows] == [
        "contas:pessoa:criada",
        "contas:membro:incluido",
        "contas:membro:excluido",
    ]
    assert PASSWORD not in "".join(row.detalhes for row in rows)


@pytest.mark.requirement("R154", "R155")
def test_several_operadoras_may_register_the_same_person() -> None:
    person = created()
    for registro in ("654321", "123456", "123456"):
        assert isinstance(join_operadora(person, registro), Accepted)
    assert operadoras_of(person) == ["123456", "654321"]
    assert is_member(person, "123456")
    assert not is_member(person, "000000")
    assert MembroOperadora.objects.count() == 2


def day(offset: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=offset)


@pytest.mark.parametrize(
    ("since", "until", "member"),
    [(0, None, True), (-9, 0, True), (0, 0, True), (-9, -1, False), (1, None, False), (1, 9, False)],
)
def test_a_membership_holds_from_its_first_day_to_its_last(
    since: int, until: int | None, member: bool
) -> None:
    person = created()
    end = None if until is None else day(until)
    MembroOperadora.objects.create(pessoa=person, registro_ans="123456", desde=day(since), ate=end)
    assert is_member(person, "123456") is member
    assert operadoras_of(person) == (["123456"] if member else [])


@pytest.mark.parametrize("since", [0, -30])
def test_who_leaves_is_no_member_at_once_and_may_come_back(since: int) -> None:
    person = created()
    join_operadora(person, "123456", desde=day(since))
    leave_operadora(person, "123456")
    assert not is_member(person, "123456")
    join_operadora(person, "123456")
    assert is_member(person, "123456")


def test_who_is_inactive_or_has_not_entered_is_member_of_nothing() -> None:
    person = created()
    join_operadora(person, "123456")
    person.is_active = False
    assert operadoras_of(person) == operadoras_of(AnonymousUser()) == []
    assert not is_member(person, "123456")
    assert not is_member(AnonymousUser(), "123456")


@pytest.mark.parametrize("registro", ["", "12345", "1234567", "12345a", "１２３４５６"])
def test_a_registro_that_is_not_six_digits_is_refused(registro: str) -> None:
    answer = join_operadora(created(), registro)
    assert isinstance(answer, Refused)
    assert answer.code == "REGISTRO_ANS_INVALIDO"


def test_a_cnes_with_a_wrong_check_digit_is_only_a_warning() -> None:
    person = created()
    for _ in range(2):
        assert isinstance(join_cnes(person, "1234567", "OPERADOR"), Accepted)
    for number in ("", "123456", "12345678"):
        assert isinstance(join_cnes(person, number, "OPERADOR"), Refused)


def test_a_persons_text_names_nobody() -> None:
    assert str(created()).startswith("pessoa ")


@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_accounts_opened_at_once_for_one_cpf_are_one() -> None:
    answers: list[object] = []
    at_once([lambda: answers.append(create_person(ANA, "ANA"))] * 6)
    assert len([a for a in answers if isinstance(a, Accepted)]) == 1
    assert {a.code for a in answers if isinstance(a, Refused)} == {"CPF_REPETIDO"}
    assert Pessoa.objects.count() == 1


@pytest.mark.parametrize(
    ("means", "level"), [(EntryMeans.SENHA, ""), (EntryMeans.CERTIFICADO, ""), (EntryMeans.GOVBR, "prata")]
)
def test_the_session_knows_how_the_person_came_in(means: EntryMeans, level: str) -> None:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    assert entry_of(request) is None
    mark_entry(request, means, level)
    request.session.save()
    request.session = SessionStore(request.session.session_key)
    assert entry_of(request) == Entry(means, level)


@pytest.mark.parametrize(
    ("means", "level"),
    [(EntryMeans.SENHA, "ouro"), (EntryMeans.GOVBR, ""), (EntryMeans.GOVBR, "x"), (EntryMeans.SENHA, "x")],
)
def test_only_govbr_has_a_level_and_it_has_one(means: EntryMeans, level: str) -> None:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    with pytest.raises(ValueError, match=r"gov\.br"):
        mark_entry(request, means, level)


@pytest.mark.django_db(databases=["default", "audit", "jobs"])
def test_the_migrations_are_those_of_the_models() -> None:
    call_command("makemigrations", "accounts", "audit", "jobs", check=True, dry_run=True, verbosity=0)
