from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.ibge"
    label = "ibge"
    verbose_name = "Municípios do IBGE"
    default_auto_field = "django.db.models.BigAutoField"
