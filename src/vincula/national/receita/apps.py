from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.receita"
    label = "receita"
    verbose_name = "Base CPF da Receita Federal"
    default_auto_field = "django.db.models.BigAutoField"
