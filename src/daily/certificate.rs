//! The proof that an outage is a fair one.

use super::moves::{Change, candidates, wrong_moves};
use super::outage::Outage;
use crate::clinic::Cause;
use crate::figures::ERRORS;

/// So many requests fail at least: fewer are no outage.
const LEAST_ERRORS: i64 = 2;

/// What was found of an outage that is a fair one.
#[derive(Debug, Clone, PartialEq)]
pub struct Certificate {
    /// How many requests failed.
    pub failed: i64,
    /// What cures it and breaks nothing, of all that was tried; the fewest changes first.
    pub cures: Vec<Vec<Change>>,
    /// The usual wrong moves: none cures it without breaking something.
    pub wrong: Vec<Vec<Change>>,
}

/// Why an outage is not a fair one.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CertificateError {
    /// Hardly anything failed.
    #[error("{0} requests fail, which is no outage")]
    Harmless(i64),
    /// The day is bad without everything that happened.
    #[error("the good day is not good")]
    BadDay,
    /// It is the cause, and its absence does not help.
    #[error("{0:?} is the cause, and without it things go wrong all the same")]
    NotTheCause(Cause),
    /// It is not the cause, and its absence helps.
    #[error("{0:?} is not the cause, and without it all is well")]
    AnotherCause(Cause),
    /// Nothing that was tried helps.
    #[error("nothing cures it")]
    Incurable,
    /// What people usually try helps.
    #[error("a usual wrong move cures it: {0:?}")]
    RightMove(Vec<Change>),
    /// A change cannot be made.
    #[error("{0:?} cannot be changed")]
    NoMove(Vec<Change>),
}

/// Proves by search that an outage is a fair one: it goes wrong, and is well on a good day; without its cause it is well, and
/// without any other that is offered it is not; at least one cure breaks nothing; and no usual wrong move is one.
///
/// # Errors
/// [`CertificateError`]: what is not so.
pub fn certify(outage: &Outage) -> Result<Certificate, CertificateError> {
    let plan = outage.plan();
    let failed = ERRORS.number(&plan.outcome());
    if failed < LEAST_ERRORS {
        return Err(CertificateError::Harmless(failed));
    }
    if !outage.judge(&outage.good_day().outcome()).is_well() {
        return Err(CertificateError::BadDay);
    }
    for &cause in &outage.offered {
        let judged = outage.judge(&outage.without(cause).outcome());
        match (cause == outage.cause, judged.is_well(), judged.is_cured()) {
            (true, false, _) => return Err(CertificateError::NotTheCause(cause)),
            (false, _, true) => return Err(CertificateError::AnotherCause(cause)),
            _ => {}
        }
    }
    let wins = |changes: &Vec<Change>| match outage.attempt(changes) {
        Ok(plan) => Ok(outage.judge(&plan.outcome()).is_well()),
        Err(_) => Err(CertificateError::NoMove(changes.clone())),
    };
    let wrong = wrong_moves(outage.cause, &plan);
    for changes in &wrong {
        if wins(changes)? {
            return Err(CertificateError::RightMove(changes.clone()));
        }
    }
    let mut cures = Vec::new();
    for changes in candidates(&plan) {
        if wins(&changes)? {
            cures.push(changes);
        }
    }
    if cures.is_empty() { Err(CertificateError::Incurable) } else { Ok(Certificate { failed, cures, wrong }) }
}
