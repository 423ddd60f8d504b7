//! What is taken at first and breaks afterwards.

use super::argument::Number;
use super::{Argument, Attributes, PythonError};
use crate::pool::Class;

/// An error that settings will lead to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{when}: {}: {raised}", raised.class())]
pub struct LaterError {
    /// When it comes.
    pub when: LaterErrorMoment,
    /// The error.
    pub raised: PythonError,
}

/// When an error comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LaterErrorMoment {
    /// Nobody gets a connection.
    #[error("At the first checkout")]
    FirstCheckout,
    /// Whoever would have to wait.
    #[error("At a checkout that finds the pool at its limit")]
    Limit,
}

/// The longest wait that Python 3.11 takes: 2**63 nanoseconds.
const LONGEST: f64 = 9_223_372_036.8;

/// What will go wrong with a pool of these attributes: the first thing each time.
pub(super) fn expected(class: Class, attributes: &Attributes, creator: Option<&Argument>) -> Vec<LaterError> {
    if let Some(raised) = first(class, attributes, creator) {
        return vec![LaterError { when: LaterErrorMoment::FirstCheckout, raised }];
    }
    limit(class, attributes).map(|raised| LaterError { when: LaterErrorMoment::Limit, raised }).into_iter().collect()
}

fn compared(operator: &'static str, left: &str, right: &str) -> Option<PythonError> {
    Some(PythonError::Compared { operator, left: left.to_owned(), right: right.to_owned() })
}

/// In the order of the code: the count, the connection, its place, its age.
fn first(class: Class, attributes: &Attributes, creator: Option<&Argument>) -> Option<PythonError> {
    if let (Some(size), Some(more)) = (&attributes.size, &attributes.max_overflow) {
        let Some(number) = more.number() else { return compared(">", more.type_name(), "int") };
        let (size, more) = (size.number().map_or(0.0, Number::as_f64), number.as_f64());
        let unlimited = more == -1.0;
        // At its limit it waits, below it counts one more; where neither holds it tries again for ever.
        let waits = more > -1.0 && -size >= more;
        let counts = -size < more;
        if !unlimited && !waits && !counts {
            return Some(PythonError::Recursion);
        }
    }
    if let Some(creator) = creator.filter(|creator| !creator.callable()) {
        return Some(PythonError::NotCallable(creator.type_name().to_owned()));
    }
    if let (Class::SingletonThreadPool, Some(size)) = (class, &attributes.size) {
        match size.number() {
            None => return compared(">=", "int", size.type_name()),
            Some(number) if number.as_f64() <= 0.0 => return Some(PythonError::EmptySet),
            Some(_) => {}
        }
    }
    match attributes.recycle.number() {
        None => compared(">", attributes.recycle.type_name(), "int"),
        Some(_) => None,
    }
}

fn limit(class: Class, attributes: &Attributes) -> Option<PythonError> {
    let more = attributes.max_overflow.as_ref()?.number()?.as_f64();
    if more < -1.0 {
        return Some(PythonError::Recursion);
    }
    if more == -1.0 || more == f64::INFINITY {
        return None;
    }
    let timeout = attributes.timeout.as_ref()?;
    let for_async = class == Class::AsyncAdaptedQueuePool;
    match timeout.number().map(Number::as_f64) {
        _ if *timeout == Argument::None => None,
        None if for_async => {
            Some(PythonError::Operands { operator: '+', left: "float", right: timeout.type_name().to_owned() })
        }
        None => compared("<", timeout.type_name(), "int"),
        Some(_) if for_async => None,
        Some(seconds) if seconds < 0.0 => Some(PythonError::NegativeTimeout),
        Some(seconds) if seconds > LONGEST => Some(PythonError::EndlessTimeout),
        Some(_) => None,
    }
}
