"""The query, and the forms of the simulated registration. What they carry is judged by the services."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms

from vincula.formats.tables.municipios import UF_BY_CODE
from vincula.identifiers import cpf as cpf_rules
from vincula.identifiers.digits import strip_human
from vincula.national.cnes.rules.registering import TEXT_LIMIT, HeadOffice
from vincula.national.cnes.services import inconsistent
from vincula.national.cnes.services.finding import TEXT_LIMIT as QUERY_LIMIT

_SHORTEST = 3


class QueryForm(forms.Form):
    """What establishment is looked for; something must be given."""

    texto = forms.CharField(
        label="CNES, CNPJ ou nome",
        required=False,
        max_length=QUERY_LIMIT,
        help_text="O número inteiro, ou palavras do nome. Por CPF não se consulta.",
        error_messages={"max_length": "Use menos palavras."},
    )
    uf = forms.ChoiceField(
        label="UF",
        required=False,
        choices=[("", "Todas"), *((uf, uf) for uf in sorted(UF_BY_CODE.values()))],
        error_messages={"invalid_choice": "Escolha uma UF da lista."},
    )
    sedes = forms.ChoiceField(
        label="Quais",
        required=False,
        choices=[("", "Todos os estabelecimentos"), ("on", "Só sedes de operadora (68/005)")],
        error_messages={"invalid_choice": "Escolha uma opção da lista."},
    )

    def clean_texto(self) -> str:
        text: str = self.cleaned_data["texto"]
        if text and sum(map(str.isalnum, text)) < _SHORTEST:
            raise forms.ValidationError(f"Escreva ao menos {_SHORTEST} letras ou algarismos.")
        if cpf_rules.is_valid(cpf_rules.parse(text)):
            raise forms.ValidationError("Por CPF não se consulta. Use o CNES, o CNPJ ou o nome.")
        return text

    @property
    def asks(self) -> bool:
        """Whether anything was asked at all."""
        return any(self.cleaned_data.get(name) for name in ("texto", "uf", "sedes"))


def _text(label: str, hint: str = "", **attributes: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=TEXT_LIMIT,
        widget=forms.TextInput(attrs=attributes),
        error_messages={"required": "Preencha este campo.", "max_length": f"Até {TEXT_LIMIT} caracteres."},
    )


class HeadOfficeForm(forms.Form):
    """The data of a head office that the register of operadoras does not have."""

    logradouro = _text("Logradouro", autocomplete="address-line1")
    numero = _text("Número", "S/N, se não houver.")
    bairro = _text("Bairro")
    cep = _text("CEP", "8 algarismos.", inputmode="numeric", autocomplete="postal-code")
    municipio = _text("Município", "Código do IBGE, 6 algarismos, como 261160 (Recife).", inputmode="numeric")
    telefone = _text("Telefone", "Com DDD.", inputmode="tel", autocomplete="tel")
    email = _text("E-mail", inputmode="email", autocomplete="email")
    diretor_cpf = _text(
        "CPF do diretor clínico, gerente ou administrador",
        "No SGOP, só esta pessoa pode ser ADMINISTRADOR por este CNES.",
        inputmode="numeric",
        autocomplete="off",
    )

    @staticmethod
    def told(office: HeadOffice) -> dict[str, str]:
        """The fields as they stand, to be corrected."""
        return asdict(office)

    def clean(self) -> dict[str, Any]:
        """What the services say of every field, beside what a field says by itself: all errors at once."""
        refused = inconsistent(self.office())
        for name, sentence in (refused.details["campos"] if refused else {}).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return self.cleaned_data

    def office(self) -> HeadOffice:
        """What was typed, numbers without punctuation; "" for a field that has an error of its own."""
        data = {name: self.cleaned_data.get(name, "") for name in HeadOffice.__dataclass_fields__}
        for name in ("cep", "municipio", "diretor_cpf"):
            data[name] = strip_human(data[name])
        return HeadOffice(**data)


class ReasonForm(forms.Form):
    """Why a registration ends."""

    motivo = forms.CharField(
        label="Motivo da desativação",
        max_length=200,
        error_messages={
            "required": "Escreva por que o cadastro termina.",
            "max_length": "Até 200 caracteres.",
        },
    )


class DirectorForm(forms.Form):
    """Who directs the head office from now on."""

    diretor_cpf = forms.CharField(
        label="CPF do novo diretor clínico, gerente ou administrador",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Informe o CPF.", "max_length": "O CPF tem 11 números."},
    )

    def clean_diretor_cpf(self) -> str:
        """11 digits, without punctuation."""
        number = strip_human(self.cleaned_data["diretor_cpf"])
        if not cpf_rules.is_valid(number):
            raise forms.ValidationError("O CPF não confere. Confira os 11 números e repita.")
        return number


def _date(label: str, hint: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=hint,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Informe um dia que existe, como 31/01/2026."},
    )


class ProfessionalForm(forms.Form):
    """Who works at the head office, and since when."""

    cpf = forms.CharField(
        label="CPF",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Informe o CPF.", "max_length": "O CPF tem 11 números."},
    )
    nome = forms.CharField(
        label="Nome completo",
        max_length=70,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Informe o nome completo.", "max_length": "Até 70 caracteres."},
    )
    cbo = forms.CharField(
        label="Ocupação (CBO)",
        required=False,
        max_length=6,
        help_text="6 caracteres, como 131210. Pode ficar em branco.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "O código tem 6 caracteres."},
    )
    desde = _date("Desde", "Em branco: hoje.")


class UnlinkForm(forms.Form):
    """Until when he worked there."""

    ate = _date("Último dia", "Em branco: hoje.")
