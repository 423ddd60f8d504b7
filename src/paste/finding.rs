//! A finding: what, how often, where, when.

use super::kind::Kind;
use super::line::Line;
use super::stamp::Stamp;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub kind: Kind,
    /// How often.
    pub count: usize,
    /// The numbers of the first lines of the paste that say so.
    pub lines: Vec<u32>,
    /// What the first of them says, masked and shortened.
    pub excerpt: String,
    /// The first moment that such a line gives.
    pub first: Option<Stamp>,
    /// The last moment that such a line gives.
    pub last: Option<Stamp>,
}

/// The most lines that are kept of a finding, and the longest excerpt in characters.
const MOST_LINES: usize = 20;
const EXCERPT: usize = 240;
/// The most different findings that are kept: whoever pastes a hundred different statuses sees the first ones.
const MOST_FINDINGS: usize = 64;

/// Adds one to the findings. Equal ones are one finding.
pub(super) fn add(findings: &mut Vec<Finding>, kind: Kind, line: &Line, stamp: Option<&Stamp>, again: bool) {
    let found = match findings.iter_mut().position(|finding| finding.kind == kind) {
        Some(place) => &mut findings[place],
        None if findings.len() >= MOST_FINDINGS => return,
        None => {
            let excerpt = excerpt(line);
            findings.push(Finding { kind, count: 0, lines: Vec::new(), excerpt, first: None, last: None });
            let last = findings.len() - 1;
            &mut findings[last]
        }
    };
    let same_line = found.lines.last() == Some(&line.number);
    if same_line && !again {
        return;
    }
    found.count += 1;
    if !same_line && found.lines.len() < MOST_LINES {
        found.lines.push(line.number);
    }
    if let Some(stamp) = stamp {
        found.first.get_or_insert_with(|| stamp.clone());
        found.last = Some(stamp.clone());
    }
}

fn excerpt(line: &Line) -> String {
    let text = line.text.get(line.message..).unwrap_or(&line.text).trim();
    let short: String = text.chars().take(EXCERPT).collect();
    if short.len() < text.len() { short + "…" } else { short }
}

impl Finding {
    /// The milliseconds from the first to the last of them, if the lines say when.
    pub fn lasted(&self) -> Option<i64> {
        Some(self.last.as_ref()?.millis - self.first.as_ref()?.millis)
    }
}
