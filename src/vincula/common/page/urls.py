from django.urls import path

from vincula.common.page import views

urlpatterns = [
    path("", views.home, name="inicio"),
    path("mapa/", views.site_map, name="mapa"),
    path("busca/", views.search_page, name="busca"),
    path("acessibilidade/", views.accessibility, name="acessibilidade"),
]
