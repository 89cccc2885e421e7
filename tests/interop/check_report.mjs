#!/usr/bin/env node
// Opens report.html in a real browser and uses it.
//
//     tests/interop/check_report.mjs OUT BINARY [IMAGES]
//
// OUT is an import's out folder, whose report.html is opened; BINARY is torikomi, with which the
// other reports are made. With IMAGES, the pictures of docs/ are made there (before they are kept,
// their colours are reduced to a palette). Needs node and /usr/bin/chromium (or CHROMIUM); installs
// playwright-core and axe-core from npm into a temporary folder. Prints what it measured; exits
// with 1 when something is wrong. ONLY=words in the environment runs the checks with these in their
// names.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [OUT, BINARY, IMAGES] = process.argv.slice(2).map((p) => path.resolve(p));
if (!BINARY) {
  console.error("usage: check_report.mjs OUT BINARY [IMAGES]");
  process.exit(2);
}
const HERE = path.dirname(fileURLToPath(import.meta.url));
const SCRATCH = fs.mkdtempSync(path.join(os.tmpdir(), "torikomi-report-"));
const scratch = (...parts) => path.join(SCRATCH, ...parts);
/** In the scratch folder, where `torikomi` is run. */
const SHEETS = "sheets";
fs.cpSync(path.join(HERE, "../../fixtures/sheets"), scratch(SHEETS), { recursive: true });

/** Longest times that pass, in milliseconds: a busy machine is no defect. */
const MOST = { paint: 3000, ready: 4000, filter: 500 };

const tools = () => {
  const folder = path.join(os.tmpdir(), "torikomi-report-tools");
  if (!fs.existsSync(path.join(folder, "node_modules/axe-core"))) {
    fs.mkdirSync(folder, { recursive: true });
    const packages = ["playwright-core@1", "axe-core@4"];
    execFileSync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", ...packages], { stdio: "inherit" });
  }
  return createRequire(path.join(folder, "x.js"));
};
const load = tools();
const { chromium } = load("playwright-core");
const AXE = fs.readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");

const torikomi = (...args) => execFileSync(BINARY, args, { cwd: SCRATCH, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const rowsOf = (out) =>
  fs.readFileSync(path.join(out, "rows.jsonl"), "utf8").trim().split("\n").map((l) => JSON.parse(l));
const imported = (name, from, ...args) => {
  const out = scratch(name);
  torikomi("import", from, "--out", out, "--write", "jsonl,html", "--no-timings", "--quiet", ...args);
  return out;
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
/** Each context has a fresh user data folder. */
const open = async (out, options = {}, before = () => {}) => {
  const { width = 1440, height = 900, context: within, ...others } = options;
  const context = within || (await browser.newContext({ viewport: { width, height }, locale: "ja-JP", ...others }));
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  page.said = [];
  page.on("console", (m) => page.said.push(`${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => page.said.push(`error: ${e.stack}`));
  page.on("dialog", (d) => {
    page.said.push(`dialog: ${d.message()}`);
    d.dismiss();
  });
  const address = pathToFileURL(path.join(out, "report.html")).href;
  page.on("request", (r) => r.url() !== address && !r.url().startsWith("blob:") && page.said.push(`request: ${r.url()}`));
  await before(page);
  await page.goto(address);
  return page;
};
const close = async (page) => {
  assert.deepEqual(page.said, [], "no message, error or request");
  await page.context().close();
};
const text = (page, selector) => page.locator(selector).first().textContent();
/** How many rows the filters let through, as the page says. */
const shown = async (page) => Number((await page.locator("#shown").textContent()).split("·")[1].replace(/\D/g, ""));
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

const checks = [];
const check = (name, run) => checks.push([name, run]);

check("the given report opens in silence", async () => {
  // An import writes it when asked to; the other checks make their own.
  if (!fs.existsSync(path.join(OUT, "report.html"))) return console.log(`  no report.html in ${OUT}: nothing given`);
  const page = await open(OUT);
  assert.ok((await page.locator("[role=gridcell]").count()) > 0);
  assert.ok(["ja", "en"].includes(await page.getAttribute("html", "lang")));
  await close(page);
});

const out = imported("one", SHEETS, "--jobs", "1");
const english = imported("english", SHEETS, "--jobs", "1", "--lang", "en");
const rows = rowsOf(out);

check("the same bytes from any number of threads; another language, the same data", async () => {
  const read = (folder) => fs.readFileSync(path.join(folder, "report.html"), "utf8");
  const first = read(out);
  assert.equal(read(imported("four", SHEETS, "--jobs", "4")), first);
  const block = (page) => page.slice(page.indexOf('id="run"'), page.lastIndexOf("<script>"));
  assert.equal(block(read(english)), block(first));
  const page = await open(english);
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.equal(await text(page, "#tab-matrix"), "Matrix");
  await close(page);
});

check("filters let through what rows.jsonl holds", async () => {
  const page = await open(out);
  assert.equal(await shown(page), rows.length);
  for (const [group, names] of [
    ["statuses", ["yes", "partial", "no", "not_applicable", "undisclosed", "stated", "blank"]],
    ["decisions", ["accepted", "review", "unmapped"]],
  ]) {
    const field = group === "statuses" ? "status" : "decision";
    for (const [at, name] of names.entries()) {
      const chip = page.locator(`[data-group=${group}][data-value="${at}"]`);
      const expected = rows.filter((r) => r[field] === name).length;
      assert.equal(await chip.count(), expected ? 1 : 0, name);
      if (!expected) continue;
      await chip.click();
      assert.equal(await chip.getAttribute("aria-pressed"), "true");
      assert.equal(await shown(page), expected, name);
      await chip.click();
    }
  }
  const vendor = rows[0].vendor;
  await page.fill("#vendor", vendor);
  assert.equal(await shown(page), rows.filter((r) => r.vendor === vendor).length);
  assert.equal(await page.locator(".head").count(), 1);
  await page.click("#clear");
  const answer = rows.find((r) => r.item_id && r.text.length > 12 && rows.filter((o) => o.text.includes(r.text)).length === 1);
  await page.keyboard.press("/");
  await page.keyboard.type(answer.text);
  assert.equal(await shown(page), 1, answer.text);
  await page.locator(".cell:not(.none):not(.dim)").click();
  assert.ok((await text(page, "#panel")).includes(answer.text));
  assert.equal(await page.locator("#live").getAttribute("aria-live"), "polite");
  await page.click("#clear");
  await page.selectOption("#section", { index: 1 });
  const ids = await page.locator(".line .id").allTextContents();
  assert.ok(ids.length > 5 && new Set(ids.map((i) => i.split("-")[0])).size === 1, String(ids));
  await close(page);
});

check("the matrix is used with the keyboard alone", async () => {
  const page = await open(out);
  await page.focus("#clear");
  await page.keyboard.press("Tab");
  const focused = () => page.evaluate(() => ({ ...document.activeElement.dataset }));
  const before = await focused();
  assert.notEqual(before.line, undefined, "the grid is one stop of the tab key");
  for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  await page.keyboard.press("Control+End");
  const end = await focused();
  assert.equal(Number(end.column), new Set(rows.map((r) => r.document)).size - 1);
  const order = await page.locator("#grid [role=row]").evaluateAll((lines) => lines.map((l) => Number(l.ariaRowIndex)));
  assert.deepEqual(order, order.toSorted((a, b) => a - b), "lines stand in their order");
  await page.locator("#grid").evaluate((grid) => grid.scrollTo(0, 0));
  await page.waitForTimeout(100);
  assert.ok(await page.evaluate(() => document.querySelector("#grid").contains(document.activeElement)), "scrolling keeps the focus");
  await page.keyboard.press("Control+Home");
  for (const key of ["ArrowDown", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  assert.ok(await page.isVisible("#panel"));
  await page.keyboard.press("Escape");
  assert.ok(!(await page.isVisible("#panel")));
  assert.notEqual((await focused()).line, undefined, "focus goes back to the cell");
  await close(page);
});

const settled = rows.filter((r) => r.reasons.includes("low_confidence"));
const outside = rows.filter((r) => r.decision === "unmapped");

check("a review by keyboard is kept, saved, learned, and settles the next import", async () => {
  const page = await open(out);
  const waiting = Number(await text(page, "#open-count"));
  assert.equal(waiting, rows.filter((r) => r.decision !== "accepted").length);
  await page.click("#tab-review");
  await page.selectOption("#queue-reason", "low_confidence");
  await page.focus("#queue");
  for (const _ of settled) await page.keyboard.press("a");
  await page.selectOption("#queue-reason", "no_candidate");
  await page.focus("#queue");
  for (const key of ["j", "k", "1", "u"]) await page.keyboard.press(key);
  assert.equal(Number(await text(page, "#decided-count")), settled.length, "the last one was taken back");
  for (const key of ["n", "k", "r"]) await page.keyboard.press(key);
  await page.keyboard.type("jaunk <b>&</b> 備考");
  await page.keyboard.press("Enter");
  await page.selectOption("#queue-reason", "column_slip");
  await page.focus("#queue");
  await page.keyboard.press("2");
  const slipped = rows.find((r) => r.reasons.includes("column_slip"));
  const decided = settled.length + 2;
  assert.equal(Number(await text(page, "#open-count")), waiting - decided);
  await page.reload();
  assert.equal(Number(await text(page, "#decided-count")), decided, "kept by the browser");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
  const file = scratch(download.suggestedFilename());
  await download.saveAs(file);
  const lines = fs.readFileSync(file, "utf8").trim().split("\n").map((l) => JSON.parse(l));
  assert.equal(lines.length, decided);
  assert.equal(lines.filter((l) => l.remark === "jaunk <b>&</b> 備考").length, 1);
  for (const r of settled) {
    assert.ok(lines.some((l) => l.document === r.document && l.row === r.row && l.item_id === r.item_id));
  }
  const second = lines.find((l) => l.document === slipped.document && l.row === slipped.row);
  assert.equal(second.item_id, slipped.candidates[1].item_id);
  const none = lines.find((l) => l.item_id === "none");
  assert.ok(outside.some((r) => r.document === none.document && r.row === none.row));
  const other = await open(english, { context: page.context() });
  assert.equal(Number(await text(other, "#decided-count")), decided, "the same run in another language");
  const learned = scratch("learned.jsonl");
  torikomi("learn", file, "--out", out, "--learned", learned);
  assert.equal(fs.readFileSync(learned, "utf8").trim().split("\n").length, decided);
  const again = rowsOf(imported("again", SHEETS, "--learned", learned));
  for (const l of lines) {
    const now = again.find((r) => r.document === l.document && r.row === l.row);
    assert.ok(now.reasons.includes("learned"));
    // What the table says against a slipped row still stands.
    if (l === second) continue;
    const expected = l.item_id === "none" ? ["unmapped", null] : ["accepted", l.item_id];
    assert.deepEqual([now.decision, now.item_id], expected, JSON.stringify(l));
  }
  const next = await open(scratch("again"), { context: page.context() });
  assert.equal(Number(await text(next, "#decided-count")), 0, "another run has decisions of its own");
  await next.click("#help-open");
  await next.setInputFiles("#load", file);
  await next.waitForFunction((n) => Number(document.querySelector("#decided-count").textContent) === n, decided);
  for (const p of [next, other]) assert.deepEqual(p.said, []);
  await close(page);
});

check("a browser that keeps nothing still reviews", async () => {
  const page = await open(out, {}, (p) =>
    p.addInitScript(() =>
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      })));
  assert.ok(await page.isVisible("#not-kept"));
  await page.click("#tab-review");
  await page.keyboard.press("a");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
  assert.ok((await download.path()).length > 0);
  await close(page);
});

check("hostile cells stay text and break nothing", async () => {
  const texts = ["<script>window.hit=1</script>", "</script><script>window.hit=1</script>", '"><img src=x onerror=window.hit=1>', "<!-- <script>", "{{7*7}}", "x".repeat(100_000), "長".repeat(30_000)];
  fs.mkdirSync(scratch("hostile-sheets"));
  const quoted = (t) => (t.includes('"') ? `"${t.replaceAll('"', '""')}"` : t);
  const lines = texts.map((t, i) => `${i + 1},サービス時間,サービスを提供する時間帯,○,${quoted(t)}`);
  const others = texts.slice(0, 5).map((t, i) => `${i + 11},${quoted(t)},${quoted(t)},×,なし`);
  const sheet = ["No.,項目,内容,有無,回答", ...lines, ...others, ""].join("\n");
  fs.writeFileSync(scratch("hostile-sheets", "<img src=x onerror=window.hit=1>.csv"), sheet);
  const folder = imported("hostile", scratch("hostile-sheets"));
  assert.ok(rowsOf(folder).some((r) => r.text.length === 100_000));
  const page = await open(folder);
  await page.locator(".cell[data-row]").first().click();
  const go = page.locator("#panel [data-act=go]");
  for (let i = 0, n = await go.count(); i < n; i++) if (await go.nth(i).isEnabled()) await go.nth(i).click();
  await page.click("#tab-review");
  for (let i = 0; i < 14; i++) await page.keyboard.press("j");
  await page.click("#tab-documents");
  for (const view of ["#tab-matrix", "#tab-review", "#tab-documents"]) {
    await page.click(view);
    assert.ok((await overflow(page)) <= 0, `${view} is no wider than the window`);
    const wide = await page.evaluate(() => [...document.querySelectorAll("#panel, #case, #document-list")].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.id));
    assert.deepEqual(wide, []);
  }
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator("img, iframe, object, b b").count(), 0);
  await close(page);
});

check("nothing that axe-core finds (WCAG 2.2 A and AA), light and dark, 1,440 and 800 pixels", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1440, 800]) {
      const page = await open(out, { colorScheme, width, reducedMotion: "reduce" });
      await page.evaluate(AXE);
      for (const steps of [[".cell.open, .cell[data-row]"], ["#tab-review"], ["#tab-documents"], ["#help-open"]]) {
        for (const step of steps) await page.locator(step).first().click();
        const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
        const told = found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.any.map((a) => a.message).join(" ")}`).join("\n  ")}`);
        assert.deepEqual(told, [], `${colorScheme} ${width} ${steps}`);
        assert.ok(found.passes.some((p) => p.id === "color-contrast" && p.nodes.length > 20), "contrast was looked at");
      }
      assert.ok((await overflow(page)) <= 0);
      await close(page);
    }
  }
});

check("the matrix goes on paper whole", async () => {
  const page = await open(out);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const ids = new Set(rows.map((r) => r.item_id).filter(Boolean));
  const printed = await page.locator("#print table").evaluateAll((tables) => tables.map((t) => t.querySelectorAll("tbody tr:not(.banner)").length));
  assert.ok(printed.length >= 2 && printed.every((n) => n === ids.size + 1), String(printed));
  assert.ok((await page.pdf({ preferCSSPageSize: true })).length > 10_000);
  await close(page);
});

/** Sheets of many vendors that answer the items of all catalogs, each in its own words. */
const many = (documents, most) => {
  const folder = scratch(`many-${documents}`);
  fs.mkdirSync(folder);
  const items = torikomi("catalog", "list", "--items").trim().split("\n").map((l) => l.split("\t"));
  const cell = (t) => `"${(t || "").replaceAll('"', '""')}"`;
  const MARKS = ["○", "×", "△", "有", "無", "対象外", ""];
  for (let d = 0; d < documents; d++) {
    const lines = [`${cell(`会社名：株式会社試験${d}`)}`, "No.,分類,項目,内容,有無,回答"];
    for (let i = 0; i < most; i++) {
      const [, , , section, category, name, description] = items[i % items.length];
      const answer = `第${d}社は${(i * 7 + d * 13) % 97}日以内に${(i + d) % 29}名で対応し、${(d * i) % 365}日保管`;
      lines.push([i + 1, category || section, name || description, description || name, MARKS[(i * 3 + d) % MARKS.length], answer].map((t) => cell(String(t))).join(","));
    }
    fs.writeFileSync(path.join(folder, `v${String(d).padStart(4, "0")}.csv`), lines.join("\n"));
  }
  return folder;
};

const timed = (page, act) =>
  page.evaluate(
    (act) =>
      new Promise((done) => {
        const start = performance.now();
        const target = document.querySelector(act.on);
        if (act.value === undefined) target.click();
        else {
          target.value = act.value;
          target.dispatchEvent(new Event("input", { bubbles: true }));
        }
        document.querySelector("#grid").getBoundingClientRect();
        const script = performance.now() - start;
        requestAnimationFrame(() => setTimeout(() => done([script, performance.now() - start])));
      }),
    act);

for (const [documents, most] of [[300, 120], [1000, 57]]) {
  check(`${documents} documents of ${most} items stay quick`, async () => {
    const folder = imported(`many-${documents}-out`, many(documents, most));
    const size = fs.statSync(path.join(folder, "report.html")).size;
    const page = await open(folder);
    const [paint, ready] = await page.evaluate(async () => {
      const paints = () => performance.getEntriesByName("first-contentful-paint");
      while (!paints().length) await new Promise((next) => setTimeout(next, 20));
      return [paints()[0].startTime, performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd];
    });
    const count = Number((await text(page, ".summary dl")).match(/行(\d+)/)[1]);
    console.log(`  ${count} rows, ${(size / count).toFixed(0)} bytes a row; first paint ${paint.toFixed(0)} ms, ready ${ready.toFixed(0)} ms`);
    assert.ok(paint < MOST.paint && ready < MOST.ready);
    for (const [name, act] of [
      ["status", { on: "[data-group=statuses]" }],
      ["decision", { on: "[data-group=decisions]" }],
      ["first search", { on: "#search", value: "保管" }],
      ["search", { on: "#search", value: "27名で対応" }],
      ["vendor", { on: "#vendor", value: "試験2" }],
      ["clear", { on: "#clear" }],
      ["symbols or answers", { on: "#answers" }],
    ]) {
      const [script, whole] = await timed(page, act);
      console.log(`  ${name}: ${script.toFixed(0)} ms, ${whole.toFixed(0)} ms until it is drawn`);
      assert.ok(whole < MOST.filter, name);
    }
    const cells = await page.locator(".cell").count();
    assert.ok(cells > 100 && cells < 3000, `${cells} cells in the page`);
    await close(page);
  });
}

if (IMAGES) {
  check("pictures", async () => {
    for (const [width, height] of [[1440, 900], [800, 1000]]) {
      const page = await open(out, { width, height, reducedMotion: "reduce" });
      const shot = (name) => page.screenshot({ path: path.join(IMAGES, `report-${name}-${width}.png`) });
      // Where one sheet's rows are under review.
      const line = await page.locator("#grid").evaluate((grid) => (grid.scrollTop = 15 * 44));
      assert.ok(line > 0);
      await page.waitForTimeout(200);
      await shot("matrix");
      await page.click("#tab-review");
      await page.selectOption("#queue-reason", "column_slip");
      await page.keyboard.press("a");
      await page.mouse.move(0, 0);
      await shot("review");
      await close(page);
    }
  });
}

let failed = 0;
const chosen = checks.filter(([name]) => name.includes(process.env.ONLY || ""));
for (const [name, run] of chosen) {
  try {
    await run();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n${error.stack || error}`);
  }
}
await browser.close();
fs.rmSync(SCRATCH, { recursive: true, force: true });
console.log(`${chosen.length - failed} of ${chosen.length} checks passed`);
process.exit(failed ? 1 : 0);
