from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.sib"
    label = "sib"
    verbose_name = "SIB"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common import retention
        from vincula.national.sib.menu import register_menu
        from vincula.national.sib.services import work  # noqa: F401 - registers the executors
        from vincula.national.sib.services.keeping import purge_files, purge_left_overs

        retention.register("sib.arquivos", purge_files)
        retention.register("sib.restos", purge_left_overs)
        register_menu()
