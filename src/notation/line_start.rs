//! Characters that start no line (JIS X 4051:2004, 行頭禁則文字).

/// Whether typesetters never let a line start with a character (JIS X 4051, strict rules): where a
/// line is full they take the character before it along.
pub fn is_forbidden(c: char) -> bool {
    belongs_to_what_precedes(c)
        || matches!(
            c,
            '，' | '．'
                | '）'
                | '］'
                | '”'
                | '’'
                | ')'
                | ']'
                | '}'
                | ','
                | '.'
                | '・'
                | '：'
                | '；'
                | '？'
                | '！'
                | 'ヵ'
                | 'ヶ'
                | '%'
                | '％'
                | '〜'
                | '～'
                | '?'
                | '!'
                | ':'
                | ';'
        )
}

/// Those among them that are always part of what stands before them, whoever broke the line: a
/// bracket or full stop of Latin width may be an item's own, and a middle dot marks an item.
pub fn belongs_to_what_precedes(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '〉'
            | '》'
            | '々'
            | 'ゝ'
            | 'ゞ'
            | 'ー'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ゎ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
    )
}

#[cfg(test)]
mod tests {
    use super::{belongs_to_what_precedes, is_forbidden};

    #[test]
    fn what_belongs_to_what_precedes_starts_no_line() {
        for (c, forbidden, belongs) in [
            ('。', true, true),
            ('」', true, true),
            ('ー', true, true),
            ('ゝ', true, true),
            ('・', true, false),
            (')', true, false),
            ('%', true, false),
            ('「', false, false),
            ('あ', false, false),
            ('A', false, false),
        ] {
            assert_eq!(is_forbidden(c), forbidden, "{c}");
            assert_eq!(belongs_to_what_precedes(c), belongs, "{c}");
        }
    }
}
