//! Old and variant forms of ideographs.

use std::sync::LazyLock;

/// Old or variant form, common form. From the tables of 常用漢字表 (the forms in brackets), and
/// variants that names and typing programs bring in (髙, 﨑).
const FORMS: &str = "\
    亞亜 惡悪 壓圧 圍囲 醫医 壹壱 飮飲 隱隠 營営 榮栄 衞衛 驛駅 圓円 鹽塩 應応 歐欧 毆殴 假仮 價価 畫画 會会 壞壊 懷懐 繪絵 擴拡 覺覚 學学 樂楽 勸勧 關関 \
    觀観 歸帰 龜亀 僞偽 戲戯 犧犠 舊旧 擧挙 據拠 虛虚 峽峡 狹狭 曉暁 區区 勳勲 徑径 惠恵 溪渓 經経 繼継 莖茎 螢蛍 輕軽 鷄鶏 藝芸 缺欠 儉倹 劍剣 圈圏 檢検 \
    權権 獻献 縣県 險険 顯顕 驗験 嚴厳 效効 廣広 恆恒 鑛鉱 號号 國国 濟済 碎砕 齋斎 劑剤 櫻桜 册冊 雜雑 參参 慘惨 產産 棧桟 蠶蚕 贊賛 殘残 絲糸 齒歯 兒児 \
    辭辞 濕湿 實実 舍舎 寫写 釋釈 壽寿 收収 從従 澁渋 獸獣 縱縦 肅粛 處処 敍叙 奬奨 將将 燒焼 稱称 證証 乘乗 剩剰 壤壌 孃嬢 條条 淨浄 疊畳 穰穣 讓譲 釀醸 \
    囑嘱 觸触 寢寝 愼慎 眞真 盡尽 圖図 粹粋 醉酔 隨随 髓髄 數数 樞枢 聲声 靜静 齊斉 攝摂 竊窃 專専 戰戦 淺浅 潛潜 纖繊 踐践 錢銭 禪禅 雙双 壯壮 搜捜 插挿 \
    爭争 總総 聰聡 莊荘 裝装 騷騒 臟臓 藏蔵 屬属 續続 墮堕 體体 對対 帶帯 滯滞 臺台 瀧滝 擇択 澤沢 單単 擔担 膽胆 團団 彈弾 斷断 遲遅 晝昼 蟲虫 鑄鋳 廳庁 \
    聽聴 敕勅 鎭鎮 遞逓 鐵鉄 轉転 點点 傳伝 黨党 盜盗 燈灯 當当 鬭闘 獨独 讀読 屆届 繩縄 貳弐 惱悩 腦脳 廢廃 拜拝 賣売 麥麦 發発 髮髪 拔抜 蠻蛮 祕秘 濱浜 \
    甁瓶 佛仏 變変 邊辺 邉辺 辨弁 辯弁 瓣弁 舖舗 穗穂 寶宝 豐豊 沒没 萬万 滿満 默黙 彌弥 藥薬 譯訳 豫予 餘余 與与 譽誉 搖揺 樣様 謠謡 來来 賴頼 亂乱 覽覧 \
    龍竜 兩両 獵猟 綠緑 壘塁 勵励 禮礼 隸隷 靈霊 齡齢 戀恋 爐炉 勞労 樓楼 灣湾 黑黒 戶戸 靑青 敎教 每毎 步歩 髙高 﨑崎 德徳 增増 寬寛 緖緒 淸清 黃黄 橫横 \
    溫温 逹達 內内 查査 卽即 鄕郷 强強 吳呉 稅税 說説 閱閲 脫脱 淚涙 冰氷 烟煙 恊協 畧略 礙碍 鑒鑑 遙遥 侭儘 凾函 嶋島 嶌島 峯峰 桒桑 濶闊 畄留 皃貌 秌秋 \
    穐秋 竸競 舘館 艷艶 薗園 藪薮 蘂蕊 諌諫 躰体 迯逃 遯遁 鈎鉤 雞鶏 鬪闘 斈学 囗国 囯国 圀国 圡土 埜野 夘卯 寳宝 尓爾 帋紙 弌一 弍二 弎三 曻昇 枩松 塡填 輯集 廻回 迴回";

static TABLE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let pair = |p: &str| {
        let mut chars = p.chars();
        Some((chars.next()?, chars.next()?))
    };
    let mut table: Vec<_> = FORMS.split_whitespace().filter_map(pair).collect();
    table.sort_unstable();
    table
});

/// Which ideographs of the table's block have another form: nearly none of a text do.
static HAS_FORM: LazyLock<[u64; 512]> = LazyLock::new(|| {
    let mut bits = [0; 512];
    for &(old, _) in TABLE.iter() {
        let (word, bit) = place(old);
        bits[word] |= bit;
    }
    bits
});

fn place(c: char) -> (usize, u64) {
    let c = c as u32;
    ((c >> 6) as usize & 511, 1 << (c & 63))
}

/// The common form of an ideograph.
#[inline]
pub(super) fn common(c: char) -> char {
    let (word, bit) = place(c);
    if HAS_FORM[word] & bit == 0 {
        return c;
    }
    TABLE
        .binary_search_by_key(&c, |p| p.0)
        .ok()
        .and_then(|at| TABLE.get(at))
        .map_or(c, |p| p.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_a_pair_and_leads_to_an_end() {
        for pair in FORMS.split_whitespace() {
            assert_eq!(pair.chars().count(), 2, "{pair}");
        }
        assert!(
            TABLE.windows(2).all(|w| w[0].0 != w[1].0),
            "twice in the table"
        );
        for &(old, now) in TABLE.iter() {
            assert_ne!(old, now, "{old} is no other form");
            assert_eq!(
                common(now),
                now,
                "{old} leads to {now}, which has another form"
            );
        }
    }
}
