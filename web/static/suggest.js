// Suggestions beneath the search boxes: a combobox with a list (ARIA 1.2). Without this file the boxes are what
// they were; the results page then says what was meant.
"use strict";

(() => {
  const source = document.currentScript.dataset.source;
  const WAIT = 120; // milliseconds after a key

  document.querySelectorAll("form.search input[name=q]").forEach((box, number) => {
    const form = box.form;
    const list = make("ul", { id: `goi-y-${number}`, role: "listbox", className: "suggestions", hidden: true });
    list.setAttribute("aria-label", box.dataset.suggestions);
    const status = make("span", { role: "status", className: "unseen" });
    form.append(list, status);
    attributes(box, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" });

    let timer = 0;
    let asked = null; // the request under way
    let active = -1;

    function close() {
      clearTimeout(timer);
      if (asked) asked.abort();
      list.hidden = true;
      list.replaceChildren();
      box.setAttribute("aria-expanded", "false");
      choose(-1);
    }

    function choose(place) {
      if (list.children[active]) list.children[active].setAttribute("aria-selected", "false");
      active = place;
      const option = list.children[place];
      if (!option) {
        box.removeAttribute("aria-activedescendant");
        return;
      }
      option.setAttribute("aria-selected", "true");
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    async function ask() {
      if (asked) asked.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(`${source}?${new URLSearchParams({ q: box.value })}`, { signal: asked.signal });
        if (answer.ok) show(await answer.json());
        else close();
      } catch (error) {
        if (error.name !== "AbortError") close(); // no network: the box still searches
      }
    }

    function show(told) {
      if (document.activeElement !== box) return;
      list.replaceChildren(...told.suggestions.map(option));
      list.hidden = !told.suggestions.length;
      box.setAttribute("aria-expanded", String(!list.hidden));
      choose(-1);
      status.textContent = told.status;
    }

    function option(told, place) {
      const item = make("li", { id: `${list.id}-${place}`, role: "option" });
      item.setAttribute("aria-selected", "false");
      item.dataset.address = told.address;
      const name = make("span", { className: "name" });
      name.append(make("b", { textContent: told.name }));
      if (told.detail) name.append(" ", make("small", { textContent: told.detail }));
      item.append(name, " ", make("span", { className: "kind", textContent: `${told.label} · ${told.count}` }));
      return item;
    }

    box.addEventListener("input", () => {
      clearTimeout(timer);
      choose(-1); // what was typed counts, until one of its own suggestions is chosen
      if (box.value.trim().length < 2) close();
      else timer = setTimeout(ask, WAIT);
    });

    box.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return; // an input method is at work
      const last = list.children.length - 1;
      if (event.key === "ArrowDown" && list.hidden && box.value.trim().length > 1) ask();
      else if (list.hidden) return;
      else if (event.key === "ArrowDown") choose(active < last ? active + 1 : -1);
      else if (event.key === "ArrowUp") choose(active < 0 ? last : active - 1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.address);
      else return;
      event.preventDefault();
    });

    box.addEventListener("blur", close);
    form.addEventListener("submit", close);
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => {
      const chosen = event.target.closest("[role=option]");
      if (chosen) location.assign(chosen.dataset.address);
    });
  });

  function make(name, properties) {
    const element = document.createElement(name);
    const { role, ...others } = properties;
    if (role) element.setAttribute("role", role);
    return Object.assign(element, others);
  }

  function attributes(element, values) {
    for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  }
})();
