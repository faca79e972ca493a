from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.govbr"
    label = "govbr"
    verbose_name = "gov.br"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.national.govbr.doors import register

        register()
