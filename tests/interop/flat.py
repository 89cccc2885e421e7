"""What every table of the rows should hold, from rows.jsonl, and how a check speaks.

The text forms of lists are those of docs/schema.md.
"""

import json
import sys
from decimal import Decimal
from pathlib import Path

SKIPPED = 77

# Lists in JSON or of JSON, with the text form of a member.
LISTS = ["bbox", "number_path", "values", "reasons", "candidates", "related", "other", "moved", "raw"]
INTEGERS = ["row", "table", "page", "line"]
NUMBERS = ["confidence"]


def out_folder():
    return Path(sys.argv[1])


def binary():
    return sys.argv[2]


def need(*modules):
    """Imports modules, or ends the check as skipped."""
    found = []
    for name in modules:
        try:
            found.append(__import__(name, fromlist=["_"]))
        except ImportError:
            skip(f"no {name}")
    return found if len(found) > 1 else found[0]


def skip(why):
    print(f"{Path(sys.argv[0]).name}: skipped: {why}")
    sys.exit(SKIPPED)


def passed(what):
    print(f"{Path(sys.argv[0]).name}: {what}")


def same(found, expected, what):
    if found != expected:
        name = Path(sys.argv[0]).name
        sys.exit(f"{name}: {what}\n  found    {found!r}\n  expected {expected!r}")


def number(n):
    """A number as the program writes it: no exponent, no fraction where there is none."""
    if float(n).is_integer():
        return str(int(n))
    return format(Decimal(repr(float(n))), "f")


def rows():
    """The rows of rows.jsonl."""
    with open(out_folder() / "rows.jsonl", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    if len(found) < 400:
        sys.exit(f"{len(found)} rows: the fixtures are not there")
    return found


def value(v):
    span = None
    if v["number"] is not None and v.get("max") is not None:
        span = f"{number(v['number'])}..{number(v['max'])}"
    elif v["number"] is not None:
        span = number(v["number"])
    parts = [v["kind"], v["op"], span, v["unit"], v.get("iso")]
    return " ".join(p for p in parts if p is not None)


def moved(m):
    certain = "" if m["certain"] else ", not certain"
    return f"from column {m['from_column']} by {m['by']}{certain}"


def members(name, cell):
    """The members of a list column; None where the column is null."""
    if name in ("bbox", "number_path"):
        return cell
    if name == "values":
        return [value(v) for v in cell]
    if name == "candidates":
        return [f"{c['item_id']} {number(c['score'])}" for c in cell]
    if name == "related":
        return [f"{r['relation']} {r['item_id']}" for r in cell]
    if name == "other":
        return [c["text"] if c["title"] is None else f"{c['title']}: {c['text']}" for c in cell]
    if name == "moved":
        return [] if cell is None else [moved(cell)]
    if name == "raw":
        return [f"{field}: {text}" for field, text in sorted(cell.items())]
    return cell


def typed(row):
    """A row with its lists as lists of texts and numbers."""
    return {name: members(name, cell) if name in LISTS else cell for name, cell in row.items()}


def text(name, cell):
    """A cell of `typed` as rows.csv shows it, without its protection from formulas."""
    if cell is None:
        return ""
    if name in LISTS:
        return "; ".join(m if isinstance(m, str) else number(m) for m in cell)
    if name in INTEGERS + NUMBERS:
        return number(cell)
    return cell


def protected(cell):
    """A cell as rows.csv holds it."""
    return "'" + cell if cell[:1] in set("=+-@＝＋－＠\t\r\n'") and cell else cell
