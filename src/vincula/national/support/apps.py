from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.support"
    label = "support"
    verbose_name = "Atendimento"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common import retention
        from vincula.common.accounts.leftovers import register_undoing
        from vincula.common.page.banners import register_banner
        from vincula.national.support.menu import register_menu
        from vincula.national.support.questions import register_questions

        retention.register("support.chamados", "vincula.national.support.services.keeping.purge_tickets")
        retention.register("support.limites", "vincula.national.support.services.limits.purge")
        register_undoing("support.chamados", "vincula.national.support.services.handling.undo")
        register_menu()
        register_questions()
        register_banner("interrupcoes", "vincula.national.support.banner.render")
