//! What a `SELECT` found.

use std::sync::Arc;

/// The values of one column, in order. Equal neighbours are kept once with their number: a table of a thousand Alices is
/// small, and copies are cheap.
///
/// ```
/// use valet::sql::Rows;
///
/// let rows = Rows::of(["Alice", "Alice", "Bob"]);
/// assert_eq!(rows.len(), 3);
/// assert_eq!(rows.iter().collect::<Vec<_>>(), ["Alice", "Alice", "Bob"]);
/// assert_eq!(rows.runs().collect::<Vec<_>>(), [("Alice", 2), ("Bob", 1)]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows(Arc<[(Box<str>, u32)]>);

impl Rows {
    /// These values.
    pub fn of<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> Rows {
        Rows::from_runs(values.into_iter().map(|value| (value, 1)))
    }

    /// These values, each so many times.
    pub fn from_runs<T: AsRef<str>>(runs: impl IntoIterator<Item = (T, u32)>) -> Rows {
        let mut kept: Vec<(Box<str>, u32)> = Vec::new();
        for (value, times) in runs {
            match kept.last_mut() {
                Some((last, before)) if **last == *value.as_ref() => *before += times,
                _ => kept.push((value.as_ref().into(), times)),
            }
        }
        Rows(kept.into())
    }

    /// How many rows.
    pub fn len(&self) -> u32 {
        self.0.iter().map(|(_, times)| times).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every value, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|(value, times)| std::iter::repeat_n(&**value, *times as usize))
    }

    /// Neighbours that are equal, and how many of them.
    pub fn runs(&self) -> impl Iterator<Item = (&str, u32)> {
        self.0.iter().map(|(value, times)| (&**value, *times))
    }
}
