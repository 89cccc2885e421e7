#!/usr/bin/env python3
"""Opens torikomi.xlsx with openpyxl and LibreOffice and takes decisions back from what they save.

    check_workbook.py OUT BINARY

OUT is the out folder of an import whose outputs include xlsx and jsonl; BINARY is torikomi. The
workbook of OUT is looked at; decisions are made in one of an import of the script's own, so that
nothing in OUT changes. Needs openpyxl and soffice. Exits with 1 and says why when something is off.
"""

import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import openpyxl

SHEETS = ["比較", "行", "要確認", "差し戻し", "取込結果", "選択肢"]

# Rows in the standard's words, and others; texts that a careless writer makes formulas of.
OWN = """\
会社名\t株式会社あおばソフト

No.\t項目\t規定内容\t回答
1\tサービス稼働率\tサービスを利用できる確率\t99.9%以上
2\tログの取得\t利用者に提供可能なログの種類\t有 =1+1
3\t見張り番の配置\t夜のあいだ誰が機械室の計器を眺めているか\t=HYPERLINK("http://example.com")
4\t記念品\t契約の記念に贈られる品物の種類\t@SUM(A1)
5\tデータ暗号化レベル\t通信とデータの暗号化の強度\t無 +81 の番号で受け付け
6\t通信の暗号化レベル\tシステムとやりとりされる通信の暗号化強度\t-
"""

DECIDED = {"見張り番の配置": "METI-13 システム監視基準", "記念品": "なし"}


def main(out, binary):
    look_at(out)
    with tempfile.TemporaryDirectory(prefix="torikomi-workbook-") as scratch:
        scratch = pathlib.Path(scratch)
        saved = survive_libreoffice(out / "torikomi.xlsx", scratch / "given")
        same_sheets(out / "torikomi.xlsx", saved)
        decide(scratch / "own", binary)
    print("workbook: ok")


def look_at(out):
    """What openpyxl sees in the workbook of an import."""
    book = openpyxl.load_workbook(out / "torikomi.xlsx")
    names = [s.title for s in book if "(" not in s.title]
    check(len(names) == len(SHEETS), f"sheets are {names}")
    comparison, rows, queue, asks, result, choices = (book[n] for n in names)
    check(choices.sheet_state == "hidden", "the list of choices is not hidden")
    for sheet in book:
        formulas = [c.coordinate for row in sheet for c in row if c.data_type == "f"]
        check(not formulas, f"{sheet.title} has formulas: {formulas[:5]}")
    for sheet, panes in [(comparison, "D5"), (rows, "C2"), (queue, "A5"), (asks, "A4")]:
        check(sheet.freeze_panes == panes, f"{sheet.title} is frozen at {sheet.freeze_panes}")
        check(sheet.auto_filter.ref, f"{sheet.title} has no filter")
        setup = sheet.page_setup
        check(setup.orientation == "landscape" and setup.paperSize == 9, f"{sheet.title}: paper")
        check(sheet.print_title_rows, f"{sheet.title}: no titles on printed pages")
        check(sheet.sheet_properties.pageSetUpPr.fitToPage, f"{sheet.title}: not fitted")

    flat = [json.loads(line) for line in open(out / "rows.jsonl", encoding="utf-8")]
    check(rows.max_row == len(flat) + 1, f"{rows.max_row - 1} rows, not {len(flat)}")
    for n, row in enumerate(flat, start=2):
        for column, field in [(1, "vendor"), (3, "row"), (16, "text"), (18, "item_id")]:
            cell = rows.cell(n, column).value
            wanted = row[field] or None
            cut = isinstance(wanted, str) and len(wanted.encode("utf-16-le")) > 2 * 32767
            check(cut or same(cell, wanted), f"row {n}: {field} is {cell!r}, not {wanted!r}")

    waiting = [r for r in flat if r["decision"] != "accepted"]
    waiting = [r for r in waiting if not (r["decision"] == "unmapped" and "learned" in r["reasons"])]
    listed = {(r[14].value, r[15].value) for r in queue.iter_rows(min_row=5) if r[14].value}
    wanted = {(r["document"], r["row"]) for r in waiting}
    check(listed == wanted, f"the queue has {len(listed)} rows, not {len(wanted)}")
    check(queue.row_dimensions[3].hidden, "the names above the queue show")
    validated = sum(r.size["rows"] for v in queue.data_validations.dataValidation for r in v.sqref)
    learnable = [r for r in waiting if r["item"] or r["description"]]
    check(validated == len(learnable), f"{validated} drop-downs for {len(learnable)} rows")

    coloured = set()
    for row in comparison.iter_rows(min_row=5, min_col=4):
        for cell in row:
            if cell.value and cell.comment and cell.fill.fill_type == "solid":
                coloured.add(cell.fill.fgColor.rgb)
    documents = comparison.max_column - 3
    check(documents > 30 or len(coloured) >= 2, f"answers have the colours {coloured}")
    check(asks.max_column == 7 and result.max_column >= 11, "columns are missing")


def survive_libreoffice(book, folder):
    """The workbook as LibreOffice saves it, by way of its own format and back."""
    ods = convert(book, "ods", folder / "ods")
    convert(ods, "xlsx", folder / "back")
    return convert(book, "xlsx", folder / "saved")


def same_sheets(ours, saved):
    """Values, hidden parts, lists and notes outlive LibreOffice (frozen panes do not when it runs
    without a window)."""
    ours, saved = openpyxl.load_workbook(ours), openpyxl.load_workbook(saved)
    check(ours.sheetnames == saved.sheetnames, f"LibreOffice saves {saved.sheetnames}")
    for name in ours.sheetnames:
        a, b = ours[name], saved[name]
        check(a.sheet_state == b.sheet_state, f"{name}: {b.sheet_state}")
        for row in a.iter_rows():
            for cell in row:
                other = b[cell.coordinate]
                check(
                    same(other.value, cell.value),
                    f"{name}!{cell.coordinate}: {other.value!r}, not {cell.value!r}",
                )
                check(bool(cell.comment) == bool(other.comment), f"{name}!{cell.coordinate}: note")
    queue = next(n for n in ours.sheetnames if n in ("要確認", "Review"))
    lists = [
        sum(r.size["rows"] for v in book[queue].data_validations.dataValidation for r in v.sqref)
        for book in (ours, saved)
    ]
    check(lists[0] == lists[1], f"drop-downs: {lists}")


def decide(folder, binary):
    """Decisions made in what LibreOffice saved, and saved by it again, are learned."""
    sheets = folder / "in"
    sheets.mkdir(parents=True)
    (sheets / "a.txt").write_text(OWN, encoding="utf-8")

    def torikomi(*args):
        done = subprocess.run([binary, *args], cwd=folder, capture_output=True, text=True)
        check(done.returncode == 0, f"torikomi {' '.join(args)}: {done.stderr}")
        return done.stderr

    def imported():
        torikomi("import", "in", "--write", "jsonl,csv,xlsx")
        lines = (folder / "out/rows.jsonl").read_text(encoding="utf-8").splitlines()
        return {row["item"]: row for row in map(json.loads, lines)}

    before = imported()
    texts(folder / "out", before.values())
    for item in DECIDED:
        check(before[item]["decision"] != "accepted", f"{item} does not wait")

    saved = convert(folder / "out/torikomi.xlsx", "xlsx", folder / "saved")
    book = openpyxl.load_workbook(saved)
    queue = book["要確認"]
    for row in queue.iter_rows(min_row=5):
        if row[5].value in DECIDED:
            row[12].value = DECIDED[row[5].value]
            check(row[12].value in choices(book, queue, row[12]), f"{row[12].value} is not offered")
    filled = folder / "filled/torikomi.xlsx"
    filled.parent.mkdir()
    book.save(filled)
    again = convert(filled, "xlsx", folder / "again")
    # Where the import left its own: documents are found beside it.
    shutil.copy(again, folder / "out/torikomi.xlsx")
    said = torikomi("learn", "out/torikomi.xlsx")
    check(said.startswith(f"{len(DECIDED)} learned"), said)

    after = imported()
    row = after["見張り番の配置"]
    check((row["item_id"], row["decision"], row["reasons"]) == ("METI-13", "accepted", ["learned"]), row)
    check(after["記念品"]["decision"] == "unmapped", after["記念品"])
    queue = openpyxl.load_workbook(folder / "out/torikomi.xlsx")["要確認"]
    left = [r[5].value for r in queue.iter_rows(min_row=5)]
    check(not set(left) & set(DECIDED), f"still in the queue: {left}")


def texts(out, rows):
    """What LibreOffice shows of texts that begin like formulas: the texts."""
    folder = out.parent / "csv"
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    soffice(out / "torikomi.xlsx", options, folder)
    with open(folder / "torikomi-行.csv", encoding="utf-8", newline="") as file:
        shown = [line[15] for line in csv.reader(file)][1:]
    check(shown == [row["text"] for row in rows], f"LibreOffice shows {shown}")
    with open(folder / "torikomi-比較.csv", encoding="utf-8", newline="") as file:
        check("#NAME" not in file.read() and "Err:" not in file.read(), "a text became a formula")


def choices(book, sheet, cell):
    """What the drop-down of a cell offers."""
    for validation in sheet.data_validations.dataValidation:
        if cell.coordinate in validation.sqref:
            name, cells = validation.formula1.lstrip("=").rsplit("!", 1)
            cells = book[name.strip("'$")][cells.replace("$", "")]
            return [c.value for row in cells for c in row]
    return []


def convert(book, form, folder):
    soffice(book, form, folder)
    return folder / f"{book.stem}.{form}"


def soffice(book, form, folder):
    folder.mkdir(parents=True)
    profile = (folder.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", form]
    done = subprocess.run(
        [*command, "--outdir", str(folder), str(book)], capture_output=True, text=True, timeout=300
    )
    check(done.returncode == 0 and any(folder.iterdir()), f"soffice: {done.stdout}{done.stderr}")


def same(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) < 1e-9
    return (a or None) == (b or None)


def check(holds, said):
    if not holds:
        sys.exit(f"workbook: {said}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), str(pathlib.Path(sys.argv[2]).resolve()))
