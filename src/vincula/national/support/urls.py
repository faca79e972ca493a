"""Support's addresses. A ticket's number opens nothing: who may read it is looked at each time."""

from django.urls import path

from vincula.national.support.views import tickets

urlpatterns = [
    path("atendimento/abrir/", tickets.open_one, name="support-abrir"),
]
