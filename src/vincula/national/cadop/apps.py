from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.cadop"
    label = "cadop"
    verbose_name = "CADOP"
    default_auto_field = "django.db.models.BigAutoField"
