// What goes on paper: the matrix as tables, documents a few at a time.

const Print = (() => {
  const ACROSS = 8;
  /** More cells than this make hundreds of pages: filter first. */
  const MOST = 24000;

  const make = () => {
    const { lines, columns } = Matrix.layout();
    const across = columns.slice(0, Math.max(ACROSS, Math.floor(MOST / Math.max(1, lines.length))));
    const tables = [];
    for (let from = 0; from < across.length; from += ACROSS) tables.push(table(lines, across.slice(from, from + ACROSS)));
    const left = columns.length - across.length;
    if (left > 0) tables.unshift(el("p", {}, `${T.not_printed} ${left}`));
    return tables;
  };

  const table = (lines, columns) => {
    const heads = columns.map((d) => el("th", { scope: "col" }, DOCUMENTS[d].name.slice(0, 60)));
    const body = el("tbody");
    for (const { item, title, under } of lines) {
      if (item === undefined) {
        body.append(el("tr", { className: "banner" }, el("th", { colSpan: columns.length + 1, scope: "colgroup" }, `${title}  ${under}`)));
        continue;
      }
      const name = item ? `${itemAt(item).id} ${nameOf(itemAt(item))}` : T.unmapped;
      body.append(el("tr", {}, el("th", { scope: "row" }, name), ...columns.map((d) => printCell(item, Matrix.rowsAt(item, d)))));
    }
    return el("table", {}, el("thead", {}, el("tr", {}, el("th", { className: "first", scope: "col" }, T.item), ...heads)), body);
  };

  const printCell = (item, rows) => {
    if (!rows.length) return el("td", {}, "·");
    if (!item) return el("td", {}, `${rows.length} ${T.rows_unit}`.trim());
    const row = rows[0];
    const mark = Decisions.of(row) ? T.decided : ROW_DECISION[row] === REVIEW ? T.needs_review : "";
    return el("td", {}, el("div", {}, el("b", {}, T.statuses[ROW_STATUS[row]].symbol), ` ${mark ? `[${mark}] ` : ""}${textIn(row, "text").slice(0, 160)}`));
  };

  addEventListener("beforeprint", () => {
    if (!$("documents").hidden) return;
    $("print").replaceChildren(...make());
  });
  addEventListener("afterprint", () => $("print").replaceChildren());
})();
