import pytest
from django.conf import settings
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError

from vincula.common.accounts.passwords import RULE, SPECIAL, PortalPasswordValidator, lacks

CASES = [
    ("Senha@12", []),
    ("aB3#aaaa", []),
    ("Çé3$xxxx", []),  # accented letters are letters
    ("Senha@1!", []),  # other special characters are accepted in addition
    ("Senha @1", []),
    ("Senha@1", ["senha_curta"]),
    ("senha@12", ["senha_sem_maiuscula"]),
    ("SENHA@12", ["senha_sem_minuscula"]),
    ("Senha@ab", ["senha_sem_numero"]),
    ("Senha@a²", ["senha_sem_numero"]),  # a digit to some languages, not 0-9
    ("Senha@a٣", ["senha_sem_numero"]),
    ("Senha123", ["senha_sem_especial"]),
    ("Senha12!", ["senha_sem_especial"]),  # "!" does not count for the class
    (
        "",
        [
            "senha_curta",
            "senha_sem_maiuscula",
            "senha_sem_minuscula",
            "senha_sem_numero",
            "senha_sem_especial",
        ],
    ),
]


@pytest.mark.requirement("R134", "R152")
@pytest.mark.parametrize(("password", "codes"), CASES)
def test_the_password_rule_of_decision_3(password: str, codes: list[str]) -> None:
    assert [one.code for one in lacks(password)] == codes


@pytest.mark.parametrize("special", SPECIAL)
def test_each_special_character_of_the_set_serves(special: str) -> None:
    assert lacks(f"Senha12{special}") == ()


def test_the_validator_names_everything_that_is_missing_at_once() -> None:
    with pytest.raises(ValidationError) as caught:
        PortalPasswordValidator().validate("senha")
    assert len(caught.value.messages) == 4
    PortalPasswordValidator().validate("Senha@12")


def test_the_rule_on_screen_is_the_rule() -> None:
    assert PortalPasswordValidator().get_help_text() == RULE
    assert SPECIAL in RULE
    assert "8 caracteres" in RULE


def test_django_can_be_given_the_validator() -> None:
    found = get_password_validators([{"NAME": "vincula.common.accounts.passwords.PortalPasswordValidator"}])
    with pytest.raises(ValidationError):
        validate_password("senha", password_validators=found)
    assert settings.AUTH_USER_MODEL == "accounts.Pessoa"
