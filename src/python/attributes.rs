//! The attributes of a pool, as Python holds them, and the settings they amount to.

use super::argument::Number;
use super::{Argument, Note};
use crate::pool::{Class, Dialect, Echo, Reset, Settings};
use crate::time::Span;

/// What real SQLAlchemy would keep in the pool's attributes, unread.
#[derive(Debug, Clone, PartialEq)]
pub struct Attributes {
    /// `_pool.maxsize`, or `size` of a `SingletonThreadPool`; others have none.
    pub size: Option<Argument>,
    /// `_max_overflow`, where there is a queue.
    pub max_overflow: Option<Argument>,
    /// `_timeout`, where there is a queue.
    pub timeout: Option<Argument>,
    /// `_pool.use_lifo`, where there is a queue.
    pub use_lifo: Option<Argument>,
    /// `_recycle`.
    pub recycle: Argument,
    /// `_pre_ping`.
    pub pre_ping: Argument,
    /// `_reset_on_return`.
    pub reset_on_return: Reset,
    /// `echo`.
    pub echo: Argument,
}

/// Larger counts are taken as this one, which leaves room to count on.
const LARGEST: i128 = 1 << 60;

impl Attributes {
    /// Those of a pool made before.
    pub(super) fn of(pool: &Settings) -> Attributes {
        let seconds = |span: Span| match span.as_micros() % 1_000_000 {
            0 => Argument::from(span.as_micros() / 1_000_000),
            _ => Argument::from(span.as_secs_f64()),
        };
        let queue = pool.class.has_queue();
        let sized = queue || pool.class == Class::SingletonThreadPool;
        let more = if pool.pool_size == 0 { -1 } else { pool.max_overflow };
        Attributes {
            size: sized.then(|| pool.pool_size.into()),
            max_overflow: queue.then(|| more.into()),
            timeout: queue.then(|| pool.pool_timeout.map_or(Argument::None, seconds)),
            use_lifo: queue.then(|| pool.pool_use_lifo.into()),
            recycle: seconds(pool.pool_recycle),
            pre_ping: pool.pool_pre_ping.into(),
            reset_on_return: pool.pool_reset_on_return,
            echo: match pool.echo_pool {
                Echo::Off => Argument::None,
                Echo::Info => Argument::Bool(true),
                Echo::Debug => "debug".into(),
            },
        }
    }

    /// The settings they amount to. What does not work at all is left at its default; [`LaterError`](super::LaterError) tells of it.
    pub(super) fn settings(&self, class: Class, dialect: Dialect) -> Settings {
        let usual = Settings { class, dialect, ..Settings::DEFAULT };
        let number = |argument: &Option<Argument>| argument.as_ref().and_then(Argument::number);
        let (pool_size, max_overflow) = counts(number(&self.size), number(&self.max_overflow));
        Settings {
            pool_size: pool_size.unwrap_or(usual.pool_size),
            max_overflow: max_overflow.unwrap_or(usual.max_overflow),
            pool_timeout: match &self.timeout {
                Some(Argument::None) => None,
                Some(timeout) => timeout.number().map_or(usual.pool_timeout, |seconds| wait(class, seconds)),
                None => usual.pool_timeout,
            },
            pool_recycle: self.recycle.number().map_or(usual.pool_recycle, age),
            pool_pre_ping: self.pre_ping.truthy(),
            pool_use_lifo: self.use_lifo.as_ref().is_some_and(Argument::truthy),
            pool_reset_on_return: self.reset_on_return,
            echo_pool: match &self.echo {
                Argument::Str(_) => Echo::Debug,
                echo if echo.truthy() => Echo::Info,
                _ => Echo::Off,
            },
            ..usual
        }
    }

    /// What deserves a word.
    pub(super) fn notes(&self, class: Class) -> Vec<Note> {
        let mut notes = Vec::new();
        for (name, value) in [("pool_pre_ping", Some(&self.pre_ping)), ("pool_use_lifo", self.use_lifo.as_ref())] {
            if let Some(Argument::Str(text)) = value
                && !text.is_empty()
            {
                notes.push(Note::TextIsOn { name: name.to_owned(), text: Argument::from(text.as_str()).to_string() });
            }
        }
        if let Some(overflow) = &self.max_overflow {
            match &self.size {
                Some(size) if size.equals(0) => notes.push(Note::NoLimit),
                Some(Argument::Float(size)) if size.is_finite() && size.fract() != 0.0 => {
                    notes.push(Note::NeverFull(Argument::Float(*size).to_string()));
                }
                _ if overflow.equals(-1) => notes.push(Note::EndlessOverflow),
                _ => {}
            }
        }
        if class == Class::QueuePool && matches!(self.timeout, Some(Argument::Float(seconds)) if seconds.is_nan()) {
            notes.push(Note::Spins);
        }
        notes
    }
}

/// `pool_size` and `max_overflow` in whole numbers.
fn counts(size: Option<Number>, more: Option<Number>) -> (Option<i64>, Option<i64>) {
    let whole = more.map(|more| match more {
        // One more is let out while the count is below: that is up to the next whole number. Below -1 nothing is right.
        Number::Float(float) if float > -1.0 => count(more, f64::ceil),
        _ => count(more, f64::floor),
    });
    match (size, whole) {
        // The queue is never full of so many, as with a negative size: one that lets out as many stands for it.
        (Some(Number::Float(size)), Some(limited)) if size.is_finite() && size.fract() != 0.0 => {
            let all = more.map_or(0.0, |more| (more.as_f64() + size).ceil().max(0.0));
            let more = if limited <= -1 { limited } else { count(Number::Float(all), f64::trunc).saturating_add(1) };
            (Some(-1), Some(more))
        }
        (size, whole) => (size.map(|size| count(size, f64::trunc)), whole),
    }
}

/// A number of connections.
fn count(number: Number, round: fn(f64) -> f64) -> i64 {
    let whole = match number {
        Number::Int(whole) => whole,
        Number::Float(float) => round(float) as i128,
    };
    whole.clamp(-LARGEST, LARGEST) as i64
}

/// How long a checkout waits. NaN is never over for threads, and over at once for asyncio; infinity asyncio takes at its word.
fn wait(class: Class, seconds: Number) -> Option<Span> {
    let for_async = class == Class::AsyncAdaptedQueuePool;
    match seconds {
        Number::Float(float) if float.is_nan() => for_async.then_some(Span::ZERO),
        Number::Float(float) if for_async && float == f64::INFINITY => None,
        // A negative one is an error, however small.
        Number::Float(float) if float < 0.0 => Some(span(seconds).min(Span::from_micros(-1))),
        _ => Some(span(seconds)),
    }
}

/// The age at which a connection is replaced: never if it is not more than -1, and NaN is not.
fn age(seconds: Number) -> Span {
    let never = Span::from_secs(-1);
    match seconds {
        Number::Float(float) if float.is_nan() => never,
        Number::Float(float) if float > -1.0 => span(seconds).max(Span::from_micros(-999_999)),
        _ => span(seconds).max(never),
    }
}

fn span(seconds: Number) -> Span {
    match seconds {
        Number::Int(whole) => Span::from_secs(whole.clamp(i64::MIN.into(), i64::MAX.into()) as i64),
        Number::Float(float) => Span::from_secs_f64(float),
    }
}
