from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.support"
    label = "support"
    verbose_name = "Interrupções"
    default_auto_field = "django.db.models.BigAutoField"
