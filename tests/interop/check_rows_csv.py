"""rows.csv: as the csv module and pandas read it."""

import csv

import flat

EXPECTED = [{n: flat.text(n, c) for n, c in flat.typed(r).items()} for r in flat.rows()]


def unprotected(cell):
    return cell[1:] if cell.startswith("'") else cell


path = flat.out_folder() / "rows.csv"
with open(path, encoding="utf-8-sig", newline="") as lines:
    found = [{n: unprotected(c) for n, c in row.items()} for row in csv.DictReader(lines)]
flat.same(len(found), len(EXPECTED), "number of rows")
for place, (row, expected) in enumerate(zip(found, EXPECTED), 1):
    for name, cell in expected.items():
        flat.same(row[name], cell, f"record {place}, {name}")

pandas = flat.need("pandas")
frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
frame = frame.map(unprotected)
flat.same(list(frame.columns), list(found[0]), "columns in pandas")
for place, (row, expected) in enumerate(zip(frame.to_dict("records"), EXPECTED), 1):
    flat.same(row, {n: expected[n] for n in row}, f"record {place} in pandas")
flat.passed(f"{len(found)} rows in the csv module and in pandas {pandas.__version__}")
