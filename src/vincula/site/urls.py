"""The web listener's addresses: each app brings its own; the error pages are the layout's."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("vincula.common.page.urls")),
    path("", include("vincula.common.accounts.urls")),
    path("cnes/", include("vincula.national.cnes.urls")),
    path("govbr/", include("vincula.national.govbr.urls")),
    path("", include("vincula.common.mail.urls")),
    path("", include("vincula.national.sgop.urls")),
    path("", include("vincula.national.onboarding.urls")),
    path("sib/", include("vincula.national.sib.urls")),
    path("", include("vincula.national.support.urls")),
]

handler400 = "vincula.common.page.errors.bad_request"
handler403 = "vincula.common.page.errors.permission_denied"
handler404 = "vincula.common.page.errors.not_found"
handler500 = "vincula.common.page.errors.server_error"
