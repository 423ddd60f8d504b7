//! What a person pastes: an error, a traceback, a log, a line of `pool.status()`, or several of these in one text.
//!
//! [`read`] masks secrets before anything else keeps the text, takes the text out of whatever it was wrapped in, and returns what
//! it found with the lines that speak for it. It draws no conclusions: that is the room `clinic`.
//!
//! ```
//! use valet::paste::{Kind, read};
//! let paste = read("web-1  | sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00");
//! let Some(Kind::PoolTimeout(limit)) = paste.findings.first().map(|finding| finding.kind.clone()) else { panic!() };
//! assert_eq!((limit.size, limit.overflow, limit.timeout_text().as_deref()), (5, 10, Some("30.00")));
//!
//! let paste = read("postgresql://web:hunter2@db/orders");
//! assert_eq!((paste.text.as_str(), paste.masked.total()), ("postgresql://web:***@db/orders", 1));
//! ```

mod clean;
mod context;
mod escape;
mod finding;
mod frame;
mod kind;
mod limit;
mod line;
mod mask;
mod moment;
mod pattern;
mod prefix;
mod program;
mod rest;
mod scan;
mod secret;
mod squeeze;
mod stamp;
mod wrapping;

pub use context::Context;
pub use finding::Finding;
pub use frame::Frame;
pub use kind::{Gone, Kind, PoolLine, TooMany, Unreachable};
pub use limit::{Limit, Status};
pub use mask::mask;
pub use moment::moment;
pub use program::{Database, Driver, Framework, Hint, Version};
pub use rest::configuration;
pub use secret::{Masked, Secret};
pub use stamp::Stamp;
pub use wrapping::Wrapping;

/// What was read out of a paste.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paste {
    /// The text with every secret masked. It has the lines of the original, so line numbers are the reader's own.
    pub text: String,
    /// How many secrets of which kind were masked.
    pub masked: Masked,
    /// What the text was wrapped in, in the order in which it was met.
    pub wrappings: Vec<Wrapping>,
    /// What was found, most telling first; equal findings are one, with a count.
    pub findings: Vec<Finding>,
    /// What is known of the program around it.
    pub context: Context,
    /// Whether parts of it look like configuration (`create_engine(...)`, `pool_size = 5`), for whoever reads that.
    pub has_configuration: bool,
    /// How many characters were looked at: a measure of the work that needs no clock.
    pub steps: u64,
}

/// Reads a paste. Never fails: a text in which nothing is recognised has no findings.
pub fn read(text: &str) -> Paste {
    let (text, is_html) = escape::plain(text);
    let (text, masked, masking) = mask::mask_counted(&text);
    let mut wrappings = Vec::new();
    if is_html {
        Wrapping::Html.note(&mut wrappings);
    }
    let lines = line::lines(&text, &mut wrappings);
    let squeezed = squeeze::Squeezed::of(&lines);
    let mut scan = scan::scan(&squeezed, &lines);
    frame::note(&lines, &mut scan.context);
    scan.context.conclude(&scan.findings);
    let steps = masking + squeezed.steps() + scan.steps;
    Paste {
        masked,
        wrappings,
        findings: scan.findings,
        has_configuration: scan.context.has(Hint::Configuration),
        context: scan.context,
        steps,
        text,
    }
}

impl Paste {
    /// The findings of which this holds.
    pub fn all(&self, mut of: impl FnMut(&Kind) -> bool) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| of(&finding.kind))
    }

    /// Whether there is a finding of which this holds.
    pub fn has(&self, of: impl Fn(&Kind) -> bool) -> bool {
        self.findings.iter().any(|finding| of(&finding.kind))
    }

    /// The pool time-out that was seen most often.
    pub fn limit(&self) -> Option<Limit> {
        self.findings.iter().find_map(|finding| match finding.kind {
            Kind::PoolTimeout(limit) => Some(limit),
            _ => None,
        })
    }

    /// How many lines of this kind the pool logged.
    pub fn pool_lines(&self, line: PoolLine) -> usize {
        let same = self.findings.iter().filter(|finding| finding.kind == Kind::PoolLog(line));
        same.map(|finding| finding.count).sum()
    }

    /// Whether the pool's log is here, but without a single checkout: then it was logged at INFO.
    pub fn log_is_without_checkouts(&self) -> bool {
        let logged = self.has(|kind| matches!(kind, Kind::PoolLog(_)));
        logged && self.pool_lines(PoolLine::CheckedOut) == 0
    }
}
