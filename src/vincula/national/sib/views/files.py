"""Sending an SBX, following it, and its result. A file of another operadora is not found."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from vincula.common.outcomes import Refused
from vincula.common.page import notices
from vincula.national.sib import services
from vincula.national.sib.access import actor, for_operadora
from vincula.national.sib.forms import UploadForm
from vincula.national.sib.rules.fields import MOVEMENTS
from vincula.national.sib.services import Following, Result
from vincula.national.sib.uploads import too_big
from vincula.national.sib.views.common import attachment, audited, paged

FAULTS = 50


@for_operadora("GET", "HEAD", "POST")
def send(request: HttpRequest, registro: str) -> HttpResponse:
    """The form; after sending, the file's own page (so that loading again sends nothing)."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if too_big(request):
        form = _refused_form(services.too_big())
    elif form.is_bound and form.is_valid():
        received = _receive(request, registro, form)
        if not isinstance(received, Refused):
            return redirect("sib-arquivo", received)
        form.add_error("arquivo", received.as_text())
    current = next(one for one in services.overview(registro) if one.is_current)
    return render(request, "sib/enviar.html", {"form": form, "current": current})


def _refused_form(refused: Refused) -> UploadForm:
    """A form whose file was dropped on its way: it has nothing to check, only the reason to show."""
    form = UploadForm({})
    form.fields["arquivo"].required = False
    form.add_error("arquivo", refused.as_text())
    return form


def _receive(request: HttpRequest, registro: str, form: UploadForm) -> int | Refused:
    """Keep the file and put it into the queue; its number."""
    upload = form.cleaned_data["arquivo"]
    sender = services.Sender(actor(request), request.META.get("REMOTE_ADDR", ""), registro)
    outcome = services.receive(upload, upload.name, sender)
    if isinstance(outcome, Refused):
        return outcome
    received = outcome.value
    if received.again:
        notices.informed(
            request, "Este mesmo arquivo já estava sendo processado: nada foi enviado duas vezes."
        )
    elif not received.rejected:
        notices.done(request, "Arquivo recebido.")
    if not received.rejected:
        services.send_to_queue(received.arquivo_id)
    return received.arquivo_id


@for_operadora()
def files(request: HttpRequest, registro: str) -> HttpResponse:
    """All files of the operadora, newest first."""
    return render(request, "sib/arquivos.html", {"files": paged(request, OwnFiles(registro))})


class OwnFiles:
    """The operadora's files, as something that can be paged."""

    def __init__(self, registro: str, month: int | None = None) -> None:
        self.registro, self.month = registro, month

    def count(self) -> int:
        return services.count_files(self.registro, self.month)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Result]:
        start = part.start or 0
        return services.results_of(
            self.registro, month=self.month, offset=start, limit=(part.stop or start) - start
        )


def _own(registro: str, arquivo_id: int) -> Result:
    found = services.own_file(registro, arquivo_id)
    if found is None:
        raise Http404
    return found


@for_operadora()
def file(request: HttpRequest, registro: str, arquivo_id: int) -> HttpResponse:
    """The progress of a file while it is processed; then its result."""
    following = services.follow(_own(registro, arquivo_id))
    return render(request, "sib/arquivo.html", _result_page(request, following))


@for_operadora()
def progress(request: HttpRequest, registro: str, arquivo_id: int) -> HttpResponse:
    """The part of the page that renews itself."""
    following = services.follow(_own(registro, arquivo_id))
    return render(request, "sib/arquivo_corpo.html", _result_page(request, following))


def _result_page(request: HttpRequest, following: Following) -> dict[str, Any]:
    one = following.result
    context: dict[str, Any] = {
        "f": following,
        "file": one,
        "live_url": reverse("sib-arquivo-andamento", args=[one.id]),
    }
    if not one.ended:
        return context
    context["totals"] = [
        (MOVEMENTS[kind], count, count - refused, refused) for kind, (count, refused) in one.totals.items()
    ]
    if one.rejection is not None:
        context["rejection_title"] = f"Arquivo rejeitado: código {one.rejection.code}, {one.rejection.name}"
        context["faults"] = paged(request, one.rejection.faults, "falha", FAULTS)
        shown = len(one.rejection.faults)
    else:
        shown = _add_findings(request, one, context)
    if shown:
        audited(
            request,
            "sib:criticas:consultadas",
            f"operadora:{one.registro}",
            "correção cadastral",
            arquivo=one.id,
            criticas=shown,
        )
    return context


def _add_findings(request: HttpRequest, one: Result, context: dict[str, Any]) -> int:
    """The críticas, filtered as asked; how many the page tells of."""
    counts = services.finding_counts(one.id)
    kinds = services.kinds_with_findings(one.id)
    rule, kind = request.GET.get("regra", ""), request.GET.get("movimento", "")
    rule = rule if rule in {count.rule.id for count in counts} else ""
    number = int(kind) if kind in {str(known) for known in kinds} else 0
    found = services.findings(one.id, rule=rule, kind=number)
    context.update(
        refusals=[count for count in counts if count.rule.refuses],
        warnings=[count for count in counts if not count.rule.refuses],
        rules=sorted({count.rule.id for count in counts}),
        kinds=kinds,
        rule=rule,
        kind=number,
        findings=paged(request, found) if counts else None,
    )
    return len(context["findings"]) if counts else 0


@for_operadora("POST")
def again(request: HttpRequest, registro: str, arquivo_id: int) -> HttpResponse:
    """Put a file whose processing failed back into the queue."""
    found = _own(registro, arquivo_id)
    if not found.ended:
        services.send_to_queue(found.id)
        notices.done(request, "O arquivo voltou para a fila.")
    return redirect("sib-arquivo", found.id)


@for_operadora()
def rpx(request: HttpRequest, registro: str, arquivo_id: int) -> HttpResponseBase:
    """The RPX of a file that has ended."""
    found = _own(registro, arquivo_id)
    path = services.rpx_path(found)
    if not found.ended or not found.rpx or not path.is_file():
        raise Http404
    audited(
        request,
        "sib:rpx:entregue",
        f"operadora:{registro}",
        "correção cadastral",
        arquivo=found.id,
        nome=found.rpx,
    )
    return attachment(path.open("rb"), found.rpx)
