from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.site"
    label = "vincula_site"
    verbose_name = "Vincula"

    def ready(self) -> None:
        from vincula.common import retention
        from vincula.site import traces

        retention.register("registros.erros", traces.purge)
