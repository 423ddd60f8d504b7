//! The pool's driver on the store.

use super::kit::*;
use std::rc::Rc;
use valet::database::{Database, DatabaseError, Driver, JobResult, Network, WorldClock};
use valet::pool::{Answer, Client, Command, ConnectionId, RecordId, Reset};
use valet::sql::{Column, Reply, Rows, Statement};
use valet::time::{Instant, Span};
use wasm_bindgen_test::wasm_bindgen_test;

fn quick() -> (Rc<WorldClock>, Network) {
    let pace = Rc::new(WorldClock::default());
    pace.set_speed(1.0);
    (pace, Network { connect: Span::ZERO, round_trip: Span::ZERO })
}

/// A driver whose emulated times are none.
fn on(database: Database) -> Driver {
    let (pace, network) = quick();
    Driver::new(database, pace, network)
}

/// The driver's next report, waited for.
async fn report(driver: &Driver) -> JobResult {
    loop {
        if let Some((_, _, done)) = driver.next_report() {
            return done;
        }
        wait(1).await;
    }
}

async fn obey(driver: &Driver, command: Command) -> Answer {
    driver.obey(0, Client(1), command);
    match report(driver).await {
        JobResult::Answer(answer) => answer,
        other => panic!("{other:?}"),
    }
}

async fn open(driver: &Driver) -> ConnectionId {
    match obey(driver, Command::Open(RecordId(1))).await {
        Answer::Opened(connection) => connection,
        other => panic!("{other:?}"),
    }
}

async fn execute(
    driver: &Driver,
    connection: ConnectionId,
    statement: Statement,
) -> Result<(Reply, Option<Rows>), DatabaseError> {
    driver.execute(0, Client(1), connection, statement, Span::ZERO);
    match report(driver).await {
        JobResult::Executed(result) => result,
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn the_driver_opens_works_pings_and_closes() {
    for database in both("test-driver").await {
        let driver = on(database);
        let connection = open(&driver).await;
        assert_eq!((connection, driver.open_connections()), (ConnectionId(1), 1));
        driver.visit(0, Client(1), connection, Span::ZERO);
        assert!(matches!(report(&driver).await, JobResult::Visit(Ok(visit)) if visit.users == 1));
        assert_eq!(obey(&driver, Command::Ping(connection)).await, Answer::Done);
        assert_eq!(obey(&driver, Command::Close(connection)).await, Answer::Done);
        assert_eq!(driver.open_connections(), 0);
        assert_eq!(open(&driver).await, ConnectionId(2), "numbers are not used twice");
    }
}

#[wasm_bindgen_test]
async fn the_driver_executes_and_resets() {
    for database in both("test-driver-reset").await {
        let driver = on(database);
        let (one, other) = (open(&driver).await, open(&driver).await);
        let all = Statement::SelectAll(Column::Username);
        let seen = |rows: &[&str]| Ok((Reply::Found(rows.len() as u32), Some(Rows::of(rows))));
        assert_eq!(execute(&driver, one, username("alice")).await, Ok((Reply::Inserted(1), None)));
        assert_eq!(execute(&driver, one, all).await, seen(&["alice"]));
        assert_eq!(execute(&driver, other, all).await, seen(&[]));

        assert_eq!(obey(&driver, Command::Reset(one, Reset::Rollback)).await, Answer::Done);
        assert_eq!(execute(&driver, one, all).await, seen(&[]));

        assert_eq!(execute(&driver, one, username("alice")).await, Ok((Reply::Inserted(2), None)));
        assert_eq!(execute(&driver, other, username("alice")).await, Ok((Reply::Inserted(3), None)));
        assert_eq!(obey(&driver, Command::Reset(one, Reset::Commit)).await, Answer::Done);
        assert_eq!(execute(&driver, other, all).await, seen(&["alice", "alice"]));
        assert_eq!(obey(&driver, Command::Reset(other, Reset::Commit)).await, Answer::Failed, "a conflict");
        assert_eq!(execute(&driver, other, all).await, seen(&["alice"]));
    }
}

#[wasm_bindgen_test]
async fn a_restart_kills_every_handle_and_tells_nobody() {
    for database in both("test-driver-restart").await {
        let driver = on(database);
        let connection = open(&driver).await;
        assert_eq!(execute(&driver, connection, name("Alice")).await, Ok((Reply::Inserted(1), None)));
        driver.restart();
        let again = open(&driver).await;
        assert!(driver.is_open(again), "who asks now comes after it");
        assert!(!driver.is_open(connection));
        assert_eq!(driver.open_connections(), 1);
        assert!(driver.next_report().is_none());
        assert_eq!(obey(&driver, Command::Ping(connection)).await, Answer::Gone);
        assert_eq!(obey(&driver, Command::Reset(connection, Reset::Rollback)).await, Answer::Gone);
        assert_eq!(execute(&driver, connection, Statement::Commit).await, Err(DatabaseError::Closed));
        driver.visit(0, Client(1), connection, Span::ZERO);
        assert_eq!(report(&driver).await, JobResult::Visit(Err(DatabaseError::Closed)));
        driver.collect([connection]);
        assert_eq!(execute(&driver, connection, Statement::Commit).await, Err(DatabaseError::Closed));
        assert_eq!(obey(&driver, Command::Reset(connection, Reset::Rollback)).await, Answer::Gone);
        assert_eq!(driver.last_refusal(), None);
    }
}

#[wasm_bindgen_test]
async fn emulated_time_stands_still_with_the_world() {
    let (pace, network) = quick();
    let driver = Driver::new(Database::in_memory(), pace.clone(), network);
    let connection = open(&driver).await;
    driver.visit(0, Client(1), connection, Span::from_millis(50));
    driver.execute(0, Client(2), connection, name("Bob"), Span::from_millis(50));
    wait(150).await;
    assert!(driver.next_report().is_none(), "the world has not moved");
    assert_eq!(pace.advance(Span::from_millis(49)), Instant::from_micros(49_000));
    wait(150).await;
    assert!(driver.next_report().is_none(), "not quite yet");
    pace.advance(Span::from_millis(1));
    assert!(matches!(report(&driver).await, JobResult::Visit(Ok(_))));
    assert!(matches!(report(&driver).await, JobResult::Executed(Ok((Reply::Inserted(2), None)))));
}
