from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.common.accounts"
    label = "accounts"
    verbose_name = "Contas"
    default_auto_field = "django.db.models.BigAutoField"
