from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.sib"
    label = "sib"
    verbose_name = "SIB"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common import retention
        from vincula.common.jobs import registry
        from vincula.national.sib.menu import register_menu

        services = "vincula.national.sib.services"
        registry.defined_in(f"{services}.work", "sib.intake", "sib.cnx")
        registry.defined_in(f"{services}.closing_jobs", "sib.encerramento", "sib.consolidacao")
        retention.register("sib.arquivos", f"{services}.keeping.purge_files")
        retention.register("sib.restos", f"{services}.keeping.purge_left_overs")
        register_menu()
