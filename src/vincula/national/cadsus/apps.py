from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.cadsus"
    label = "cadsus"
    verbose_name = "Base do CNS"
    default_auto_field = "django.db.models.BigAutoField"
