//! Reads a log in pieces.

use super::clock::Clock;
use super::failure::Failure;
use super::hold::{End, Hold};
use super::message::{self, Message};
use super::pool_log::{Count, PoolLog, Waited};
use super::recorded;
use super::tracking::Tracking;
use crate::paste::moment;
use crate::pool::Class;
use crate::time::{Instant, Span};

/// What a log says.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// One for each pool in each process, those with most checkouts first.
    pub pools: Vec<PoolLog>,
    /// How many lines there were.
    pub lines: u64,
    /// How often the clock jumped back.
    pub jumps: u32,
    /// Whether lines say when they were written. Otherwise only their order is known.
    pub is_timed: bool,
    /// When it begins, in microseconds since 1970, or since midnight if it says only hours.
    pub begins: i64,
    /// Whether the file came to its limit.
    pub is_full: bool,
    /// Lines that say something else: errors, tracebacks, configuration. Of a long log the first.
    pub rest: String,
}

/// The most that is kept of other lines, in bytes, and of one line.
const REST: usize = 200_000;
const LONGEST_LINE: usize = 100_000;
/// The most pools and processes that are told apart.
const POOLS: usize = 64;

/// Reads a log in pieces. Feed it, and then let it [finish](LogReader::finish); a copy can finish where more is to come.
#[derive(Debug, Clone, Default)]
pub struct LogReader {
    /// The beginning of a line whose end has not come yet.
    begun: Vec<u8>,
    lines: u64,
    clock: Clock,
    /// The first moment of recorded files, in microseconds since 1970.
    pools: Vec<Tracking>,
    /// The recorder whose lines follow: its pool, and its first moment.
    head: Option<(usize, i64)>,
    /// The line before, without its time: a message that was wrapped goes on.
    rest: String,
    /// How many lines of a traceback are still to come at most.
    traceback: u32,
    is_full: bool,
}

impl LogReader {
    /// Nothing is read yet.
    pub fn new() -> LogReader {
        LogReader::default()
    }

    /// The next piece of the file.
    pub fn feed(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|&byte| byte == b'\n') {
            let (line, after) = rest.split_at(end);
            if self.begun.is_empty() {
                self.line(line);
            } else {
                let mut begun = std::mem::take(&mut self.begun);
                begun.extend_from_slice(line);
                self.line(&begun);
                begun.clear();
                self.begun = begun;
            }
            rest = &after[1..];
        }
        let room = LONGEST_LINE.saturating_sub(self.begun.len());
        self.begun.extend_from_slice(&rest[..rest.len().min(room)]);
    }

    /// How many checkouts have been read.
    pub fn checkouts(&self) -> u64 {
        self.pools.iter().map(|pool| pool.log.checkouts).sum()
    }

    /// What it says.
    pub fn finish(mut self) -> Log {
        if !self.begun.is_empty() {
            let begun = std::mem::take(&mut self.begun);
            self.line(&begun);
        }
        let mut pools: Vec<PoolLog> = self.pools.into_iter().map(Tracking::finish).collect();
        pools.retain(|pool| pool.checkouts > 0 || !pool.failures.is_empty() || !pool.counts.is_empty());
        pools.sort_by_key(|pool| std::cmp::Reverse(pool.checkouts));
        let is_recorded = pools.iter().any(|pool| pool.is_recorded);
        let begins = if is_recorded { from_zero(&mut pools) } else { self.clock.first().unwrap_or(0) };
        Log {
            pools,
            lines: self.lines,
            jumps: self.clock.jumps,
            is_timed: is_recorded || self.clock.first().is_some(),
            begins,
            is_full: self.is_full,
            rest: self.rest,
        }
    }

    fn line(&mut self, line: &[u8]) {
        self.lines += 1;
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches('\r');
        if line.starts_with('{')
            && let Some(line) = recorded::read(line)
        {
            return self.recorded(&line);
        }
        let Some((message, connection)) = message::read(line) else { return self.other(line) };
        let (stamp, process) = moment(line);
        let at = self.clock.at(stamp);
        let prefix = &line[..line.find("onnection ").unwrap_or(line.len())];
        let number = self.pool_of(line, &process);
        let Some(pool) = number.and_then(|number| self.pools.get_mut(number)) else { return };
        let who = message::thread(prefix).and_then(|name| pool.log.names.number(name));
        pool.log.end = pool.log.end.max(at);
        match message {
            Message::CheckedOut => pool.got(Hold {
                asked: None,
                got: at,
                back: None,
                end: End::Out,
                connection,
                who,
                place: None,
                line: self.lines,
            }),
            Message::Returned => {
                if !pool.back(connection, at, End::Returned) {
                    pool.count(Count::Unasked);
                }
            }
            Message::Collected => {
                pool.count(Count::Collected);
                pool.back(connection, at, End::Collected);
            }
            Message::Created => pool.count(Count::Opened),
            Message::Closed => pool.count(Count::Closed),
            Message::Recycled => pool.count(Count::Recycled),
            Message::PingFailed => pool.count(Count::PingFailed),
            Message::Invalidated(reason) => pool.invalidated(reason),
            Message::CouldNotConnect => pool.count(Count::CouldNotConnect),
            Message::ResetFailed => pool.count(Count::ResetFailed),
            Message::Disposed => pool.count(Count::Disposed),
            Message::TimedOut(size, overflow) => {
                (pool.log.size, pool.log.overflow) = (Some(size), Some(overflow));
                pool.log.timeout = timeout(line).or(pool.log.timeout);
                pool.failed(Failure { asked: None, at, is_timeout: true, who, place: None, line: self.lines });
                self.keep(line);
            }
        }
    }

    /// A line that is none of the pool's.
    fn other(&mut self, line: &str) {
        const TELLING: [&str; 9] =
            ["Error", "ERROR", "Exception", "Warning", "WARNING", "engine(", "pool_", "Pool size:", "  File \""];
        if line.starts_with("Traceback") || line.contains("Traceback (most recent call last)") {
            self.traceback = 200;
        }
        let is_inside = self.traceback > 0 && (line.starts_with(' ') || line.starts_with("Traceback"));
        self.traceback = self.traceback.saturating_sub(1);
        if is_inside || TELLING.iter().any(|word| line.contains(word)) {
            self.keep(line);
        }
    }

    fn keep(&mut self, line: &str) {
        if self.rest.len() + line.len() < REST {
            self.rest.push_str(line);
            self.rest.push('\n');
        }
    }

    /// The pool that a line is about: by its logger and its process. An error of the program's is that of the pool with most
    /// checkouts.
    fn pool_of(&mut self, line: &str, process: &str) -> Option<usize> {
        let Some((class, name)) = message::pool(line) else {
            let busiest =
                self.pools.iter().enumerate().max_by_key(|(number, pool)| (pool.log.checkouts, usize::MAX - number));
            return busiest.map(|(number, _)| number).or_else(|| self.add(None, process.to_owned()));
        };
        let title = match (name.is_empty(), process.is_empty()) {
            (true, true) => class.to_owned(),
            (true, false) => format!("{class}, {process}"),
            (false, true) => format!("{class} {name}"),
            (false, false) => format!("{class} {name}, {process}"),
        };
        let known = self.pools.iter().position(|pool| pool.log.title == title);
        known.or_else(|| self.add(Class::ALL.into_iter().find(|known| known.name() == class), title))
    }

    fn add(&mut self, class: Option<Class>, title: String) -> Option<usize> {
        if self.pools.len() >= POOLS {
            return None;
        }
        self.pools.push(Tracking::new(PoolLog {
            class,
            title,
            is_recorded: false,
            size: None,
            overflow: None,
            timeout: None,
            holds: Vec::new(),
            failures: Vec::new(),
            names: super::Names::default(),
            most_out: (0, Instant::ZERO),
            checkouts: 0,
            longest: Vec::new(),
            counts: Vec::new(),
            reasons: Vec::new(),
            inferred: Waited::default(),
            end: Instant::ZERO,
        }));
        Some(self.pools.len() - 1)
    }

    /// A line of the recorder's.
    fn recorded(&mut self, line: &recorded::Line<'_>) {
        if line.format > 0 {
            let title = format!("{}, process {}, {}", line.pool, line.pid, line.id);
            let class = Class::ALL.into_iter().find(|known| known.name() == line.pool);
            let known = self.pools.iter().position(|pool| pool.log.title == title);
            self.head = known.or_else(|| self.add(class, title)).map(|number| (number, recorded::micros(line.epoch)));
            if let Some(pool) = self.head.and_then(|(number, _)| self.pools.get_mut(number)) {
                pool.log.is_recorded = true;
                (pool.log.size, pool.log.overflow) = (line.size, line.overflow);
                pool.log.timeout = line.timeout.map(|secs| Span::from_micros(recorded::micros(secs)));
            }
            return;
        }
        self.is_full |= line.e == "full";
        let Some((number, epoch)) = self.head else { return };
        let Some(pool) = self.pools.get_mut(number) else { return };
        let asked = Instant::from_micros(epoch + recorded::micros(line.t));
        let after = asked + Span::from_micros(recorded::micros(line.w));
        let (who, place) = (
            line.by.as_deref().and_then(|name| pool.log.names.number(name)),
            line.at.as_deref().and_then(|name| pool.log.names.number(name)),
        );
        pool.log.end = pool.log.end.max(after);
        match &*line.e {
            // A checkout is known by its number: which connection it got does not matter for who held it.
            "got" => pool.got(Hold {
                asked: Some(asked),
                got: after,
                back: None,
                end: End::Out,
                connection: line.n,
                who,
                place,
                line: self.lines,
            }),
            "fail" => pool.failed(Failure {
                asked: Some(asked),
                at: after,
                is_timeout: line.x.as_deref() == Some("TimeoutError"),
                who,
                place,
                line: self.lines,
            }),
            "back" if !pool.back(line.n, asked, End::Returned) => pool.count(Count::Unasked),
            "bad" => pool.invalidated(line.x.as_deref().unwrap_or("the program asked for it")),
            _ => {}
        }
    }
}

/// "timeout 30.00" in the sentence of a time-out.
fn timeout(line: &str) -> Option<Span> {
    let (_, after) = line.split_once("connection timed out, timeout ")?;
    let end = after.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(after.len());
    Some(Span::from_secs_f64(after[..end].trim_end_matches('.').parse().ok()?))
}

/// Lets recorded pools begin at zero. Returns where that is, in microseconds since 1970.
fn from_zero(pools: &mut [PoolLog]) -> i64 {
    let recorded = || pools.iter().filter(|pool| pool.is_recorded);
    let held = recorded().flat_map(|pool| &pool.holds).map(|hold| hold.asked.unwrap_or(hold.got));
    let failed = recorded().flat_map(|pool| &pool.failures).map(|failure| failure.asked.unwrap_or(failure.at));
    let Some(zero) = held.chain(failed).min().map(Instant::as_micros) else { return 0 };
    let earlier = |at: &mut Instant| *at += Span::from_micros(-zero);
    for pool in pools.iter_mut().filter(|pool| pool.is_recorded) {
        for hold in pool.holds.iter_mut().chain(&mut pool.longest) {
            earlier(&mut hold.got);
            hold.asked.iter_mut().for_each(earlier);
            hold.back.iter_mut().for_each(earlier);
        }
        for failure in &mut pool.failures {
            earlier(&mut failure.at);
            failure.asked.iter_mut().for_each(earlier);
        }
        earlier(&mut pool.end);
        earlier(&mut pool.most_out.1);
    }
    zero
}
