use super::*;

fn line(item: Option<&str>, name: &str, description: &str, row: u32) -> Line {
    let some = |t: &str| (!t.is_empty()).then(|| t.to_owned());
    Line {
        item_id: item.map(str::to_owned),
        name: some(name),
        description: some(description),
        document: "a.csv.json".into(),
        path: "a.csv".into(),
        row,
        date: "2024-04-01".into(),
        ..Line::default()
    }
    .named()
}

fn add(file: &LearnedFile, line: Line) {
    let added = file.change(|lines| {
        lines.push(line);
        Ok(())
    });
    added.unwrap();
}

fn said(learned: &Learned, name: &str, description: &str, section: &str) -> String {
    let fold = crate::notation::fold;
    let found = learned.exact(&fold(name), &fold(description), &fold(section), "");
    found.map_or_else(|| "-".to_owned(), |l| l.item().to_owned())
}

#[test]
fn the_same_words_are_known_however_they_are_written() {
    let learned = Learned::new(vec![
        line(Some("A-1"), "サーバー の監視", "どこを見ているか。", 1),
        line(None, "資本金", "会社の資本金の額を記入してください", 2),
    ]);
    let asked = |n, d| said(&learned, n, d, "");
    assert_eq!(asked("サーバの監視", "どこを見ているか"), "A-1");
    assert_eq!(
        asked("資本金", "会社の資本金の額を記入してください"),
        "none"
    );
    assert_eq!(asked("サーバの監視", "いつ見ているか"), "-");
    assert_eq!(asked("サーバの監視", ""), "-");
}

#[test]
fn a_short_name_alone_counts_under_its_heading() {
    let mut support = line(Some("A-1"), "対応時間", "", 1);
    support.section = Some("サポート".into());
    let learned = Learned::new(vec![support.clone()]);
    assert_eq!(said(&learned, "対応時間", "", "サポート"), "A-1");
    assert_eq!(said(&learned, "対応時間", "", ""), "A-1");
    assert_eq!(said(&learned, "対応時間", "", "障害"), "-");
    // Under two headings it means two things, and without one it is not known which.
    let mut failure = line(Some("A-2"), "対応時間", "", 2);
    failure.section = Some("障害".into());
    let learned = Learned::new(vec![support, failure]);
    assert_eq!(said(&learned, "対応時間", "", "サポート"), "A-1");
    assert_eq!(said(&learned, "対応時間", "", "障害"), "A-2");
    assert_eq!(said(&learned, "対応時間", "", ""), "-");
    assert_eq!(contradictions(learned.lines()), []);
}

#[test]
fn a_wording_that_repeats_counts_in_its_place_only() {
    let mut first = line(Some("A-1"), "その他", "特記事項があれば記入してください", 1);
    first.section = Some("運用".into());
    first.here_only = true;
    let learned = Learned::new(vec![first]);
    let asked = |section| {
        said(
            &learned,
            "その他",
            "特記事項があれば記入してください",
            section,
        )
    };
    assert_eq!(asked("運用"), "A-1");
    assert_eq!(asked("契約"), "-");
    assert_eq!(asked(""), "-");
}

#[test]
fn neither_side_of_a_contradiction_is_used() {
    let words = ("監視", "どこを見ているかを記入してください");
    let lines = vec![
        line(Some("A-1"), words.0, words.1, 1),
        line(None, words.0, words.1, 9),
        line(
            Some("A-2"),
            "保存先",
            "どの国に置いているか答えてください",
            3,
        ),
    ];
    let found = contradictions(&lines);
    assert_eq!(found.len(), 1);
    for part in ["A-1", "none", "row 1", "row 9", "--forget"] {
        assert!(found[0].message.contains(part), "{}", found[0].message);
    }
    let learned = Learned::new(lines);
    assert_eq!(said(&learned, words.0, words.1, ""), "-");
    assert!(learned.near(words.0, words.1).is_none());
    assert_eq!(
        said(&learned, "保存先", "どの国に置いているか答えてください", ""),
        "A-2"
    );
}

#[test]
fn near_wording_is_found_and_far_wording_is_not() {
    let learned = Learned::new(vec![
        line(Some("A-1"), "監視の対象", "どのサーバを見張っているか", 1),
        line(Some("A-2"), "保存する国", "データを置いている国はどこか", 2),
    ]);
    let near = |n, d| learned.near(n, d).map(|(l, _)| l.item().to_owned());
    let one = Some("A-1".to_owned());
    assert_eq!(near("監視の対象", "どのサーバを見張っていますか"), one);
    assert_eq!(near("支払条件", "請求書の締め日と支払日"), None);
    assert_eq!(near("", ""), None);
}

#[test]
fn near_wording_that_means_two_things_says_nothing() {
    let learned = Learned::new(vec![
        line(
            Some("A-1"),
            "暗号化(通信)",
            "暗号化をしているか答えてください",
            1,
        ),
        line(
            Some("A-2"),
            "暗号化(保存)",
            "暗号化をしているか答えてください",
            2,
        ),
    ]);
    assert!(
        learned
            .near("暗号化(鍵)", "暗号化をしているか答えてください")
            .is_none()
    );
}

#[test]
fn decisions_are_read_in_every_form_they_arrive_in() {
    let wanted = Decided {
        at: At::Line(2),
        document: "回答.csv.json".into(),
        row: 3,
        item_id: Some("A-1".into()),
        remark: None,
        date: None,
        decision: None,
    };
    let csv = "document,row,item_id\r\n回答.csv.json,3,A-1\r\n";
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(csv.encode_utf16().flat_map(u16::to_le_bytes));
    let (cp932, ..) = encoding_rs::SHIFT_JIS.encode(csv);
    let files: [Vec<u8>; 7] = [
        csv.into(),
        format!("\u{feff}{csv}").into(),
        utf16,
        cp932.into_owned(),
        csv.replace(',', "\t").into(),
        "Row;ITEM_ID;x;Document\n3; A-1 ;y;'回答.csv.json\n".into(),
        "\n{\"document\":\"回答.csv.json\",\"row\":\"3\",\"item_id\":\"A-1\"}\n".into(),
    ];
    for bytes in files {
        let read = Decisions::read("d", &bytes).unwrap();
        assert_eq!(read.rows, std::slice::from_ref(&wanted), "{bytes:?}");
    }
    let read = Decisions::read("d", b"document,row,item_id\na,1,None\na,2,\n").unwrap();
    assert_eq!((read.rows.len(), read.open), (1, 1));
    assert_eq!(read.rows[0].item_id, None);
}

#[test]
fn what_is_no_decision_is_named_with_its_line() {
    for (text, line, part) in [
        ("document,item_id\na,A-1\n", 1, "no column row"),
        ("document,row,item_id\na,0,A-1\n", 2, "row is"),
        ("document,row,item_id\na,1,A-1\nb,x,A-1\n", 3, "row is"),
        ("document,row,item_id\n,1,A-1\n", 2, "document is empty"),
        ("{\"document\":\"a\",\"row\":1}\n", 1, "item_id is missing"),
        ("{\"document\"\n", 1, "no JSON object"),
        ("", 1, "no column"),
    ] {
        let faults = Decisions::read("d.csv", text.as_bytes()).unwrap_err();
        assert_eq!(faults.len(), 1, "{text:?}");
        assert_eq!(faults[0].line, Some(line), "{text:?}");
        assert!(faults[0].message.contains(part), "{}", faults[0]);
    }
    assert!(Decisions::read("d", &[0x80, 0xff, 0xfd]).is_err());
}

#[test]
fn the_file_is_sorted_whoever_writes_first_and_faults_have_lines() {
    let folder = std::env::temp_dir().join(format!("torikomi-learned-{}", std::process::id()));
    let file = LearnedFile::at(folder.join("deep/learned.jsonl"));
    assert_eq!(file.read().unwrap(), []);
    let (a, b) = (
        line(Some("A-1"), "甲の項目", "", 1),
        line(None, "乙の項目", "", 2),
    );
    let add = |l: &Line| add(&file, l.clone());
    add(&a);
    add(&b);
    let one = std::fs::read(file.path()).unwrap();
    let all = ["1".to_owned(), "2".to_owned()];
    file.change(|lines| forget(lines, &all)).unwrap();
    add(&b);
    add(&a);
    assert_eq!(std::fs::read(file.path()).unwrap(), one);
    let refused: Result<(), _> = file.change(|lines| {
        lines.clear();
        Err(crate::error::RunError::Usage("no".into()))
    });
    assert!(refused.is_err());
    assert_eq!(std::fs::read(file.path()).unwrap(), one);
    std::fs::write(file.path(), "{\"item_id\":null}\n\n{}\nx\n").unwrap();
    let error = file.read().unwrap_err().to_string();
    for place in ["learned.jsonl:1:", "learned.jsonl:3:", "learned.jsonl:4:"] {
        assert!(error.contains(place), "{error}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn processes_that_learn_at_once_lose_nothing() {
    let folder = std::env::temp_dir().join(format!("torikomi-at-once-{}", std::process::id()));
    let file = LearnedFile::at(folder.join(FILE_NAME));
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let file = &file;
            scope.spawn(move || {
                for n in 0..10 {
                    let name = format!("項目 {thread}の{n}");
                    let line = line(Some("A-1"), &name, "", n);
                    add(file, line);
                }
            });
        }
    });
    assert_eq!(file.read().unwrap().len(), 40);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn lines_are_taken_back_by_number_or_id() {
    let all = vec![
        line(Some("A-1"), "甲", "", 1),
        line(Some("A-2"), "乙", "", 2),
        line(Some("A-3"), "丙", "", 3),
    ];
    let mut lines = all.clone();
    let which = [all[2].id.to_lowercase(), "1".to_owned()];
    assert_eq!(forget(&mut lines, &which).unwrap().len(), 2);
    assert_eq!(lines, [all[1].clone()]);
    for unknown in ["0", "2", "Lx", ""] {
        assert!(forget(&mut lines, &[unknown.to_owned()]).is_err());
        assert_eq!(lines.len(), 1);
    }
}
