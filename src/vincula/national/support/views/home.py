"""The Central de atendimento: questions and answers, channels, the newest notices (R057, R063)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vincula.national.support import services
from vincula.national.support.access import public
from vincula.national.support.questions import topics
from vincula.national.support.rules.letters import CHANNELS

NEWEST = 3


@public()
def central(request: HttpRequest) -> HttpResponse:
    context = {"topics": topics(), "channels": CHANNELS, "notices": services.published(NEWEST)}
    return render(request, "support/central.html", context)
