use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::ByteArray;
use ::parquet::errors::ParquetError;

use crate::write::column::{Cell, Kind};

/// A column of the row group under way.
///
/// Definition levels say how much of a cell is there, repetition levels where a list goes on, as
/// in the Parquet format ("Nested Encoding").
#[derive(Debug)]
pub(super) struct Buffer {
    kind: Kind,
    values: Values,
    definition: Vec<i16>,
    /// Of lists only.
    repetition: Vec<i16>,
}

#[derive(Debug)]
enum Values {
    /// All texts one after another, and where each ends.
    Texts(Vec<u8>, Vec<usize>),
    Integers(Vec<i64>),
    Numbers(Vec<f64>),
    Levels(Vec<i32>),
    Points(Vec<f32>),
}

impl Values {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text | Kind::Name | Kind::List => Values::Texts(Vec::new(), Vec::new()),
            Kind::Integer => Values::Integers(Vec::new()),
            Kind::Number => Values::Numbers(Vec::new()),
            Kind::Integers => Values::Levels(Vec::new()),
            Kind::Numbers => Values::Points(Vec::new()),
        }
    }

    fn push_text(&mut self, text: &str) {
        if let Values::Texts(bytes, ends) = self {
            bytes.extend_from_slice(text.as_bytes());
            ends.push(bytes.len());
        }
    }
}

impl Buffer {
    pub(super) fn new(kind: Kind) -> Self {
        Buffer {
            kind,
            values: Values::new(kind),
            definition: Vec::new(),
            repetition: Vec::new(),
        }
    }

    /// About how many bytes its values take.
    pub(super) fn bytes(&self) -> usize {
        match &self.values {
            Values::Texts(bytes, _) => bytes.len(),
            Values::Integers(n) => 8 * n.len(),
            Values::Numbers(n) => 8 * n.len(),
            Values::Levels(n) => 4 * n.len(),
            Values::Points(n) => 4 * n.len(),
        }
    }

    /// Takes the cell of the next row.
    pub(super) fn push(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::Empty => self.nothing(),
            Cell::Text(text) => {
                self.values.push_text(text);
                self.definition.push(1);
            }
            Cell::Integer(n) => {
                if let Values::Integers(values) = &mut self.values {
                    values.push(n);
                }
                self.definition.push(1);
            }
            Cell::Number(n) => {
                if let Values::Numbers(values) = &mut self.values {
                    values.push(n);
                }
                self.definition.push(1);
            }
            Cell::List(list) => {
                list.iter().for_each(|text| self.values.push_text(text));
                self.members(list.len());
            }
            Cell::Integers(list) => {
                if let Values::Levels(values) = &mut self.values {
                    let levels = list.iter().map(|n| i32::try_from(*n).unwrap_or(i32::MAX));
                    values.extend(levels);
                }
                self.members(list.len());
            }
            Cell::Numbers(list) => {
                if let Values::Points(values) = &mut self.values {
                    values.extend_from_slice(list);
                }
                self.members(list.len());
            }
        }
    }

    /// Null, or a list without members where a list is never null.
    fn nothing(&mut self) {
        self.definition.push(0);
        if self.is_list() {
            self.repetition.push(0);
        }
    }

    /// A list of so many members.
    fn members(&mut self, count: usize) {
        // Being there counts as a level where a list may be null.
        let there = i16::from(self.kind != Kind::List);
        if count == 0 {
            self.definition.push(there);
            self.repetition.push(0);
        }
        for member in 0..count {
            self.definition.push(there + 1);
            self.repetition.push(i16::from(member > 0));
        }
    }

    fn is_list(&self) -> bool {
        matches!(self.kind, Kind::List | Kind::Integers | Kind::Numbers)
    }

    /// Writes the column chunk and starts the next one.
    pub(super) fn write(&mut self, writer: &mut ColumnWriter<'_>) -> Result<(), ParquetError> {
        let values = std::mem::replace(&mut self.values, Values::new(self.kind));
        let repetition = self.is_list().then_some(self.repetition.as_slice());
        let definition = Some(self.definition.as_slice());
        match (writer, values) {
            (ColumnWriter::ByteArrayColumnWriter(to), Values::Texts(bytes, ends)) => {
                to.write_batch(&texts(bytes, &ends), definition, repetition)?
            }
            (ColumnWriter::Int64ColumnWriter(to), Values::Integers(values)) => {
                to.write_batch(&values, definition, repetition)?
            }
            (ColumnWriter::DoubleColumnWriter(to), Values::Numbers(values)) => {
                to.write_batch(&values, definition, repetition)?
            }
            (ColumnWriter::Int32ColumnWriter(to), Values::Levels(values)) => {
                to.write_batch(&values, definition, repetition)?
            }
            (ColumnWriter::FloatColumnWriter(to), Values::Points(values)) => {
                to.write_batch(&values, definition, repetition)?
            }
            _ => {
                let message = "a column is written as another type than the schema's";
                return Err(ParquetError::General(message.to_owned()));
            }
        };
        self.definition.clear();
        self.repetition.clear();
        Ok(())
    }
}

/// The texts, all in one piece of memory.
fn texts(bytes: Vec<u8>, ends: &[usize]) -> Vec<ByteArray> {
    let all = ByteArray::from(bytes);
    let mut start = 0;
    let text = |end: &usize| {
        let text = all.slice(start, end - start);
        start = *end;
        text
    };
    ends.iter().map(text).collect()
}
