"use strict";
// Search and filters over the rows that the page holds already: rows are shown or hidden, no markup is made.
(() => {
  const AT_ONCE = 100;
  const FACETS = ["party", "binding", "type", "status", "focus", "family", "year"];
  const table = document.querySelector(".register");
  const form = document.getElementById("filters");
  const words = document.getElementById("words");
  const order = document.getElementById("order");
  const more = document.getElementById("more");
  const found = document.getElementById("found");
  const selects = [...form.querySelectorAll("select[data-facet]")];
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const rows = [...table.querySelectorAll("tbody tr")].map((row, place) => {
    const facets = {};
    for (const facet of FACETS) facets[facet] = (row.dataset[facet] || "").split(" ");
    const said = [...row.cells].map((cell) => cell.textContent).join(" ");
    return { row, place, facets, text: folded(`${said} ${row.dataset.words}`), title: folded(row.cells[0].textContent) };
  });
  const body = table.tBodies[0] || table.createTBody();
  body.append(...rows.map((one) => one.row));
  for (const other of [...table.tBodies].slice(1)) other.remove();
  let matching = rows;
  let shown = AT_ONCE;

  const show = () => {
    const visible = new Set(matching.slice(0, shown));
    for (const one of rows) one.row.hidden = !visible.has(one);
    more.hidden = matching.length <= shown;
    found.hidden = false;
    found.textContent = matching.length === rows.length ? "" : `${matching.length} of ${rows.length} agreements`;
  };

  const sorted = () => {
    const by = {
      "": (one, other) => one.place - other.place,
      oldest: (one, other) => other.place - one.place,
      title: (one, other) => (one.title < other.title ? -1 : one.title > other.title ? 1 : one.place - other.place),
    };
    rows.sort(by[order.value] || by[""]);
    body.append(...rows.map((one) => one.row));
  };

  const apply = () => {
    const wanted = folded(words.value).split(/\s+/).filter(Boolean);
    const chosen = selects.filter((select) => select.value).map((select) => [select.dataset.facet, select.value]);
    matching = rows.filter((one) => wanted.every((word) => one.text.includes(word))
      && chosen.every(([facet, value]) => one.facets[facet].includes(value)));
    shown = AT_ONCE;
    show();
  };

  const remember = () => {
    const said = new URLSearchParams();
    for (const field of [words, order, ...selects]) if (field.value) said.set(field.id, field.value);
    history.replaceState(null, "", said.size ? `#${said}` : location.pathname + location.search);
  };

  const recall = () => {
    const said = new URLSearchParams(location.hash.slice(1));
    for (const field of [words, order, ...selects]) field.value = said.get(field.id) || "";
    for (const select of selects) if (select.selectedIndex < 0) select.value = "";
    if (order.selectedIndex < 0) order.value = "";
    sorted();
    apply();
  };

  let waiting = 0;
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { apply(); remember(); }, 120);
  });
  form.addEventListener("change", (event) => {
    if (event.target === order) sorted();
    apply();
    remember();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { sorted(); apply(); remember(); }));
  more.addEventListener("click", () => {
    const next = matching[shown];
    shown += AT_ONCE;
    show();
    next.row.cells[0].querySelector("a").focus();
  });
  addEventListener("hashchange", recall);
  form.hidden = false;
  recall();
})();
