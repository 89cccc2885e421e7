use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args as ArgGroup, ValueEnum};
use torikomi::config::{Language, MaxMemory, Output, Timeout};

use super::SettingsArgs;

/// Import sheets: documents, rows and an account of the run
///
/// Reads every sheet (text, CSV, TSV, Excel, OpenDocument, Word, PDF; told by content, not by name)
/// and writes to the out folder:
///
///   documents/<file name>.json  one per document
///   rows.jsonl, rows.csv        every row of the run
///   torikomi.xlsx, report.html  comparison and review
///   run.json                    what became of each input; written last
///
/// A document that fails never stops the others. Progress and messages go to standard error.
#[derive(Debug, ArgGroup)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  torikomi import sheets                          a folder, to ./out
  torikomi import a.xlsx b.csv --out imported     some files
  find . -name '*.xlsx' -print0 | torikomi import --files-from -
  torikomi import sheets --encoding cp932         text files known to be Shift_JIS
  torikomi import sheets --catalog meti-cloud-2010

Settings are also read from torikomi.toml in the working directory; flags win."
)]
pub struct ImportArgs {
    /// Files and folders (walked, sorted); `-` stands for the list given with --files-from
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
    pub paths: Vec<PathBuf>,
    /// Folder to write to [default: out]
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Also import the paths listed in FILE, one a line (or ended by NUL); `-` is standard input
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-")]
    pub files_from: Option<PathBuf>,
    /// Number of threads [default: one for each processor]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    pub isolation: IsolationArgs,
    /// What to write beside documents and run.json [default: jsonl,csv,xlsx,html]
    #[arg(short, long, value_name = "LIST", value_delimiter = ',')]
    pub write: Vec<Write>,
    /// Do not write torikomi.xlsx
    #[arg(long)]
    pub no_workbook: bool,
    /// Language of labels in the workbook and the report [default: ja]
    #[arg(long, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// Leave the timings out of run.json: the same input then gives the same bytes
    #[arg(long)]
    pub no_timings: bool,
    /// Wait while another import writes to the out folder, instead of giving up
    #[arg(long)]
    pub wait: bool,
    /// Print failures only
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub settings: SettingsArgs,
}

/// Where files are read, and what reading one may take.
#[derive(Debug, ArgGroup)]
#[command(next_help_heading = "Isolation")]
pub struct IsolationArgs {
    /// Read each file in a worker process, so that no file can take the run down
    /// [default, but on Windows]
    #[arg(long, overrides_with = "no_isolate")]
    pub isolate: bool,
    /// Read the files in this process, without the two limits below
    #[arg(long, overrides_with = "isolate")]
    pub no_isolate: bool,
    /// Most memory (address space) of a worker, e.g. 768M or 2G [default: 512M, and 64M for each
    /// MiB of the file, up to 4G]
    #[arg(long, value_name = "SIZE")]
    pub max_memory: Option<MaxMemory>,
    /// Longest time over a file, e.g. 30, 30s or 2m [default: 10s, and 4s for each MiB of the
    /// file]
    #[arg(long, value_name = "TIME")]
    pub timeout: Option<Timeout>,
}

/// What the rows are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Write {
    /// rows.jsonl: one object a line
    Jsonl,
    /// rows.csv: for spreadsheets
    Csv,
    /// torikomi.xlsx: comparison, review, what to ask back
    Xlsx,
    /// report.html: comparison and review in a browser
    Html,
    /// rows.parquet: for data frames
    Parquet,
    /// torikomi.sqlite: a database
    Sqlite,
    /// All of these
    All,
}

impl Write {
    /// What it stands for.
    pub fn outputs(self) -> Vec<Output> {
        match self {
            Write::Jsonl => vec![Output::Jsonl],
            Write::Csv => vec![Output::Csv],
            Write::Xlsx => vec![Output::Xlsx],
            Write::Html => vec![Output::Html],
            Write::Parquet => vec![Output::Parquet],
            Write::Sqlite => vec![Output::Sqlite],
            Write::All => Output::ALL.to_vec(),
        }
    }
}

/// A language of labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Japanese
    Ja,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Ja => Language::Ja,
            Lang::En => Language::En,
        }
    }
}
