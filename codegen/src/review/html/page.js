"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const changes = all("article.change");
  const byId = (id) => document.getElementById(id);
  const key = (article) => "xsdgen-review/" + article.dataset.fp;
  // A browser can refuse storage; then ticks last as long as the page.
  const memory = new Map();
  const store = {
    get(name) { try { return localStorage.getItem(name); } catch { return memory.get(name) ?? null; } },
    set(name, on) {
      memory.set(name, on ? "1" : null);
      try { if (on) localStorage.setItem(name, "1"); else localStorage.removeItem(name); } catch { /* see above */ }
    },
  };
  const links = new Map(all("nav.index a").map((a) => [a.hash.slice(1), a]));

  const show = (article, done, fold) => {
    article.classList.toggle("done", done);
    article.querySelector(".tick").setAttribute("aria-checked", String(done));
    links.get(article.id)?.classList.toggle("done", done);
    if (fold && !article.classList.contains("docs")) article.querySelector("details.body").open = !done;
  };
  const count = () => {
    const done = changes.filter((article) => article.classList.contains("done")).length;
    byId("bar").max = Math.max(changes.length, 1);
    byId("bar").value = done;
    byId("count").textContent = `${done} of ${changes.length} reviewed`;
  };
  const tick = (article) => {
    const done = !article.classList.contains("done");
    store.set(key(article), done);
    show(article, done, true);
    count();
    filter();
  };

  const filter = () => {
    const kind = byId("kind").value, effect = byId("effect").value, open = byId("open").checked;
    for (const article of changes) {
      const fits = (!kind || article.dataset.kind === kind) && (!effect || article.dataset.effect === effect);
      article.hidden = !fits || (open && article.classList.contains("done") && article !== document.activeElement);
      const item = links.get(article.id)?.parentElement;
      if (item) item.hidden = article.hidden;
    }
    for (const section of all("main > section")) {
      const own = all("article.change", section);
      section.hidden = own.length > 0 && own.every((article) => article.hidden);
    }
  };

  const current = () => document.activeElement?.closest("article.change");
  const go = (step) => {
    const visible = changes.filter((article) => !article.hidden);
    const here = visible.indexOf(current());
    let next = visible[here + step];
    if (here < 0) {
      const below = visible.findIndex((article) => article.getBoundingClientRect().bottom > 0);
      next = visible[step > 0 ? Math.max(below, 0) : Math.max(below - 1, 0)];
    }
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input, textarea")) return;
    const article = current();
    // Buttons, links and summaries have their own meaning of these keys.
    const own = event.target.closest("button, a, summary");
    const actions = {
      j: () => go(1), ArrowRight: () => go(1), k: () => go(-1), ArrowLeft: () => go(-1),
      " ": article && !own ? () => tick(article) : null,
      Enter: article && !own ? () => tick(article) : null,
      x: article ? () => tick(article) : null,
      o: article ? () => { const body = article.querySelector("details.body"); body.open = !body.open; } : null,
    };
    const action = actions[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  // A link to a folded change unfolds it.
  const reveal = () => {
    const target = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("article.change")) { target.hidden = false; target.querySelector("details.body").open = true; target.focus(); }
  };

  for (const article of changes) {
    const button = article.querySelector(".tick");
    button.hidden = false;
    button.addEventListener("click", () => tick(article));
    if (store.get(key(article)) === "1") show(article, true, true);
  }
  for (const control of [byId("kind"), byId("effect"), byId("open")]) control.addEventListener("change", filter);
  byId("unfold").addEventListener("click", (event) => {
    const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(on));
    event.currentTarget.textContent = on ? "Fold again" : "Unfold all";
    for (const fold of all("details.fold")) fold.open = on;
    for (const body of all("article.docs > details.body")) body.open = on;
  });
  document.querySelector(".controls").hidden = false;
  if (matchMedia("(max-width: 60rem)").matches) document.querySelector("nav.index > details").open = false;
  addEventListener("hashchange", reveal);
  count();
  reveal();
})();
