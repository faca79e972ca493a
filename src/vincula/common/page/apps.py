from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.common.page"
    label = "page"
    verbose_name = "Página"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common.page.contents import register_contents

        register_contents()
