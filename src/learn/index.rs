use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::contradiction::contradictions;
use super::line::{Line, Place, Wording};
use super::near::Near;

/// What was decided of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It means this item.
    Item(String),
    /// It is in no catalog.
    NoItem,
}

/// All that was learned, ready to be asked. Lines that contradict each other say nothing.
#[derive(Debug, Clone, Default)]
pub struct Learned {
    lines: Vec<Line>,
    /// By name and description: under which headings, and the line.
    exact: FxHashMap<(String, String), Vec<(Place, usize)>>,
    near: Near,
}

impl Learned {
    /// From the lines of the file.
    pub fn new(lines: Vec<Line>) -> Self {
        let mut learned = Learned::default();
        let disputed: BTreeSet<String> = contradictions(&lines)
            .into_iter()
            .flat_map(|c| c.ids)
            .collect();
        for (at, line) in lines.iter().enumerate() {
            if disputed.contains(&line.id) {
                continue;
            }
            let Wording {
                name,
                description,
                place,
            } = line.wording();
            if line.item_id.is_some() {
                learned.near.add(at, &name, &description);
            }
            let lines = learned.exact.entry((name, description)).or_default();
            lines.push((place, at));
        }
        learned.lines = lines;
        learned
    }

    /// Whether there is nothing to ask.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Its lines, in the order of the file.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The line about exactly this wording, all folded; `None` too where lines that fit equally
    /// well do not agree.
    pub fn exact(
        &self,
        name: &str,
        description: &str,
        section: &str,
        category: &str,
    ) -> Option<&Line> {
        if self.exact.is_empty() {
            return None;
        }
        let lines = self
            .exact
            .get(&(name.to_owned(), description.to_owned()))?
            .iter();
        let fitting: Vec<(u8, &Line)> = lines
            .map(|(place, at)| (place.fits(section, category), &self.lines[*at]))
            .filter(|(fit, _)| *fit > 0)
            .collect();
        let best = fitting.iter().map(|(fit, _)| *fit).max()?;
        let mut best = fitting.iter().filter(|(fit, _)| *fit == best);
        let (_, first) = best.next()?;
        let agreed = best.all(|(_, line)| line.item_id == first.item_id);
        agreed.then_some(*first)
    }

    /// The line whose wording is most like this one, and how like it is (0..1); only lines that
    /// name an item.
    pub fn near(&self, name: &str, description: &str) -> Option<(&Line, f32)> {
        let (at, likeness) = self.near.best(name, description, |a, b| {
            self.lines[a].item_id == self.lines[b].item_id
        })?;
        Some((&self.lines[at], likeness))
    }
}

impl Line {
    /// What it says.
    pub fn verdict(&self) -> Verdict {
        match &self.item_id {
            Some(id) => Verdict::Item(id.clone()),
            None => Verdict::NoItem,
        }
    }
}
