from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.cnes"
    label = "cnes"
    verbose_name = "CNES"
    default_auto_field = "django.db.models.BigAutoField"
