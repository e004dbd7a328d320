// Signing in: the token goes to the worker once, and comes back as a cookie that no script can read.

import { el } from "./dom.js";
import { ask } from "./wire.js";

export function signInPage(session, done) {
  const said = el("p", { class: "state", role: "alert" });
  const input = el("input", { id: "token", type: "password", autocomplete: "current-password", required: true, spellcheck: "false" });
  const submit = async (event) => {
    event.preventDefault();
    try {
      await ask("/api/session", { method: "POST", body: { token: input.value } });
      done();
    } catch (refused) {
      said.textContent = refused.message;
      input.select();
    }
  };
  const out = async () => {
    await ask("/api/session", { method: "DELETE" });
    done();
  };
  return el(
    "section",
    { class: "page sign-in", "aria-labelledby": "page-title" },
    el("h1", { id: "page-title" }, session.reads ? "Sign in to write" : "Sign in"),
    session.detail && el("p", { class: "lead" }, session.detail),
    el("form", { onsubmit: submit }, el("label", { for: "token" }, "Token"), input, el("button", {}, "Sign in"), said),
    session.signed_in && el("button", { type: "button", class: "plain", onclick: out }, "Sign out"),
  );
}
