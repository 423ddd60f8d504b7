//! What can speak for a cause or against it.

use crate::paste::{Finding, Framework, Gone, Hint, Kind, Paste, PoolLine, Unreachable};
use crate::pool::Settings;

/// Something that a paste may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The pool's time-out.
    PoolTimeout,
    /// Time-outs over ten minutes or more.
    LongTrouble,
    /// Several time-outs within two seconds, and then none.
    Together,
    /// Several status lines, and all connections out in each.
    StatusFull,
    /// More and more connections out from status line to status line.
    StatusGrowing,
    /// Status lines show connections coming back after all were out.
    StatusRelaxed,
    /// The garbage collector found a connection.
    NotCheckedIn,
    /// More connections checked out than returned in the pool's log.
    MoreOutThanBack,
    /// As many connections returned as checked out in the pool's log.
    AllBack,
    /// A task was cancelled.
    Cancelled,
    /// Something cancels tasks.
    Cancelling,
    /// An asynchronous engine.
    Async,
    /// A synchronous driver.
    Sync,
    /// FastAPI or Starlette.
    Fastapi,
    /// A dependency opens the session.
    Dependency,
    /// A call to another service.
    OutsideCall,
    /// A streaming response or a background task.
    Streaming,
    /// A session that is idle in a transaction at the server.
    IdleInTransaction,
    /// The server takes no more connections.
    TooMany,
    /// Several processes.
    Processes,
    /// `create_engine` inside a function.
    EngineInFunction,
    /// `NullPool`.
    NullPool,
    /// A connection that was idle was dead.
    Gone,
    /// A connection was lost in the middle of a statement.
    LostInQuery,
    /// The server ended an idle session.
    IdleSession,
    /// The server ended a session that was idle in a transaction.
    IdleTransaction,
    /// An administrator's command ended a session.
    Administrator,
    /// The server starts up or shuts down.
    Restarting,
    /// No answer came.
    NoAnswer,
    /// A proxy, load balancer or firewall.
    Proxy,
    /// A failover.
    Failover,
    /// `PendingRollbackError`.
    PendingRollback,
    /// `pool_pre_ping` is on.
    PrePing,
    /// `pool_recycle` is on.
    Recycle,
    /// TLS records that do not belong together.
    BadRecord,
    /// Answers of somebody else.
    SharedConnection,
    /// Processes that are forked.
    Fork,
    /// Retries.
    Retries,
    /// Statements were cancelled or waited for locks.
    SlowStatements,
    /// `create_engine` or the pool refuses its settings.
    Refused,
    /// Keys that Flask-SQLAlchemy no longer reads.
    RemovedFlaskKeys,
    /// The configuration has other numbers than the error.
    OtherNumbers,
    /// The ping raised.
    PingRaised,
    /// Two places that open a connection in one call.
    TwoCheckouts,
    /// A thread pool runs the endpoints.
    ThreadPool,
    /// The server cannot be reached.
    Unreachable,
    /// A session is used after its time or by several at once.
    Misuse,
    /// SQLite: the file was replaced.
    ReadOnlyDatabase,
    /// SQLite: the file is locked.
    DatabaseLocked,
    /// State of an earlier user.
    LeftState,
}

/// Milliseconds.
const TEN_MINUTES: i64 = 600_000;
const TWO_SECONDS: i64 = 2_000;

impl Sign {
    /// The lines of the paste that show it, and the text of the first. `None` if it is not there.
    pub(super) fn seen(self, paste: &Paste, configured: Option<&Settings>) -> Option<(Vec<u32>, String)> {
        match self {
            Sign::PoolTimeout => finding(paste, |kind| matches!(kind, Kind::PoolTimeout(_) | Kind::CutTimeout)),
            Sign::LongTrouble => {
                timeouts(paste, |finding| finding.lasted().is_some_and(|lasted| lasted >= TEN_MINUTES))
            }
            Sign::Together => timeouts(paste, |finding| {
                finding.count >= 3 && finding.lasted().is_some_and(|lasted| (0..=TWO_SECONDS).contains(&lasted))
            }),
            Sign::StatusFull => {
                status(paste, |outs| outs.len() >= 2 && outs.iter().all(|&(out, idle)| idle == 0 && out == outs[0].0))
            }
            Sign::StatusGrowing => {
                status(paste, |outs| outs.len() >= 3 && outs.windows(2).all(|pair| pair[0].0 < pair[1].0))
            }
            Sign::StatusRelaxed => {
                status(paste, |outs| outs.windows(2).any(|pair| pair[0].1 == 0 && pair[1].0 < pair[0].0))
            }
            Sign::NotCheckedIn => finding(paste, |kind| matches!(kind, Kind::NotCheckedIn(_))),
            Sign::MoreOutThanBack => log(paste, |out, back| out >= back + 3),
            Sign::AllBack => log(paste, |out, back| out >= 3 && out == back),
            Sign::Cancelled => finding(paste, |kind| matches!(kind, Kind::Cancelled | Kind::AsyncTimeout)),
            Sign::Cancelling => hint(paste, Hint::Cancelling),
            Sign::Async => (paste.context.is_async == Some(true)).then(Default::default),
            Sign::Sync => (paste.context.is_async == Some(false)).then(Default::default),
            Sign::Fastapi => {
                let runs = paste.context.runs(Framework::Fastapi) || paste.context.runs(Framework::Starlette);
                runs.then(Default::default)
            }
            Sign::Dependency => hint(paste, Hint::Dependency),
            Sign::OutsideCall => hint(paste, Hint::OutsideCall),
            Sign::Streaming => hint(paste, Hint::Streaming),
            Sign::IdleInTransaction => finding(paste, |kind| matches!(kind, Kind::IdleInTransaction)),
            Sign::TooMany => finding(paste, |kind| matches!(kind, Kind::TooMany(_))),
            Sign::Processes => (paste.context.pids.len() > 1).then(Default::default),
            Sign::EngineInFunction => hint(paste, Hint::EngineInFunction),
            Sign::NullPool => hint(paste, Hint::NullPool),
            Sign::Gone => gone(paste, |gone| {
                !matches!(
                    gone,
                    Gone::NoAnswer
                        | Gone::LostInQuery
                        | Gone::Administrator
                        | Gone::Restarting
                        | Gone::IdleInTransaction
                )
            }),
            Sign::LostInQuery => gone(paste, |gone| gone == Gone::LostInQuery),
            Sign::IdleSession => gone(paste, |gone| gone == Gone::IdleSession),
            Sign::IdleTransaction => gone(paste, |gone| gone == Gone::IdleInTransaction),
            Sign::Administrator => gone(paste, |gone| gone == Gone::Administrator),
            Sign::Restarting => gone(paste, |gone| gone == Gone::Restarting),
            Sign::NoAnswer => gone(paste, |gone| gone == Gone::NoAnswer)
                .or_else(|| finding(paste, |kind| matches!(kind, Kind::Unreachable(Unreachable::NoRoute)))),
            Sign::Proxy => hint(paste, Hint::Proxy),
            Sign::Failover => hint(paste, Hint::Failover),
            Sign::PendingRollback => finding(paste, |kind| matches!(kind, Kind::PendingRollback)),
            Sign::PrePing => hint(paste, Hint::PrePing)
                .or_else(|| configured.filter(|settings| settings.pool_pre_ping).map(|_| Default::default())),
            Sign::Recycle => {
                configured.filter(|settings| settings.pool_recycle.as_micros() >= 0).map(|_| Default::default())
            }
            Sign::BadRecord => finding(paste, |kind| matches!(kind, Kind::BadRecord)),
            Sign::SharedConnection => finding(paste, |kind| matches!(kind, Kind::SharedConnection)),
            Sign::Fork => hint(paste, Hint::Fork),
            Sign::Retries => hint(paste, Hint::Retries),
            Sign::SlowStatements => finding(paste, |kind| matches!(kind, Kind::StatementTimeout | Kind::LockWait))
                .or_else(|| hint(paste, Hint::SlowServer)),
            Sign::Refused => finding(paste, |kind| {
                matches!(
                    kind,
                    Kind::InvalidArguments { .. }
                        | Kind::WrongPoolKind
                        | Kind::PoolClassText
                        | Kind::NotANumber
                        | Kind::NegativeTimeout
                        | Kind::Assertion
                )
            }),
            Sign::RemovedFlaskKeys => hint(paste, Hint::RemovedFlaskKeys),
            Sign::OtherNumbers => {
                let (limit, settings) = (paste.limit()?, configured?);
                let same = limit.size == settings.pool_size && limit.overflow == settings.max_overflow;
                if same { None } else { finding(paste, |kind| matches!(kind, Kind::PoolTimeout(_))) }
            }
            Sign::PingRaised => finding(paste, |kind| matches!(kind, Kind::PingRaised)),
            Sign::TwoCheckouts => hint(paste, Hint::TwoCheckouts),
            Sign::ThreadPool => hint(paste, Hint::ThreadPool),
            Sign::Unreachable => finding(paste, |kind| matches!(kind, Kind::Unreachable(_))),
            Sign::Misuse => finding(paste, |kind| {
                matches!(
                    kind,
                    Kind::Detached
                        | Kind::GreenletSpawn
                        | Kind::ConcurrentSession
                        | Kind::ConcurrentConnection
                        | Kind::OtherLoop
                        | Kind::OtherThread
                        | Kind::ResourceClosed
                )
            }),
            Sign::ReadOnlyDatabase => finding(paste, |kind| matches!(kind, Kind::ReadOnlyDatabase)),
            Sign::DatabaseLocked => finding(paste, |kind| matches!(kind, Kind::DatabaseLocked)),
            Sign::LeftState => finding(paste, |kind| matches!(kind, Kind::LeftState | Kind::PreparedStatement)),
        }
    }
}

fn shown(finding: &Finding) -> (Vec<u32>, String) {
    (finding.lines.clone(), finding.excerpt.clone())
}

fn finding(paste: &Paste, of: impl Fn(&Kind) -> bool) -> Option<(Vec<u32>, String)> {
    paste.findings.iter().find(|finding| of(&finding.kind)).map(shown)
}

fn gone(paste: &Paste, of: impl Fn(Gone) -> bool) -> Option<(Vec<u32>, String)> {
    finding(paste, |kind| matches!(kind, Kind::Gone(gone) if of(*gone)))
}

fn timeouts(paste: &Paste, of: impl Fn(&Finding) -> bool) -> Option<(Vec<u32>, String)> {
    let timeouts = paste.findings.iter().filter(|finding| matches!(finding.kind, Kind::PoolTimeout(_)));
    timeouts.into_iter().find(|finding| of(finding)).map(shown)
}

fn hint(paste: &Paste, hint: Hint) -> Option<(Vec<u32>, String)> {
    let line = paste.context.line_of(hint)?;
    let text = paste.text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
    Some((vec![line], text.trim().chars().take(240).collect()))
}

/// How many connections were out, and how many idle, in each status line, in the order of the lines.
fn status(paste: &Paste, of: impl Fn(&[(i64, i64)]) -> bool) -> Option<(Vec<u32>, String)> {
    let mut lines = Vec::new();
    for finding in &paste.findings {
        if let Kind::Status(status) = finding.kind {
            lines.extend(finding.lines.iter().map(|&line| (line, (status.out, status.idle))));
        }
    }
    lines.sort_unstable();
    let outs: Vec<(i64, i64)> = lines.iter().map(|&(_, out)| out).collect();
    let numbers = lines.iter().map(|&(line, _)| line).collect();
    of(&outs).then(|| (numbers, finding(paste, |kind| matches!(kind, Kind::Status(_))).unwrap_or_default().1))
}

fn log(paste: &Paste, of: impl Fn(usize, usize) -> bool) -> Option<(Vec<u32>, String)> {
    let (out, back) = (paste.pool_lines(PoolLine::CheckedOut), paste.pool_lines(PoolLine::Returned));
    if of(out, back) { finding(paste, |kind| *kind == Kind::PoolLog(PoolLine::CheckedOut)) } else { None }
}
