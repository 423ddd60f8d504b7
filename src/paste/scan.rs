//! One pass over the squeezed text, in which every text of the table is looked for at once.

use super::context::Context;
use super::finding::{self, Finding};
use super::kind::Kind;
use super::limit::{limit, status};
use super::line::Line;
use super::pattern::{Mark, PATTERNS};
use super::squeeze::Squeezed;
use super::stamp::Stamp;
use crate::pool::Class;

/// What a pass found.
pub(super) struct Scan {
    pub findings: Vec<Finding>,
    pub context: Context,
    pub steps: u64,
}

/// How far behind its beginning a text with names in it goes at most, squeezed.
const FAR: usize = 900;

/// Goes through the text once.
pub(super) fn scan(text: &Squeezed, lines: &[Line]) -> Scan {
    // The patterns by their first bytes, so that most places are compared with none.
    let mut by_first: [Vec<&(&str, Mark)>; 256] = std::array::from_fn(|_| Vec::new());
    let mut begins = vec![false; 1 << 16];
    for pattern in PATTERNS {
        let bytes = pattern.0.as_bytes();
        by_first[usize::from(bytes[0])].push(pattern);
        begins[pair(bytes, 0)] = true;
    }
    let stamps = stamps(lines);
    let mut scan = Scan { findings: Vec::new(), context: Context::default(), steps: 0 };
    for line in lines {
        scan.context.pid(line.pid);
    }
    let mut at = 0;
    while let Some(&byte) = text.bytes.get(at) {
        scan.steps += 1;
        if !begins[pair(&text.bytes, at)] {
            at += 1;
            continue;
        }
        let here = &by_first[usize::from(byte)];
        scan.steps += here.len() as u64;
        let found = here.iter().find(|(pattern, _)| text.begins(at, pattern));
        let end = found.and_then(|(pattern, mark)| scan.mark(text, lines, &stamps, at, at + pattern.len(), mark));
        at = end.unwrap_or(at + 1).max(at + 1);
    }
    if scan.findings.iter().any(|finding| matches!(finding.kind, Kind::PoolTimeout(_))) {
        scan.findings.retain(|finding| finding.kind != Kind::CutTimeout);
    }
    scan.findings.sort_by(|one, other| {
        let rank = one.kind.rank().cmp(&other.kind.rank());
        rank.then(other.count.cmp(&one.count)).then(one.lines.cmp(&other.lines))
    });
    scan
}

/// Two bytes as one number.
fn pair(bytes: &[u8], at: usize) -> usize {
    usize::from(bytes[at]) << 8 | usize::from(bytes.get(at + 1).copied().unwrap_or(0))
}

/// For each line its moment, or that of the last line before it that has one.
fn stamps(lines: &[Line]) -> Vec<Option<&Stamp>> {
    let mut last = None;
    let each = lines.iter().map(|line| {
        last = line.stamp.as_ref().or(last);
        last
    });
    each.collect()
}

impl Scan {
    /// Notes what stands from `at` to `end`. Returns where to go on; `None` if it means nothing after all.
    fn mark(
        &mut self,
        text: &Squeezed,
        lines: &[Line],
        stamps: &[Option<&Stamp>],
        at: usize,
        end: usize,
        mark: &Mark,
    ) -> Option<usize> {
        let index = text.line(at);
        let number = lines.get(index).map_or(1, |line| line.number);
        let (kind, end, again) = match mark {
            Mark::Driver(driver) => return self.context.driver(*driver, end),
            Mark::Database(database) => return self.context.database(*database, end),
            Mark::Framework(framework) => return self.context.framework(*framework, end),
            Mark::Hint(hint) => return self.context.hint(*hint, number, end),
            Mark::Kind(kind) => (kind.clone(), end, false),
            Mark::In(database, kind) => {
                self.context.speaks(*database);
                (kind.clone(), end, false)
            }
            // The error that the link belongs to is told already, unless the link is all there is.
            Mark::Code(kind) => {
                let is_link = at > 0 && text.bytes[at - 1] == b'/' && !text.stands_apart(at);
                let is_told = self.findings.iter().any(|finding| finding.kind == *kind);
                if !is_link || is_told {
                    return None;
                }
                (kind.clone(), end, false)
            }
            Mark::Limit => {
                let (limit, end) = limit(text, at)?;
                (Kind::PoolTimeout(limit), end, true)
            }
            Mark::Status => {
                let (status, end) = status(text, end)?;
                (Kind::Status(status), end, true)
            }
            Mark::Arguments => {
                let (kind, end) = arguments(text, end)?;
                (kind, end, false)
            }
            Mark::Collector => {
                let said = text.find(end, end + FAR, "willbe").unwrap_or(end);
                let terminated = text.begins(said, "willbeterminated");
                let dropped = text.begins(said, "willbedropped");
                (Kind::NotCheckedIn((terminated || dropped).then_some(terminated)), end, false)
            }
        };
        let line = lines.get(index)?;
        finding::add(&mut self.findings, kind, line, stamps.get(index).copied().flatten(), again);
        Some(end)
    }
}

/// `'pool_size','max_overflow' sent to create_engine(), using configuration PGDialect_psycopg2/NullPool/Engine`.
fn arguments(text: &Squeezed, from: usize) -> Option<(Kind, usize)> {
    let sent = text.find(from, from + FAR, "sentto")?;
    let list = String::from_utf8_lossy(&text.bytes[from..sent]).into_owned();
    let names: Vec<String> =
        list.split(',').map(|name| name.trim_matches(':').to_owned()).filter(|name| !name.is_empty()).collect();
    let using = text.find(sent, sent + 80, "usingconfiguration").map_or(sent, |place| place + 18);
    let rest = text.bytes.get(using..(using + 120).min(text.bytes.len())).unwrap_or_default();
    let pool = rest
        .split(|&byte| byte == b'/')
        .nth(1)
        .and_then(|name| Class::ALL.into_iter().find(|class| class.name().as_bytes().eq_ignore_ascii_case(name)));
    Some((Kind::InvalidArguments { names, pool }, using))
}
