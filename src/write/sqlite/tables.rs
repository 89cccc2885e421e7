//! What the database looks like. The same words make its tables, the comments in them, and the page
//! that documents them.

use crate::write::column::COLUMNS;
use crate::write::schema;

/// A table or a view of the database.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What a row of it is.
    pub meaning: &'static str,
    /// Its columns.
    pub fields: Vec<Field>,
    /// Keys over several columns, and how it is stored.
    end: &'static str,
    /// Of a view: the query.
    pub query: Option<&'static str>,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its type and what holds for it; of a view's columns nothing.
    pub kind: &'static str,
    /// What it holds.
    pub meaning: String,
}

/// Name, type, meaning.
type Line = (&'static str, &'static str, &'static str);

const DOCUMENTS: &[Line] = &[
    (
        "document_id",
        "INTEGER PRIMARY KEY",
        "Imported ones first, each in input order.",
    ),
    (
        "position",
        "INTEGER",
        "1-based place among the inputs of the run.",
    ),
    ("path", "TEXT NOT NULL", "The input, as given."),
    (
        "status",
        "TEXT NOT NULL",
        "`imported`, `failed` or `skipped`.",
    ),
    (
        "document",
        "TEXT UNIQUE",
        "Its file in the out folder; null unless imported.",
    ),
    ("format", "TEXT", "What the input is; null unless imported."),
    (
        "sha256",
        "TEXT",
        "SHA-256 of its bytes, in hexadecimal; null when it was not read.",
    ),
    ("title", "TEXT", "The sheet's title."),
    ("vendor", "TEXT", "Who answers."),
    ("date", "TEXT", "When it was answered, ISO 8601."),
    ("rows", "INTEGER NOT NULL", "Its rows."),
    (
        "accepted",
        "INTEGER NOT NULL",
        "Rows that nobody needs to look at again.",
    ),
    ("review", "INTEGER NOT NULL", "Rows that a person decides."),
    ("unmapped", "INTEGER NOT NULL", "Rows in no catalog."),
    ("blank", "INTEGER NOT NULL", "Rows without an answer."),
    (
        "outside",
        "INTEGER NOT NULL",
        "Pieces of text that are no row.",
    ),
    ("warnings", "INTEGER NOT NULL", "Its warnings."),
    (
        "reason",
        "TEXT",
        "Why it failed or was skipped: the name in `run.json`.",
    ),
    ("place", "TEXT", "Where in the file it failed."),
    ("message", "TEXT", "Why, in words."),
    ("hint", "TEXT", "What to do about it."),
];

const ROWS: &[Line] = &[
    (
        "row_id",
        "INTEGER PRIMARY KEY",
        "In the order of `rows.jsonl`.",
    ),
    (
        "document_id",
        "INTEGER NOT NULL REFERENCES documents",
        "The document it is part of.",
    ),
];

const ROW: Line = ("row_id", "INTEGER NOT NULL REFERENCES rows", "The row.");
const POSITION: Line = (
    "position",
    "INTEGER NOT NULL",
    "1-based place in the row's list.",
);
const DOCUMENT: Line = (
    "document_id",
    "INTEGER NOT NULL REFERENCES documents",
    "The document.",
);

const CANDIDATES: &[Line] = &[
    ROW,
    ("position", "INTEGER NOT NULL", "1 is the best."),
    ("item_id", "TEXT NOT NULL", "The item."),
    ("score", "REAL NOT NULL", "0..1: how well it fits."),
];

const VALUES: &[Line] = &[
    ROW,
    POSITION,
    (
        "kind",
        "TEXT NOT NULL",
        "What it measures: `duration`, `percentage` …",
    ),
    (
        "op",
        "TEXT",
        "How the answer compares with the number: `<=`, `>=` …; null when it just says so.",
    ),
    ("number", "REAL", "The number; the lower one of a range."),
    ("max", "REAL", "The upper number of a range."),
    ("unit", "TEXT", "Unit of `number`."),
    (
        "iso",
        "TEXT",
        "ISO 8601, or a version, where a number does not say it.",
    ),
    ("text", "TEXT NOT NULL", "The words it was read from."),
];

const REASONS: &[Line] = &[
    ROW,
    POSITION,
    (
        "reason",
        "TEXT NOT NULL",
        "Why the row is under review or unmapped.",
    ),
];

const WARNINGS: &[Line] = &[
    DOCUMENT,
    (
        "position",
        "INTEGER NOT NULL",
        "1-based place in the document's list.",
    ),
    ("code", "TEXT NOT NULL", "What kind it is."),
    (
        "message",
        "TEXT NOT NULL",
        "What was seen, what follows from it, and what to do.",
    ),
    ("first_row", "INTEGER", "First row it concerns."),
    ("last_row", "INTEGER", "Last row it concerns."),
    ("place", "TEXT", "Page, sheet, cell or line, in words."),
];

const ITEMS: &[Line] = &[
    ("item_id", "TEXT PRIMARY KEY", "Its ID."),
    ("catalog", "TEXT NOT NULL", "The catalog it is in."),
    (
        "position",
        "INTEGER NOT NULL",
        "1-based place over all catalogs.",
    ),
    ("no", "TEXT", "Its number in the catalog."),
    ("section", "TEXT", "Its section."),
    ("category", "TEXT", "Its category."),
    ("name", "TEXT", "Its name."),
    ("name_en", "TEXT", "Its name in English."),
    ("description", "TEXT", "What it asks for."),
    ("unit", "TEXT", "The kind of answer it expects."),
];

const ABOUT: &[Line] = &[
    DOCUMENT,
    (
        "catalog",
        "TEXT NOT NULL",
        "A catalog that the sheet is about.",
    ),
];

const COMPARISON: &[Line] = &[
    ("catalog", "", "The item's catalog."),
    ("position", "", "The item's place over all catalogs."),
    ("item_id", "", "The item."),
    ("item", "", "What it is called, or what it asks for."),
    ("document_id", "", "The document."),
    ("document", "", "The document's file."),
    ("vendor", "", "Who answers."),
    (
        "row_id",
        "",
        "The row; null where the document does not ask for the item.",
    ),
    ("row", "", "The row's place in the document."),
    (
        "status",
        "",
        "What the answer amounts to; `missing` where there is no row.",
    ),
    ("mark", "", "The answer's yes/no mark."),
    ("text", "", "What the answer says after its mark."),
    (
        "decision",
        "",
        "Whether somebody needs to look at the mapping.",
    ),
];

const COMPARISON_QUERY: &str = "\
SELECT i.catalog, i.position, i.item_id, coalesce(i.name, i.description, i.item_id) AS item,
       d.document_id, d.document, d.vendor,
       r.row_id, r.row, coalesce(r.status, 'missing') AS status, r.mark, r.text, r.decision
  FROM items AS i
 CROSS JOIN documents AS d
  LEFT JOIN rows AS r ON r.document_id = d.document_id AND r.item_id = i.item_id
 WHERE d.status = 'imported'
   AND (r.row_id IS NOT NULL OR EXISTS (
       SELECT 1 FROM about AS a WHERE a.document_id = d.document_id AND a.catalog = i.catalog))";

const COVERAGE: &[Line] = &[
    ("document_id", "", "The document."),
    ("document", "", "The document's file."),
    ("vendor", "", "Who answers."),
    ("catalog", "", "A catalog that the sheet is about."),
    ("items", "", "Items of the catalog."),
    ("answered", "", "Items with an answer."),
    ("blank", "", "Items that are asked and not answered."),
    ("missing", "", "Items that are not asked."),
];

const COVERAGE_QUERY: &str = "\
SELECT d.document_id, d.document, d.vendor, a.catalog,
       count(*) AS items,
       sum(coalesce(r.answered, 0)) AS answered,
       sum(coalesce(1 - r.answered, 0)) AS blank,
       sum(r.item_id IS NULL) AS missing
  FROM about AS a
  JOIN documents AS d ON d.document_id = a.document_id
  JOIN items AS i ON i.catalog = a.catalog
  LEFT JOIN (SELECT document_id, item_id, max(status <> 'blank') AS answered
               FROM rows WHERE item_id IS NOT NULL GROUP BY document_id, item_id) AS r
    ON r.document_id = a.document_id AND r.item_id = i.item_id
 GROUP BY a.document_id, a.catalog";

/// An index that grows at its end alone, and is made on the way: reading everything again for it
/// would take longer.
pub(super) const IN_ORDER: &str = "\
CREATE UNIQUE INDEX rows_by_document ON rows (document_id, \"row\");
";

/// Made when everything is in the tables.
pub(super) const INDEXES: &str = "\
CREATE INDEX rows_by_item ON rows (item_id, document_id);
CREATE INDEX items_by_catalog ON items (catalog);
";

/// The tables and views, in the order in which they are made.
pub fn tables() -> Vec<Table> {
    const IN_ROW: &str = "PRIMARY KEY (row_id, position)) WITHOUT ROWID";
    let mut rows = table(
        "rows",
        "A row of a sheet: the columns above, and its keys.",
        ROWS,
        ")",
    );
    let meanings = schema::meanings();
    rows.fields.extend(COLUMNS.iter().map(|column| Field {
        name: column.name,
        kind: column.kind.sqlite(),
        meaning: meanings.get(column.name).cloned().unwrap_or_default(),
    }));
    vec![
        table(
            "documents",
            "An input of the run, whatever became of it.",
            DOCUMENTS,
            ")",
        ),
        rows,
        table(
            "candidates",
            "An item that a row might mean.",
            CANDIDATES,
            IN_ROW,
        ),
        table(
            "values",
            "A quantity in an answer; the name has to be quoted.",
            VALUES,
            IN_ROW,
        ),
        table("reasons", "Why a row needs a look.", REASONS, IN_ROW),
        table(
            "warnings",
            "Something worth telling about a place in a document.",
            WARNINGS,
            "PRIMARY KEY (document_id, position)) WITHOUT ROWID",
        ),
        table(
            "items",
            "A canonical item of a catalog in use.",
            ITEMS,
            ") WITHOUT ROWID",
        ),
        table(
            "about",
            "A catalog that a document is about: the one it asks most items of, if these are at \
             least a fifth of its rows, and every one of which it asks at least half of the items.",
            ABOUT,
            "PRIMARY KEY (document_id, catalog)) WITHOUT ROWID",
        ),
        view(
            "comparison",
            "Item by document: a line for each row that asks for the item, and one where a \
             document that is about the catalog has none.",
            COMPARISON,
            COMPARISON_QUERY,
        ),
        view(
            "coverage",
            "How much of each catalog that it is about a document answers.",
            COVERAGE,
            COVERAGE_QUERY,
        ),
    ]
}

fn table(name: &'static str, meaning: &'static str, lines: &[Line], end: &'static str) -> Table {
    let field = |(name, kind, meaning): &Line| Field {
        name,
        kind,
        meaning: (*meaning).to_owned(),
    };
    Table {
        name,
        meaning,
        fields: lines.iter().map(field).collect(),
        end,
        query: None,
    }
}

fn view(name: &'static str, meaning: &'static str, lines: &[Line], query: &'static str) -> Table {
    Table {
        query: Some(query),
        ..table(name, meaning, lines, "")
    }
}

impl Table {
    /// The statement that makes it, with what its columns hold in comments.
    pub(super) fn statement(&self) -> String {
        if let Some(query) = self.query {
            return format!("CREATE VIEW {} AS -- {}\n{query}", self.name, self.meaning);
        }
        let mut statement = format!("CREATE TABLE \"{}\" ( -- {}\n", self.name, self.meaning);
        let has_end = self.end.starts_with("PRIMARY");
        for (at, field) in self.fields.iter().enumerate() {
            let comma = if at + 1 < self.fields.len() || has_end {
                ","
            } else {
                ""
            };
            let (name, kind, meaning) = (field.name, field.kind, &field.meaning);
            statement += &format!("  \"{name}\" {kind}{comma} -- {meaning}\n");
        }
        statement + self.end
    }

    /// The statement that fills it, with a place for each column.
    pub(super) fn insertion(&self) -> String {
        let places = vec!["?"; self.fields.len()].join(", ");
        format!("INSERT INTO \"{}\" VALUES ({places})", self.name)
    }
}
