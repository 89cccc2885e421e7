//! Tables to rows: a text sheet of 60 rows with banners, blanks to inherit and moved cells.

use divan::{Bencher, black_box};
use torikomi::config::Config;
use torikomi::model::Source;
use torikomi::pipeline::Engine;

fn main() {
    divan::main();
}

/// The catalog's own items as a vendor would fill them in.
fn sheet() -> Source {
    let engine = Engine::new(Config::default()).expect("the built-in data files load");
    let mut text =
        String::from("セキュリティチェックシート\n\nNo.\t種別\t項目\t規定内容\t単位\t回答\n");
    let items = engine.catalogs().iter().flat_map(|c| &c.items);
    let named = items.filter(|i| i.name.is_some() && i.description.is_some());
    for (i, item) in named.take(60).enumerate() {
        let (name, description) = (item.name.as_deref(), item.description.as_deref());
        let [name, description] = [name, description].map(Option::unwrap_or_default);
        if i % 12 == 0 {
            text += &format!("第{}章\t\t\t\t\t\n", i / 12 + 1);
        }
        let blank = if i % 20 == 7 { "" } else { "\t" };
        text += &format!(
            "{}\t{blank}{name}\t{description}\t有無\t有。手順を定めて運用しています。\n",
            i + 1
        );
    }
    Source {
        path: "sheet.txt".to_owned(),
        bytes: text.into_bytes(),
    }
}

#[divan::bench]
fn interpret(bencher: Bencher) {
    let engine = Engine::new(Config::default()).expect("the built-in data files load");
    let extraction = engine.extract(&sheet()).expect("the sheet is text");
    bencher.bench_local(|| engine.interpret(black_box(&extraction)));
}

#[divan::bench]
fn normalize(bencher: Bencher) {
    let engine = Engine::new(Config::default()).expect("the built-in data files load");
    let extraction = engine.extract(&sheet()).expect("the sheet is text");
    let rows = engine.interpret(&extraction).expect("it holds a checklist");
    bencher.bench_local(|| engine.normalize(black_box(&rows)));
}

#[divan::bench]
fn all_stages(bencher: Bencher) {
    let engine = Engine::new(Config::default()).expect("the built-in data files load");
    let source = sheet();
    bencher.bench_local(|| engine.import(black_box(&source)));
}
