use super::*;

/// Rows of a CSV and what was worth telling.
fn csv(text: &str) -> (Vec<String>, Vec<(WarningCode, Option<String>)>) {
    let sheet = read("a.csv", text);
    assert_eq!(sheet.format, Format::Csv, "{text:?}");
    let warnings = codes(&sheet)
        .into_iter()
        .map(|(code, place)| (code, place.map(str::to_owned)))
        .collect();
    (shown(&sheet).split_off(1), warnings)
}

#[test]
fn quoting_as_programs_write_it() {
    for (text, rows) in [
        ("a,b\n1,2\n", &["1|a|b", "2|1|2"][..]),
        ("a,b\r\n1,2", &["1|a|b", "2|1|2"]),
        ("a,b\r1,2\r", &["1|a|b", "2|1|2"]),
        ("\"a\",\"b\"\n\"1,5\",\"2\"\n", &["1|a|b", "2|1,5|2"]),
        ("\"a \"\"b\"\" c\",d\n1,2\n", &["1|a \"b\" c|d", "2|1|2"]),
        ("\"\",\"\"\"\"\n1,2\n", &["1||\"", "2|1|2"]),
        ("\"a\nb\",c\n1,2\n", &["1|a⏎b|c", "3|1|2"]),
        ("\"a\r\nb\r\n\",c\r\n1,2\r\n", &["1|a⏎b⏎|c", "4|1|2"]),
        ("\"a\rb\",c\r1,2\r", &["1|a⏎b|c", "3|1|2"]),
        ("a, \"b,c\" ,d\n1,2,3\n", &["1|a|b,c|d", "2|1|2|3"]),
        ("a,b,c\n1\n1,2,3,4\n", &["1|a|b|c", "2|1", "3|1|2|3|4"]),
        ("a,b\n,\n\n1,2\n,\n", &["1|a|b", "2", "3", "4|1|2"]),
        ("題名\n\na,b\n1,2\n", &["1|題名", "2", "3|a|b", "4|1|2"]),
        ("a,17\" 画面\n1,2\n", &["1|a|17\" 画面", "2|1|2"]),
        ("a;\"b;c\"\n1,5;2\n", &["1|a|b;c", "2|1,5|2"]),
        // quotes around a part of the cell
        ("a,b\n\"毎日\"3時,2\n", &["1|a|b", "2|\"毎日\"3時|2"]),
    ] {
        let (got, warnings) = csv(text);
        assert_eq!(got, rows, "{text:?}");
        assert_eq!(warnings, [], "{text:?}");
    }
}

#[test]
fn broken_quoting_is_read_as_it_stands_and_told() {
    for (text, rows, line) in [
        // not doubled inside
        (
            "a,b\n\"x, \"y\" z\",2\n",
            &["1|a|b", "2|\"x, \"y\" z\"|2"][..],
            2,
        ),
        // never closed
        ("a,b\n\"1,2\n3,4\n", &["1|a|b", "2|\"1|2", "3|3|4"], 2),
        // another field opens further down
        ("a,b\n1,\"x\n2,\"y\"\n", &["1|a|b", "2|1|\"x", "3|2|y"], 2),
        // an empty quoted field further down closes nothing
        ("a,b\n1,\"x\n2,\"\"\n", &["1|a|b", "2|1|\"x", "3|2"], 2),
    ] {
        let (got, warnings) = csv(text);
        assert_eq!(got, rows, "{text:?}");
        let warned = (WarningCode::MalformedInput, Some(format!("line {line}")));
        assert_eq!(warnings, [warned], "{text:?}");
    }
}

#[test]
fn a_quote_is_not_closed_from_afar() {
    let far = "x,y\n".repeat(300);
    let text = format!("a,b\n1,\"open\n{far}2,shut\"\n");
    let sheet = read("a.csv", &text);
    assert_eq!(shown(&sheet)[2], "2|1|\"open");
    assert_eq!(shown(&sheet).len(), 1 + 303);
    // As many lines as a cell of a workbook can have are one field.
    let near = "x\n".repeat(200);
    let sheet = read("a.csv", &format!("a,b\n1,\"open\n{near}shut\"\n3,4\n"));
    assert_eq!(shown(&sheet).len(), 1 + 3);
    assert_eq!(shown(&sheet)[3], "204|3|4");
}

#[test]
fn the_csv_crate_agrees_on_well_formed_files() {
    let mut seed = 11_u64;
    let mut next = |n: usize| {
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (seed >> 33) as usize % n
    };
    let pieces = ["有", "a", "\"", ",", "\n", "。", " b", "\"\"", "9"];
    for _ in 0..300 {
        let mut writer = csv::WriterBuilder::new()
            .flexible(true)
            .from_writer(Vec::new());
        let mut wanted = Vec::new();
        for row in 0..1 + next(6) {
            let mut record = vec![format!("r{row}")];
            for _ in 0..1 + next(4) {
                record.push((0..next(6)).map(|_| pieces[next(pieces.len())]).collect());
            }
            writer.write_record(&record).unwrap();
            wanted.push(record);
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let mut ledger = Ledger::new(&ExtractConfig::default());
        let blocks = delimited::read(&text, b',', &mut ledger).unwrap();
        let [Block::Table(table)] = blocks.as_slice() else {
            panic!("{text:?}");
        };
        let got: Vec<_> = table
            .cells
            .iter()
            .map(|c| (c.row, c.col, c.text.clone()))
            .collect();
        let wanted: Vec<_> = wanted
            .iter()
            .zip(0..)
            .flat_map(|(record, row)| {
                record
                    .iter()
                    .zip(0..)
                    .map(move |(f, col)| (row, col, f.clone()))
            })
            .filter(|(_, _, f)| !f.trim().is_empty())
            .collect();
        assert_eq!(got, wanted, "{text:?}");
        assert_eq!(ledger.into_warnings(), [], "{text:?}");
    }
}
