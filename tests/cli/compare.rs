//! `diff` and `coverage`: what they take, and what they exit with.

use serde_json::Value;

use crate::scratch::{SHEET, Scratch};

fn other_edition() -> String {
    SHEET.replace("99.9%以上", "99.5%以上")
}

#[test]
fn sheets_documents_and_imports_are_compared_with_each_other() {
    let s = Scratch::new("diff-kinds");
    s.put("a/sheet.txt", SHEET)
        .put("b/renamed.txt", other_edition());
    s.put("a/other.txt", SHEET.replace("あおば", "みどり"));
    assert_eq!(s.run(&["import", "a", "--out", "one", "-q"]).code, 0);
    assert_eq!(s.run(&["import", "b", "--out", "two", "-q"]).code, 0);
    let document = "two/documents/renamed.txt.json";
    for (old, new, gone) in [
        ("a/sheet.txt", "b/renamed.txt", 0),
        ("one", document, 0),
        ("one", "b/renamed.txt", 0),
        ("a/sheet.txt", "two", 0),
        ("one", "two", 1),
    ] {
        let done = s.run(&["diff", old, new, "--json"]);
        assert_eq!(done.code, 1, "{old} {new}: {}", done.stderr);
        let diff: Value = serde_json::from_str(&done.stdout).unwrap();
        let changes = &diff["documents"][0]["changes"];
        assert_eq!(changes[0]["turn"], "value_worse", "{old} {new}");
        assert_eq!(changes.as_array().map(Vec::len), Some(1));
        assert_eq!(diff["gone"].as_array().map(Vec::len), Some(gone));
    }
    for same in ["one", "a/sheet.txt", document] {
        let done = s.run(&["diff", same, same]);
        assert_eq!(done.code, 0, "{same}: {}", done.stdout);
        assert!(
            done.stdout.ends_with("違いはありません\n"),
            "{}",
            done.stdout
        );
    }
}

#[test]
fn what_cannot_be_compared_is_said() {
    let s = Scratch::new("diff-cannot");
    s.put("a.txt", SHEET)
        .put("empty.txt", "")
        .put("x.json", "{}");
    s.put("other.json", r#"{"schema":"other/1"}"#);
    s.put("torn.json", r#"{"schema":"torikomi.document/1"}"#);
    s.put("in/b.txt", SHEET.replace("あおば", "みどり"));
    s.put("in/c.txt", SHEET.replace("あおば", "きいろ"));
    s.put("killed/documents/a.txt.json", "{}");
    s.put("killed/.torikomi-unfinished", "a.txt.json\n");
    assert_eq!(s.run(&["import", "in", "-q"]).code, 0);
    for (new, said) in [
        ("nowhere.txt", "nowhere.txt"),
        ("empty.txt", "empty"),
        ("x.json", "x.json:1: missing field `schema`"),
        ("other.json", "not a document of an import"),
        ("torn.json", "missing field"),
        (
            "killed",
            "killed: the import there was not finished: run it again",
        ),
        ("out", "no document in out has its vendor or file name"),
    ] {
        let done = s.run(&["diff", "a.txt", new]);
        assert_eq!((done.code, done.stdout.as_str()), (2, ""), "{new}");
        assert!(done.stderr.contains(said), "{new}: {}", done.stderr);
    }
}

#[test]
fn what_a_sheet_says_does_not_move_the_cursor() {
    let s = Scratch::new("diff-harmless");
    s.put("a.txt", SHEET);
    s.put(
        "b.txt",
        SHEET.replace("日次で取得", "\u{1b}[2J日次で\u{202e}取得"),
    );
    let document = |name: &str| format!("out/documents/{name}.json");
    assert_eq!(s.run(&["import", "a.txt", "b.txt", "-q"]).code, 0);
    // As another program may have written it.
    let torn = s
        .read(&document("b.txt"))
        .replace("日次で", "\\u001b[2J日次で");
    s.put("b.json", torn);
    let done = s.run(&["diff", &document("a.txt"), "b.json"]);
    assert_eq!(done.code, 1, "{}", done.stderr);
    assert!(
        !done.stdout.contains(['\u{1b}', '\u{202e}']),
        "{}",
        done.stdout
    );
}

#[test]
fn coverage_counts_what_a_sheet_is_about() {
    let s = Scratch::new("coverage");
    s.put("in/a.txt", SHEET).put("in/empty.txt", "");
    let done = s.run(&["coverage", "in/a.txt", "--json"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let coverage: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(coverage["schema"], "torikomi.coverage/1");
    let about = &coverage["documents"][0]["about"];
    assert_eq!(about[0]["catalog"], "meti-cloud-2010");
    assert_eq!(about[0]["items"], 49);
    assert_eq!(about[0]["answered"], 3);
    assert_eq!(about[0]["missing"], 46);
    assert_eq!(about[1], Value::Null);

    let done = s.run(&["coverage", "in"]);
    assert_eq!(done.code, 1, "one sheet could not be imported");
    assert!(done.stdout.contains("METI-05"), "{}", done.stdout);
    assert!(done.stderr.contains("in/empty.txt"), "{}", done.stderr);
    assert_eq!(s.run(&["coverage", "nowhere"]).code, 2);

    assert_eq!(s.run(&["import", "in/a.txt", "-q"]).code, 0);
    let from_folder = s.run(&["coverage", "out"]).stdout;
    assert_eq!(from_folder, s.run(&["coverage", "in/a.txt"]).stdout);
}

#[test]
fn the_changes_are_a_workbook_too() {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let s = Scratch::new("diff-workbook");
    s.put("old.txt", SHEET).put("new.txt", other_edition());
    let args = ["diff", "old.txt", "new.txt", "--json", "--xlsx"];
    let done = s.run(&[&args[..], &["a.xlsx"]].concat());
    assert_eq!(done.code, 1, "{}", done.stderr);
    let diff: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    let changes = diff["documents"][0]["changes"].as_array().unwrap().len();
    let mut book: Xlsx<_> = open_workbook(s.path("a.xlsx")).unwrap();
    let sheet = book.worksheet_range("変更").unwrap();
    assert_eq!(sheet.height(), 1 + changes);
    let new = |row: usize| sheet.get((row, 8)).map(Data::to_string);
    let said = &diff["documents"][0]["changes"][0]["new"];
    assert!(new(1).unwrap().contains(said["text"].as_str().unwrap()));
    assert_eq!(s.run(&[&args[..], &["b.xlsx"]].concat()).code, 1);
    assert!(
        s.bytes("a.xlsx") == s.bytes("b.xlsx"),
        "the same changes, the same bytes"
    );
    let done = s.run(&[&args[..], &["none/a.xlsx"]].concat());
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("none/a.xlsx"), "{}", done.stderr);
}
