"""torikomi.sqlite: as SQLite's own command line reads it."""

import json
import shutil
import subprocess

import flat

if not shutil.which("sqlite3"):
    flat.skip("no sqlite3")
path = flat.out_folder() / "torikomi.sqlite"


def query(sql):
    command = ["sqlite3", "-readonly", "-bail", "-json", str(path)]
    done = subprocess.run(command, input=sql, capture_output=True, text=True)
    flat.same((done.returncode, done.stderr), (0, ""), sql)
    return json.loads(done.stdout or "[]")


flat.same(query("PRAGMA integrity_check"), [{"integrity_check": "ok"}], "integrity")
flat.same(query("PRAGMA foreign_key_check"), [], "foreign keys")

rows = flat.rows()
found = query("SELECT * FROM rows ORDER BY row_id")
flat.same(len(found), len(rows), "number of rows")
for place, (row, expected) in enumerate(zip(found, rows), 1):
    for name, cell in flat.typed(expected).items():
        stored = row[name]
        if name in flat.LISTS and stored is not None:
            stored = json.loads(stored)
        flat.same(stored, cell, f"row {place}, {name}")

lists = {"candidates": "candidates", '"values"': "values", "reasons": "reasons"}
for table, name in lists.items():
    stored = {}
    for record in query(f"SELECT * FROM {table} ORDER BY row_id, position"):
        stored.setdefault(record["row_id"], []).append(record)
    for place, expected in enumerate(rows, 1):
        members = stored.get(place, [])
        flat.same(len(members), len(expected[name]), f"row {place}, {name}")
        for member, said in zip(members, expected[name]):
            said = {"reason": said} if name == "reasons" else said
            for field, cell in said.items():
                flat.same(member[field], cell, f"row {place}, {field} of {name}")

run = json.loads((flat.out_folder() / "run.json").read_text("utf-8"))
documents = query("SELECT * FROM documents ORDER BY position")
flat.same(len(documents), len(run["documents"]), "number of documents")
for document, outcome in zip(documents, run["documents"]):
    for name in ["path", "status", "document", "format", "sha256", "rows", "accepted", "review"]:
        flat.same(document[name], outcome[name], f"{outcome['path']}, {name}")
    why = outcome["error"] or outcome["skipped"] or {}
    for name in ["reason", "message", "place", "hint"]:
        flat.same(document[name], why.get(name), f"{outcome['path']}, {name}")
warnings = query("SELECT count(*) AS n FROM warnings")[0]["n"]
flat.same(warnings, run["counts"]["warnings"], "warnings")
items = query("SELECT count(*) AS n FROM items")[0]["n"]
flat.same(items, sum(c["items"] for c in run["catalogs"]), "items")

for line in query("SELECT * FROM coverage"):
    flat.same(line["answered"] + line["blank"] + line["missing"], line["items"], "coverage")
asked = query("SELECT count(*) AS n FROM comparison WHERE row_id IS NOT NULL")[0]["n"]
flat.same(asked, sum(r["item_id"] is not None for r in rows), "rows in the comparison")
flat.passed(f"{len(found)} rows, {len(documents)} documents")
