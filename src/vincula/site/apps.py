from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.site"
    label = "vincula_site"
    verbose_name = "Vincula"

    def ready(self) -> None:
        from vincula.common import retention

        retention.register("registros.erros", "vincula.site.traces.purge")
