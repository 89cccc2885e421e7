use std::path::PathBuf;

use clap::Args as ArgGroup;

use super::SettingsArgs;

/// Say what changed from one edition of a sheet, or from one import, to another
///
/// OLD and NEW are each a sheet (imported in memory), a document (documents/*.json) or the out
/// folder of an import. Documents of two imports are matched by vendor, else by file name; those
/// without another edition are listed. Rows are matched by their item, else by number, name and
/// what they ask.
///
/// Reported are, gravest first: answers that turned (yes to no before all), quantities that got
/// worse, rows that are gone, other answers, what got better, rows that are new, other mappings.
/// Whether more or less of a quantity is better is known of some items (mappings/directions.json);
/// of the others it is said to have changed.
#[derive(Debug, ArgGroup)]
#[command(after_help = "\
Examples:
  torikomi diff 2025/kujira.xlsx 2026/kujira.xlsx     two editions of a sheet
  torikomi diff out/2025 out/2026                     two imports
  torikomi diff out/2025 out/2026 --xlsx changes.xlsx  the same as a workbook
  torikomi diff out/2025 new.xlsx                     a new edition of one of them
  torikomi diff old.csv new.csv --json | jq '.documents[].changes[] | select(.verdict == \"worse\")'

Exit codes:
  0  nothing changed
  1  something changed
  2  the command could not run")]
pub struct DiffArgs {
    /// Sheet, document or out folder
    pub old: PathBuf,
    /// Sheet, document or out folder
    pub new: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Also write the changes to a workbook
    #[arg(long, value_name = "FILE")]
    pub xlsx: Option<PathBuf>,
    #[command(flatten)]
    pub settings: SettingsArgs,
}

/// Say how much of each catalog sheets answer: items by document
///
/// PATH is a sheet or a folder of sheets (imported in memory), a document (documents/*.json) or the
/// out folder of an import. An item is missing from a document only if the document is about its
/// catalog: that is the catalog most of whose items it asks for, if these are at least a fifth of
/// its rows, and every catalog of which it asks for at least half of the items.
#[derive(Debug, ArgGroup)]
#[command(after_help = "\
Examples:
  torikomi coverage out                               what the last import read
  torikomi coverage sheets --catalog meti-cloud-2010
  torikomi coverage out --json | jq '.documents[].about[]'

Exit codes:
  0  done
  1  done, but some sheets could not be imported
  2  the command could not run")]
pub struct CoverageArgs {
    /// Sheets, documents or out folders
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub settings: SettingsArgs,
}
