//! The structure tree, as far as it says what marked content means: an element's ActualText stands
//! for all that the element holds.
//!
//! Source: ISO 32000-1, 14.7.4.4 (from a marked-content identifier to its element) and 14.9.4.

use std::rc::Rc;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object, String as PdfString};
use hayro_syntax::xref::XRef;
use rustc_hash::FxHashMap;

use super::marked::text_string;

/// Most nodes of the tree from pages to elements; one holds some 64 pages.
const MAX_NODES: usize = 20_000;
/// Most pages and forms in that tree, and most elements written in it directly.
const MAX_ENTRIES: usize = 500_000;
/// How far above its content an element's text may stand.
const MAX_HEIGHT: usize = 8;
/// Most elements below one that says a text.
const MAX_BELOW: usize = 500;
/// Elements that hold many texts: a text for all of them says nothing of cells and lines.
const GROUPS: [&[u8]; 12] = [
    b"Document",
    b"Part",
    b"Art",
    b"Sect",
    b"Div",
    b"Table",
    b"TR",
    b"THead",
    b"TBody",
    b"TFoot",
    b"L",
    b"TOC",
];

/// From a content stream's key (`StructParents`) to the elements of its marked content.
#[derive(Debug, Default)]
pub struct Structure {
    streams: FxHashMap<i32, Listed>,
}

#[derive(Debug)]
enum Listed {
    At(ObjRef),
    Here(Vec<Option<ObjRef>>),
}

/// What an element says of all it holds.
#[derive(Debug, Clone)]
pub struct Said {
    pub by: ObjRef,
    pub text: Rc<str>,
}

impl Structure {
    pub fn of(pdf: &Pdf) -> Structure {
        let mut structure = Structure::default();
        let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
        let tree = root.and_then(|r| r.get::<Dict<'_>>("StructTreeRoot"));
        if let Some(parents) = tree.and_then(|t| t.get::<Dict<'_>>("ParentTree")) {
            structure.read(parents);
        }
        structure
    }

    /// Reads a number tree.
    fn read(&mut self, root: Dict<'_>) {
        let mut open = vec![root];
        let (mut nodes, mut entries) = (0, 0);
        while let Some(node) = open.pop() {
            nodes += 1;
            if let Some(kids) = node.get::<Array<'_>>("Kids") {
                let room = MAX_NODES.saturating_sub(nodes + open.len());
                open.extend(kids.iter::<Dict<'_>>().take(room));
            }
            let Some(pairs) = node.get::<Array<'_>>("Nums") else {
                continue;
            };
            let mut pairs = pairs.raw_iter();
            while let (Some(key), Some(value)) = (pairs.next(), pairs.next()) {
                entries += 1;
                let MaybeRef::NotRef(Object::Number(key)) = key else {
                    continue;
                };
                let elements = match value {
                    MaybeRef::Ref(at) => Listed::At(at),
                    MaybeRef::NotRef(Object::Array(list)) => {
                        let list = references(&list, MAX_ENTRIES - entries.min(MAX_ENTRIES));
                        entries += list.len();
                        Listed::Here(list)
                    }
                    MaybeRef::NotRef(_) => continue,
                };
                if entries >= MAX_ENTRIES {
                    return;
                }
                self.streams.insert(key.as_i64() as i32, elements);
            }
        }
    }

    /// The elements of a content stream, by marked-content identifier.
    fn elements(&self, key: i32, xref: &XRef) -> Vec<Option<ObjRef>> {
        match self.streams.get(&key) {
            None => Vec::new(),
            Some(Listed::Here(list)) => list.clone(),
            Some(Listed::At(at)) => xref
                .get::<Array<'_>>((*at).into())
                .map(|list| references(&list, MAX_ENTRIES))
                .unwrap_or_default(),
        }
    }
}

fn references(list: &Array<'_>, most: usize) -> Vec<Option<ObjRef>> {
    let items = list.raw_iter().take(most);
    items.map(|item| item.as_obj_ref()).collect()
}

/// The elements met while a page is read, each looked at once.
pub struct Tags<'a, 's> {
    structure: &'s Structure,
    xref: &'a XRef,
    streams: FxHashMap<i32, Vec<Option<ObjRef>>>,
    said: FxHashMap<ObjRef, Option<Said>>,
    /// What looking cost, in operators.
    pub cost: u64,
}

impl<'a, 's> Tags<'a, 's> {
    pub fn new(structure: &'s Structure, xref: &'a XRef) -> Self {
        Tags {
            structure,
            xref,
            streams: FxHashMap::default(),
            said: FxHashMap::default(),
            cost: 0,
        }
    }

    /// What the structure tree says of a piece of marked content.
    pub fn said_of(&mut self, stream: i32, mcid: i32) -> Option<Said> {
        if self.structure.streams.is_empty() {
            return None;
        }
        if !self.streams.contains_key(&stream) {
            let elements = self.structure.elements(stream, self.xref);
            self.cost += elements.len() as u64 / 8;
            self.streams.insert(stream, elements);
        }
        let elements = self.streams.get(&stream)?;
        let at = *elements.get(usize::try_from(mcid).ok()?)?;
        self.said_by(at?, MAX_HEIGHT)
    }

    fn said_by(&mut self, at: ObjRef, height: usize) -> Option<Said> {
        if let Some(known) = self.said.get(&at) {
            return known.clone();
        }
        let xref: &'a XRef = self.xref;
        let element = xref.get::<Dict<'_>>(at.into())?;
        self.cost += 1 + element.data().len() as u64 / 256;
        let text = element
            .get::<PdfString<'_>>("ActualText")
            .map(|bytes| text_string(&bytes))
            .filter(|text| !text.is_empty());
        let said = match text {
            Some(text) if !is_group(&element) && self.is_on_one_page(&element) => Some(Said {
                by: at,
                text: text.into(),
            }),
            _ if height == 0 || is_group(&element) => None,
            _ => element
                .get_ref("P")
                .and_then(|parent| self.said_by(parent, height - 1)),
        };
        self.said.insert(at, said.clone());
        said
    }

    /// Whether all that an element holds is on one page: a text that is drawn on two cannot be
    /// told apart.
    fn is_on_one_page(&mut self, element: &Dict<'_>) -> bool {
        let mut page = None;
        let mut open = vec![element.clone()];
        let mut seen = 0;
        while let Some(element) = open.pop() {
            seen += 1;
            if seen > MAX_BELOW {
                return false;
            }
            self.cost += 1;
            if let Some(here) = element.get_ref("Pg")
                && *page.get_or_insert(here) != here
            {
                return false;
            }
            match element.get::<Object<'_>>("K") {
                Some(Object::Dict(kid)) => open.push(kid),
                Some(Object::Array(kids)) => {
                    let kids = kids.iter::<Object<'_>>().take(MAX_BELOW);
                    open.extend(kids.filter_map(|kid| match kid {
                        Object::Dict(kid) => Some(kid),
                        _ => None,
                    }));
                }
                _ => {}
            }
        }
        true
    }
}

fn is_group(element: &Dict<'_>) -> bool {
    let kind = element.get::<Name<'_>>("S");
    kind.is_some_and(|kind| GROUPS.contains(&&*kind))
}
