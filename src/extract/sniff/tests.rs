use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

fn package(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let method = if *name == "mimetype" {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An OLE2 file with these entries: name, and whether it stands under the root (or under the
/// entry before it).
fn compound(entries: &[(&str, bool)]) -> Vec<u8> {
    const FREE: u32 = 0xFFFF_FFFF;
    let mut file = vec![0_u8; 512];
    file[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    file[30] = 9;
    let put =
        |file: &mut [u8], at: usize, n: u32| file[at..at + 4].copy_from_slice(&n.to_le_bytes());
    put(&mut file, 48, 1); // directory in sector 1
    put(&mut file, 76, 0); // allocation table in sector 0
    let sectors = (entries.len() + 1).div_ceil(4);
    let mut table = vec![0xFF_u8; 512];
    for sector in 1..=sectors {
        let next = if sector == sectors {
            0xFFFF_FFFE
        } else {
            sector as u32 + 1
        };
        put(&mut table, 4 * sector, next);
    }
    file.extend(table);
    let mut directory = vec![0_u8; sectors * 512];
    let all = std::iter::once(&("Root Entry", true)).chain(entries);
    for (i, (name, _)) in all.enumerate() {
        let at = i * 128;
        for (n, unit) in name.encode_utf16().enumerate() {
            directory[at + 2 * n..at + 2 * n + 2].copy_from_slice(&unit.to_le_bytes());
        }
        directory[at + 64] = (name.len() * 2 + 2) as u8;
        for link in [68, 72, 76] {
            put(&mut directory, at + link, FREE);
        }
    }
    // Siblings are chained to the right; the others hang below the entry before them.
    let mut last_at_root = None;
    for (i, (_, at_root)) in entries.iter().enumerate() {
        let id = i as u32 + 1;
        match (at_root, last_at_root) {
            (true, None) => put(&mut directory, 76, id),
            (true, Some(last)) => put(&mut directory, last * 128 + 72, id),
            (false, _) => put(&mut directory, i * 128 + 76, id),
        }
        if *at_root {
            last_at_root = Some(i + 1);
        }
    }
    file.extend(directory);
    file
}

#[test]
fn packages_are_told_by_their_parts() {
    let types = |main: &str| {
        package(&[
            (
                "[Content_Types].xml",
                &format!("<Override ContentType=\"{main}\"/>"),
            ),
            ("xl/book.xml", ""),
        ])
    };
    for (bytes, format) in [
        (
            package(&[("[Content_Types].xml", ""), ("xl/workbook.xml", "")]),
            Format::Xlsx,
        ),
        (package(&[("xl/workbook2.xml", "")]), Format::Xlsx),
        (
            package(&[("xl/workbook.xml", ""), ("xl/vbaProject.bin", "")]),
            Format::Xlsm,
        ),
        (
            package(&[("xl/workbook.bin", ""), ("xl/vbaProject.bin", "")]),
            Format::Xlsb,
        ),
        (
            package(&[("word/document.xml", ""), ("word/embeddings/a.xlsx", "")]),
            Format::Docx,
        ),
        (
            package(&[
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", ""),
            ]),
            Format::Ods,
        ),
        (
            types("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
            Format::Xlsx,
        ),
        (
            types("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
            Format::Xlsm,
        ),
        (
            types("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
            Format::Xlsb,
        ),
    ] {
        assert_eq!(sniff(&bytes).unwrap(), format);
    }
}

#[test]
fn compound_files_are_told_by_what_stands_under_their_root() {
    for root in ["Workbook", "Book"] {
        let file = compound(&[("\u{5}SummaryInformation", true), (root, true)]);
        assert_eq!(sniff(&file).unwrap(), Format::Xls);
    }
    let file = compound(&[
        ("\u{6}DataSpaces", true),
        ("EncryptionInfo", true),
        ("EncryptedPackage", true),
    ]);
    let error = sniff(&file).unwrap_err();
    assert_eq!(error.reason, Failure::Encrypted);
    assert!(error.hint.contains("remove the password"), "{error}");
    // A workbook embedded in a Word document does not make it one.
    let file = compound(&[
        ("ObjectPool", true),
        ("Workbook", false),
        ("WordDocument", true),
    ]);
    let error = sniff(&file).unwrap_err();
    assert_eq!(error.reason, Failure::Unsupported);
    assert!(error.message.contains("Word"), "{error}");
}

#[test]
fn what_is_not_read_is_named_for_what_it_is() {
    let bytes = |b: &[u8]| b.to_vec();
    for (bytes, reason, word) in [
        (package(&[("a.xlsx", "x"), ("b/", ""), ("b/c.csv", "")]), Failure::Unsupported, "zip archive of 2 files"),
        (package(&[("ppt/presentation.xml", "")]), Failure::Unsupported, "PowerPoint"),
        (package(&[("mimetype", "application/vnd.oasis.opendocument.text")]), Failure::Unsupported, ".odt"),
        (package(&[]), Failure::Empty, "nothing in it"),
        (compound(&[("PowerPoint Document", true)]), Failure::Unsupported, ".ppt"),
        (compound(&[("__properties_version1.0", true)]), Failure::Unsupported, "Outlook"),
        (compound(&[("Other", true)]), Failure::Unsupported, "no workbook"),
        (bytes(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and no more"), Failure::Corrupt, "OLE2"),
        (bytes(b"\x89PNG\r\n\x1A\n..."), Failure::Unsupported, "PNG"),
        (bytes(b"\xFF\xD8\xFF\xE0..JFIF"), Failure::Unsupported, "JPEG"),
        (bytes(b"II*\0...."), Failure::Unsupported, "TIFF"),
        (bytes(b"\0\0\0\x18ftypheic...."), Failure::Unsupported, "HEIC"),
        (bytes(b"\x1F\x8B\x08\0...."), Failure::Unsupported, "gzip"),
        (bytes(b"7z\xBC\xAF\x27\x1C...."), Failure::Unsupported, "7-Zip"),
        (bytes(b"Rar!\x1A\x07\x01\0"), Failure::Unsupported, "RAR"),
        (bytes(b"\x22\x33-lh5-...."), Failure::Unsupported, "LHA"),
        (bytes(b"{\\rtf1\\ansi"), Failure::Unsupported, "RTF"),
        (bytes(b"BZh91AY&SY...."), Failure::Unsupported, "bzip2"),
        (bytes(b"ID;PWXL;N;E\r\nP;PGeneral\r\n"), Failure::Unsupported, "SYLK"),
        (bytes(b"MIME-Version: 1.0\nX-Document-Type: Workbook"), Failure::Unsupported, "MIME"),
        (
            bytes(b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"),
            Failure::Unsupported,
            "XML spreadsheet 2003",
        ),
        (bytes(b"<?xml version=\"1.0\"?><a/>"), Failure::Unsupported, "XML file"),
        (bytes(b""), Failure::Empty, "0 bytes"),
        (bytes(b" \r\n\t"), Failure::Empty, "white space"),
    ] {
        let error = sniff(&bytes).unwrap_err();
        assert_eq!(error.reason, reason, "{word}: {error}");
        assert!(error.message.contains(word), "{word}: {error}");
        assert!(!error.hint.is_empty());
    }
}

#[test]
fn markup_and_pdf_and_text_are_told_apart() {
    let utf16 = |text: &str| {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xFF, 0xFE].into_iter().chain(units).collect::<Vec<u8>>()
    };
    for (bytes, format) in [
        ("<!DOCTYPE html><html>".as_bytes().to_vec(), Format::Html),
        (
            "\u{FEFF}\r\n<HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\">".into(),
            Format::Html,
        ),
        ("<!-- 注 -->\n<table border=1><tr>".into(), Format::Html),
        (
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"\">".into(),
            Format::Html,
        ),
        (utf16("<html><body>有"), Format::Html),
        ("<tableau>\t有\n".into(), Format::Text),
        ("<有> は回答です\n".into(), Format::Text),
        ("%PDF-1.7\n%".into(), Format::Pdf),
        (("junk\n".repeat(100) + "%PDF-1.4").into(), Format::Pdf),
        ("\u{FEFF}%PDF-2.0".into(), Format::Pdf),
        (("junk\n".repeat(300) + "%PDF-1.4").into(), Format::Text),
        ("%PDF-形式で回答\n".into(), Format::Text),
        ("PKI\t有\nBM\t無\n".into(), Format::Text),
        ("ID\t項目\n1\t有\n".into(), Format::Text),
        ("ID;Priority;Item\n1;2;3\n".into(), Format::Text),
        ("No.,項目\n1,有\n".into(), Format::Text),
    ] {
        assert_eq!(
            sniff(&bytes).unwrap(),
            format,
            "{}",
            String::from_utf8_lossy(&bytes)
        );
    }
}

#[test]
fn a_package_that_is_cut_off_anywhere_is_an_error() {
    let whole = package(&[
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", "<workbook/>"),
    ]);
    assert_eq!(sniff(&whole).unwrap(), Format::Xlsx);
    let error = sniff(&whole[..whole.len() / 2]).unwrap_err();
    assert_eq!(error.reason, Failure::Corrupt);
    assert!(
        error.message.contains("Office file that is cut off"),
        "{error}"
    );
    for length in 4..whole.len() - 22 {
        assert!(sniff(&whole[..length]).is_err(), "{length}");
    }
    let file = compound(&[("A", true), ("B", true), ("C", true), ("Workbook", true)]);
    for length in 8..file.len() {
        let _ = sniff(&file[..length]);
    }
}

#[test]
fn no_damage_makes_it_panic_or_hang() {
    let mut seed = 5_u64;
    let mut next = || {
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (seed >> 33) as usize
    };
    let originals = [
        package(&[("[Content_Types].xml", "<Types/>"), ("a/b.xml", "<x/>")]),
        package(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("c", ""),
        ]),
        compound(&[
            ("A", true),
            ("B", false),
            ("C", true),
            ("EncryptedPackage", true),
        ]),
        b"<?xml version='1.0'?><!-- a --><?b c?><html>".to_vec(),
    ];
    for _ in 0..5000 {
        let mut bytes = originals[next() % originals.len()].clone();
        for _ in 0..1 + next() % 6 {
            let at = 4 + next() % (bytes.len() - 4);
            bytes[at] = if next() % 2 == 0 { 0xFF } else { next() as u8 };
        }
        let _ = sniff(&bytes);
    }
}
