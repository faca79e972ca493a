"""SIB's addresses. None holds personal data: a file is a number, a vínculo its CCO, the operadora the session's."""

from django.urls import path

from vincula.national.sib import converters
from vincula.national.sib.views import cnx, files, home, missing, months, national

converters.register()

urlpatterns = [
    path("", home.home, name="sib-inicio"),
    path("qualidade/", home.quality, name="sib-qualidade"),
    path("enviar/", files.send, name="sib-enviar"),
    path("arquivos/", files.files, name="sib-arquivos"),
    path("arquivos/<int:arquivo_id>/", files.file, name="sib-arquivo"),
    path("arquivos/<int:arquivo_id>/andamento/", files.progress, name="sib-arquivo-andamento"),
    path("arquivos/<int:arquivo_id>/repetir/", files.again, name="sib-arquivo-repetir"),
    path("arquivos/<int:arquivo_id>/rpx/", files.rpx, name="sib-arquivo-rpx"),
    path("competencias/", months.months, name="sib-competencias"),
    path("competencias/<mes:mes>/", months.month, name="sib-competencia"),
    path("competencias/<mes:mes>/substituidos/", months.replaced, name="sib-substituidos"),
    path("competencias/<mes:mes>/sem-cns/", missing.missing, name="sib-sem-cns-competencia"),
    path("competencias/<mes:mes>/sem-cns/lista/", missing.download, name="sib-sem-cns-lista"),
    path("competencias/<mes:mes>/sem-cns/<motivo:motivo>/", missing.by_reason, name="sib-sem-cns-motivo"),
    path("competencias/<mes:mes>/cnx/", cnx.month, name="sib-cnx-competencia"),
    path("competencias/<mes:mes>/cnx/andamento/", cnx.progress, name="sib-cnx-andamento"),
    path("competencias/<mes:mes>/cnx/arquivo/", cnx.download, name="sib-cnx-arquivo"),
    path("sem-cns/", missing.latest, name="sib-sem-cns"),
    path("cnx/", cnx.months, name="sib-cnx"),
    path("vinculos/<cco:cco>/", missing.vinculo, name="sib-vinculo"),
    path("gestao/", national.months, name="sib-gestao"),
    path("gestao/<mes:mes>/", national.month, name="sib-gestao-competencia"),
    path("gestao/<mes:mes>/andamento/", national.progress, name="sib-gestao-andamento"),
    path("gestao/<mes:mes>/revisao/", national.reviews, name="sib-gestao-revisao"),
    path("gestao/<mes:mes>/encerrar/", national.step, {"passo": "encerrar"}, name="sib-gestao-encerrar"),
    path(
        "gestao/<mes:mes>/consolidar/", national.step, {"passo": "consolidar"}, name="sib-gestao-consolidar"
    ),
]
