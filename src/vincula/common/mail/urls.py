"""The sandbox's mailbox, and the queue. A mail's address is the name of its file: a moment and a number."""

from django.urls import path

from vincula.common.mail import views

urlpatterns = [
    path("correio/", views.letters, name="correio"),
    path("correio/fila/", views.queue, name="correio-fila"),
    path("correio/fila/repetir/", views.retry, name="correio-repetir"),
    path("correio/<str:name>/", views.letter, name="correio-mensagem"),
]
