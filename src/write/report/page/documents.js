// What was imported, a document a line.

const DocumentList = (() => {
  /** Lines drawn before somebody asks for more. */
  const FIRST = 300;

  const start = () => {
    const titles = [T.vendor, T.file, T.date, T.rows, T.accepted, T.needs_review, T.unmapped, T.coverage, T.warnings_title];
    const head = el("thead", {}, el("tr", {}, ...titles.map((t) => el("th", { scope: "col" }, t))));
    const body = el("tbody");
    const table = el("table", { className: "list" }, head, body);
    const more = (from, count) => {
      DOCUMENTS.slice(from, from + count).forEach((_, i) => body.append(line(from + i)));
    };
    more(0, FIRST);
    const all = el("button", { type: "button", className: "plain" }, `${T.show_all} (${DOCUMENTS.length})`);
    all.addEventListener("click", () => {
      more(FIRST, DOCUMENTS.length);
      all.remove();
    });
    $("document-list").replaceChildren(table, DOCUMENTS.length > FIRST ? all : "");
  };

  const line = (at) => {
    const d = DOCUMENTS[at];
    const number = (n) => el("td", { className: "n" }, n.toLocaleString());
    const warnings = el("td");
    d.warnings.slice(0, 20).forEach((w) => {
      const where = w.place || (w.rows ? `${T.row} ${w.rows.join("–")}` : "");
      warnings.append(el("div", {}, el("b", {}, T.warnings[w.code] || w.code), " ", el("span", { className: "where" }, where), el("div", { className: "said" }, ...textOf(w.message, 200))));
    });
    if (d.warnings.length > 20) warnings.append(`… ${d.warnings.length} (${d.file})`);
    return el("tr", {}, el("th", { scope: "row", className: "of" }, d.name.slice(0, 120), barOf(at)), el("td", { className: "of" }, d.path, el("div", { className: "said" }, `${d.format.toUpperCase()} · ${d.file}`)), el("td", { className: "date" }, d.date || ""), number(d.rows), ...d.counts.map(number), el("td", { className: "share" }, ...coverage(d)), warnings);
  };

  /** How many items of each catalog the document has, of those it has any of. */
  const coverage = (d) => {
    const seen = new Map();
    for (let row = d.first; row < d.first + d.rows; row++) {
      const item = ROW_ITEM[row];
      const catalog = item ? itemAt(item).catalog : null;
      if (catalog !== null) seen.set(catalog, (seen.get(catalog) || new Set()).add(item));
    }
    const of = (catalog) => ITEMS.filter((i) => i.catalog === catalog).length;
    return [...seen].sort((a, b) => a[0] - b[0]).map(([c, items]) => el("div", {}, `${RUN.catalogs[c].id} ${items.size}/${of(c)}`));
  };

  return { start };
})();
