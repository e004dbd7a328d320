// Of which alerts the column is: of a kind, with words, and as chips of a source or of whom they name.

import { el } from "./dom.js";
import { KINDS, RINGS } from "./words.js";

const PAUSE = 250; // milliseconds without a letter typed until the words are looked for
const CHIPS = ["source", "entity"];

const find = (id) => document.getElementById(id);

export class Filters {
  /** `values` are what is asked for by name, as the worker takes them; `changed()` is called when they are others. */
  constructor(changed) {
    Object.assign(this, { changed, values: {} });
    const options = [["", "All alerts"], ...RINGS.map((kind) => [kind, KINDS[kind]])];
    const kinds = el(
      "select",
      { "aria-label": "Kind of alert", onchange: () => this.only("kind", kinds.value) },
      options.map(([value, words]) => el("option", { value }, words)),
    );
    const words = el("input", {
      id: "filter",
      type: "search",
      "aria-label": "Words of alerts",
      placeholder: "with words …",
      autocomplete: "off",
      spellcheck: "false",
      maxlength: 200,
      oninput: () => {
        clearTimeout(this.typing);
        this.typing = setTimeout(() => this.only("words", words.value.trim()), PAUSE);
      },
    });
    find("filters").append(kinds, words);
  }

  /** Ask for those alone that have this value; for any where it is empty. */
  only(name, value) {
    const { [name]: before = "", ...rest } = this.values;
    if (value === before) return;
    this.values = value ? { ...rest, [name]: value } : rest;
    const chips = CHIPS.filter((each) => this.values[each]).map((each) => this.chip(each));
    find("chips").replaceChildren(...chips);
    find("chips").hidden = !chips.length;
    this.changed();
  }

  chip(name) {
    return el(
      "button",
      { type: "button", class: "chip", onclick: () => this.only(name, "") },
      el("span", { dir: "auto" }, this.values[name]),
      el("span", { "aria-hidden": "true" }, "×"),
      el("span", { class: "hidden" }, ` – show every ${name}`),
    );
  }
}
