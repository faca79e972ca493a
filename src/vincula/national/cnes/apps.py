from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.cnes"
    label = "cnes"
    verbose_name = "CNES"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.national.cnes.menu import register_menu

        register_menu()
