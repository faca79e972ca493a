"""Support's addresses. A ticket's number opens nothing: who may read it is looked at each time."""

from django.urls import path

from vincula.national.support.views import home, notices, status, team, tickets

urlpatterns = [
    path("atendimento/", home.central, name="support-inicio"),
    path("atendimento/abrir/", tickets.open_one, name="support-abrir"),
    path("atendimento/chamados/", tickets.mine, name="support-chamados"),
    path("atendimento/chamados/<str:numero>/", tickets.one, name="support-chamado"),
    path("atendimento/chamados/<str:numero>/mensagem/", tickets.add, name="support-chamado-mensagem"),
    path("atendimento/chamados/<str:numero>/encerrar/", tickets.close, name="support-chamado-encerrar"),
    path("atendimento/fila/", team.queue, name="support-fila"),
    path("atendimento/fila/<str:numero>/", team.one, name="support-fila-chamado"),
    path("atendimento/fila/<str:numero>/encaminhar/", team.route, name="support-fila-encaminhar"),
    path("atendimento/fila/<str:numero>/responder/", team.answer, name="support-fila-responder"),
    path("atendimento/fila/<str:numero>/encerrar/", team.close, name="support-fila-encerrar"),
    path("atendimento/avisos/", notices.listing, name="support-avisos"),
    path("atendimento/avisos/feed/", notices.feed, name="support-avisos-feed"),
    path("atendimento/avisos/novo/", notices.new, name="support-aviso-novo"),
    path("atendimento/avisos/<int:number>/", notices.one, name="support-aviso"),
    path("atendimento/avisos/<int:number>/editar/", notices.edit, name="support-aviso-editar"),
    path("atendimento/avisos/<int:number>/publicar/", notices.publish, name="support-aviso-publicar"),
    path("situacao/", status.status, name="support-situacao"),
    path("situacao/feed/", status.feed, name="support-situacao-feed"),
    path("situacao/declarar/", status.declare, name="support-situacao-declarar"),
    path("situacao/<int:number>/previsao/", status.forecast, name="support-situacao-previsao"),
    path("situacao/<int:number>/encerrar/", status.end, name="support-situacao-encerrar"),
]
