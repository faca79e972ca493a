"""Atom feeds of the public notices and of the interruptions. What is written is escaped by Django's writer."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from vincula.national.support.rules.moments import BRASILIA
from vincula.national.support.rules.notices import Notice
from vincula.national.support.shown import Shown

ENTRIES = 50


def of_notices(request: HttpRequest, found: list[Notice]) -> HttpResponse:
    feed = _feed(request, "Aviso para Operadoras", "support-avisos", "support-avisos-feed")
    for one in found:
        page = request.build_absolute_uri(reverse("support-aviso", args=[one.id]))
        links = [f"{said}: {address}" for said, address in one.links]
        feed.add_item(
            title=one.titulo,
            link=page,
            description="\n".join([one.texto, *links]),
            unique_id=page,
            pubdate=one.publicado_em,
            updateddate=one.publicado_em,
        )
    return _answer(feed)


def of_interruptions(request: HttpRequest, found: list[Shown]) -> HttpResponse:
    feed = _feed(request, "Situação dos serviços", "support-situacao", "support-situacao-feed")
    here = request.build_absolute_uri(reverse("support-situacao"))
    for shown in found[:ENTRIES]:
        one = shown.one
        day = datetime(one.data_aviso.year, one.data_aviso.month, one.data_aviso.day, tzinfo=BRASILIA)
        feed.add_item(
            title=one.titulo,
            link=one.link or f"{here}#interrupcao-{one.id}",
            description=f"{one.servico.nome}: {shown.estado}. {one.texto}",
            unique_id=f"{here}#interrupcao-{one.id}",
            pubdate=day,
            updateddate=one.encerrada_em or day,
        )
    return _answer(feed)


def _feed(request: HttpRequest, title: str, page: str, own: str) -> Atom1Feed:
    return Atom1Feed(
        title=title,
        link=request.build_absolute_uri(reverse(page)),
        description=title,
        language="pt-BR",
        feed_url=request.build_absolute_uri(reverse(own)),
    )


def _answer(feed: Atom1Feed) -> HttpResponse:
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
