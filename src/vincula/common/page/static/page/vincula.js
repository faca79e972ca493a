/* What moves on the pages. Every page works without it: it only adds comfort. No inline code anywhere (strict CSP). */
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  document.documentElement.classList.add("js");

  // What changes without a reload is told to screen readers here.
  const spoken = document.createElement("p");
  spoken.className = "v-oculto";
  spoken.setAttribute("role", "status");
  ($("main") || document.body).append(spoken);
  const announce = (text) => { spoken.textContent = text; };

  // The menu on narrow screens; shortcut 3 opens it.
  const menu = $("#navegacao");
  const menuButton = $(".v-menu-botao");
  const openMenu = (open) => {
    menu.classList.toggle("v-menu-aberto", open);
    menuButton.setAttribute("aria-expanded", String(open));
  };
  if (menu && menuButton) {
    menuButton.hidden = false;
    menuButton.addEventListener("click", () => openMenu(menuButton.getAttribute("aria-expanded") !== "true"));
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menuButton.offsetParent !== null) { openMenu(false); menuButton.focus(); }
    });
    const toMenu = $('.v-atalhos a[href="#navegacao"]');
    if (toMenu) toMenu.addEventListener("click", () => { openMenu(true); menu.focus(); });
  }

  // Errors of a form come first.
  const first = $("[data-foco]");
  if (first) first.focus();

  // Rows that are chosen as a whole (R158).
  for (const table of document.querySelectorAll(".v-selecao")) {
    const sync = () => {
      for (const row of table.tBodies[0].rows) row.setAttribute("aria-selected", String($("input", row).checked));
    };
    table.addEventListener("change", sync);
    table.addEventListener("click", (event) => {
      const row = event.target.closest("tbody tr");
      if (!row || event.target.matches("input, label")) return;
      const radio = $("input", row);
      radio.checked = true;
      radio.focus();
      sync();
    });
    sync();
  }

  // Progress that htmx renews: spoken once for each tenth, not once a second.
  let tenth = "";
  document.addEventListener("htmx:afterSettle", (event) => {
    const bar = event.detail.elt.matches?.("[data-anuncio]") ? event.detail.elt : $("[data-anuncio]", event.detail.elt);
    if (bar && bar.dataset.decimo !== tenth) { tenth = bar.dataset.decimo; announce(bar.dataset.anuncio); }
  });

  // Progress that answers from elsewhere (the session has ended: the login page) or not at all: ask for the whole page.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = event.detail;
    const moved = new URL(xhr.responseURL).pathname !== new URL(pathInfo.requestPath, location.href).pathname;
    if (moved || (xhr.status >= 400 && xhr.status < 500)) { event.detail.shouldSwap = false; location.reload(); }
  });

  // A form with a big file: how much has been sent. Without this the browser sends it by itself.
  let shown = location.pathname + location.search;
  // The answer is shown as it came (asking for its page again would lose the messages that it carries).
  const showAnswer = (request, form) => {
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = $("main", answer);
    if (!main) { location.assign(request.responseURL || form.action); return; }
    if (new URL(request.responseURL).pathname !== location.pathname) {
      history.pushState(null, "", request.responseURL);
      shown = location.pathname + location.search;
    }
    document.title = answer.title;
    for (const part of ["#navegacao", ".v-conta"]) {
      const lines = $(part, answer);
      if (lines) $(part)?.replaceChildren(...document.importNode(lines, true).childNodes);
    }
    const body = document.importNode(main, true);
    $("main").replaceWith(body);
    body.append(spoken);
    window.htmx?.process(body);
    bindUploads();
    ($("[data-foco]") || body).focus();
    // What was said of the sending is over, also where nothing new is to be said.
    const end = $('[data-decimo="fim"]', body);
    tenth = end ? "fim" : "";
    announce(end?.dataset.anuncio || $("#avisos", body)?.innerText.trim() || "");
  };
  window.addEventListener("popstate", () => { if (location.pathname + location.search !== shown) location.reload(); });
  // A page brought back whole from the browser's memory may be that of a person who has gone: ask for it anew.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  const send = (form) => {
    const bar = $("[data-envio-progresso]", form);
    const text = $("[data-envio-texto]", form);
    const button = $('button[type="submit"]', form);
    const request = new XMLHttpRequest();
    let said = 0;
    let percent = 0;
    bar.hidden = false;
    button.disabled = true;
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      percent = Math.floor(100 * event.loaded / event.total);
      $("progress", bar).value = percent;
      text.textContent = percent < 100 ? `Enviando: ${percent}%` : "Enviado. Aguardando o recebimento…";
      if (percent >= said + 25) { said = percent; announce(text.textContent); }
    });
    request.addEventListener("load", () => showAnswer(request, form));
    request.addEventListener("error", () => {
      text.textContent = percent < 100
        ? "A conexão caiu durante o envio, e o arquivo não foi recebido. Confira a rede e envie de novo."
        : "A conexão caiu antes da resposta. Confira a rede e veja em Arquivos enviados se o arquivo chegou.";
      announce(text.textContent);
      button.disabled = false;
    });
    request.open("POST", form.action);
    request.send(new FormData(form));
  };
  const bindUploads = () => {
    for (const form of document.querySelectorAll("form[data-envio]")) {
      form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
    }
  };
  bindUploads();

  // The session's end is announced five minutes before (WCAG 2.2.1).
  const warning = $("#sessao-aviso");
  const seconds = Number(document.body.dataset.sessaoSegundos);
  if (warning && seconds) {
    let timer = 0;
    const wait = (left) => {
      clearTimeout(timer);
      timer = setTimeout(() => warning.showModal(), Math.max(0, left - 300) * 1000);
    };
    $("form", warning).addEventListener("submit", (event) => {
      event.preventDefault();
      const form = event.target;
      fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
        .then((answer) => { warning.close(); wait(answer.seconds); })
        .catch(() => { form.submit(); });
    });
    wait(seconds);
  }
})();
