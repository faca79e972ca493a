from django.urls import path

from vincula.common.accounts import own, views
from vincula.common.accounts.guards import BOTH, PERSON, for_anybody, guard, signed_in

urlpatterns = [
    path("entrar/", for_anybody(*BOTH)(views.Login.as_view()), name="entrar"),
    path("cadastrar/", own.signup, name="cadastrar"),
    path("senha/recuperar/", own.recover, name="senha-recuperar"),
    path("senha/convite/<str:convite>/", own.invitation, name="senha-convite"),
    path("senha/nova/", own.choose, name="senha-nova"),
    path("senha/trocar/", own.change, name="senha-trocar"),
    path("sair/", for_anybody(*BOTH)(views.Logout.as_view()), name="sair"),
    path(
        "operadora/",
        guard(PERSON, BOTH, signed_in)(views.ChooseOperadora.as_view()),
        name="operadora-escolher",
    ),
    path("sessao/renovar/", views.renew_session, name="sessao-renovar"),
]
