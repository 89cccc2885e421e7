//! PDFs written out by hand, as small as they can be.

/// A document of these objects, numbered from 1; the first is the catalog. No cross-reference
/// table: it is rebuilt.
pub fn pdf(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    for (i, object) in objects.iter().enumerate() {
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    out.extend(b"trailer<</Root 1 0 R>>\n%%EOF");
    out
}

/// A stream; `entries` are further entries of its dictionary.
pub fn stream(entries: &str, content: &str) -> String {
    format!(
        "<<{entries}/Length {}>>\nstream\n{content}\nendstream",
        content.len()
    )
}

/// A page of this content (object 4) with these resources. Object 5 is Helvetica, named `F1`; `more`
/// are the objects from 6 on, of which the first two may be fonts, `F2` and `F3`; `catalog` and `page` further entries of these dictionaries.
pub fn page(content: &str, resources: &str, catalog: &str, page: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>"),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R{page}\
             /Resources<</Font<</F1 5 0 R/F2 6 0 R/F3 7 0 R>>{resources}>>>>"
        ),
        stream("", content),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    objects.extend(more.iter().map(|m| (*m).to_owned()));
    pdf(&objects)
}
