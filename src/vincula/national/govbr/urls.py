"""gov.br's addresses. Those that end in retorno and saida are registered at gov.br, behind the site's name."""

from django.urls import path

from vincula.national.govbr import views

urlpatterns = [
    path("entrar/", views.enter, name="govbr-entrar"),
    path("retorno/", views.back, name="govbr-retorno"),
    path("recusado/", views.refused, name="govbr-recusado"),
    path("nivel/", views.level, name="govbr-nivel"),
    path("nivel/aumentar/", views.step_up, name="govbr-nivel-aumentar"),
    path("nivel/retorno/", views.raised, name="govbr-nivel-retorno"),
    path("sair/", views.leave, name="govbr-sair"),
    path("saida/", views.left, name="govbr-saida"),
]
