// A row in full: what the sheet says, where, what it was mapped to and why, and the choice.

/** The items a row can be decided to mean, in the order of their keys: its candidates. */
const candidatesOf = (row) => {
  const found = pairs(listIn(row, "candidates"));
  const own = ROW_ITEM[row];
  if (own && !found.some(([item]) => item === own)) found.unshift([own]);
  return found.slice(0, 9);
};

const Detail = (() => {
  const FIELDS = ["number", "section", "category", "item", "description", "unit"];

  /** The whole of it, as an element; `close` when it stands in a panel. */
  const of = (row, close) => {
    const detail = el("div", { className: "detail", data: { row } });
    detail.append(
      header(row, close),
      el("div", { className: "sheet-side" }, said(row), ...told(row, placeSection)),
      el("div", { className: "choice-side" }, reasons(row), choice(row), ...related(row)),
    );
    return detail;
  };
  /** Rows that are not told in full have no place in the page. */
  const told = (row, make) => (isTold(row) ? [make(row)] : []);
  const isTold = (row) => {
    const { detail } = documentOf(row);
    return detail === "full" || (detail === "review" && ROW_DECISION[row] !== ACCEPTED);
  };

  const header = (row, close) => {
    const d = documentOf(row);
    const subject = subjectOf(row);
    const title = el("div", { className: "line1" }, el("h2", {}, subject.slice(0, 120)));
    if (close) title.append(el("button", { className: "close", type: "button", ariaLabel: T.close, data: { act: "close" } }, "×"));
    const tags = el("p", { className: "tags" }, decisionTag(row), symbol(ROW_STATUS[row]), T.statuses[ROW_STATUS[row]].label, el("span", {}, `${d.name.slice(0, 80)} · ${T.row} ${numberOf(row)}`));
    return el("header", {}, title, tags);
  };

  const said = (row) => {
    const list = el("dl", { className: "said-by" });
    const raw = new Map(pairs(listIn(row, "raw")).map(([field, text]) => [string(field), string(text)]));
    const add = (label, text, field, ...before) => {
      if (!text && !raw.has(field)) return;
      const dd = el("dd", { className: before.length ? "answer" : "" }, ...before, el("span", {}, ...textOf(text)));
      if (raw.has(field)) dd.append(el("span", { className: "raw", data: { label: T.as_written } }, ...textOf(raw.get(field))));
      list.append(el("dt", {}, label), dd);
    };
    FIELDS.forEach((field) => add(T[`field_${field}`], textIn(row, field), field));
    add(T.field_mark, textIn(row, "mark"), "mark");
    add(T.field_text, textIn(row, "text") || (textIn(row, "mark") ? "" : T.statuses[ROW_STATUS[row]].label), "text", symbol(ROW_STATUS[row]));
    const values = listIn(row, "values").map(string);
    if (values.length) add(T.values, values.join("\n"), "values");
    for (const [title, text] of pairs(listIn(row, "other"))) add(string(title) || T.other_column, string(text), "");
    const section = el("section", { className: "said-of" }, el("h3", {}, T.what_the_sheet_says), list);
    if (!isTold(row)) section.append(el("p", { className: "where" }, T.told_briefly, " ", documentOf(row).file));
    return section;
  };

  const reasons = (row) => {
    const list = el("ul", { className: "why" });
    const d = documentOf(row);
    for (const name of listIn(row, "reasons").map(string)) {
      const reason = T.reasons[name] || { label: name, meaning: "" };
      const line = el("li", { className: name === "learned" ? "good" : "" }, el("b", {}, reason.label), " ", reason.meaning);
      const other = cell(row, "duplicate");
      if (name === "duplicate_item" && other) line.append(" ", el("button", { className: "expand", type: "button", data: { act: "go", to: d.first + other - 1 } }, `${T.row} ${other}`));
      list.append(line);
    }
    const number = numberOf(row);
    for (const w of d.warnings) {
      if (!w.rows || number < w.rows[0] || number > w.rows[1]) continue;
      list.append(el("li", {}, el("b", {}, T.warnings[w.code] || w.code), " ", ...textOf(w.message)));
    }
    listIn(row, "moved").forEach((m) => list.append(el("li", {}, el("b", {}, T.moved), " ", string(m))));
    if (!list.children.length && ROW_DECISION[row] === ACCEPTED) list.append(el("li", { className: "good" }, T.nothing_against));
    const sure = d.detail === "status" ? "" : `${T.confidence} ${(cell(row, "confidence") / 10).toFixed(1)} %`;
    return el("section", { className: "why-of" }, el("h3", {}, `${T.why} — ${T.decisions[ROW_DECISION[row]].label} ${sure}`), list);
  };

  const itemLines = (item) => {
    const under = [item.section, item.category].filter(Boolean).join(" › ");
    const lines = [el("b", {}, `${item.id}`), ` ${nameOf(item).slice(0, 160)}`];
    if (item.description) lines.push(el("small", {}, item.description.slice(0, 200)));
    if (under) lines.push(el("small", {}, under));
    return el("span", { className: "what-item" }, ...lines);
  };

  const choiceButton = (row, number, keyName, score) => {
    const chosen = Decisions.of(row) ? NOW_ITEM[row] === number : ROW_DECISION[row] !== UNMAPPED && ROW_ITEM[row] === number;
    const gauge = score === undefined ? "" : el("span", { className: "score" }, `${T.fit} ${(score / 1000).toFixed(2)}`, el("i", { share: score / 10 }));
    const words = number ? itemLines(itemAt(number)) : el("span", { className: "what-item" }, T.no_item_fits);
    return el("li", {}, el("button", { className: "choice", type: "button", data: { act: "choose", item: number }, aria: { pressed: chosen } }, el("kbd", {}, keyName), words, gauge));
  };

  const choice = (row) => {
    const list = el("ol", { className: "choices" });
    candidatesOf(row).forEach(([item, score], at) => list.append(choiceButton(row, item, at + 1, score)));
    const now = Decisions.of(row);
    const current = NOW_ITEM[row];
    if (now && current && !candidatesOf(row).some(([item]) => item === current)) list.append(choiceButton(row, current, "○"));
    const none = choiceButton(row, 0, "n");
    none.firstChild.setAttribute("aria-pressed", now ? current === 0 : false);
    list.append(none);
    const acts = el("div", { className: "acts" },
      el("button", { className: "primary", type: "button", data: { act: "accept" } }, `${T.key_accept} (a)`),
      el("button", { type: "button", data: { act: "find" } }, `${T.other_item} (o)`),
      el("button", { type: "button", data: { act: "undo" } }, `${T.key_undo} (u)`));
    const remark = el("input", { className: "remark", type: "text", maxLength: 500, placeholder: T.remark, ariaLabel: T.remark, value: now?.remark || "", disabled: !now });
    const finder = el("input", { className: "finder", type: "search", placeholder: T.other_item_hint, ariaLabel: T.other_item_hint, hidden: true });
    return el("section", { className: "choice-of" }, el("h3", {}, T.candidates), list, acts, finder, el("div", { className: "found" }), remark);
  };

  const related = (row) => {
    const found = pairs(listIn(row, "related"));
    if (!found.length) return [];
    const list = el("ul", { className: "why" });
    for (const [relation, item] of found) {
      list.append(el("li", { className: "good" }, `${T.relations[relation]} `, el("b", {}, itemAt(item).id), ` ${nameOf(itemAt(item)).slice(0, 120)}`));
    }
    return [el("section", {}, el("h3", {}, T.related), list)];
  };

  /** Items whose words hold all of a text's, as buttons. */
  const find = (section, row, text) => {
    const words = text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const found = [];
    ITEMS.forEach((item, at) => {
      const all = [item.id, item.name, item.en, item.section, item.category, item.description].filter(Boolean).join("\n").normalize("NFKC").toLowerCase();
      if (words.length && found.length < 8 && words.every((w) => all.includes(w))) found.push(at + 1);
    });
    section.querySelector(".found").replaceChildren(...found.map((item) => choiceButton(row, item, "↵").firstChild));
  };

  return { of, find };
})();

/** What buttons and fields of a detail do, wherever it stands. */
const Acts = (() => {
  const rowOf = (element) => Number(element.closest(".detail").dataset.row);

  const decide = (row, item) => {
    Decisions.decide(row, item);
    say(`${T.decided}: ${item ? `${itemAt(item).id} ${nameOf(itemAt(item))}` : T.no_item_fits}`);
  };
  /** Accepts what a row is mapped to; that it is in no catalog, where it is unmapped. */
  const accept = (row) => decide(row, ROW_DECISION[row] === UNMAPPED ? 0 : ROW_ITEM[row]);
  const undo = () => {
    const row = Decisions.undo();
    say(row < 0 ? T.nothing_to_undo : `${T.undone}: ${subjectOf(row).slice(0, 80)}`);
    return row;
  };
  const find = (root) => {
    const finder = root.querySelector(".finder");
    if (!finder) return;
    finder.hidden = false;
    finder.focus();
  };

  /** Listens to a place in which details stand; `after` is told what was done. */
  const listen = (root, after) => {
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (!button) return;
      const { act, item, to } = button.dataset;
      if (act === "go") after("go", Number(to));
      else if (act === "close") after("close");
      else if (act === "find") find(root);
      else if (act === "undo") after("undo", undo());
      else {
        const row = rowOf(button);
        if (act === "accept") accept(row);
        else decide(row, Number(item));
        after("decided", row);
      }
    });
    root.addEventListener("input", (event) => {
      if (event.target.matches(".finder")) Detail.find(event.target.closest("section"), rowOf(event.target), event.target.value);
    });
    root.addEventListener("change", (event) => {
      if (event.target.matches(".remark")) Decisions.remark(rowOf(event.target), event.target.value.trim());
    });
    root.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches(".finder")) root.querySelector(".found button")?.click();
      if (event.key === "Enter" && event.target.matches(".remark")) event.target.blur();
      if (event.key === "Escape" && event.target.matches(".finder, .remark")) {
        event.target.blur();
        event.stopPropagation();
      }
    });
  };

  return { listen, decide, accept, undo, find };
})();

/** The detail beside the matrix. */
const Panel = (() => {
  const panel = $("panel");
  let shown = [];
  let row = -1;

  const show = (to, rows) => {
    [row, shown] = [to, rows];
    const detail = Detail.of(row, true);
    if (shown.length > 1) {
      const others = shown.slice(0, 40).map((r) => el("button", { className: "expand", type: "button", disabled: r === row, data: { act: "go", to: r } }, `${T.row} ${numberOf(r)}`));
      detail.firstChild.append(el("p", { className: "tags" }, `${T.rows_of_cell} ${shown.length}:`, ...others));
    }
    panel.replaceChildren(detail);
    panel.scrollTop = 0;
    const opened = panel.hidden;
    panel.hidden = false;
    if (opened) Matrix.refresh();
    if (matchMedia("(max-width: 1100px)").matches) panel.querySelector(".close").focus();
  };
  const close = () => {
    if (panel.hidden) return false;
    panel.hidden = true;
    row = -1;
    Matrix.close();
    return true;
  };

  Acts.listen(panel, (what, to) => {
    if (what === "close") close();
    else if (what === "go") Matrix.select(to, shown.includes(to) ? shown : undefined);
    else if (what === "decided") {
      show(to, Matrix.rowsAt(NOW_ITEM[to], ROW_DOCUMENT[to]));
      panel.querySelector("[aria-pressed=true]")?.focus();
    } else if (to >= 0 && row >= 0) show(row, Matrix.rowsAt(NOW_ITEM[row], ROW_DOCUMENT[row]));
  });
  return { show, close, row: () => row, element: panel };
})();
