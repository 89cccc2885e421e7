//! Layers (optional content) that the document switches off.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef};

/// The layers that are off when the document is opened.
#[derive(Debug, Default)]
pub struct Layers {
    off: Vec<ObjRef>,
}

impl Layers {
    pub fn of(pdf: &Pdf) -> Layers {
        Layers {
            off: Layers::read(pdf).unwrap_or_default(),
        }
    }

    fn read(pdf: &Pdf) -> Option<Vec<ObjRef>> {
        let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
        let properties = root.get::<Dict<'_>>("OCProperties")?;
        let config = properties.get::<Dict<'_>>("D")?;
        let refs = |array: Option<Array<'_>>| -> Vec<ObjRef> {
            let items = array
                .into_iter()
                .flat_map(|a| a.raw_iter().collect::<Vec<_>>());
            let refs = items.filter_map(|item| match item {
                MaybeRef::Ref(r) => Some(r),
                MaybeRef::NotRef(_) => None,
            });
            refs.take(10_000).collect()
        };
        let off = refs(config.get::<Array<'_>>("OFF"));
        if config.get::<Name<'_>>("BaseState").as_deref() != Some(b"OFF") {
            return Some(off);
        }
        let on = refs(config.get::<Array<'_>>("ON"));
        let all = refs(properties.get::<Array<'_>>("OCGs"));
        Some(all.into_iter().filter(|r| !on.contains(r)).collect())
    }

    pub fn hides(&self, layer: Option<ObjRef>) -> bool {
        !self.off.is_empty() && layer.is_some_and(|r| self.off.contains(&r))
    }
}
