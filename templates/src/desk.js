/* Keys of the desk, and drafts of what is typed on an item. Every page works without this file. */
(() => {
  "use strict";
  const root = document.documentElement, find = (what) => document.querySelector(what);
  const kept = { get: () => { try { return localStorage.keys; } catch { return ""; } },
    set: (value) => { try { localStorage.keys = value; } catch { /* private window: for this page only */ } } };
  let on = kept.get() !== "off", waiting = 0;
  const cards = [...document.querySelectorAll("main .item")];
  const link = (card) => card && card.querySelector("h2 a");
  let at = on ? 0 : -1;

  const show = () => {
    root.classList.toggle("keyed", on);
    for (const button of document.querySelectorAll("[data-keys]")) {
      button.hidden = false;
      button.setAttribute("aria-checked", on);
    }
    cards.forEach((card, number) => card.classList.toggle("on", on && number === at));
  };
  for (const button of document.querySelectorAll("[data-keys]"))
    button.addEventListener("click", () => {
      on = !on;
      if (on && at < 0) at = 0;
      kept.set(on ? "on" : "off");
      show();
    });
  // Whichever card is reached with Tab or a click is the one the keys mean.
  cards.forEach((card, number) => card.addEventListener("focusin", () => { at = number; show(); }));
  show();

  // After something was done the heading of what came next has the focus, and what was done is said.
  const said = find(".said"), heading = find("main h1");
  if (said && heading && !find("[autofocus]")) {
    heading.tabIndex = -1;
    heading.focus();
    setTimeout(() => said.append(...said.childNodes), 300);
  }

  // What is typed on an item is kept by the server as a draft, and others see who is at it.
  const form = find("form[data-draft]"), line = find("[data-saved]");
  if (form) {
    let dirty = false, ever = false, busy = false, left = false, spoke = 0;
    const typed = () => {
      const fields = new URLSearchParams(new FormData(form));
      fields.set("do", "save");
      if (ever) fields.set("typed", "1");
      return fields;
    };
    const speak = async () => {
      const was = dirty;
      busy = true; dirty = false; spoke = Date.now();
      try {
        const answer = await fetch(form.dataset.draft, { method: "POST", body: typed(), redirect: "error" });
        if (answer.status === 200) line.textContent = await answer.text();
        else if (answer.status === 413) line.textContent = line.dataset.long;
        else if (!answer.ok) throw answer;
      } catch (why) {
        dirty = was || dirty;
        // Who spoke too soon speaks again in a moment.
        if (was && why.status !== 429) line.textContent = line.dataset.not;
      }
      busy = false;
    };
    // Fields at the foot belong to the form and stand outside of it.
    document.addEventListener("input", ({ target }) => { if (target.form === form) dirty = ever = true; });
    form.addEventListener("submit", () => { left = true; });
    addEventListener("pageshow", () => { left = false; });
    setInterval(() => {
      if (!busy && !left && !document.hidden && (dirty || Date.now() - spoke > 60000)) speak();
    }, 4000);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden || !dirty || left) return;
      // Nobody hears whether it arrived: who comes back says it again.
      const fields = typed();
      fields.set("last", "1");
      navigator.sendBeacon(form.dataset.draft, fields);
    });
  }

  const go = (path) => location.assign(path);
  const press = (thing) => thing && (thing.click(), true);
  const open = () => press(link(cards[at]));
  const move = (by, rel) => {
    if (!cards.length) return press(find(`a[rel=${rel}]`));
    at = Math.min(cards.length - 1, Math.max(0, at + by));
    link(cards[at]).focus();
    return true;
  };
  const decide = (value) => press(find(`button[name=do][value=${value}]`)) || open();
  const edit = () => {
    const field = find("[data-key=e],textarea[name=text]");
    return field ? (field.focus(), true) : open();
  };
  const acts = {
    j: () => move(1, "next"), k: () => move(-1, "prev"), Enter: open,
    a: () => decide("approve"), q: () => decide("ask"), s: () => decide("postpone"), r: () => decide("reject"),
    e: edit, o: () => press(find("[data-key=o]")) || open(), u: () => go("/desk/decisions"),
    "/": () => { const field = find("input[type=search]"); return field && (field.focus(), true); },
    "?": () => go("/desk/keys"),
  };
  const places = { r: "/desk", n: "/desk/issue", l: "/desk/readers", v: "/desk/letters" };

  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (!on || event.isComposing || event.repeat && key !== "j" && key !== "k") return;
    if (key === "Enter" && (ctrlKey || metaKey) && target.form) {
      event.preventDefault();
      const saves = "[data-key=save],button[value=save],button[value=edit]";
      // A form without its button says nothing of what to do.
      const button = target.form.querySelector(saves) || target.form.querySelector("button");
      return button && target.form.requestSubmit(button);
    }
    if (ctrlKey || metaKey || altKey || target.closest("input,textarea,select,[contenteditable]")) return;
    // Links and buttons keep their own Enter.
    if (key === "Enter" && target.closest("a,button,summary")) return;
    const name = key.length === 1 ? key.toLowerCase() : key;
    const soon = waiting > event.timeStamp;
    waiting = name === "g" ? event.timeStamp + 1500 : 0;
    if (soon && places[name]) { event.preventDefault(); return go(places[name]); }
    if (acts[name] && acts[name]()) event.preventDefault();
  });
})();
