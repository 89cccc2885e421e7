//! What numbers a row.

/// Looks like the number of an item: short, with a figure in it.
pub fn is_number(text: &str) -> bool {
    let solid: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let may_join = |c: &char| {
        c.is_numeric()
            || c.is_ascii_alphabetic()
            || matches!(
                c,
                '.' | '．' | '-' | '－' | '(' | ')' | '（' | '）' | '_' | '第' | '条' | '項'
            )
    };
    !solid.is_empty()
        && solid.len() <= 10
        && solid.iter().any(|c| c.is_numeric())
        && solid.iter().all(may_join)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_items_are_told_from_words() {
        for (text, is) in [
            ("1", true),
            ("1-2", true),
            ("No.3", true),
            ("①", true),
            ("(4)", true),
            ("第5条", true),
            ("可用性", false),
            ("", false),
            ("24時間", false),
            ("TLS", false),
        ] {
            assert_eq!(is_number(text), is, "{text}");
        }
    }
}
