//! What a reader gets to see of an outage: all of it is read from the run of its world.

use super::outage::Outage;
use crate::lesson::Plan;
use crate::pool::{Client, ConnectionId, Echo, LogLine, Names, Output};
use crate::service::{Failure, News, SECOND};
use crate::settings::Act;
use crate::sim::{Journal, Setup, World};
use crate::time::{Instant, Span};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many lines of the log are shown from its beginning, and before the first error.
const FIRST_LINES: usize = 8;
const LAST_LINES: usize = 16;
/// How many stretches a run is shown in.
const STRETCHES: i64 = 6;

/// What a reader gets to see.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// How many requests came.
    pub requests: u32,
    /// How many of them failed.
    pub failed: u32,
    /// The first failure.
    pub first: Failed,
    /// The run in stretches of equal length.
    pub stretches: Vec<Stretch>,
    /// The same of a good day, as one stretch.
    pub good_day: Stretch,
    /// What was going on just before the first failure.
    pub sessions: Sessions,
    /// The beginning of the pool's log.
    pub log_begins: Vec<LogEntry>,
    /// The log until the first failure.
    pub log_until: Vec<LogEntry>,
    /// How many requests ask for a second connection while they have one.
    pub doubles: u32,
}

/// A request that failed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Failed {
    /// When.
    pub at: Instant,
    /// How long after it came.
    pub after: Span,
    /// Why.
    pub failure: Failure,
}

/// What happened in a part of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// When it begins.
    pub from: Instant,
    /// How long it lasts.
    pub lasts: Span,
    /// Requests that came.
    pub requests: u32,
    /// Requests that failed.
    pub failed: u32,
    /// Connections that were opened.
    pub opened: u32,
    /// How long a connection was out: half of the times that ended here were shorter.
    pub typical: Option<Span>,
    /// The longest that a connection was out, those that are still out included.
    pub longest: Option<Span>,
}

/// What the server's sessions were doing at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Sessions {
    /// The moment.
    pub at: Instant,
    /// How many were running a statement.
    pub active: usize,
    /// How many were out of their pool, and running none.
    pub idle_in_transaction: usize,
    /// How many lay in a pool.
    pub idle: usize,
    /// How many requests were waiting for a connection.
    pub waiting: usize,
    /// The connections that were out, the longest first.
    pub out: Vec<Out>,
}

/// A connection that is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Out {
    /// Which.
    pub connection: ConnectionId,
    /// Who has it.
    pub who: Who,
    /// For how long.
    pub lasts: Span,
    /// Whether its request asks for a second one, and has none yet.
    pub wants_second: bool,
}

/// A request in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who {
    /// Its number.
    pub number: u32,
    /// Whether it is about its second connection.
    pub is_second: bool,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct LogEntry {
    /// When.
    pub at: Instant,
    /// Which process wrote it, from 1.
    pub worker: usize,
    /// Which request it is about, if that is known.
    pub who: Option<Who>,
    /// What it says.
    pub text: String,
}

impl std::fmt::Display for Who {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.number, if self.is_second { "b" } else { "" })
    }
}

/// A request under way.
#[derive(Debug, Clone, Copy)]
struct Under {
    who: Who,
    came: Instant,
}

/// Reads a run as it goes.
struct Reader {
    stretches: Vec<Stretch>,
    times: Vec<Vec<Span>>,
    under: BTreeMap<(usize, u32), Under>,
    out: BTreeMap<ConnectionId, (Who, Instant)>,
    log: Vec<LogEntry>,
    first: Option<(Failed, usize)>,
    sessions: Option<Sessions>,
    /// The requests that ask for a second connection.
    wanting: BTreeSet<u32>,
    doubles: u32,
    failed: u32,
}

impl Evidence {
    /// What there is to see of an outage. `None` if nothing failed, which its certificate rules out.
    pub fn of(outage: &Outage) -> Option<Evidence> {
        let plan = outage.plan();
        let mut read = Reader::new(STRETCHES, plan.length);
        read.play(&plan);
        let good = outage.good_day();
        let mut calm = Reader::new(1, good.length);
        calm.play(&good);
        let (first, lines) = read.first?;
        let from = lines.saturating_sub(LAST_LINES);
        let begins: Vec<_> = read.log.iter().take(FIRST_LINES.min(from)).cloned().collect();
        Some(Evidence {
            requests: read.stretches.iter().map(|stretch| stretch.requests).sum(),
            failed: read.failed,
            first,
            good_day: *calm.stretches.first()?,
            stretches: read.stretches,
            sessions: read.sessions?,
            log_begins: begins,
            log_until: read.log[from..lines].to_vec(),
            doubles: read.doubles,
        })
    }
}

impl Reader {
    fn new(many: i64, length: Span) -> Reader {
        let lasts = Span::from_micros(length.as_micros() / many);
        let stretch = |place: i64| Stretch {
            from: Instant::ZERO + Span::from_micros(lasts.as_micros() * place),
            lasts,
            requests: 0,
            failed: 0,
            opened: 0,
            typical: None,
            longest: None,
        };
        Reader {
            stretches: (0..many).map(stretch).collect(),
            times: (0..many).map(|_| Vec::new()).collect(),
            under: BTreeMap::new(),
            out: BTreeMap::new(),
            log: Vec::new(),
            first: None,
            sessions: None,
            wanting: BTreeSet::new(),
            doubles: 0,
            failed: 0,
        }
    }

    /// Plays a plan to its end.
    fn play(&mut self, plan: &Plan) {
        let mut setup: Setup = plan.setup.clone();
        setup.settings.echo_pool = Echo::Debug;
        let mut world = World::new(setup);
        let mut journal = Journal::of_waits();
        let mut acts: &[(Instant, Act)] = &plan.acts;
        let mut before = Sessions::of(&world, self);
        loop {
            while let Some((worker, news)) = world.news() {
                if self.first.is_none() {
                    self.sessions = Some(before.clone());
                }
                self.hear(&world, worker, news);
            }
            if self.first.is_none() {
                before = Sessions::of(&world, self);
            }
            let next = world.next_at().unwrap_or(plan.end());
            if let Some(((at, act), rest)) = acts.split_first().filter(|((at, _), _)| *at <= next.min(plan.end())) {
                acts = rest;
                world.run_until(*at, &mut journal);
                let act = act.on(world.setup());
                world.act(act, &mut journal);
            } else if next >= plan.end() || !world.step(&mut journal) {
                break;
            }
        }
        let end = plan.end();
        for (_, since) in self.out.values() {
            if let Some(last) = self.stretches.last_mut() {
                last.longest = last.longest.max(Some(end - *since));
            }
        }
        for (stretch, times) in self.stretches.iter_mut().zip(&mut self.times) {
            times.sort_unstable();
            stretch.typical = times.get(times.len() / 2).copied();
            stretch.longest = stretch.longest.max(times.last().copied());
        }
    }

    /// The stretch of a moment.
    fn place(&self, now: Instant) -> usize {
        let lasts = self.stretches[0].lasts.as_micros().max(1);
        ((now.as_micros() / lasts) as usize).min(self.stretches.len() - 1)
    }

    fn hear(&mut self, world: &World, worker: usize, news: News) {
        let (now, place) = (world.now(), self.place(world.now()));
        match news {
            News::Arrived(client, number) => {
                let who = Who { number: number & !SECOND, is_second: number & SECOND != 0 };
                self.under.insert((worker, client.0), Under { who, came: now });
                if who.is_second {
                    self.doubles += 1;
                    self.wanting.insert(who.number);
                } else {
                    self.stretches[place].requests += 1;
                }
            }
            News::Pool(_, Output::Log(client, line)) => self.write(now, worker, client, line),
            News::Left(client, result) => {
                let Some(under) = self.under.get(&(worker, client.0)).copied() else { return };
                if under.who.is_second {
                    self.wanting.remove(&under.who.number);
                }
                if let (Err(failure), false) = (result, under.who.is_second) {
                    self.failed += 1;
                    self.stretches[place].failed += 1;
                    let text = format!("{}: {}", failure.class(), failure);
                    let text = text.lines().next().unwrap_or_default().to_owned();
                    self.log.push(LogEntry { at: now, worker: worker + 1, who: Some(under.who), text });
                    if self.first.is_none() {
                        let failed = Failed { at: now, after: now - under.came, failure };
                        self.first = Some((failed, self.log.len()));
                    }
                }
            }
            _ => {}
        }
    }

    fn write(&mut self, now: Instant, worker: usize, client: Client, line: LogLine) {
        let place = self.place(now);
        let who = self.under.get(&(worker, client.0)).map(|under| under.who);
        match line {
            LogLine::Created(_) => self.stretches[place].opened += 1,
            LogLine::CheckedOut(connection) => {
                if let Some(who) = who {
                    if who.is_second {
                        self.wanting.remove(&who.number);
                    }
                    self.out.insert(connection, (who, now));
                }
            }
            LogLine::Returned(connection) => {
                if let Some((_, since)) = self.out.remove(&connection) {
                    self.times[place].push(now - since);
                }
            }
            LogLine::Invalidate { connection, .. } => {
                self.out.remove(&connection);
            }
            LogLine::Rollback(_)
            | LogLine::Commit(_)
            | LogLine::AlreadyReset(_)
            | LogLine::Fresh(_)
            | LogLine::Closing(_)
            | LogLine::Terminating(_) => return,
            _ => {}
        }
        let text = line.text(&Names {
            connection: &|connection| format!("#{}", connection.0),
            record: &|record| format!("record {}", record.0),
            exception: &|exception| ("OperationalError".into(), exception.to_string()),
        });
        let text = text.split(" (reason").next().unwrap_or_default().to_owned();
        self.log.push(LogEntry { at: now, worker: worker + 1, who, text });
    }
}

impl Sessions {
    fn of(world: &World, read: &Reader) -> Sessions {
        let now = world.now();
        let out = read.out.iter().map(|(&connection, &(who, since))| Out {
            connection,
            who,
            lasts: now - since,
            wants_second: !who.is_second && read.wanting.contains(&who.number),
        });
        let mut list: Vec<_> = out.collect();
        list.sort_by_key(|out| (Reverse(out.lasts), out.connection));
        let active = world.running().min(list.len());
        Sessions {
            at: now,
            active,
            idle_in_transaction: list.len() - active,
            idle: (world.open() as usize).saturating_sub(list.len()),
            waiting: world.waiting(),
            out: list,
        }
    }
}
