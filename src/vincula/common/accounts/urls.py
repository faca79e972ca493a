from django.urls import path

from vincula.common.accounts import views

urlpatterns = [
    path("entrar/", views.Login.as_view(), name="entrar"),
    path("sair/", views.Logout.as_view(), name="sair"),
    path("operadora/", views.ChooseOperadora.as_view(), name="operadora-escolher"),
    path("sessao/renovar/", views.renew_session, name="sessao-renovar"),
]
