"""Every component of `{% load vincula %}` on one page, for axe, the keyboard and our eyes to try."""

from __future__ import annotations

import itertools
from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import reverse

from vincula.common.outcomes import Refused
from vincula.common.page import notices

PAGE = (Path(__file__).parent / "exemplo.html").read_text()

STEPS = itertools.count(1)


class Example(forms.Form):
    arquivo = forms.FileField(
        label="Arquivo SBX", help_text="Até 100.000 procedimentos, codificado em ISO-8859-1."
    )
    nome = forms.CharField(label="Observação", required=False)
    competencia = forms.ChoiceField(
        label="Competência", choices=[("2026-10", "10/2026"), ("2026-11", "11/2026")]
    )
    tipo = forms.ChoiceField(
        label="Tipo", choices=[("a", "Inclusão"), ("b", "Retificação")], widget=forms.RadioSelect
    )


def _page(request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
    paginator = Paginator(range(1, 1235), 5)
    context = {
        "form": form,
        "refused": Refused("X", "A competência está fechada.", "Envie na competência aberta."),
        "facts": [("Operadora", "123456"), ("Recebido em", "06/11/2026 10:00"), ("Procedimentos", "100.000")],
        "reasons": [
            ("O nome difere do da Receita", 1234, "/mapa/"),
            ("CPF ausente", 321),
            ("A data de nascimento difere", 45),
        ],
        "cpf": "12345678909",
        "page_obj": paginator.get_page(request.GET.get("pagina")),
        "andamento": reverse("exemplo-andamento"),
    }
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render(context, request), status=status)


def gallery(request: HttpRequest) -> HttpResponse:
    return _page(request, Example())


def upload(request: HttpRequest) -> HttpResponse:
    form = Example(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _page(request, form)
    notices.done(request, f"Recebido: {form.cleaned_data['arquivo'].size} bytes.")
    return redirect("exemplo")


def progress(request: HttpRequest) -> HttpResponse:
    """A quarter more at each question; at a hundred the answer stops asking."""
    done = min(100, 25 * next(STEPS))
    again = "" if done == 100 else "{% live url %}"
    text = (
        "{% load vincula %}<div id='andamento' "
        + again
        + ">{% progress_bar done 100 'Consolidação' 'vínculos' %}</div>"
    )
    template = engines["django"].from_string(text)
    return HttpResponse(template.render({"done": done, "url": reverse("exemplo-andamento")}, request))
