//! Rows made of the catalogs' own forms.

use super::super::*;

/// A small generator of numbers (SplitMix64).
pub(super) struct Chance(pub u64);

impl Chance {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub(super) fn share(&mut self) -> f64 {
        self.next() as f64 / u64::MAX as f64
    }
}

/// A made row.
pub(super) struct Sample {
    pub kind: &'static str,
    /// The group that is fitted on or held apart as a whole.
    pub group: u32,
    pub name: String,
    pub description: String,
    /// Forms, or all forms of one number, that the index must not know.
    pub hidden: Vec<u32>,
    pub hidden_number: Option<u32>,
    /// The right item; none when no item is.
    pub truth: Option<u32>,
}

/// How many of a text's characters slip, by round: each shape of row has some with few and some with
/// many.
const SLIPS: [f64; 12] = [
    0.0, 0.0, 0.0, 0.05, 0.05, 0.05, 0.15, 0.1, 0.1, 0.3, 0.2, 0.2,
];

/// What is put around a form: phrases that change nothing, and words that ask for something else.
pub(super) struct Phrases {
    /// `{}` is the form.
    pub same: &'static [&'static str],
    /// `{}` is the form, `[]` a word of a subject outside the catalogs.
    pub else_: &'static [&'static str],
}

pub(super) struct Maker<'a> {
    pub texts: Vec<Form>,
    pub items: u32,
    pub chance: Chance,
    pub phrases: &'a Phrases,
    /// Makes a text comparable.
    pub canonical: &'a dyn Fn(&str) -> String,
    pub samples: Vec<Sample>,
}

impl Maker<'_> {
    fn of(&self, number: u32, kind: Kind) -> Vec<u32> {
        let forms = self.texts.iter().enumerate();
        let own = forms.filter(|(_, t)| t.item == number && t.kind == kind);
        own.map(|(i, _)| i as u32).collect()
    }

    fn text(&self, form: Option<u32>) -> String {
        form.map_or_else(String::new, |f| self.texts[f as usize].text.clone())
    }

    fn add(&mut self, kind: &'static str, group: u32, name: Option<u32>, asked: Option<u32>) {
        let truth = (group < self.items).then_some(group);
        let sample = Sample {
            kind,
            group,
            name: self.text(name),
            description: self.text(asked),
            hidden: name.into_iter().chain(asked).collect(),
            hidden_number: truth.is_none().then_some(group),
            truth,
        };
        self.samples.push(sample);
    }

    /// Recognition slips: characters replaced, lost or doubled.
    fn slips(&mut self, text: &str, rate: f64) -> String {
        let pool: Vec<char> = self.texts[self.chance.below(self.texts.len())]
            .text
            .chars()
            .collect();
        let mut out = String::new();
        for c in text.chars() {
            if c.is_ascii() || self.chance.share() >= rate {
                out.push(c);
                continue;
            }
            match self.chance.below(4) {
                0 => (),
                1 => out.extend([c, c]),
                _ => out.push(pool[self.chance.below(pool.len())]),
            }
        }
        out
    }

    pub(super) fn make(&mut self, total: u32) {
        for number in 0..total {
            let (names, asked) = (self.of(number, Kind::Name), self.of(number, Kind::Wording));
            let outside = number >= self.items;
            for (at, name) in names.iter().enumerate() {
                let kind = if outside { "outside, name" } else { "name" };
                self.add(kind, number, Some(*name), None);
                if outside && at % 3 == 1 {
                    self.add("outside, question", number, None, Some(*name));
                }
                if outside && at % 2 == 0 {
                    let other = names[self.chance.below(names.len())];
                    self.add("outside, both", number, Some(*name), Some(other));
                }
                if !asked.is_empty() {
                    let other = asked[self.chance.below(asked.len())];
                    self.add("name and question", number, Some(*name), Some(other));
                }
            }
            for question in &asked {
                self.add("question", number, None, Some(*question));
            }
            if !outside {
                self.standard(number, &names, &asked);
                self.phrased(number, total, &names, &asked);
            }
        }
    }

    /// The catalog's own words with slips, and the same when the item does not exist.
    fn standard(&mut self, number: u32, names: &[u32], asked: &[u32]) {
        let (name, question) = (names.first().copied(), asked.first().copied());
        for (round, rate) in SLIPS.into_iter().enumerate() {
            let (own, own_asked) = (self.text(name), self.text(question));
            let (own, own_asked) = (self.slips(&own, rate), self.slips(&own_asked, rate));
            let (said, said_asked) = match round % 3 {
                0 => (own, own_asked),
                1 => (String::new(), own_asked),
                _ => (own, String::new()),
            };
            self.samples.push(Sample {
                kind: "slips",
                group: number,
                name: said,
                description: said_asked,
                hidden: Vec::new(),
                hidden_number: None,
                truth: Some(number),
            });
        }
        let other = |list: &[u32], chance: &mut Chance| {
            (!list.is_empty()).then(|| list[chance.below(list.len())])
        };
        let pairs = [
            (name, question),
            (other(names, &mut self.chance), None),
            (None, other(asked, &mut self.chance)),
            (
                other(names, &mut self.chance),
                other(asked, &mut self.chance),
            ),
        ];
        for (name, asked) in pairs {
            self.samples.push(Sample {
                kind: "no such item",
                group: number,
                name: self.text(name),
                description: self.text(asked),
                hidden: Vec::new(),
                hidden_number: Some(number),
                truth: None,
            });
        }
    }

    /// A form within a longer text: with words that change nothing, and with words of a subject
    /// outside the catalogs, known or not, which ask for something else.
    fn phrased(&mut self, number: u32, total: u32, names: &[u32], asked: &[u32]) {
        if asked.is_empty() {
            return;
        }
        for (at, name) in names.iter().enumerate() {
            let own = plain(&self.text(Some(*name)));
            let phrases = self.phrases;
            if at % 3 == 0 {
                let same = phrases.same[self.chance.below(phrases.same.len())];
                let with_question = self.chance.below(3) == 0;
                let question = asked[self.chance.below(asked.len())];
                let said = (self.canonical)(&same.replace("{}", &own));
                let as_question = !with_question && self.chance.below(3) == 0;
                let (name_said, asked_said) = match as_question {
                    true => (String::new(), said),
                    false => (said, self.text(with_question.then_some(question))),
                };
                self.samples.push(Sample {
                    kind: "in other words",
                    group: number,
                    name: name_said,
                    description: asked_said,
                    hidden: vec![*name, question],
                    hidden_number: None,
                    truth: Some(number),
                });
            }
            if at % 2 == 0 {
                let subject = self.items + self.chance.below((total - self.items) as usize) as u32;
                let forms = self.of(subject, Kind::Name);
                let word = |chance: &mut Chance| forms[chance.below(forms.len())];
                let (word, about) = (word(&mut self.chance), word(&mut self.chance));
                let phrase = phrases.else_[self.chance.below(phrases.else_.len())];
                let name = phrase
                    .replace("{}", &own)
                    .replace("[]", &plain(&self.text(Some(word))));
                let described = self.chance.below(2) == 0;
                let known = self.chance.below(2) == 0;
                let said = (self.canonical)(&name);
                // A question that goes on about the same, or one about the other subject alone.
                let other = names[self.chance.below(names.len())];
                let other = plain(&self.text(Some(other)));
                let more = phrases.else_[self.chance.below(phrases.else_.len())];
                let more = more
                    .replace("{}", &other)
                    .replace("[]", &plain(&self.text(Some(about))));
                let more = (self.canonical)(&more);
                let (name_said, asked_said) = match (described, self.chance.below(2)) {
                    (true, 0) => (said, more),
                    (true, _) => (said, self.text(Some(about))),
                    (false, 0) => (String::new(), said),
                    (false, _) => (said, String::new()),
                };
                self.samples.push(Sample {
                    kind: "near stranger",
                    group: number,
                    name: name_said,
                    description: asked_said,
                    hidden: if known { vec![word, about] } else { Vec::new() },
                    hidden_number: (!known).then_some(subject),
                    truth: None,
                });
            }
        }
    }
}

/// A canonical text without the signs of its words.
fn plain(canonical: &str) -> String {
    let marks = |c: &char| !is_sign(*c) && *c != words::OPEN && *c != words::CLOSE;
    canonical.chars().filter(marks).collect()
}

fn is_sign(c: char) -> bool {
    c as u32 >= words::FIRST_SIGN
}
