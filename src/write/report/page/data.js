// What the documents hold: columns of numbers to rows, texts and items.

const T = JSON.parse($("labels").textContent);
const RUN = JSON.parse($("run").textContent);
const DOCUMENTS = RUN.documents;
const ITEMS = RUN.items;

const [ACCEPTED, REVIEW, UNMAPPED] = [0, 1, 2];

/** By row of the run: its document, the number of its item (0 for none), status, decision. */
const COUNT = DOCUMENTS.reduce((sum, d) => sum + d.rows, 0);
const ROW_DOCUMENT = new Int32Array(COUNT);
const ROW_ITEM = new Int32Array(COUNT);
const ROW_STATUS = new Uint8Array(COUNT);
const ROW_DECISION = new Uint8Array(COUNT);
{
  let row = 0;
  DOCUMENTS.forEach((d, at) => {
    d.first = row;
    d.counts = [0, 0, 0];
    const { id, state } = d.columns;
    for (let i = 0; i < d.rows; i++, row++) {
      const said = state ? state[i] : 0;
      ROW_DOCUMENT[row] = at;
      ROW_ITEM[row] = id ? id[i] : 0;
      ROW_STATUS[row] = said & 7;
      ROW_DECISION[row] = said >> 3;
      d.counts[said >> 3] += 1;
    }
    d.name = d.vendor || d.title || d.path.split("/").pop();
  });
}

/** The items' numbers in the order of the matrix: the catalog that most rows are mapped to first. */
const ORDER = (() => {
  const use = new Map();
  for (let row = 0; row < COUNT; row++) {
    const catalog = ROW_ITEM[row] ? ITEMS[ROW_ITEM[row] - 1].catalog : null;
    use.set(catalog, (use.get(catalog) || 0) + 1);
  }
  const worth = (number) => (ITEMS[number - 1].catalog === null ? -1 : use.get(ITEMS[number - 1].catalog) || 0);
  return ITEMS.map((_, at) => at + 1).sort((a, b) => worth(b) - worth(a) || a - b);
})();

const documentOf = (row) => DOCUMENTS[ROW_DOCUMENT[row]];
/** The row's number in its document. */
const numberOf = (row) => row - documentOf(row).first + 1;
const string = (number) => (number ? RUN.strings[number - 1] : "");
/** A row's cell in a column. */
const cell = (row, column) => {
  const d = documentOf(row);
  const cells = d.columns[column];
  return cells ? cells[row - d.first] : 0;
};
const textIn = (row, column) => string(cell(row, column));
const listIn = (row, column) => cell(row, column) || [];
/** Members of a list two by two. */
const pairs = (list) => {
  const found = [];
  for (let i = 0; i + 1 < list.length; i += 2) found.push([list[i], list[i + 1]]);
  return found;
};
const itemAt = (number) => ITEMS[number - 1];
const nameOf = (item) => (T.lang === "en" && item.en ? item.en : item.name);
/** What a row is about, in the sheet's words. */
const subjectOf = (row) =>
  textIn(row, "item") || textIn(row, "description") || (ROW_ITEM[row] ? nameOf(itemAt(ROW_ITEM[row])) : `${T.row} ${numberOf(row)}`);
/** A row's answer: mark and words. */
const answerOf = (row) => [textIn(row, "mark"), textIn(row, "text")].filter(Boolean).join(" ");
const placeOf = (row) => {
  const [page, line] = [cell(row, "page"), cell(row, "line")];
  const parts = [
    page && `${T.page} ${page}`,
    textIn(row, "sheet") && `${T.sheet} ${textIn(row, "sheet")}`,
    textIn(row, "cells"),
    line && `${T.line} ${line}`,
    `${T.row} ${numberOf(row)}`,
  ];
  return parts.filter(Boolean).join(" · ");
};

const SYMBOLS = T.statuses.map((s) => el("span", { className: `s ${s.name}`, aria: { hidden: "true" } }, s.symbol));
const symbol = (status) => SYMBOLS[status].cloneNode(true);
const decisionTag = (row) => {
  const decided = Decisions.of(row);
  if (decided) return el("span", { className: "d decided" }, T.decided);
  const { name, label } = T.decisions[ROW_DECISION[row]];
  return el("span", { className: `d ${name}` }, label);
};
