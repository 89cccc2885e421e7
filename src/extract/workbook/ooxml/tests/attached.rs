//! Comments, checkboxes, text boxes.

use super::super::super::testing::{Xlsx, cells, warnings};
use super::inline;
use crate::model::WarningCode;

#[test]
fn comments_are_told_once_even_when_threaded() {
    let book = Xlsx::rows(&format!("<row>{}</row>", inline("A1", "はい")))
        .related(
            "comments",
            "<comments><commentList><comment ref=\"B2\"><text><r><t>別紙を</t></r><r><t>参照</t></r></text></comment>\
             <comment ref=\"C3\"><text><t>[Threaded comment] 同意</t></text></comment></commentList></comments>",
        )
        .related(
            "threadedComment",
            "<ThreadedComments><threadedComment ref=\"C3\"><text>同意</text></threadedComment></ThreadedComments>",
        )
        .read();
    assert_eq!(cells(&book), "A1=はい");
    let told = warnings(&book);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, WarningCode::AttachedAnswer);
    assert!(told[0].1.contains("(2)"), "{}", told[0].1);
    assert!(
        told[0].1.contains("B2 “別紙を参照”, C3 “同意”"),
        "{}",
        told[0].1
    );
}

#[test]
fn checkboxes_fill_the_cells_they_stand_on() {
    let shape = |caption: &str, col: u32, checked: &str| {
        format!(
            "<v:shape><v:textbox><div>{caption}</div></v:textbox><x:ClientData ObjectType=\"Checkbox\">\
             <x:Anchor>{col}, 5, 0, 2, {col}, 40, 0, 18</x:Anchor>{checked}</x:ClientData></v:shape>"
        )
    };
    let vml = format!(
        "<xml>{}{}{}{}<v:shape><v:textbox>note</v:textbox><x:ClientData ObjectType=\"Note\"/></v:shape></xml>",
        shape("有", 1, "<x:Checked>1</x:Checked>"),
        shape("無", 1, ""),
        shape("済", 0, "<x:Checked>1</x:Checked>"),
        shape("", 3, "<x:Checked>1</x:Checked>"),
    );
    let content = format!(
        "<sheetData><row r=\"1\">{}</row></sheetData><mergeCells><mergeCell ref=\"C1:D1\"/></mergeCells>",
        inline("A1", "項目")
    );
    let book = Xlsx::of(&content).related("vmlDrawing", &vml).read();
    assert_eq!(cells(&book), "A1=項目 B1=☑有 ☐無 C1:D1=☑");
    let told = warnings(&book);
    assert!(
        told.len() == 1 && told[0].1.contains("A1 “☑済”"),
        "{told:?}"
    );
}

#[test]
fn controls_and_text_boxes_are_read_from_drawings_too() {
    let from = "<xdr:from><xdr:col>1</xdr:col><xdr:row>0</xdr:row></xdr:from>";
    let content = format!(
        "<sheetData><row r=\"1\">{}</row></sheetData><controls><control shapeId=\"7\" r:id=\"rctrlProp\">\
         <controlPr><anchor>{from}</anchor></controlPr></control></controls>",
        inline("A1", "項目")
    );
    let sp = |attributes: &str, text: &str| {
        format!(
            "<xdr:twoCellAnchor>{from}<xdr:sp><xdr:nvSpPr><xdr:cNvPr {attributes}/></xdr:nvSpPr>\
             <xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>"
        )
    };
    let drawing = format!(
        "<xdr:wsDr>{}{}<mc:Fallback>{}</mc:Fallback></xdr:wsDr>",
        sp("id=\"7\" hidden=\"1\"", "同意する"),
        sp("id=\"8\"", "注意書き"),
        sp("id=\"9\"", "注意書き"),
    );
    let book = Xlsx::of(&content)
        .related(
            "ctrlProp",
            "<formControlPr objectType=\"CheckBox\" checked=\"Checked\"/>",
        )
        .related("drawing", &drawing)
        .read();
    assert_eq!(cells(&book), "A1=項目 B1=☑同意する");
    let told = warnings(&book);
    assert!(told.len() == 1 && told[0].1.contains("(1)"), "{told:?}");
    assert!(told[0].1.contains("B1 “注意書き”"), "{told:?}");
}

#[test]
fn checkbox_cells_show_their_box() {
    let book = Xlsx::rows("<row><c s=\"1\" t=\"b\"><v>1</v></c><c s=\"1\" t=\"b\"><v>0</v></c><c t=\"b\"><v>0</v></c></row>")
        .styles("<cellXfs><xf/><xf><extLst><ext><xfpb:xfComplement i=\"0\"/></ext></extLst></xf></cellXfs>")
        .part("xl/featurePropertyBag/featurePropertyBag.xml", "<bag type=\"Checkbox\"/>")
        .read();
    assert_eq!(cells(&book), "A1=☑ B1=☐ C1=FALSE");
}
