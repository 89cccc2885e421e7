//! Radicals that stand where an ideograph is meant.
//!
//! Text copied out of PDFs often holds characters of the blocks CJK Radicals Supplement and Kangxi
//! Radicals. NFKC folds the second block, but of the first only two. The mapping of the first is
//! Unicode's `EquivalentUnifiedIdeograph` property (Unicode 14, EquivalentUnifiedIdeograph.txt).

/// U+2E80..=U+2EFF in order; a space where Unicode names no equivalent.
const SUPPLEMENT: [char; 128] = [
    ' ', '厂', '乛', '乚', '乙', '亻', '冂', '𠘨', '刀', '刂', '卜', '㔾', '小', '小', '兀', '尣',
    '尢', '𡯂', '巳', '幺', '彑', '彐', '忄', '心', '扌', '攵', ' ', '旡', '日', '月', '歺', '母',
    '民', '氵', '氺', '灬', '爫', '爫', '丬', '牛', '犭', '王', '𤴔', '目', '示', '礻', '𥫗', '糹',
    '纟', '罓', '罒', '㓁', '冗', '𦉫', '羊', '𦍌', '𦍋', '耂', '肀', '聿', '肉', '𦥑', '艹', '艹',
    '艹', '虎', '衤', '覀', '西', '见', '角', '𧢲', '讠', '贝', '𧾷', '车', '辶', '辶', '辶', '邑',
    '钅', '長', '镸', '长', '门', '𨸏', '阝', '雨', '青', '韦', '页', '风', '飞', '食', '𩙿', '飠',
    '饣', '𩠐', '马', '骨', '鬼', '鱼', '鸟', '卤', '麦', '黄', '黾', '斉', '齐', '歯', '齿', '竜',
    '龙', '龜', '亀', '龟', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ',
];

/// The ideograph a radical stands for, where NFKC does not know it or names an old form that
/// Japanese text does not use.
pub(super) fn ideograph(c: char) -> Option<char> {
    match c {
        '\u{2E80}'..='\u{2EFF}' => {
            let found = SUPPLEMENT.get((c as usize).checked_sub(0x2E80)?).copied()?;
            (found != ' ').then_some(found)
        }
        // NFKC gives 戶 and 黑; Japanese fonts draw these radicals for 戸 and 黒.
        '⼾' => Some('戸'),
        '⿊' => Some('黒'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_of_common_words_are_found() {
        for (radical, meant) in [
            ('⻑', '長'),
            ('⻄', '西'),
            ('⻘', '青'),
            ('⻭', '歯'),
            ('⻲', '亀'),
            ('⺟', '母'),
            ('⼾', '戸'),
        ] {
            assert_eq!(ideograph(radical), Some(meant));
        }
        assert_eq!(ideograph('\u{2E9A}'), None, "not assigned");
        assert_eq!(ideograph('\u{2E80}'), None, "no equivalent");
        assert_eq!(ideograph('停'), None);
    }
}
