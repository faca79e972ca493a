"""What moves: the progress that renews itself, the upload that shows how far it is; and the reserve style sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import JOAO, enter
from tests.browser.site import Site


def test_progress_renews_itself_until_it_is_done(page: Page) -> None:
    page.goto("/exemplo/")
    bar = page.locator("#andamento progress")
    expect(bar).to_have_attribute("value", "100", timeout=20_000)
    expect(page.locator("#andamento")).not_to_have_attribute("hx-get", "/exemplo/andamento/")
    expect(page.locator("p.v-oculto[role=status]")).to_have_text("Consolidação: 100%")


def test_a_button_that_wraps_and_a_link_that_begins_a_line_stand_in_line(page: Page) -> None:
    page.goto("/exemplo/")
    found = page.evaluate(
        """() => {
            const main = document.querySelector("main");
            main.insertAdjacentHTML("beforeend", `<p><button class="br-button">Aprovar</button>
                <button class="br-button">Negar</button></p><ul><li><a href="/">Saiba mais</a>: o resto</li></ul>`);
            const at = node => {
                const range = document.createRange();
                range.selectNodeContents(node);
                return range.getBoundingClientRect();
            };
            const list = main.lastElementChild, link = list.querySelector("a");
            list.previousElementSibling.style.width = "9rem";
            const [one, two] = [...list.previousElementSibling.children].map(each => each.getBoundingClientRect());
            return { left: two.left - one.left, below: two.top - one.bottom,
                     up: at(link.firstChild).top - at(link.nextSibling).top };
        }"""
    )
    assert (found["left"], abs(found["up"]) < 1) == (0, True), found
    assert found["below"] >= 8, found


def test_an_upload_ends_on_the_page_that_says_what_was_received(
    page: Page, site: Site, tmp_path: Path
) -> None:
    file = tmp_path / "123456_202610_01.SBX"
    file.write_bytes(b"x" * 3_000_000)
    enter(page, JOAO)  # of who has not logged in nothing is kept
    expect(page).to_have_url(site.url + "/")
    page.goto("/exemplo/")
    page.get_by_label("Arquivo SBX").set_input_files(file)
    page.get_by_label("Inclusão").check()
    page.get_by_role("button", name="Enviar").click()
    notice = page.locator("#avisos").get_by_role("status")
    expect(notice).to_contain_text("Recebido: 3000000 bytes.")
    expect(page).to_have_url(site.url + "/exemplo/")
    page.reload()
    expect(notice).to_have_count(0)


def test_an_upload_that_is_refused_shows_the_errors_without_leaving_the_page(
    page: Page, axe: Callable[[Page], None]
) -> None:
    page.goto("/exemplo/")
    page.locator("form[data-envio]").evaluate("form => { form.noValidate = true; }")
    page.get_by_role("button", name="Enviar").click()
    expect(page.locator("[data-foco]")).to_be_focused()
    expect(page.locator("[data-foco]")).to_contain_text("Arquivo SBX")
    axe(page)
    page.locator("form[data-envio]").evaluate("form => { form.noValidate = true; }")
    page.get_by_role("button", name="Enviar").click()
    expect(page.locator("[data-foco]")).to_be_focused()


def test_a_connection_lost_during_the_upload_is_said(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "123456_202610_01.SBX"
    file.write_bytes(b"x" * 1000)
    page.route("**/exemplo/envio/", lambda route: route.abort())
    page.goto("/exemplo/")
    page.get_by_label("Arquivo SBX").set_input_files(file)
    page.get_by_label("Inclusão").check()
    page.get_by_role("button", name="Enviar").click()
    expect(page.locator("[data-envio-texto]")).to_contain_text("A conexão caiu")
    expect(page.get_by_role("button", name="Enviar")).to_be_enabled()


def test_the_reserve_style_sheet_carries_the_site_when_npm_was_out_of_reach(
    page: Page, axe: Callable[[Page], None]
) -> None:
    def without_vendor(route: Route) -> None:
        answer = route.fetch()
        lines = [line for line in answer.text().splitlines() if "/static/vendor/" not in line]
        html = "\n".join(lines).replace("/static/page/fontes.css", "/static/page/reserva.css")
        route.fulfill(response=answer, body=html)

    page.route("**/exemplo/", without_vendor)
    page.goto("/exemplo/")
    axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
