//! Spellings that mean no difference.

use std::sync::LazyLock;

/// A spelling and the one it is compared as, grouped by word. The second is never longer than the
/// first and holds no first of any line: both are tested.
const SPELLINGS: &[(&str, &str)] = &[
    // Okurigana: 送り仮名の付け方 (Cabinet notice 2 of 1973) allows most of these to be left out.
    ("お問い合わせ", "問合せ"),
    ("お問合せ", "問合せ"),
    ("問い合わせ", "問合せ"),
    ("問い合せ", "問合せ"),
    ("問合わせ", "問合せ"),
    ("打ち合わせ", "打合せ"),
    ("打合わせ", "打合せ"),
    ("組み合わせ", "組合せ"),
    ("組み合せ", "組合せ"),
    ("組合わせ", "組合せ"),
    ("取り扱い", "取扱"),
    ("取り扱", "取扱"),
    ("取扱い", "取扱"),
    ("取り消し", "取消"),
    ("取消し", "取消"),
    ("取り組み", "取組"),
    ("取組み", "取組"),
    ("取り決め", "取決め"),
    ("取り込み", "取込"),
    ("取込み", "取込"),
    ("取り出し", "取出"),
    ("取出し", "取出"),
    ("取り替え", "取替"),
    ("取替え", "取替"),
    ("取り引き", "取引"),
    ("受け付け", "受付"),
    ("受付け", "受付"),
    ("受け渡し", "受渡"),
    ("受渡し", "受渡"),
    ("受け入れ", "受入"),
    ("受入れ", "受入"),
    ("引き渡し", "引渡"),
    ("引渡し", "引渡"),
    ("引き継ぎ", "引継"),
    ("引継ぎ", "引継"),
    ("切り替え", "切替"),
    ("切替え", "切替"),
    ("切り換え", "切替"),
    ("切換え", "切替"),
    ("切り戻し", "切戻"),
    ("切戻し", "切戻"),
    ("切り離し", "切離"),
    ("切離し", "切離"),
    ("入れ替え", "入替"),
    ("入替え", "入替"),
    ("差し替え", "差替"),
    ("差替え", "差替"),
    ("申し込み", "申込"),
    ("申込み", "申込"),
    ("申し入れ", "申入"),
    ("申入れ", "申入"),
    ("手続き", "手続"),
    ("手引き", "手引"),
    ("届け出", "届出"),
    ("割り当て", "割当"),
    ("割当て", "割当"),
    ("割り振り", "割振"),
    ("割振り", "割振"),
    ("書き込み", "書込"),
    ("書込み", "書込"),
    ("書き換え", "書換"),
    ("書換え", "書換"),
    ("読み込み", "読込"),
    ("読込み", "読込"),
    ("読み取り", "読取"),
    ("読取り", "読取"),
    ("読み出し", "読出"),
    ("読出し", "読出"),
    ("立ち会い", "立会"),
    ("立会い", "立会"),
    ("立ち入り", "立入"),
    ("立入り", "立入"),
    ("立ち上げ", "立上げ"),
    ("持ち出し", "持出"),
    ("持出し", "持出"),
    ("持ち込み", "持込"),
    ("持込み", "持込"),
    ("持ち運び", "持運び"),
    ("貸し出し", "貸出"),
    ("貸出し", "貸出"),
    ("払い戻し", "払戻"),
    ("払戻し", "払戻"),
    ("払い出し", "払出"),
    ("払出し", "払出"),
    ("支払い", "支払"),
    ("呼び出し", "呼出"),
    ("呼出し", "呼出"),
    ("繰り返し", "繰返"),
    ("繰返し", "繰返"),
    ("繰り越し", "繰越"),
    ("繰越し", "繰越"),
    ("見積もり", "見積"),
    ("見積り", "見積"),
    ("見直し", "見直"),
    ("棚卸し", "棚卸"),
    ("締め切り", "締切"),
    ("締切り", "締切"),
    ("貼り付け", "貼付"),
    ("貼付け", "貼付"),
    ("売り上げ", "売上"),
    ("売上げ", "売上"),
    ("積み立て", "積立"),
    ("積立て", "積立"),
    ("洗い出し", "洗出"),
    ("洗出し", "洗出"),
    ("振り分け", "振分"),
    ("振分け", "振分"),
    ("組み込み", "組込"),
    ("組込み", "組込"),
    ("組み込", "組込"),
    ("仕組み", "仕組"),
    ("枠組み", "枠組"),
    ("位置付け", "位置づけ"),
    ("関連付け", "関連づけ"),
    ("義務付け", "義務づけ"),
    ("紐付け", "紐づけ"),
    ("ひも付け", "紐づけ"),
    ("ひもづけ", "紐づけ"),
    ("紐付", "紐づ"),
    ("裏付け", "裏づけ"),
    ("行なう", "行う"),
    ("行なっ", "行っ"),
    ("行ない", "行い"),
    ("行なわ", "行わ"),
    // Words written in ideographs or kana
    ("漏えい", "漏洩"),
    ("改ざん", "改竄"),
    ("隠ぺい", "隠蔽"),
    ("遮へい", "遮蔽"),
    ("ばく露", "曝露"),
    ("暴露", "曝露"),
    ("破たん", "破綻"),
    ("毀損", "き損"),
    ("棄損", "き損"),
    ("ひっ迫", "逼迫"),
    ("は握", "把握"),
    ("補てん", "補填"),
    ("頻ぱん", "頻繁"),
    ("復原", "復元"),
    ("および", "及び"),
    ("または", "又は"),
    ("ならびに", "並びに"),
    ("もしくは", "若しくは"),
    ("あるいは", "或いは"),
    ("かつ", "且つ"),
    ("すべて", "全て"),
    ("すでに", "既に"),
    ("さらに", "更に"),
    ("あらかじめ", "予め"),
    ("ただし", "但し"),
    ("できる", "出来る"),
    ("したがって", "従って"),
    ("したがい", "従い"),
    ("ともに", "共に"),
    ("ください", "下さい"),
    ("いただく", "頂く"),
    ("いただき", "頂き"),
    ("いたします", "致します"),
    // 附 and 付, and other ideographs of one sound that are used for each other
    ("附属", "付属"),
    ("附随", "付随"),
    ("附則", "付則"),
    ("附帯", "付帯"),
    ("寄附", "寄付"),
    ("連繋", "連携"),
    ("連係", "連携"),
    ("諒解", "了解"),
    ("諒承", "了承"),
    ("規程", "規定"),
    ("綜合", "総合"),
    // Counters
    ("ケ月", "ヶ月"),
    ("カ月", "ヶ月"),
    ("ヵ月", "ヶ月"),
    ("か月", "ヶ月"),
    ("箇月", "ヶ月"),
    ("個月", "ヶ月"),
    ("ケ所", "ヶ所"),
    ("カ所", "ヶ所"),
    ("ヵ所", "ヶ所"),
    ("か所", "ヶ所"),
    ("箇所", "ヶ所"),
    ("個所", "ヶ所"),
    ("ケ国", "ヶ国"),
    ("カ国", "ヶ国"),
    ("ヵ国", "ヶ国"),
    ("か国", "ヶ国"),
    ("パーセント", "%"),
    // Katakana inside compounds; at the end of a word the long vowel goes by rule
    ("サーバー", "サーバ"),
    ("ユーザー", "ユーザ"),
    ("センター", "センタ"),
    ("データー", "データ"),
    ("コンピューター", "コンピュータ"),
    ("ブラウザー", "ブラウザ"),
    ("プリンター", "プリンタ"),
    ("プロバイダー", "プロバイダ"),
    ("ベンダー", "ベンダ"),
    ("メンバー", "メンバ"),
    ("ルーター", "ルータ"),
    ("フォルダー", "フォルダ"),
    ("フィルター", "フィルタ"),
    ("ヘッダー", "ヘッダ"),
    ("パラメーター", "パラメータ"),
    ("パラメター", "パラメータ"),
    ("オペレーター", "オペレータ"),
    ("マネージャー", "マネージャ"),
    ("マネジャー", "マネージャ"),
    ("マネージメント", "マネジメント"),
    ("レイヤー", "レイヤ"),
    ("セキュリティー", "セキュリティ"),
    ("ポリシー", "ポリシ"),
    ("プライバシー", "プライバシ"),
    ("リカバリー", "リカバリ"),
    ("メモリー", "メモリ"),
    ("カテゴリー", "カテゴリ"),
    ("ディレクトリー", "ディレクトリ"),
    ("ライブラリー", "ライブラリ"),
    ("インターフェース", "インタフェース"),
    ("インターフェイス", "インタフェース"),
    ("インタフェイス", "インタフェース"),
    ("インターネット", "インタネット"),
    ("ファイアーウォール", "ファイアウォール"),
    ("ファイヤーウォール", "ファイアウォール"),
    ("ファイヤウォール", "ファイアウォール"),
    ("ファイアウオール", "ファイアウォール"),
    ("ソフトウエア", "ソフトウェア"),
    ("ハードウエア", "ハードウェア"),
    ("ファームウエア", "ファームウェア"),
    ("マルウエア", "マルウェア"),
    ("ランサムウエア", "ランサムウェア"),
    ("ミドルウエア", "ミドルウェア"),
    ("ウィルス", "ウイルス"),
    ("ウエブ", "web"),
    ("ウェブ", "web"),
    ("フェールオーバー", "フェイルオーバ"),
    ("フェイルオーバー", "フェイルオーバ"),
    ("フェールセーフ", "フェイルセーフ"),
    ("メインテナンス", "メンテナンス"),
    ("ディジタル", "デジタル"),
    ("ヴァ", "バ"),
    ("ヴィ", "ビ"),
    ("ヴェ", "ベ"),
    ("ヴォ", "ボ"),
    ("シュミレーション", "シミュレーション"),
    ("リポート", "レポート"),
    ("アーキテクチャー", "アーキテクチャ"),
    ("ダイヤログ", "ダイアログ"),
];

/// The spellings by their last two characters, longest first.
static BY_END: LazyLock<ByEnd> = LazyLock::new(ByEnd::new);

type Spelling = (&'static str, &'static str);

struct ByEnd {
    /// Sorted by the last character and the one before it.
    ends: Vec<(End, Vec<Spelling>)>,
    /// One bit for each of [`place`]'s results that a spelling has.
    filter: [u64; 64],
}

/// The last character and the one before it; a space where there is none.
type End = (char, char);

fn end_of(text: &str) -> Option<End> {
    let mut back = text.chars().rev();
    Some((back.next()?, back.next().unwrap_or(' ')))
}

impl ByEnd {
    fn new() -> Self {
        let mut all: Vec<(End, Spelling)> = SPELLINGS
            .iter()
            .filter_map(|&pair| Some((end_of(pair.0)?, pair)))
            .collect();
        all.sort_by_key(|&(end, pair)| (end, usize::MAX - pair.0.len()));
        let mut filter = [0; 64];
        for &((last, before), _) in &all {
            let (word, bit) = place(before, last);
            filter[word] |= bit;
        }
        let ends = all
            .chunk_by(|a, b| a.0 == b.0)
            .filter_map(|group| Some((group.first()?.0, group.iter().map(|g| g.1).collect())))
            .collect();
        ByEnd { ends, filter }
    }
}

fn place(before: char, last: char) -> (usize, u64) {
    let mixed = (last as u32).wrapping_mul(67) ^ before as u32;
    ((mixed >> 6) as usize & 63, 1 << (mixed & 63))
}

/// Whether a spelling may end with these two characters. Cheap, and hardly ever wrong.
#[inline]
pub(super) fn may_end(before: char, last: char) -> bool {
    let (word, bit) = place(before, last);
    BY_END.filter[word] & bit != 0
}

/// The longest spelling that a text ends with, and what it is compared as.
pub(super) fn at_end(text: &str) -> Option<Spelling> {
    let end = end_of(text)?;
    let at = BY_END.ends.binary_search_by_key(&end, |e| e.0).ok()?;
    let (_, group) = BY_END.ends.get(at)?;
    group.iter().find(|p| text.ends_with(p.0)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::fold;

    #[test]
    fn a_spelling_has_two_characters_or_more() {
        assert!(SPELLINGS.iter().all(|p| p.0.chars().count() > 1));
    }

    #[test]
    fn spellings_are_unique_and_lead_to_a_form_of_their_own() {
        let mut froms: Vec<_> = SPELLINGS.iter().map(|p| p.0).collect();
        froms.sort_unstable();
        assert!(froms.windows(2).all(|w| w[0] != w[1]), "twice in the table");
        for (from, to) in SPELLINGS {
            assert!(to.chars().count() <= from.chars().count(), "{from} {to}");
            let again = SPELLINGS.iter().find(|p| to.contains(p.0));
            assert!(
                again.is_none(),
                "{from} leads to {to}, which {again:?} changes"
            );
            assert!(!to.ends_with('ー'), "{to}");
        }
    }

    #[test]
    fn every_spelling_folds_like_the_one_it_stands_for() {
        for (from, to) in SPELLINGS {
            assert_eq!(fold(from), fold(to), "{from} {to}");
            let inside = format!("別の{from}方針");
            assert_eq!(fold(&inside), fold(&format!("別の{to}方針")), "{inside}");
        }
    }
}
