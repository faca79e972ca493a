from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.cadop"
    label = "cadop"
    verbose_name = "CADOP"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common.accounts.session import register_operadora_names
        from vincula.national.cadop.services import names

        register_operadora_names(names)
