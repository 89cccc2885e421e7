/// How much of a document goes into the page.
///
/// A browser opens a page of some tens of megabytes; documents that come when the page is nearly
/// full are told more briefly. What a page holds follows from the documents and their order alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Detail {
    /// Item, status and decision of every row: what the matrix has to show.
    Status,
    /// Its answer too; the rest only where somebody has to look.
    Review,
    /// Everything about every row.
    Full,
}

/// Up to this size of the page's data, in bytes, everything is in it: 80,000 rows and more.
const FULL: usize = 40 << 20;

/// From this size on, no texts are added.
const MOST: usize = 56 << 20;

impl Detail {
    /// For a document of about so many bytes, when the page already holds `held`.
    pub(super) fn of(held: usize, document: usize) -> Self {
        match held.saturating_add(document) {
            size if size <= FULL => Detail::Full,
            size if size <= MOST => Detail::Review,
            _ => Detail::Status,
        }
    }

    /// Its name in the page's data.
    pub(super) fn name(self) -> &'static str {
        match self {
            Detail::Full => "full",
            Detail::Review => "review",
            Detail::Status => "status",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_page_takes_less_and_less() {
        for (held, document, detail) in [
            (0, 1000, Detail::Full),
            (0, FULL, Detail::Full),
            (0, FULL + 1, Detail::Review),
            (FULL, 1, Detail::Review),
            (MOST, 1, Detail::Status),
            (usize::MAX, 1, Detail::Status),
        ] {
            assert_eq!(Detail::of(held, document), detail, "{held} + {document}");
        }
    }
}
