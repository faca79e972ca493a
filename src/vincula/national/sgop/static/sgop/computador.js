// Registers and proves this computer: the platform's authenticator, or a key that this browser keeps and cannot export.
"use strict";
(() => {
  const BASE = "vincula-computador", STORE = "chaves";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  function store(mode, work) {
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open(BASE, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const transaction = opening.result.transaction(STORE, mode);
        const asked = work(transaction.objectStore(STORE));
        transaction.oncomplete = () => { opening.result.close(); resolve(asked.result); };
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      };
    });
  }

  async function challenge(form) {
    const said = new URLSearchParams();
    for (const name of ["csrfmiddlewaretoken", "cnes"]) said.set(name, form.querySelector(`[name=${name}]`).value);
    const answer = await fetch(form.dataset.desafio, { method: "POST", body: said, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error("desafio");
    return answer.json();
  }

  async function signature(key, purpose, given) {
    const message = new TextEncoder().encode(`vincula:computador:${purpose}:${location.origin}:${given}`);
    return text(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, message));
  }

  async function newKey(given) {
    const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
    const half = await crypto.subtle.exportKey("spki", pair.publicKey);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", half));
    const name = Array.from(digest, (one) => one.toString(16).padStart(2, "0")).join("");
    await store("readwrite", (keys) => keys.put(pair.privateKey, name));
    return { tipo: "CHAVE", chave: text(half), desafio: given.desafio, assinatura: await signature(pair.privateKey, "cadastrar", given.desafio) };
  }

  async function platform() {
    return Boolean(window.PublicKeyCredential) && PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
  }

  async function register(form, how) {
    const given = await challenge(form);
    if (how === "chave" || !given.webauthn || !(await platform())) return newKey(given);
    const options = given.webauthn;
    options.challenge = bytes(options.challenge);
    options.user.id = bytes(options.user.id);
    for (const one of options.excludeCredentials || []) one.id = bytes(one.id);
    const made = await navigator.credentials.create({ publicKey: options });
    return {
      tipo: "WEBAUTHN",
      resposta: { id: made.id, rawId: text(made.rawId), type: made.type, response: { clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject) } },
    };
  }

  async function prove(form) {
    const given = await challenge(form);
    for (const name of given.chaves) {
      const key = await store("readonly", (keys) => keys.get(name));
      if (key) return { tipo: "CHAVE", nome: name, desafio: given.desafio, assinatura: await signature(key, "entrar", given.desafio) };
    }
    if (!given.webauthn || !window.PublicKeyCredential) return null;
    const options = given.webauthn;
    options.challenge = bytes(options.challenge);
    for (const one of options.allowCredentials) one.id = bytes(one.id);
    const got = await navigator.credentials.get({ publicKey: options });
    return {
      tipo: "WEBAUTHN",
      resposta: { id: got.id, rawId: text(got.rawId), type: got.type, response: { clientDataJSON: text(got.response.clientDataJSON), authenticatorData: text(got.response.authenticatorData), signature: text(got.response.signature) } },
    };
  }

  for (const form of document.querySelectorAll("form[data-computador]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const says = form.querySelector("[data-recado]"), buttons = form.querySelectorAll("button");
      const how = event.submitter ? event.submitter.value : "auto";
      for (const one of buttons) one.disabled = true;
      says.textContent = "Aguarde a confirmação do computador…";
      try {
        const answer = form.dataset.computador === "cadastrar" ? await register(form, how) : await prove(form);
        form.querySelector("[name=resposta]").value = answer ? JSON.stringify(answer) : "";
        form.submit();
      } catch (problem) {
        says.textContent = "O computador não confirmou. Repita; se persistir, use a chave do navegador ou abra um chamado.";
        for (const one of buttons) one.disabled = false;
      }
    });
  }
})();
