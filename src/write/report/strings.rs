use rustc_hash::FxHashMap;

use super::embedded;

/// Texts that were seen, each once, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Strings {
    numbers: FxHashMap<Box<str>, u32>,
    /// The texts as members of a JSON array.
    json: Vec<u8>,
}

impl Strings {
    /// The text's number from 1 on; 0 when there is none.
    pub(super) fn number(&mut self, text: Option<&str>) -> u32 {
        let Some(text) = text.filter(|t| !t.is_empty()) else {
            return 0;
        };
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.numbers.len() as u32 + 1;
        if number > 1 {
            self.json.extend_from_slice(b",\n");
        }
        embedded::push(text, &mut self.json);
        self.numbers.insert(text.into(), number);
        number
    }

    /// How many bytes they take in the page.
    pub(super) fn bytes(&self) -> usize {
        self.json.len()
    }

    /// The members of a JSON array: the text with the number 1 comes first.
    pub(super) fn into_json(self) -> Vec<u8> {
        self.json
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_stands_once() {
        let mut strings = Strings::default();
        let texts = [None, Some("有"), Some(""), Some("無"), Some("有")];
        let numbers = texts.map(|t| strings.number(t));
        assert_eq!(numbers, [0, 1, 0, 2, 1]);
        assert_eq!(strings.into_json(), "\"有\",\n\"無\"".as_bytes());
    }
}
