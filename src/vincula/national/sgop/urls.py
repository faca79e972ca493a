"""SGOP's addresses under /operador/ (R012) and CadSUS Web's gate (R050). None holds personal data."""

from django.urls import path

from vincula.national.sgop.views import computers, deciding, gate, requests

urlpatterns = [
    path("operador/", requests.home, name="sgop-inicio"),
    path("operador/nova/", requests.new, name="sgop-nova"),
    path("operador/perfil/", requests.profile, name="sgop-perfil"),
    path("operador/termos/", requests.terms_of_use, name="sgop-termos"),
    path("operador/pedidos/<int:pedido>/cancelar/", requests.cancel, name="sgop-cancelar"),
    path("operador/pedidos/<int:pedido>/decidir/", deciding.decide, name="sgop-decidir"),
    path("operador/computador/", computers.computer, name="sgop-computador"),
    path("operador/computador/desafio/", computers.challenge, name="sgop-computador-desafio"),
    path("operador/aprovacoes/pendentes/", deciding.pending, name="sgop-pendentes"),
    path("operador/aprovacoes/realizadas/", deciding.done, name="sgop-realizadas"),
    path("operador/aprovacoes/realizadas.csv", deciding.done_table, name="sgop-realizadas-csv"),
    path("operador/gerir/operadores/<int:pedido>/", deciding.operator, name="sgop-operador"),
    path(
        "operador/gerir/operadores/<int:pedido>/encerrar/", deciding.end_access, name="sgop-operador-encerrar"
    ),
    path("operador/gerir/acesso/", deciding.access, name="sgop-acesso"),
    path("operador/gerir/maquinas/", deciding.machines, name="sgop-maquinas"),
    path("operador/administradores/", deciding.administrators, name="sgop-administradores"),
    path("segcartao/", gate.gate, name="segcartao"),
    path("segcartao/desafio/", gate.challenge, name="segcartao-desafio"),
    path("segcartao/entrar/", gate.enter, name="segcartao-entrar"),
    path("segcartao/sair/", gate.leave, name="segcartao-sair"),
]
