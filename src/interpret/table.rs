//! One table: its columns, their roles, and each strip's cells by column, put right.

use super::Knowledge;
use super::choice;
use super::column::{Entry, LogicalColumn, columns, entries};
use super::ditto;
use super::header::Title;
use super::kind::{self, Kind};
use super::profile::Profile;
use super::repair::{Shape, repair};
use super::role::assign;
use super::strip::Strip;
use crate::model::{Column, Moved, Role, SheetTable};
use crate::notation::{number, show};

/// A table whose strips have been read.
pub(super) struct TableRead<'a> {
    pub columns: Vec<LogicalColumn>,
    pub roles: Vec<Role>,
    /// For each strip of the body, in order.
    pub lines: Vec<BodyLine<'a>>,
    /// Its items carry their numbers in the same cell.
    pub numbers_lead: Option<Role>,
    telling: bool,
}

/// A strip of a table's body.
pub(super) struct BodyLine<'a> {
    pub strip: &'a Strip<'a>,
    /// Its cells by column; empty for lines outside the grid.
    pub entries: Vec<Entry<'a>>,
    pub moved: Option<Moved>,
}

/// Reads a table with the given titles (none: no header) from the strips of its body.
pub(super) fn read<'a>(
    titles: &[Title],
    body: &[&'a Strip<'a>],
    known: Knowledge<'_>,
) -> TableRead<'a> {
    let mut columns = columns(titles, body.iter().copied());
    let mut cells: Vec<Vec<Entry>> = Vec::with_capacity(body.len());
    for strip in body {
        cells.push(if strip.loose {
            Vec::new()
        } else {
            entries(strip, &columns, known)
        });
    }
    choice::merge(&mut columns, &mut cells, known);
    ditto::resolve(&columns, &mut cells, known);
    let line = |(strip, entries): (&&'a Strip<'a>, Vec<Entry<'a>>)| BodyLine {
        strip,
        entries,
        moved: None,
    };
    let mut lines: Vec<BodyLine> = body.iter().zip(cells).map(line).collect();
    let mut profiles = profile(&lines, columns.len());
    let mut roles = assign(&columns, &profiles);
    // Moved cells blur the profiles, and profiles tell the roles: what the repair cleared up may
    // tell the roles better, once.
    let unmoved: Vec<Vec<Entry>> = lines.iter().map(|l| l.entries.clone()).collect();
    if mend(&mut lines, &roles, &profiles) {
        profiles = profile(&lines, columns.len());
        let better = assign(&columns, &profiles);
        if better != roles {
            roles = better;
            for (line, entries) in lines.iter_mut().zip(unmoved) {
                line.entries = entries;
                line.moved = None;
            }
            mend(&mut lines, &roles, &profiles);
        }
    }
    let numbers_lead = leading_numbers(&roles, &profiles);
    let telling = profiles.iter().any(Profile::is_telling);
    TableRead {
        columns,
        roles,
        lines,
        numbers_lead,
        telling,
    }
}

impl TableRead<'_> {
    /// Whether it asks and answers. Without a header, marks, numbers or the catalogs' own words
    /// must say so too.
    pub(super) fn is_checklist(&self, has_header: bool) -> bool {
        let has = |a, b| self.roles.contains(&a) || self.roles.contains(&b);
        has(Role::Item, Role::Description)
            && has(Role::Mark, Role::Text)
            && (has_header || self.telling)
    }

    /// What is written about it.
    pub(super) fn describe(&self) -> SheetTable {
        let place = self.lines.first().map(|l| l.strip);
        let column = |(i, c): (usize, &LogicalColumn)| Column {
            index: i as u32,
            title: c.title.as_deref().map(show).filter(|t| !t.is_empty()),
            role: self.roles.get(i).copied().unwrap_or(Role::None),
        };
        SheetTable {
            page: place.and_then(|p| p.page()),
            sheet: place.and_then(|p| p.sheet().map(|s| s.to_string())),
            columns: self.columns.iter().enumerate().map(column).collect(),
        }
    }

    /// What each strip of the body is; none for lines outside the grid.
    pub(super) fn kinds(&self, known: Knowledge<'_>) -> Vec<Option<Kind>> {
        let mut next: Option<Vec<u32>> = None;
        let mut kinds = Vec::with_capacity(self.lines.len());
        for line in self.lines.iter().rev() {
            let in_grid = !line.entries.is_empty();
            kinds.push(
                in_grid.then(|| kind::of_cells(&line.entries, &self.roles, next.as_deref(), known)),
            );
            next = self.number(line).or(next);
        }
        kinds.reverse();
        kinds
    }

    fn number(&self, line: &BodyLine<'_>) -> Option<Vec<u32>> {
        let at = self.roles.iter().position(|r| *r == Role::Number)?;
        let entry = line
            .entries
            .get(at)
            .filter(|e| e.is_own() && e.look.number)?;
        number::parse(&entry.text).map(|n| n.path)
    }
}

/// Profiles over the strips that hold more than one cell.
fn profile(lines: &[BodyLine<'_>], columns: usize) -> Vec<Profile> {
    let mut profiles = vec![Profile::default(); columns];
    let mut last: Vec<&str> = vec![""; columns];
    for line in lines
        .iter()
        .filter(|l| l.entries.iter().filter(|e| e.is_own()).nth(1).is_some())
    {
        for (i, entry) in line.entries.iter().enumerate().take(columns) {
            profiles[i].add(entry, last[i]);
            if entry.is_own() {
                last[i] = entry.folded();
            }
        }
    }
    profiles
}

/// Repairs every row; says whether any was.
fn mend(lines: &mut [BodyLine<'_>], roles: &[Role], profiles: &[Profile]) -> bool {
    let fill: Vec<f32> = profiles.iter().map(Profile::fill).collect();
    let length: Vec<f32> = profiles.iter().map(Profile::length).collect();
    let shape = Shape {
        roles,
        fill: &fill,
        length: &length,
    };
    let mut any = false;
    for line in lines.iter_mut().filter(|l| !l.entries.is_empty()) {
        line.moved = repair(&mut line.entries, &shape);
        any |= line.moved.is_some();
    }
    any
}

/// The role whose cells carry the item's number before the words, when no column of numbers does.
fn leading_numbers(roles: &[Role], profiles: &[Profile]) -> Option<Role> {
    let leads = |role: Role| {
        let at = roles.iter().position(|r| *r == role)?;
        profiles[at].level().map(|_| role)
    };
    // A column titled as numbers whose cells go on with the item's name.
    if let Some(role) = leads(Role::Number).filter(|_| !roles.contains(&Role::Item)) {
        return Some(role);
    }
    if roles.contains(&Role::Number) {
        return None;
    }
    leads(Role::Item).or_else(|| leads(Role::Description))
}
