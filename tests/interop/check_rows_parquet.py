"""rows.parquet: as pyarrow, DuckDB, pandas and polars read it."""

import math

import flat

path = flat.out_folder() / "rows.parquet"
EXPECTED = [flat.typed(row) for row in flat.rows()]
NAMES = list(EXPECTED[0])


def plain(name, cell):
    """A cell of a data frame as JSON has it."""
    if cell is None or isinstance(cell, float) and math.isnan(cell):
        return None
    if hasattr(cell, "tolist"):
        cell = cell.tolist()
    if name == "bbox":
        # As short as the number goes in 32 bits, which is how JSON has it.
        return [float(numpy.format_float_positional(numpy.float32(n))) for n in cell]
    if name in flat.LISTS:
        return list(cell)
    if name in flat.INTEGERS:
        return int(cell)
    return cell


def check(found, reader):
    flat.same(len(found), len(EXPECTED), f"number of rows in {reader}")
    for place, (row, expected) in enumerate(zip(found, EXPECTED), 1):
        for name in NAMES:
            flat.same(plain(name, row[name]), expected[name], f"row {place}, {name} in {reader}")
    readers.append(reader)


numpy, parquet = flat.need("numpy", "pyarrow.parquet")
readers = []
file = parquet.ParquetFile(path)
flat.same(set(file.schema_arrow.names), set(NAMES), "columns")
for name in NAMES:
    described = file.schema_arrow.metadata.get(f"torikomi.column.{name}".encode(), b"")
    flat.same(len(described) > 3, True, f"{name} is described")
check(file.read().to_pylist(), "pyarrow")

pandas = flat.need("pandas")
check(pandas.read_parquet(path).to_dict("records"), "pandas")

duckdb = flat.need("duckdb")
table = duckdb.sql(f"SELECT * FROM '{path}'")
check([dict(zip(table.columns, row)) for row in table.fetchall()], "DuckDB")

polars = flat.need("polars")
check(polars.read_parquet(path).to_dicts(), "polars")
flat.passed(f"{len(EXPECTED)} rows in {', '.join(readers)}")
