use super::{CatalogInfo, export};
use crate::catalog::Catalog;
use crate::config::{Language, Output};

/// What a run writes, and what the files for people need to know beyond its documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The outputs, in the order of [`Output::ALL`], each once.
    outputs: Vec<Output>,
    /// The catalogs rows are mapped to, in their order.
    pub catalogs: Vec<Catalog>,
    /// The language of labels.
    pub language: Language,
}

impl Plan {
    /// A plan to write `outputs`, in whatever order they are named.
    pub fn new(outputs: &[Output], catalogs: Vec<Catalog>, language: Language) -> Self {
        let mut outputs = outputs.to_vec();
        outputs.sort_unstable();
        outputs.dedup();
        Plan {
            outputs,
            catalogs,
            language,
        }
    }

    /// What is written.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// Whether something is written that needs the documents themselves.
    pub fn has_run_files(&self) -> bool {
        self.outputs.iter().any(|o| export(*o).is_none())
    }

    /// The catalogs, as `run.json` names them.
    pub fn catalog_infos(&self) -> Vec<CatalogInfo> {
        let info = |c: &Catalog| CatalogInfo {
            id: c.id.clone(),
            title: c.title.clone(),
            items: c.items.len() as u64,
        };
        self.catalogs.iter().map(info).collect()
    }
}

impl Default for Plan {
    /// Rows for programs and spreadsheets, without catalogs.
    fn default() -> Self {
        let outputs = [Output::Jsonl, Output::Csv];
        Plan::new(&outputs, Vec::new(), Language::default())
    }
}
