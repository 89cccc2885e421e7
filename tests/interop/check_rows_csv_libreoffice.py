"""rows.csv opened in LibreOffice: every cell as it is written, and no formula."""

import csv
import shutil
import subprocess
import tempfile
from pathlib import Path

import flat

openpyxl = flat.need("openpyxl")
office = shutil.which("soffice") or shutil.which("libreoffice")
if not office:
    flat.skip("no LibreOffice")


def opened(path, scratch, name, options):
    """The cells of rows.csv after LibreOffice has opened and saved it."""
    copy = scratch / f"{name}.csv"
    shutil.copy(path, copy)
    command = [office, "--headless", f"-env:UserInstallation=file://{scratch}/profile"]
    command += [f"--infilter=Text - txt - csv (StarCalc):{options}", "--convert-to", "xlsx"]
    command += ["--outdir", str(scratch), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100)
    saved = scratch / f"{name}.xlsx"
    if not saved.exists():
        raise SystemExit(f"LibreOffice wrote nothing: {done.stdout}{done.stderr}")
    return list(openpyxl.load_workbook(saved).active.iter_rows())


path = flat.out_folder() / "rows.csv"
with open(path, encoding="utf-8-sig", newline="") as lines:
    expected = list(csv.reader(lines))
columns = len(expected[0])
with tempfile.TemporaryDirectory() as folder:
    scratch = Path(folder)
    # Separator, quote, UTF-8, first line; then all columns as text.
    as_text = "/".join(f"{n}/2" for n in range(1, columns + 1))
    texts = opened(path, scratch, "texts", f"44,34,76,1,{as_text},0,false,false,false")
    flat.same(len(texts), len(expected), "number of records")
    for place, (record, cells) in enumerate(zip(texts, expected), 1):
        found = ["" if c.value is None else str(c.value) for c in record]
        found += [""] * (columns - len(found))
        # The workbook format has no carriage return in a cell.
        cells = [c.replace("\r\n", "\n") for c in cells]
        flat.same([f.replace("\r\n", "\n") for f in found], cells, f"record {place}")
    # As a double click opens it: LibreOffice tells numbers and dates by their look.
    for place, record in enumerate(opened(path, scratch, "guessed", "44,34,76,1,,0,false,true,false"), 1):
        for cell in record:
            if cell.data_type == "f":
                raise SystemExit(f"record {place}: {cell.coordinate} became a formula: {cell.value}")
flat.passed(f"{len(expected) - 1} rows in LibreOffice, no formula")
