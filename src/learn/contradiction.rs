use std::collections::BTreeMap;

use super::line::{Line, Wording};

/// Lines that say different things of one wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The lines' IDs.
    pub ids: Vec<String>,
    /// Who says what, and what to do.
    pub message: String,
}

/// All contradictions among lines, in the order of their wordings.
pub fn contradictions(lines: &[Line]) -> Vec<Contradiction> {
    let mut wordings: BTreeMap<Wording, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        wordings.entry(line.wording()).or_default().push(line);
    }
    let differ = |lines: &&Vec<&Line>| lines.iter().any(|l| l.item_id != lines[0].item_id);
    wordings.values().filter(differ).map(|l| told(l)).collect()
}

fn told(lines: &[&Line]) -> Contradiction {
    let said = lines.iter().map(|l| {
        let (item, source) = (l.item(), l.source());
        format!("{item} ({}: {source})", l.id)
    });
    let said: Vec<String> = said.collect();
    let words = [&lines[0].name, &lines[0].description];
    let words: Vec<&str> = words.iter().filter_map(|w| w.as_deref()).collect();
    Contradiction {
        ids: lines.iter().map(|l| l.id.clone()).collect(),
        message: format!(
            "「{}」 was decided to be {}; none of these is used: take back what is wrong with \
             `torikomi learn --forget ID`",
            words.join(" / "),
            said.join(" and "),
        ),
    }
}
