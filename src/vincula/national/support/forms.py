"""The forms of support's pages. What is written in them is judged by the services."""

from __future__ import annotations

from typing import Any

from django import forms

from vincula.common.outcomes import Refused
from vincula.national.support.rules import declaring
from vincula.national.support.rules.interruption import Servico
from vincula.national.support.rules.tickets import TEXT, Area

AREAS = [("", "Escolha…"), *((one.value, one.nome) for one in Area)]
SERVICES = [("", "Escolha…"), *((one.value, one.nome) for one in Servico)]
# From half an hour to a month, or nobody knows (R067, R070).
FORECASTS = [
    ("", "Sem previsão"),
    ("30min", "30 minutos"),
    ("1h", "1 hora"),
    ("2h", "2 horas"),
    ("4h", "4 horas"),
    ("8h", "8 horas"),
    ("1d", "1 dia"),
    ("3d", "3 dias"),
    ("7d", "1 semana"),
    ("15d", "15 dias"),
    ("30d", "1 mês"),
]
# Which field of a form a refusal is about; one that is about none stands on top.
FIELDS = {
    "AREA_DESCONHECIDA": "area",
    "AREA_INVALIDA": "area_tecnica",
    "ASSUNTO_INVALIDO": "assunto",
    "EMAIL_INVALIDO": "contato",
    "INICIO_DISTANTE": "inicio",
    "LINKS_DEMAIS": "links",
    "LINK_INVALIDO": "link",
    "PREVISAO_INVALIDA": "previsao",
    "SERVICO_DESCONHECIDO": "servico",
    "TEXTO_AUSENTE": "texto",
    "TEXTO_LONGO": "texto",
    "TITULO_INVALIDO": "titulo",
}


def add_refusal(form: forms.Form, refused: Refused) -> None:
    """Beside the field that it is about, if the form has it."""
    field = FIELDS.get(refused.code, "")
    if field == "link" and "links" in form.fields:
        field = "links"
    form.add_error(field if field in form.fields else None, refused.as_text())


def body_field(label: str, help_text: str = "", *, required: bool = True, rows: int = 8) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": "Escreva o texto.",
            "max_length": f"O texto passa de {TEXT} caracteres: encurte-o.",
        },
    )


def line_field(label: str, longest: int, ask: str, help_text: str = "", **more: Any) -> forms.CharField:
    errors = {"required": ask, "max_length": f"O limite é de {longest} caracteres: encurte o texto."}
    return forms.CharField(
        label=label, max_length=longest, help_text=help_text, error_messages=errors, **more
    )


class TicketForm(forms.Form):
    """A new ticket."""

    area = forms.ChoiceField(
        label="Área",
        choices=AREAS,
        error_messages={"required": "Escolha a área.", "invalid_choice": "Escolha uma das áreas da lista."},
    )
    assunto = line_field("Assunto", 150, "Diga em poucas palavras de que se trata.")
    texto = body_field(
        "O que aconteceu",
        "O que você tentou, o que apareceu na tela e o que precisa. Não escreva senhas nem dados de beneficiários: "
        "para falar de um vínculo, basta o CCO.",
    )
    contato = line_field(
        "E-mail para a resposta",
        254,
        "Informe o e-mail em que quer receber a resposta.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class MessageForm(forms.Form):
    """More about one's own ticket."""

    texto = body_field("Nova mensagem", rows=5)


class AnswerForm(forms.Form):
    """The team's answer."""

    texto = body_field("Resposta", "Vai por e-mail, com a pergunta original e os canais de relacionamento.")


class RouteForm(forms.Form):
    """To whom the team gives the question."""

    area_tecnica = line_field("Área técnica", 150, "Diga a que área técnica a consulta vai.")
    area = forms.ChoiceField(label="Mudar de fila", choices=[("", "Não mudar"), *AREAS[1:]], required=False)


class CloseForm(forms.Form):
    """The last word, or none."""

    texto = body_field("Motivo", "Vai por e-mail a quem abriu o chamado.", required=False, rows=3)


class NoticeForm(forms.Form):
    """A notice to operadoras."""

    titulo = line_field("Título", 200, "Dê um título ao aviso.")
    texto = body_field("Texto", "É público: não ponha dados de pessoas.", rows=12)
    links = forms.CharField(
        label="Links",
        required=False,
        help_text="Um por linha: texto do link | https://www.exemplo.gov.br/pagina",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    dia = forms.DateField(
        label="Data do aviso",
        required=False,
        help_text="Sem ela, hoje.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": "Escreva a data como 22/11/2026."},
    )


class ForecastForm(forms.Form):
    """When the service returns."""

    previsao = forms.ChoiceField(label="Previsão, a contar de agora", choices=FORECASTS, required=False)


class InterruptionForm(ForecastForm):
    """A service that stands still, or some of its routines."""

    field_order = ("servico", "rotinas", "texto", "inicio", "previsao", "titulo", "link", "dia")

    servico = forms.ChoiceField(
        label="Serviço",
        choices=SERVICES,
        error_messages={"required": "Escolha o serviço.", "invalid_choice": "Escolha um da lista."},
    )
    rotinas = line_field(
        "Rotinas instáveis",
        declaring.LIMITS["rotinas"],
        "",
        "Só para uma instabilidade em parte do serviço: diga quais rotinas. Em branco, o serviço inteiro está parado e "
        "quem o pede é recusado.",
        required=False,
    )
    texto = forms.CharField(
        label="Motivo",
        max_length=declaring.LIMITS["texto"],
        help_text="É público: não ponha dados de pessoas.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Diga por que o serviço está interrompido."},
    )
    inicio = forms.DateTimeField(
        label="Início",
        required=False,
        help_text="No horário de Brasília. Sem ele, agora.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
        error_messages={"invalid": "Escreva o momento como 22/11/2026 14:30."},
    )
    titulo = line_field(
        "Título do aviso", declaring.LIMITS["titulo"], "", "Sem ele, o nome do serviço.", required=False
    )
    link = line_field(
        "Link do aviso",
        declaring.LIMITS["link"],
        "",
        "A página em que o aviso foi publicado.",
        required=False,
    )
    dia = forms.DateField(
        label="Data do aviso",
        required=False,
        help_text="Sem ela, hoje.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": "Escreva a data como 22/11/2026."},
    )
