//! Styles of an ODS: which are struck through, which hide a sheet.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::super::xml;

/// How far a style's parents are followed.
const MAX_PARENTS: usize = 16;

/// Styles by family and name.
#[derive(Debug, Default)]
pub struct Styles {
    known: HashMap<(Family, String), Style>,
}

/// What a style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// A cell.
    Cell,
    /// A run of text.
    Text,
    /// A sheet.
    Sheet,
}

#[derive(Debug, Default)]
struct Style {
    parent: String,
    struck: Option<bool>,
    hidden: bool,
}

impl Styles {
    /// Adds the styles of a part; later ones of the same name win.
    pub fn read(&mut self, part: &str) {
        let mut reader = xml::reader(part);
        let mut open: Option<((Family, String), Style)> = None;
        loop {
            match xml::next(&mut reader) {
                Event::Start(e) => match e.local_name().as_ref() {
                    "style" => {
                        let family = match xml::attr(&e, "family").as_deref() {
                            Some("table-cell") => Family::Cell,
                            Some("text") => Family::Text,
                            Some("table") => Family::Sheet,
                            _ => continue,
                        };
                        let name = xml::attr(&e, "name").unwrap_or_default().into_owned();
                        let style = Style {
                            parent: xml::attr(&e, "parent-style-name")
                                .unwrap_or_default()
                                .into_owned(),
                            ..Style::default()
                        };
                        open = Some(((family, name), style));
                    }
                    "text-properties" => {
                        if let Some((_, style)) = &mut open {
                            let line = xml::attr(&e, "text-line-through-style")
                                .or_else(|| xml::attr(&e, "text-line-through-type"));
                            style.struck = line.map(|l| l != "none");
                        }
                    }
                    "table-properties" => {
                        if let Some((_, style)) = &mut open {
                            style.hidden = xml::truth(&e, "display") == Some(false);
                        }
                    }
                    // Everything after the styles is content.
                    "body" => return,
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "style" => {
                    self.known.extend(open.take());
                }
                Event::Eof => return,
                _ => {}
            }
        }
    }

    /// Hands what parents say down to their children. Call once, when all parts are read.
    pub fn inherit(&mut self) {
        for _ in 0..MAX_PARENTS {
            let said: HashMap<(Family, &str), bool> = self
                .known
                .iter()
                .filter_map(|((family, name), s)| Some(((*family, name.as_str()), s.struck?)))
                .collect();
            let mut heirs = Vec::new();
            for ((family, name), style) in &self.known {
                let parent = said.get(&(*family, style.parent.as_str()));
                if let (None, Some(struck)) = (style.struck, parent) {
                    heirs.push(((*family, name.clone()), *struck));
                }
            }
            if heirs.is_empty() {
                return;
            }
            for (key, struck) in heirs {
                if let Some(style) = self.known.get_mut(&key) {
                    style.struck = Some(struck);
                }
            }
        }
    }

    /// Whether a style strikes its text through; `None` when it does not say.
    pub fn struck(&self, family: Family, name: &str) -> Option<bool> {
        self.known.get(&(family, name.to_owned()))?.struck
    }

    /// Whether a sheet's style hides it.
    pub fn hides(&self, name: &str) -> bool {
        let style = self.known.get(&(Family::Sheet, name.to_owned()));
        style.is_some_and(|s| s.hidden)
    }
}
