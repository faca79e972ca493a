"""CNES's addresses. None holds personal data: an establishment is its number, a registration a number of ours."""

from django.urls import path

from vincula.national.cnes import converters
from vincula.national.cnes.views import office, professionals, query

converters.register()

urlpatterns = [
    path("", query.query, name="cnes-consulta"),
    path("<cnes:cnes>/", query.establishment, name="cnes-estabelecimento"),
    path("<cnes:cnes>/profissionais/", professionals.listing, name="cnes-profissionais"),
    path("<cnes:cnes>/profissionais/<int:vinculo>/", professionals.end, name="cnes-desvincular"),
    path("estabelecimentos.csv", query.export, name="cnes-exportar"),
    path("tipos/", query.types, name="cnes-tipos"),
    path("obter/", query.obtain, name="cnes-obter"),
    path("sede/", office.offices, name="cnes-sede"),
    path("sede/novo/", office.new, name="cnes-sede-novo"),
    path("sede/<int:cadastro>/", office.office, name="cnes-sede-cadastro"),
    path("sede/<int:cadastro>/corrigir/", office.correct, name="cnes-sede-corrigir"),
    path("sede/<int:cadastro>/diretor/", office.director, name="cnes-sede-diretor"),
    path("sede/<int:cadastro>/avancar/", office.advance, name="cnes-sede-avancar"),
    path("sede/<int:cadastro>/desativar/", office.deactivate, name="cnes-sede-desativar"),
]
