from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.sgop"
    label = "sgop"
    verbose_name = "SGOP"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common import retention
        from vincula.common.accounts.leftovers import register_undoing
        from vincula.common.jobs import registry
        from vincula.national.sgop.menu import register_menu

        services = "vincula.national.sgop.services"
        registry.defined_in(f"{services}.directors", "sgop.diretores")
        registry.defined_in(f"{services}.expiring", "sgop.expiracao")
        retention.register("sgop.pedidos", f"{services}.keeping.purge_requests")
        retention.register("sgop.computadores", f"{services}.keeping.purge_computers")
        retention.register("sgop.desafios", f"{services}.challenges.purge")
        register_undoing("sgop.termos", f"{services}.terms.undo")
        register_menu()
