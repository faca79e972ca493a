from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.govbr"
    label = "govbr"
    verbose_name = "gov.br"
    default_auto_field = "django.db.models.BigAutoField"
