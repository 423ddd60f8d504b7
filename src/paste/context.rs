//! What is known of the program that a paste is from.

use super::finding::Finding;
use super::frame::Frame;
use super::kind::{Gone, Kind, TooMany};
use super::program::{Database, Driver, Framework, Hint, Version};
use crate::pool::Class;

/// What is known of the program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    /// The driver, if one was named.
    pub driver: Option<Driver>,
    /// The database, if it was named or follows.
    pub database: Option<Database>,
    /// What runs the program, in the order in which it was met.
    pub frameworks: Vec<Framework>,
    /// Whether it is asynchronous, if that can be seen.
    pub is_async: Option<bool>,
    /// SQLAlchemy's version, as far as links and wordings tell.
    pub version: Option<Version>,
    /// The pool's class, as far as it can be told.
    pub class: Option<Class>,
    /// The innermost frame in the reader's own code: there a connection was asked for.
    pub checkout: Option<Frame>,
    /// The frames in the reader's own code, outermost first.
    pub frames: Vec<Frame>,
    /// Different processes that wrote the log.
    pub pids: Vec<u32>,
    /// The database whose own words or numbers of errors were seen.
    speaks: Option<Database>,
    /// What else was seen, with the first line that shows it.
    pub hints: Vec<(Hint, u32)>,
}

/// The most processes that are kept.
const MOST_PIDS: usize = 256;

impl Context {
    /// Whether this was seen.
    pub fn has(&self, hint: Hint) -> bool {
        self.line_of(hint).is_some()
    }

    /// The first line that shows it.
    pub fn line_of(&self, hint: Hint) -> Option<u32> {
        self.hints.iter().find(|(other, _)| *other == hint).map(|&(_, line)| line)
    }

    /// Whether this runs the program.
    pub fn runs(&self, framework: Framework) -> bool {
        self.frameworks.contains(&framework)
    }

    pub(super) fn driver(&mut self, driver: Driver, end: usize) -> Option<usize> {
        // An asynchronous driver beside a synchronous one is the one at work: a dialect names what it is built on.
        if self.driver.is_none_or(|known| !known.is_async() && driver.is_async()) {
            self.driver = Some(driver);
        }
        Some(end)
    }

    pub(super) fn database(&mut self, database: Database, end: usize) -> Option<usize> {
        self.database.get_or_insert(database);
        Some(end)
    }

    pub(super) fn speaks(&mut self, database: Database) {
        self.speaks.get_or_insert(database);
    }

    pub(super) fn framework(&mut self, framework: Framework, end: usize) -> Option<usize> {
        if !self.frameworks.contains(&framework) {
            self.frameworks.push(framework);
        }
        Some(end)
    }

    pub(super) fn hint(&mut self, hint: Hint, line: u32, end: usize) -> Option<usize> {
        if !self.has(hint) {
            self.hints.push((hint, line));
        }
        // A name within another is none of its own.
        Some(end)
    }

    pub(super) fn pid(&mut self, pid: Option<u32>) {
        if let Some(pid) = pid
            && self.pids.len() < MOST_PIDS
            && !self.pids.contains(&pid)
        {
            self.pids.push(pid);
        }
    }

    /// What follows from all that was seen.
    pub(super) fn conclude(&mut self, findings: &[Finding]) {
        self.database = self
            .driver
            .map(Driver::database)
            .or(self.speaks)
            .or(self.database)
            .or_else(|| findings.iter().find_map(by_words));
        let says_async = [Hint::AsyncPool, Hint::Asyncio].iter().any(|hint| self.has(*hint))
            || findings.iter().any(|finding| matches!(finding.kind, Kind::GreenletSpawn | Kind::ConcurrentSession));
        let driver_async =
            self.driver.map(Driver::is_async).filter(|is_async| *is_async || self.driver != Some(Driver::Psycopg));
        self.is_async = if says_async { Some(true) } else { driver_async };
        self.version = self.version_by_links().or_else(|| by_wording(findings));
        self.class = self.pool_class(findings);
    }

    fn version_by_links(&self) -> Option<Version> {
        let links = [
            (Hint::Link21, Version::V21),
            (Hint::Link20, Version::V20),
            (Hint::Link14, Version::V14),
            (Hint::Link13, Version::Before14),
            (Hint::LinkOld, Version::Before14),
            (Hint::OldLogger, Version::Before14),
        ];
        links.into_iter().find(|(hint, _)| self.has(*hint)).map(|(_, version)| version)
    }

    fn pool_class(&self, findings: &[Finding]) -> Option<Class> {
        let queue = if self.is_async == Some(true) { Class::AsyncAdaptedQueuePool } else { Class::QueuePool };
        let by_finding = findings.iter().find_map(|finding| match &finding.kind {
            Kind::InvalidArguments { pool, .. } => *pool,
            Kind::Assertion => Some(Class::AssertionPool),
            Kind::PoolTimeout(_) | Kind::CutTimeout | Kind::Status(_) => Some(queue),
            _ => None,
        });
        let by_name = [
            (Hint::AsyncPool, Class::AsyncAdaptedQueuePool),
            (Hint::NullPool, Class::NullPool),
            (Hint::StaticPool, Class::StaticPool),
            (Hint::SingletonThreadPool, Class::SingletonThreadPool),
            (Hint::AssertionPool, Class::AssertionPool),
            (Hint::QueuePool, queue),
            (Hint::OldLogger, queue),
        ];
        by_finding.or_else(|| by_name.into_iter().find(|(hint, _)| self.has(*hint)).map(|(_, class)| class))
    }
}

/// The database whose words a finding is in.
fn by_words(finding: &Finding) -> Option<Database> {
    match finding.kind {
        Kind::TooMany(
            TooMany::Postgresql | TooMany::PostgresqlReserved | TooMany::PostgresqlRole | TooMany::Pooler,
        )
        | Kind::Gone(
            Gone::ServerClosed | Gone::IdleSession | Gone::IdleInTransaction | Gone::Administrator | Gone::EofDetected,
        )
        | Kind::StatementTimeout
        | Kind::PreparedStatement
        | Kind::IdleInTransaction => Some(Database::Postgresql),
        Kind::TooMany(TooMany::Mysql | TooMany::MysqlUser) | Kind::Gone(Gone::GoneAway | Gone::LostInQuery) => {
            Some(Database::Mysql)
        }
        Kind::DatabaseLocked | Kind::ReadOnlyDatabase | Kind::OtherThread => Some(Database::Sqlite),
        Kind::LeftState => Some(Database::Mssql),
        _ => None,
    }
}

/// Until 1.3 the time-out was written without decimals.
fn by_wording(findings: &[Finding]) -> Option<Version> {
    let whole = findings.iter().any(
        |finding| matches!(finding.kind, Kind::PoolTimeout(limit) if limit.timeout.is_some() && !limit.has_decimals),
    );
    whole.then_some(Version::Before14)
}
