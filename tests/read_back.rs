//! A document that was written can be read back: serialized again it has the same bytes.

mod sheets;

use torikomi::model::Document;
use torikomi::write::document_json;

use sheets::{ENGINE, all, checkout, source};

#[test]
fn what_was_written_reads_back_to_the_same_bytes() {
    let mut documents = 0;
    let pages = ["typst-grid", "reportlab-borderless-portrait"];
    let pages = pages.map(|name| checkout(&format!("fixtures/pdf/{name}.pdf")));
    for path in all().into_iter().chain(pages) {
        let Ok(document) = ENGINE.import(&source(&path)) else {
            continue;
        };
        let written = document_json(&document);
        let read: Document = serde_json::from_slice(&written)
            .unwrap_or_else(|e| panic!("{} cannot be read back: {e}", path.display()));
        assert!(
            document_json(&read) == written,
            "{} changes when it is read back",
            path.display()
        );
        documents += 1;
    }
    assert!(documents > 100, "the fixtures are there");
}

#[test]
fn words_outside_the_closed_lists_are_refused() {
    let document = ENGINE.import(&source(&all()[0])).unwrap();
    let mut json: serde_json::Value = serde_json::from_slice(&document_json(&document)).unwrap();
    assert!(serde_json::from_value::<Document>(json.clone()).is_ok());
    json["rows"][0]["raw"]["colour"] = "red".into();
    let error = serde_json::from_value::<Document>(json).unwrap_err();
    assert!(error.to_string().contains("colour"), "{error}");
}
