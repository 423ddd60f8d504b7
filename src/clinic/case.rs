//! A case: a text, and all that is read out of it.

use super::cause::Cause;
use super::code::Code;
use super::cure::{Cure, cure};
use super::diagnosis::{Diagnosis, diagnose};
use crate::paste::{self, Kind, Paste};
use crate::pool::Settings;
use crate::source::{self, Reading};

/// What somebody brought, and what it comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What was found in it.
    pub paste: Paste,
    /// The configuration in it.
    pub reading: Option<Reading>,
    /// The settings of the engine that the error or the status line is about, if a configuration says them.
    pub configured: Option<Settings>,
    /// The likely causes.
    pub diagnosis: Diagnosis,
}

/// What helps where the engine was refused: there is no pool that could be shown.
static REFUSED: [Cure; 1] = [cure(
    "remove-arguments",
    "Remove the arguments that the message names",
    "The class of pool in the message does not take them. pool_pre_ping, pool_recycle and pool_reset_on_return may stay. Or choose a class that takes them, such as QueuePool (AsyncAdaptedQueuePool for an async engine).",
    "Another class is another pool: QueuePool keeps connections open, NullPool opens one for each checkout.",
    |_, _| {},
    Code::None,
)];

impl Case {
    /// Reads a text. Secrets in it are masked before anything else looks at it.
    pub fn of(text: &str) -> Case {
        let paste = paste::read(text);
        let reading = source::read(&paste::configuration(&paste.text));
        let configured = reading.as_ref().and_then(|reading| configured(reading, &paste));
        let diagnosis = diagnose(&paste, configured.as_ref());
        Case { paste, reading, configured, diagnosis }
    }

    /// Whether SQLAlchemy refuses the engine's arguments: then there is no pool to show.
    pub fn is_refused(&self) -> bool {
        let made = self.reading.iter().flat_map(|reading| &reading.engines);
        let says_so = self.paste.has(|kind| matches!(kind, Kind::InvalidArguments { .. } | Kind::WrongPoolKind));
        says_so || made.into_iter().any(|engine| engine.made.is_err())
    }

    /// Whether this cause, in this case, is that the engine was refused.
    pub fn is_refusal(&self, cause: Cause) -> bool {
        cause == Cause::PoolSurprise && self.is_refused()
    }

    /// What removes a cause in this case, best first.
    pub fn cures(&self, cause: Cause) -> &'static [Cure] {
        if self.is_refusal(cause) { &REFUSED } else { cause.cures() }
    }
}

/// The settings of the engine that the error or the status line is about: of several engines the one with its numbers, or else
/// the first.
fn configured(reading: &Reading, paste: &Paste) -> Option<Settings> {
    let made = reading.engines.iter().filter_map(|engine| Some(engine.made.as_ref().ok()?.settings));
    let status = paste.findings.iter().find_map(|finding| match finding.kind {
        Kind::Status(status) => Some(status.size),
        _ => None,
    });
    let fits = |settings: &Settings| match (paste.limit(), status) {
        (Some(limit), _) => {
            let same_timeout = limit.timeout.is_none() || limit.timeout == settings.pool_timeout;
            let same_size = (limit.size, limit.overflow) == (settings.pool_size, settings.max_overflow);
            u8::from(same_size) * 2 + u8::from(same_size && same_timeout)
        }
        (None, Some(size)) => u8::from(size == settings.pool_size),
        (None, None) => 0,
    };
    // Of equal ones the first.
    made.rev().max_by_key(fits)
}
