// The rows that wait for somebody, one after another.

const Review = (() => {
  const [queue, article] = [$("queue"), $("case")];
  const TASK = 58;
  let rows = [];
  let at = 0;

  const reasonsOf = (row) => listIn(row, "reasons").map(string);
  const option = (value, text) => el("option", { value }, text);

  const start = () => {
    $("queue-state").append(option("open", T.open_rows), option("decided", T.decided), option("all", T.all_rows));
    const [reasons, documents] = [new Set(), new Set()];
    for (let row = 0; row < COUNT; row++) {
      if (ROW_DECISION[row] === ACCEPTED) continue;
      reasonsOf(row).forEach((name) => reasons.add(name));
      documents.add(ROW_DOCUMENT[row]);
    }
    const names = Object.keys(T.reasons).filter((name) => reasons.has(name));
    $("queue-reason").append(option("", T.every_reason), ...names.map((n) => option(n, T.reasons[n].label)));
    $("queue-document").append(option("", T.every_document), ...[...documents].map((d) => option(d, DOCUMENTS[d].name.slice(0, 60))));
    collect();
  };

  /** Fills the queue anew; stays at a row when it is still in it. */
  const collect = (stay = rows[at]) => {
    const [state, reason, document] = ["queue-state", "queue-reason", "queue-document"].map((id) => $(id).value);
    const wanted = (row) =>
      (state === "open" ? Decisions.isOpen(row) || row === stay : state === "decided" ? Boolean(Decisions.of(row)) : ROW_DECISION[row] !== ACCEPTED || Decisions.of(row)) &&
      (!document || ROW_DOCUMENT[row] === Number(document)) &&
      (!reason || reasonsOf(row).includes(reason));
    rows = [];
    for (let row = 0; row < COUNT; row++) if ((ROW_DECISION[row] !== ACCEPTED || Decisions.of(row)) && wanted(row)) rows.push(row);
    at = Math.max(0, rows.indexOf(stay));
    $("queue-shown").value = `${rows.length} ${T.rows_unit}`.trim();
    show();
  };

  const show = () => {
    draw();
    if (!rows.length) {
      article.replaceChildren(el("p", { className: "nothing" }, T.queue_empty));
      return;
    }
    article.replaceChildren(Detail.of(rows[at]));
    article.scrollTop = 0;
  };

  /** Draws the tasks in sight. */
  const draw = () => {
    const sheet = el("div", { className: "sheet" });
    sheet.style.height = `${rows.length * TASK}px`;
    const from = Math.max(0, Math.floor(queue.scrollTop / TASK) - 5);
    const to = Math.min(rows.length, Math.ceil((queue.scrollTop + queue.clientHeight) / TASK) + 5);
    const shown = [...new Set([...Array(Math.max(0, to - from)).keys()].map((i) => from + i).concat(rows.length ? [at] : []))];
    for (const i of shown) sheet.append(task(i));
    queue.replaceChildren(sheet);
    if (rows.length) queue.setAttribute("aria-activedescendant", `task-${at}`);
    else queue.removeAttribute("aria-activedescendant");
  };

  const task = (i) => {
    const row = rows[i];
    const why = reasonsOf(row).map((name) => T.reasons[name]?.label || name).join("・");
    const options = { className: "task", id: `task-${i}`, role: "option", data: { at: i }, aria: { selected: i === at, setsize: rows.length, posinset: i + 1 } };
    const made = el("div", options, el("b", {}, subjectOf(row).slice(0, 120)), el("p", {}, decisionTag(row), el("span", { className: "by" }, `${documentOf(row).name.slice(0, 60)} · ${why}`)));
    made.style.top = `${i * TASK}px`;
    return made;
  };

  const go = (to) => {
    if (!rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, to));
    const top = at * TASK;
    if (top < queue.scrollTop) queue.scrollTop = top;
    else if (top + TASK > queue.scrollTop + queue.clientHeight) queue.scrollTop = top + TASK - queue.clientHeight;
    show();
    say(`${at + 1} / ${rows.length}: ${subjectOf(rows[at]).slice(0, 100)}, ${documentOf(rows[at]).name}`);
  };

  /** On to the next row that waits. */
  const next = () => {
    for (let i = 1; i <= rows.length; i++) {
      const to = (at + i) % rows.length;
      if (Decisions.isOpen(rows[to])) return go(to);
    }
    show();
    say(T.queue_done);
  };

  const goToRow = (row) => {
    const there = rows.indexOf(row);
    if (there >= 0) go(there);
    else {
      $("queue-state").value = Decisions.of(row) ? "all" : "open";
      $("queue-reason").value = $("queue-document").value = "";
      collect(row);
    }
  };

  const KEYS = {
    j: () => go(at + 1),
    k: () => go(at - 1),
    a: () => decided(() => Acts.accept(rows[at])),
    n: () => decided(() => Acts.decide(rows[at], 0)),
    u: () => {
      const row = Acts.undo();
      if (row >= 0) goToRow(row);
    },
    o: () => Acts.find(article),
    r: () => article.querySelector(".remark:enabled")?.focus(),
  };
  const decided = (decide) => {
    if (!rows.length) return;
    decide();
    next();
  };
  /** What a key does; false when it does nothing here. */
  const key = (name) => {
    if (KEYS[name]) KEYS[name]();
    else if (/^[1-9]$/.test(name)) {
      const candidate = rows.length && candidatesOf(rows[at])[Number(name) - 1];
      if (!candidate) return false;
      decided(() => Acts.decide(rows[at], candidate[0]));
    } else return false;
    return true;
  };

  queue.addEventListener("click", (event) => {
    const hit = event.target.closest(".task");
    if (hit) go(Number(hit.dataset.at));
  });
  queue.addEventListener("keydown", (event) => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 10, PageUp: at - 10, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  });
  queue.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  $("review").addEventListener("change", (event) => {
    if (event.target.matches("select")) {
      queue.scrollTop = 0;
      collect(-1);
    }
  });
  Acts.listen(article, (what, row) => {
    if (what === "decided") {
      show();
      article.querySelector(`[aria-pressed=true]`)?.focus();
    } else if (row >= 0) goToRow(row);
  });

  return { start, collect, key, go: goToRow, draw };
})();
