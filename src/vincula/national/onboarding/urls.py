"""Onboarding's addresses; none holds personal data."""

from django.urls import path

from vincula.national.onboarding import views

urlpatterns = [
    path("passos/", views.overview, name="passos"),
    path("saiba-mais/", views.learn_more, name="saiba-mais"),
    path("saiba-mais/infografico.svg", views.infographic, {"kind": "svg"}, name="infografico-svg"),
    path("saiba-mais/infografico.pdf", views.infographic, {"kind": "pdf"}, name="infografico-pdf"),
    path("saiba-mais/manual/<slug:name>/", views.guide, name="manual"),
    path("saiba-mais/manual/<slug:name>.pdf", views.guide_pdf, name="manual-pdf"),
]
