//! What can be asked for.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args as ArgGroup, Parser, Subcommand, ValueEnum};

mod compare;
mod import;

pub use compare::{CoverageArgs, DiffArgs};
pub use import::{ImportArgs, IsolationArgs};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Reads received security check sheets and maps every row to a canonical checklist item.
#[derive(Debug, Parser)]
#[command(name = "torikomi", version, styles = STYLES, max_term_width = 100)]
#[command(after_help = "\
Exit codes:
  0  every document was imported
  1  the run finished, some documents failed (each is named in run.json)
  2  the command itself could not run")]
pub struct Args {
    /// When to use colours; NO_COLOR is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Import(ImportArgs),
    Inspect(InspectArgs),
    Explain(ExplainArgs),
    Diff(DiffArgs),
    Coverage(CoverageArgs),
    Learn(LearnArgs),
    Catalog(CatalogArgs),
    Schema(SchemaArgs),
    Completions(CompletionsArgs),
}

/// Show what a stage made of a file, as JSON lines
///
///   extract    a table a line: cells as the file has them, with their place
///   interpret  a row a line: the sheet's own words by role, with diagnostics
///   normalize  a row a line, as in documents/*.json, before mapping
///   resolve    a row a line, as in documents/*.json
///   chars      a page a line: characters and rulings (PDF)
#[derive(Debug, ArgGroup)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  torikomi inspect sheet.xlsx --stage extract | jq -c '.cells[]?'
  torikomi inspect sheet.pdf --stage extract | jq -c '.found | values'
  torikomi inspect sheet.pdf --stage extract --debug-svg pages
  torikomi inspect sheet.txt --stage resolve | jq -r '[.item, .mapping.item_id] | @tsv'"
)]
pub struct InspectArgs {
    /// The file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The stage
    #[arg(long, value_name = "STAGE", default_value = "resolve")]
    pub stage: Stage,
    /// Also draw each page of a PDF to DIR/page-N.svg: characters, rulings (red), cells of ruled
    /// tables (blue) and of others (violet), lines outside tables (green); with --stage extract or
    /// chars
    #[arg(long, value_name = "DIR")]
    pub debug_svg: Option<PathBuf>,
    #[command(flatten)]
    pub settings: SettingsArgs,
}

/// Say why a row was mapped as it was
///
/// For each candidate: how well name and description fit, the words that counted, what agrees
/// around the row, and what keeps the row from being accepted.
#[derive(Debug, ArgGroup)]
#[command(after_help = "\
Examples:
  torikomi explain sheet.xlsx --row 12
  torikomi explain sheet.xlsx --row 12 --json | jq '.candidates[0]'")]
pub struct ExplainArgs {
    /// The file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The row, as in `row` of what an import writes
    #[arg(long, value_name = "N")]
    pub row: u32,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub settings: SettingsArgs,
}

/// Keep what reviewers decided, for the next sheet with the same words
///
/// DECISIONS is a torikomi.xlsx whose review sheet was filled in, or CSV with the columns document,
/// row, item_id (an item's ID, or `none`) and perhaps remark and date, or JSON lines with these
/// fields; an edited rows.csv will do. Documents are found in the out folder of the import. The exact wording is accepted next time, with the reason
/// `learned`; wording like it has the item among its candidates.
///
/// What is learned is kept in learned.jsonl: in the folder given with --mappings, else in the
/// working directory, or wherever --learned says. `import` reads the same file.
#[derive(Debug, ArgGroup)]
#[command(after_help = "\
Examples:
  torikomi learn out/torikomi.xlsx             filled in; documents in the same folder
  torikomi learn reviewed.csv                  documents in ./out
  torikomi learn reviewed.csv --out imported
  torikomi learn --list                        number, ID, item, words, where and when decided
  torikomi learn --forget 3 --forget L0f3a6b9c2d

Exit codes:
  0  done
  1  done, but decisions contradict each other: none of these is used
  2  nothing was learned")]
pub struct LearnArgs {
    /// Reviewed rows; `-` is standard input
    #[arg(
        value_name = "DECISIONS",
        required_unless_present_any = ["list", "forget"],
        conflicts_with_all = ["list", "forget"]
    )]
    pub decisions: Option<PathBuf>,
    /// Out folder of the import that was reviewed [default: the folder of DECISIONS where it is one,
    /// else out]
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// List what was learned: tab-separated lines
    #[arg(long)]
    pub list: bool,
    /// Take a line back, by its number in the list or its ID (may be repeated)
    #[arg(long, value_name = "LINE", conflicts_with = "list")]
    pub forget: Vec<String>,
    #[command(flatten)]
    pub settings: SettingsArgs,
}

/// List, check, make, compare and convert catalogs of canonical items
#[derive(Debug, ArgGroup)]
pub struct CatalogArgs {
    #[command(subcommand)]
    pub command: CatalogCommand,
    #[command(flatten)]
    pub settings: SettingsArgs,
}

#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// The catalogs, or with --items their items: tab-separated lines
    List {
        /// List items: catalog, ID, number, section, category, name, description
        #[arg(long)]
        items: bool,
    },
    /// Load every data file and name each fault with file and line; name items that cannot be told
    /// apart
    Check,
    /// Make a catalog from a company's own check sheet
    ///
    /// The sheet is read as an import reads it. IDs are made of the sheet's own numbers where each
    /// row has one of its own: ACME-001, ACME-002 …
    #[command(after_help = "\
Examples:
  torikomi catalog from template.xlsx --id ACME -o acme.json
  torikomi import returned --catalog acme.json")]
    From {
        /// The check sheet, in any format
        #[arg(value_name = "TEMPLATE")]
        template: PathBuf,
        /// The catalog's ID, and in upper case the beginning of its items' IDs
        #[arg(long, value_name = "ID")]
        id: String,
        /// What the catalog is called [default: the sheet's title]
        #[arg(long)]
        title: Option<String>,
        /// File to write [default: standard output]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// What changed from one catalog to another: tab-separated lines
    ///
    /// Kind (gone, added, renumbered, renamed, reworded, unit, moved), ID before, ID after, before,
    /// after.
    Diff {
        /// A catalog's ID or file
        before: String,
        /// A catalog's ID or file
        after: String,
    },
    /// Write a catalog as JSON, or as CSV for a spreadsheet
    Export {
        /// A catalog's ID or file
        catalog: String,
        /// Write CSV
        #[arg(long)]
        csv: bool,
        /// File to write [default: standard output]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Make a catalog from CSV, as `export --csv` writes it
    Import {
        /// The CSV file
        #[arg(value_name = "FILE")]
        csv: PathBuf,
        /// The catalog's ID [default: what the file says]
        #[arg(long, value_name = "ID")]
        id: Option<String>,
        /// What the catalog is called [default: what the file says]
        #[arg(long)]
        title: Option<String>,
        /// File to write [default: standard output]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// Print the JSON Schema of what an import writes
#[derive(Debug, ArgGroup)]
pub struct SchemaArgs {
    /// Which file's
    #[arg(value_name = "NAME", default_value = "document")]
    pub name: SchemaOf,
}

/// Print a completion script for a shell
#[derive(Debug, ArgGroup)]
#[command(after_help = "\
Examples:
  torikomi completions bash > ~/.local/share/bash-completion/completions/torikomi
  torikomi completions zsh > \"${fpath[1]}/_torikomi\"")]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// What `torikomi.toml` can say too.
#[derive(Debug, ArgGroup)]
#[command(next_help_heading = "Settings")]
pub struct SettingsArgs {
    /// Settings file [default: torikomi.toml in the working directory, if there is one]
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Folder of data files (catalogs, marks, header words) used instead of the built-in ones
    #[arg(long, value_name = "DIR", global = true)]
    pub mappings: Option<PathBuf>,
    /// File of what reviewers decided [default: learned.jsonl in the --mappings folder, else in the
    /// working directory]
    #[arg(long, value_name = "FILE", global = true)]
    pub learned: Option<PathBuf>,
    /// Map to this catalog only, by its ID or file (may be repeated) [default: all]
    #[arg(long, value_name = "ID|FILE", global = true)]
    pub catalog: Vec<String>,
    /// Encoding of all text files, e.g. cp932, euc-jp, utf-16le [default: detected for each]
    #[arg(long, value_name = "LABEL", global = true)]
    pub encoding: Option<String>,
    /// Share of accepted rows that must be right, 0 to 1: higher accepts less [default: 0.99]
    #[arg(long, value_name = "SHARE", global = true)]
    pub min_precision: Option<f64>,
    /// Password to try on encrypted PDFs (may be repeated)
    #[arg(long, value_name = "PASSWORD", global = true)]
    pub password: Vec<String>,
    /// File of passwords to try on encrypted PDFs, one a line
    #[arg(long, value_name = "FILE", global = true)]
    pub password_file: Option<PathBuf>,
    /// Keep hidden sheets, rows and columns and struck-through text
    #[arg(long, global = true)]
    pub include_hidden: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

/// A stage to inspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    Chars,
    Extract,
    Interpret,
    Normalize,
    Resolve,
}

/// A shape to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// documents/*.json
    Document,
    /// A line of rows.jsonl
    Rows,
    /// run.json
    Run,
}
