"""SGOP's forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from vincula.identifiers import cnes as cnes_rules
from vincula.identifiers import cns as cns_rules
from vincula.national.sgop.rules.words import Perfil


class NewRequest(forms.Form):
    """Access to an establishment: which one, the person's CNS, as what, the terms."""

    cnes = forms.CharField(
        label="CNES da operadora",
        max_length=12,
        help_text="7 números.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Informe o CNES.", "max_length": "O CNES tem 7 números."},
    )
    cns = forms.CharField(
        label="O seu CNS",
        max_length=24,
        help_text="Os 15 números do seu Cartão Nacional de Saúde.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Informe o número do seu CNS.", "max_length": "O CNS tem 15 números."},
    )
    perfil = forms.ChoiceField(
        label="Perfil",
        choices=[
            (
                Perfil.ADMINISTRADOR.value,
                "ADMINISTRADOR – o diretor, gerente ou administrador registrado no CNES",
            ),
            (Perfil.OPERADOR.value, "OPERADOR – os demais profissionais"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha o perfil.", "invalid_choice": "Escolha um dos dois perfis."},
    )
    termos = forms.BooleanField(
        label="Li e aceito os termos de uso",
        required=True,
        error_messages={"required": "Para pedir o acesso é preciso aceitar os termos de uso."},
    )

    def __init__(self, *args: Any, accepted: bool = False, **kwargs: Any) -> None:
        """`accepted`: the terms in force are accepted already, and not asked about."""
        super().__init__(*args, **kwargs)
        if accepted:
            del self.fields["termos"]

    def clean_cnes(self) -> str:
        """7 digits; a wrong check digit is only a warning in the field, so it passes here."""
        digits = "".join(c for c in self.cleaned_data["cnes"] if c not in " .-")
        if not digits or not cnes_rules.check(digits).ok:
            raise forms.ValidationError("O CNES tem 7 números. Confira o que digitou.")
        return digits

    def clean(self) -> dict[str, Any]:
        """Where another field keeps the request from being judged, a CNS that is none is told at once, too."""
        number = cns_rules.parse(self.cleaned_data.get("cns", ""))
        if self.errors and "cns" in self.cleaned_data and not cns_rules.is_valid(number):
            why = cns_rules.check(number).message or "Informe o número do seu CNS."
            self.add_error("cns", f"{why} Confira os 15 números do seu cartão.")
        return self.cleaned_data


class OneCard(forms.Form):
    """The profile's request, sent from its card."""

    cnes = forms.RegexField(r"\A[0-9]{7}\Z")
    perfil = forms.ChoiceField(choices=[(one.value, one.value) for one in Perfil])


class Choice(forms.Form):
    """In which state what a list shows must be; without a choice, any. (Nobody administers two CNES.)"""

    estado = forms.ChoiceField(
        label="Estado", required=False, error_messages={"invalid_choice": "Escolha um estado da lista."}
    )

    def __init__(self, data: Any, states: Iterable[str]) -> None:
        """A field from whose list there is nothing to choose is left out."""
        super().__init__(data)
        choices = [(one, one) for one in states]
        field = self.fields["estado"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Todos"), *choices]
        if len(choices) < 2:
            del self.fields["estado"]

    def chosen(self) -> str:
        """What was chosen, "" for nothing, and for what cannot be."""
        return str(self.cleaned_data.get("estado", "")) if self.is_valid() else ""


class PlaceChoice(forms.Form):
    """The same for the support team, which has the requests of every CNES."""

    cnes = forms.RegexField(
        r"\A[0-9]{7}\Z",
        label="CNES",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "O CNES tem 7 números."},
    )

    def chosen(self) -> str:
        """As of Choice."""
        return str(self.cleaned_data.get("cnes", "")) if self.is_valid() else ""


class NewComputer(forms.Form):
    """The computer's request: which establishment, what it is called; `resposta` is written by computador.js."""

    cnes = forms.ChoiceField(
        label="Estabelecimento", error_messages={"required": "Escolha o estabelecimento."}
    )
    rotulo = forms.CharField(
        label="Nome do computador",
        max_length=60,
        help_text="Um nome pelo qual você o reconheça, como “Recepção, mesa 2”.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Dê um nome ao computador.",
            "max_length": "Use no máximo 60 caracteres.",
        },
    )
    resposta = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cnes"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, one) for one in places or []]
