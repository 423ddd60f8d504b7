//! Errors come in the class and words that SQLAlchemy and the drivers give them.
//!
//! `tests/sqlalchemy/errors.json` is what real pools and SQLAlchemy's own wrapping said (`errors.py` asked them).

use crate::stories::Digest;
use serde_json::Value;
use std::collections::BTreeSet;
use valet::lot::Story;
use valet::pool::{Answer, Class, Client, Command, ConnectionId, Dialect, Exception, Hook, Hooks, Input, PoolError};
use valet::pool::{Held, Listeners, Output, Pool, Settings};
use valet::service::{Failure, News, RequestSpec};
use valet::settings::SettingId;
use valet::sim::{Journal, Latency, ServerSetup, Setup, Traffic, World, WorldAct};
use valet::sql::{Column, ConnectError, DriverError, Fault, Statement, StatementError, Vendor};
use valet::time::{Instant, Span};

fn recorded(what: &str) -> Vec<Value> {
    let text = include_str!("../sqlalchemy/errors.json");
    let mut recorded: Value = serde_json::from_str(text).expect("the recorder writes JSON");
    match recorded[what].take() {
        Value::Array(list) if !list.is_empty() => list,
        other => panic!("{what}: {other}"),
    }
}

const VENDORS: [(&str, Vendor); 4] = [
    ("plain", Vendor::Plain),
    ("postgresql", Vendor::Postgresql),
    ("mysql", Vendor::Mysql),
    ("sqlite", Vendor::Sqlite),
];

/// Calls the pool with a driver that opens connections (or refuses) and a checkout listener that objects if it is asked.
fn call(pool: &mut Pool, input: Input, refuses: bool) -> Result<Option<Held>, PoolError> {
    let now = Instant::ZERO;
    pool.handle(now, input).expect("the client may call");
    let mut opened = 0;
    loop {
        match pool.poll() {
            Some(Output::Do(client, command)) => {
                let answer = match command {
                    Command::Open(_) if refuses => Answer::Failed,
                    Command::Open(_) => {
                        opened += 1;
                        Answer::Opened(ConnectionId(client.0 * 10 + opened))
                    }
                    Command::Ask(Hook::Checkout) => Answer::Gone,
                    _ => Answer::Done,
                };
                pool.handle(now, Input::Answer(client, answer)).expect("it asked");
            }
            Some(Output::Return(_, result)) => return result,
            Some(Output::Tell(..) | Output::Log(..)) => {}
            None => pool.handle(now, Input::Timeout).expect("time may pass"),
        }
    }
}

/// What a client of this pool catches.
fn caught(case: &str) -> PoolError {
    let one = Settings { pool_size: 1, max_overflow: 0, pool_timeout: Some(Span::ZERO), ..Settings::DEFAULT };
    let asked = Listeners { told: Hooks::ALL, asked: Hooks::of(Hook::Checkout) };
    let vetoed = |class| Settings { class, listeners: asked, ..Settings::DEFAULT };
    let (settings, calls) = match case {
        "QueuePool at its limit" => (one, 2),
        "AsyncAdaptedQueuePool at its limit" => (Settings { class: Class::AsyncAdaptedQueuePool, ..one }, 2),
        "pool_timeout below 0" => (Settings { pool_timeout: Some(Span::from_secs(-1)), ..one }, 2),
        "max_overflow below -1" => (Settings { max_overflow: -2, ..one }, 1),
        "SingletonThreadPool of no thread" => {
            (Settings { class: Class::SingletonThreadPool, pool_size: 0, ..Settings::DEFAULT }, 1)
        }
        "AssertionPool, a second checkout" => (Settings { class: Class::AssertionPool, ..Settings::DEFAULT }, 2),
        "AssertionPool, a return after dispose" => {
            let mut pool = Pool::new(Settings { class: Class::AssertionPool, ..Settings::DEFAULT });
            call(&mut pool, Input::Checkout(Client(1)), false).expect("the first is free");
            call(&mut pool, Input::Dispose(Client(2)), false).expect("dispose takes no notice of who is out");
            return call(&mut pool, Input::Checkin { client: Client(1), transaction_was_reset: false }, false)
                .expect_err(case);
        }
        "QueuePool, vetoed" => (vetoed(Class::QueuePool), 1),
        "NullPool, vetoed" => (vetoed(Class::NullPool), 1),
        "StaticPool, vetoed" => (vetoed(Class::StaticPool), 1),
        "QueuePool that pings without a dialect" => {
            let dialect = Dialect { has_ping: false, ..Dialect::DEFAULT };
            let mut pool = Pool::new(Settings { pool_pre_ping: true, dialect, ..Settings::DEFAULT });
            call(&mut pool, Input::Checkout(Client(1)), false).expect("a new one is not asked");
            let back = Input::Checkin { client: Client(1), transaction_was_reset: false };
            call(&mut pool, back, false).expect("it is given back");
            return call(&mut pool, Input::Checkout(Client(1)), false).expect_err(case);
        }
        "QueuePool, refused" => (Settings::DEFAULT, 1),
        other => panic!("not here: {other}"),
    };
    let mut pool = Pool::new(settings);
    let mut client = |number| call(&mut pool, Input::Checkout(Client(number)), case == "QueuePool, refused");
    (1..calls).for_each(|number| assert!(client(number).is_ok(), "{case}: {number}"));
    client(calls).expect_err(case)
}

#[test]
fn a_pools_error_has_the_class_and_text_of_the_real_one() {
    let mut classes = BTreeSet::new();
    for case in recorded("pools") {
        let (name, raises) = (case["case"].as_str().unwrap(), case["raises"].as_str().unwrap());
        let error = caught(name);
        let driver = DriverError { vendor: Vendor::Plain, fault: Fault::Refused, raw: false };
        let failure = Failure::Pool(ConnectError { error, driver });
        let said = format!("{}: {failure}", failure.class());
        match error {
            // How this goes on depends on the Python.
            PoolError::Raised(Exception::Recursion) => {
                assert!(raises.starts_with(&said), "{name}: {said}, really {raises}")
            }
            // The application's own stack comes after this.
            PoolError::Raised(Exception::AlreadyCheckedOut) => {
                assert_eq!(said.split_inclusive(" at:").next(), Some(raises), "{name}");
            }
            // The words of a driver, without those around them.
            PoolError::Raised(Exception::Connect) => {
                assert!(raises.starts_with(failure.class()) && raises.contains(&failure.to_string()), "{name}: {said}");
            }
            _ => assert_eq!(said, raises, "{name}"),
        }
        classes.insert(failure.class());
    }
    let expected = ["AssertionError", "KeyError", "NotImplementedError", "RecursionError", "ValueError"].into_iter();
    let names =
        ["InvalidRequestError", "OperationalError", "TimeoutError"].map(|name| format!("sqlalchemy.exc.{name}"));
    assert!(classes.into_iter().eq(expected.chain(names.iter().map(String::as_str))));
}

#[test]
fn a_drivers_error_is_wrapped_as_sqlalchemy_wraps_it() {
    let mut seen = BTreeSet::new();
    for case in recorded("drivers") {
        let database = case["database"].as_str().unwrap();
        let vendor = VENDORS.iter().find(|(name, _)| *name == database).unwrap().1;
        let fault = Fault::ALL[case["cause"].as_u64().unwrap() as usize];
        let error = DriverError { vendor, fault, raw: false };
        assert_eq!(case["disconnect"], fault.is_disconnect(), "{case}: only what ends a connection in the pool's eyes");
        let raw = DriverError { raw: true, ..error };
        assert_eq!(format!("{}: {raw}", raw.class()), case["driver"], "a raw connection has the driver's own");
        let said = match case["at"].as_str() {
            None => {
                let error = ConnectError { error: Exception::Connect.into(), driver: error };
                format!("{}: {error}", error.class())
            }
            Some(at) => {
                let statement = match at {
                    "Commit" => Statement::Commit,
                    "SelectNumber" => Statement::SelectNumber,
                    "SelectAll" => Statement::SelectAll(Column::Username),
                    "SelectOne" => Statement::SelectOne(Column::Username, 7),
                    "Insert" => Statement::Insert(Column::Username, "alice"),
                    other => panic!("{other}"),
                };
                let error = StatementError { error, statement: Some(statement) };
                format!("{}: {error}", error.class())
            }
        };
        assert_eq!(said, case["raises"], "{case}");
        seen.insert((database.to_owned(), case["cause"].as_u64(), case["at"].to_string()));
    }
    assert_eq!(seen.len(), 3 * (4 + 4 * 5), "three databases, four ways to be refused, four that meet a statement");
}

const LATENCY: Latency = Latency {
    connect: Span::from_millis(100),
    ping: Span::from_millis(1),
    reset: Span::from_millis(1),
    close: Span::from_millis(1),
};

fn at(millis: i64) -> Instant {
    Instant::ZERO + Span::from_millis(millis)
}

/// What is done to a world, and how its last request fails.
struct Trouble {
    database: ServerSetup,
    acts: Vec<(i64, WorldAct)>,
    fault: Fault,
}

fn troubles() -> Vec<Trouble> {
    let plain = ServerSetup { latency: LATENCY, tcp_timeout: Span::from_secs(2), ..ServerSetup::default() };
    let arrive = || WorldAct::Arrive(RequestSpec { takes: Span::from_secs(1), ..RequestSpec::default() });
    let short = ServerSetup { outage: Span::from_secs(1), ..plain };
    let long = ServerSetup { outage: Span::from_secs(9), ..plain };
    let of = |database, acts: &[(i64, WorldAct)], fault| Trouble { database, acts: acts.to_vec(), fault };
    vec![
        of(
            ServerSetup { max_connections: Some(1), ..plain },
            &[(0, arrive()), (10, arrive())],
            Fault::TooManyConnections,
        ),
        of(long, &[(0, WorldAct::Restart), (10, arrive())], Fault::Refused),
        of(long, &[(0, arrive()), (50, WorldAct::Cut)], Fault::Unreachable),
        of(long, &[(0, WorldAct::Cut), (10, arrive())], Fault::ConnectTimeout),
        of(short, &[(0, arrive()), (2_000, WorldAct::Restart), (5_000, arrive())], Fault::GoneAway),
        of(
            ServerSetup { wait_timeout: Some(Span::from_secs(3)), ..plain },
            &[(0, arrive()), (9_000, arrive())],
            Fault::GoneAway,
        ),
        of(short, &[(0, arrive()), (500, WorldAct::Restart)], Fault::LostInQuery),
        of(short, &[(0, arrive()), (2_000, WorldAct::Kill(ConnectionId(1))), (5_000, arrive())], Fault::GoneAway),
        of(short, &[(0, arrive()), (500, WorldAct::Kill(ConnectionId(1)))], Fault::LostInQuery),
        of(short, &[(0, arrive()), (2_000, WorldAct::Failover), (5_000, arrive())], Fault::ReadTimeout),
        of(long, &[(0, arrive()), (500, WorldAct::Cut)], Fault::ReadTimeout),
        of(
            ServerSetup { firewall: Some(Span::from_secs(3)), ..plain },
            &[(0, arrive()), (9_000, arrive())],
            Fault::ReadTimeout,
        ),
    ]
}

/// The failures, the digest of the news, and what the story says of the last failures.
fn played(trouble: &Trouble, vendor: Vendor) -> (Vec<Failure>, u64, Vec<String>) {
    use std::hash::Hasher;
    let database = ServerSetup { vendor, ..trouble.database };
    let mut world = World::new(Setup { traffic: Traffic::poisson(0.0), database, ..Setup::default() });
    let (mut journal, mut digest, mut failures) = (Journal::new(), Digest::default(), Vec::new());
    let mut story = Story::default();
    let mut hear = |world: &mut World| {
        while let Some((worker, news)) = world.news() {
            digest.add(world.now(), worker, &news);
            story.watch(world.now(), &world.services()[worker], news);
            if let News::Left(_, Err(failure)) = news {
                failures.push(failure);
            }
        }
    };
    for (millis, act) in &trouble.acts {
        world.run_until(at(*millis), &mut journal);
        hear(&mut world);
        world.act(act.clone(), &mut journal);
        hear(&mut world);
    }
    world.run_until(at(30_000), &mut journal);
    hear(&mut world);
    let said = story.failures().map(|line| line.error().expect("a failure")).collect();
    (failures, digest.finish(), said)
}

#[test]
fn the_simulated_server_says_why() {
    let mut met = BTreeSet::new();
    for trouble in troubles() {
        let (failures, _, said) = played(&trouble, Vendor::Postgresql);
        assert_eq!(failures.len(), 1, "{:?}: {said:?}", trouble.fault);
        assert_eq!(failures[0].fault(), Some(trouble.fault), "{said:?}");
        met.insert(said);
    }
    assert_eq!(met.len(), Fault::ALL.len() - 1, "each in words of its own; a lock nobody waits for here");
}

/// The words are no part of what happened: a digest does not see them, and plain ones stay what old links and stills show.
#[test]
fn whose_words_changes_nothing_but_words() {
    for trouble in troubles() {
        let (_, digest, plain) = played(&trouble, Vendor::Plain);
        let words =
            if trouble.fault.is_disconnect() { "server closed the connection unexpectedly" } else { "connect refused" };
        assert_eq!(plain, [format!("sqlalchemy.exc.OperationalError: {words}")]);
        for (_, vendor) in VENDORS {
            assert_eq!(played(&trouble, vendor).1, digest, "{vendor:?}, {:?}", trouble.fault);
        }
    }
}

#[test]
fn the_setting_takes_each_name() {
    let setting = SettingId::Database.setting();
    let mut setup = Setup::default();
    assert_eq!(setting.text(&setup), "plain");
    for (name, vendor) in VENDORS {
        setting.set_text(&mut setup, name).unwrap();
        assert_eq!((setup.database.vendor, setting.text(&setup)), (vendor, name.to_string()));
    }
    assert!(setting.set_text(&mut setup, "oracle").is_err());
}
