//! From a paste to ranked causes.

use super::cause::Cause;
use super::error_page::{ERRORS, ErrorPage};
use super::numbers::Numbers;
use super::weight::{WEIGHTS, Weight};
use crate::paste::{Database, Kind, Paste};
use crate::pool::Settings;

/// The lines of Python that switch on the pool's log with checkouts and returns.
pub const DEBUG_ON: [&str; 2] =
    ["import logging; logging.basicConfig()", "logging.getLogger(\"sqlalchemy.pool\").setLevel(logging.DEBUG)"];

/// What a paste comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// The reader's numbers.
    pub numbers: Numbers,
    /// The causes for which something speaks, likeliest first.
    pub causes: Vec<Ranked>,
    /// What this paste cannot tell, and what to do about it.
    pub unknown: Vec<&'static str>,
    /// The named errors that are in it.
    pub errors: Vec<&'static ErrorPage>,
}

/// A cause with what speaks for it and against it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The cause.
    pub cause: Cause,
    /// The sum of the weights. It orders the causes and means nothing else.
    pub score: i32,
    /// What speaks for it, heaviest first.
    pub speaks_for: Vec<Evidence>,
    /// What speaks against it, heaviest first.
    pub speaks_against: Vec<Evidence>,
}

/// Something in the paste that speaks for a cause or against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The row of the table.
    pub weight: Weight,
    /// The lines of the paste that show it; empty if the whole paste does, or the configuration.
    pub lines: Vec<u32>,
    /// What the first of them says, masked.
    pub excerpt: String,
}

/// Weighs what a paste shows, with the settings that were read from a configuration, if there was one.
pub fn diagnose(paste: &Paste, configured: Option<&Settings>) -> Diagnosis {
    let mut causes: Vec<Ranked> = Cause::ALL.iter().map(|&cause| Ranked::new(cause)).collect();
    let mut last = None;
    for weight in WEIGHTS {
        // Rows of one sign stand together; it is looked for once.
        if last.as_ref().is_none_or(|(sign, _)| *sign != weight.sign) {
            last = Some((weight.sign, weight.sign.seen(paste, configured)));
        }
        if let Some((_, Some((lines, excerpt)))) = &last
            && let Some(ranked) = causes.iter_mut().find(|ranked| ranked.cause == weight.cause)
        {
            ranked.add(Evidence { weight: *weight, lines: lines.clone(), excerpt: excerpt.clone() });
        }
    }
    // A configuration alone has no symptom: all that can be said is whether it arrives.
    let is_symptom = |ranked: &Ranked| !paste.findings.is_empty() || ranked.cause == Cause::PoolSurprise;
    causes.retain(|ranked| ranked.score > 0 && !ranked.speaks_for.is_empty() && is_symptom(ranked));
    causes.sort_by_key(|ranked| (-ranked.score, ranked.cause));
    let errors = ERRORS.iter().filter(|page| paste.has(|kind| page.is_about(kind))).collect();
    Diagnosis { numbers: Numbers::of(paste, configured), unknown: unknown(paste, &causes), causes, errors }
}

impl Ranked {
    fn new(cause: Cause) -> Ranked {
        Ranked { cause, score: 0, speaks_for: Vec::new(), speaks_against: Vec::new() }
    }

    fn add(&mut self, evidence: Evidence) {
        self.score += evidence.weight.weight;
        let list = if evidence.weight.weight > 0 { &mut self.speaks_for } else { &mut self.speaks_against };
        list.push(evidence);
        list.sort_by_key(|evidence| -evidence.weight.weight.abs());
    }
}

/// What a paste cannot tell.
fn unknown(paste: &Paste, causes: &[Ranked]) -> Vec<&'static str> {
    let mut unknown = Vec::new();
    if paste.findings.is_empty() && paste.has_configuration {
        unknown.push("This is a configuration without an error. Add the error that you see, and the causes come with your numbers.");
        return unknown;
    }
    if paste.findings.is_empty() {
        unknown.push("Nothing here is an error, a log line or a status line of a pool that is known here. Paste the whole traceback, from “Traceback” to the last line.");
        return unknown;
    }
    if paste.log_is_without_checkouts() {
        unknown.push("This log was written at INFO: no checkouts are in it. Two lines switch DEBUG on, and then it shows every connection taken and returned.");
    } else if paste.has(|kind| matches!(kind, Kind::PoolTimeout(_) | Kind::CutTimeout)) {
        unknown.push("The error shows who waited, not who held the connections. The pool’s log at DEBUG shows every connection taken and returned.");
    }
    if paste.has(|kind| *kind == Kind::CutTimeout) {
        unknown.push("The sentence with the pool’s numbers is missing: it begins with “QueuePool limit of size”, and is mostly the last line of the traceback.");
    }
    if matches!(paste.context.database, Some(Database::Oracle | Database::Mssql)) {
        unknown.push("The words of Oracle’s and SQL Server’s drivers are not known here: where a server is shown, it tells its errors plainly.");
    }
    if paste.has(|kind| matches!(kind, Kind::NotCheckedIn(_))) {
        unknown.push("The place in the warning is where the garbage collector ran. The code that lost the connection is elsewhere.");
    }
    if let [first, second, ..] = causes
        && first.score - second.score < CLOSE
    {
        unknown.push("The first causes are close together. The experiment named with each is what decides.");
    }
    unknown
}

/// A difference of scores that decides nothing.
const CLOSE: i32 = 12;
