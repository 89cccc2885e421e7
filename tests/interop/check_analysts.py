"""docs/analysts.md: every block of Python and SQL runs, and the three ways to load agree."""

import contextlib
import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import flat

duckdb, pandas, polars, pyarrow = flat.need("duckdb", "pandas", "polars", "pyarrow")
page = (Path(__file__).resolve().parents[2] / "docs/analysts.md").read_text("utf-8")
blocks = re.findall(r"^```(\w+)\n(.*?)^```", page, re.S | re.M)
# The page has the out folder in the working directory.
os.chdir(flat.out_folder().parent)
flat.same(flat.out_folder().name, "out", "name of the out folder")

ran, names = 0, {}
for language, code in blocks:
    if language == "python":
        with contextlib.redirect_stdout(io.StringIO()):
            exec(code, names)
    elif language == "sql" and "out/rows." in code:
        # The extension for SQLite is downloaded by DuckDB itself: not here.
        code = re.sub(r"^INSTALL.*\n", "", code, flags=re.M)
        duckdb.execute(code).fetchall()
    elif language in ("sql", "console"):
        if not shutil.which("sqlite3"):
            continue
        if language == "sql":
            commands = [(["sqlite3", "-readonly", "-bail", "out/torikomi.sqlite"], code)]
        else:
            lines = [line[2:] for line in code.splitlines() if line.startswith("$ ")]
            lines = [re.sub(r"^torikomi", flat.binary(), line) for line in lines]
            commands = [(["sh", "-c", line], "") for line in lines]
        for command, given in commands:
            done = subprocess.run(command, input=given, capture_output=True, text=True)
            flat.same((done.returncode, done.stderr), (0, ""), command[-1] + given)
            flat.same(bool(done.stdout.strip()), True, f"{command[-1]} {given} says something")
    else:
        continue
    ran += 1

flat.same(len(names["rows"]), len(flat.rows()), "rows in pandas")
for name in ["vendor", "item_id", "status", "text", "number_raw", "date"]:
    column = names["rows"][name].fillna("").tolist()
    flat.same(names["lines"][name].fillna("").tolist(), column, f"{name} in rows.jsonl")
    flat.same(names["cells"][name].tolist(), column, f"{name} in rows.csv")
flat.same(ran > 10, True, "the blocks are there")
flat.passed(f"{ran} blocks of docs/analysts.md")
