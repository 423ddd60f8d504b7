//! `MockReconnectTest`: what the pool has to do with it. `Connection`, its transactions and its errors are not here; when
//! a `Connection` was invalidated and is used again, it checks out once more.

use super::dbapi::Place;
use super::kit::{Kit, Proxy};
use valet::pool::{Answer, Event, Exception, Hook, Input, Listeners, MisuseError, Settings};
use valet::time::Span;

const GONE: Result<(), Exception> = Err(Exception::Disconnect);

/// A new pool, and a connection that works.
fn connected() -> (Kit, Proxy) {
    let mut kit = Kit::new(Settings::DEFAULT);
    let conn = kit.connect().unwrap();
    assert_eq!(kit.execute(conn), Ok(()));
    (kit, conn)
}

/// The `Connection` that was invalidated is used again.
fn reconnect(kit: &mut Kit) -> Proxy {
    let conn = kit.connect().unwrap();
    assert_eq!(kit.execute(conn), Ok(()));
    conn
}

#[test]
fn test_reconnect() {
    let (mut kit, conn) = connected();
    let conn2 = kit.connect().unwrap();
    kit.close(conn2).unwrap();
    assert_eq!(kit.dbapi.opened, 2);

    kit.dbapi.shutdown(false);
    kit.sleep(Span::from_millis(500));
    assert_eq!(kit.execute(conn), GONE);
    assert!(!kit.is_valid(conn));
    kit.close(conn).unwrap();
    assert_eq!(kit.closes(), [1, 0]);

    let conn = kit.connect().unwrap();
    assert_eq!(kit.closes(), [1, 1, 0]);
    assert_eq!(kit.execute(conn), Ok(()));
    kit.close_in_transaction(conn).unwrap();
    assert_eq!(kit.closes(), [1, 1, 0]);
}

#[test]
fn test_invalidate_on_execute_trans() {
    let (mut kit, conn) = connected();
    kit.dbapi.shutdown(false);
    assert_eq!(kit.execute(conn), GONE);
    assert_eq!(kit.closes(), [1]);
    assert!(!kit.is_valid(conn));
    reconnect(&mut kit);
    assert_eq!(kit.closes(), [1, 0]);
}

#[test]
fn test_invalidate_on_commit_trans() {
    let (mut kit, conn) = connected();
    kit.dbapi.fails(Place::Reset, Answer::Gone);
    assert_eq!(kit.commit(conn), GONE);
    assert!(!kit.is_valid(conn));
    let again = reconnect(&mut kit);
    assert!(kit.is_valid(again));
}

#[test]
fn test_invalidate_dont_call_finalizer() {
    let (mut kit, conn) = connected();
    kit.call(0, conn.client, Input::Finalizer(conn.client, 1)).unwrap();
    kit.invalidate(conn, None).unwrap();
    assert!(!kit.is_valid(conn));
    assert!(!kit.events().any(|event| matches!(event, Event::Finalizer(..))));
}

#[test]
fn test_conn_reusable() {
    let (mut kit, conn) = connected();
    assert_eq!(kit.dbapi.opened, 1);
    kit.dbapi.shutdown(false);
    assert_eq!(kit.execute(conn), GONE);
    assert!(!kit.is_valid(conn));
    assert_eq!(kit.closes(), [1]);
    let again = reconnect(&mut kit);
    assert!(kit.is_valid(again));
    assert_eq!(kit.closes(), [1, 0]);
}

#[test]
fn test_invalidated_close() {
    let (mut kit, conn) = connected();
    kit.dbapi.shutdown(false);
    assert_eq!(kit.execute(conn), GONE);
    let story = kit.story.len();
    kit.close(conn).unwrap();
    assert_eq!(kit.story.len(), story);
    assert_eq!(
        kit.refused(conn, Input::Checkin { client: conn.client, transaction_was_reset: false }),
        MisuseError::Empty
    );
}

/// An error that is no disconnect is nothing to the pool.
#[test]
fn test_noreconnect_execute() {
    let (mut kit, conn) = connected();
    assert!(kit.is_valid(conn));
    kit.close_in_transaction(conn).unwrap();
    assert_eq!((kit.told(&[Hook::Invalidate]).len(), kit.pool().checkedin()), (0, 1));
    assert_eq!(kit.connect().unwrap().connection, conn.connection);
}

#[test]
fn test_noreconnect_rollback() {
    let (mut kit, conn) = connected();
    kit.dbapi.fails(Place::Reset, Answer::Failed);
    assert_eq!(kit.rollback(conn), Err(Exception::Reset));
    assert!(kit.is_valid(conn));
    assert_eq!(kit.close(conn), Ok(()));
    assert!(!kit.is_valid(conn));
}

/// The context manager is the same `close()`.
#[test]
fn test_noreconnect_rollback_on_close() {
    let (mut kit, conn) = connected();
    kit.dbapi.fails(Place::Reset, Answer::Failed);
    assert_eq!(kit.close_in_transaction(conn), Err(Exception::Reset.into()));
    assert!(!kit.is_valid(conn));
    assert_eq!(kit.pool().checkedout(), 0);
    assert_eq!(kit.closes(), [1]);
    assert_eq!(kit.pool().invalidated_at(), None);
}

/// The context manager is the same `close()`.
#[test]
fn test_close_interrupted_during_reset() {
    let mut kit = Kit::new(Settings { listeners: Listeners::ASKED, ..Settings::DEFAULT });
    let conn = kit.connect().unwrap();
    kit.dbapi.fails(Place::Listener(Hook::Reset), Answer::Interrupted);
    assert_eq!(kit.close_in_transaction(conn), Err(Exception::Interrupt.into()));
    assert!(!kit.is_valid(conn));
    assert_eq!(kit.pool().checkedout(), 0);

    kit.dbapi.works(Place::Listener(Hook::Reset));
    let conn2 = kit.connect().unwrap();
    assert_eq!(kit.refused(conn, Input::Invalidate(conn.client, None)), MisuseError::Empty);
    assert_eq!(kit.execute(conn2), Ok(()));
    assert!(kit.is_valid(conn2));
    assert_eq!(kit.pool().checkedout(), 1);
    kit.close(conn2).unwrap();
}

#[test]
fn test_reconnect_on_reentrant() {
    let (mut kit, conn) = connected();
    assert_eq!(kit.dbapi.opened, 1);
    kit.dbapi.fails(Place::Reset, Answer::Gone);
    assert_eq!(kit.rollback(conn), GONE);
    assert!(!kit.is_valid(conn));
}

/// `initialize()` as a `first_connect` listener. That the engine does not call it again for a new pool is not the pool's.
#[test]
fn test_dialect_initialize_retry_if_exception() {
    let mut kit = Kit::new(Settings { listeners: Listeners::ASKED, ..Settings::DEFAULT });
    let initialize = Place::Listener(Hook::FirstConnect);
    let called = |kit: &Kit| kit.told(&[Hook::FirstConnect]).len();
    kit.dbapi.fails(initialize, Answer::Failed);
    for calls in 1..=3 {
        assert_eq!(kit.connect().unwrap_err(), Exception::Listener(Hook::FirstConnect).into());
        assert_eq!((called(&kit), kit.pool().checkedin()), (calls, 0));
        if calls == 2 {
            kit.dispose_engine();
        }
    }
    kit.dbapi.works(initialize);
    for _ in 0..2 {
        let conn = kit.connect().unwrap();
        assert_eq!(called(&kit), 4);
        kit.close(conn).unwrap();
        assert_eq!(kit.pool().checkedin(), 1);
    }
}

/// An interrupted statement costs the connection, and no other.
#[test]
fn test_invalidate_conn_w_contextmanager_interrupt() {
    let (mut kit, conn) = connected();
    kit.invalidate(conn, Some(Exception::Interrupt)).unwrap();
    assert!(!kit.is_valid(conn));
    assert_eq!(kit.pool().invalidated_at(), None);
    let again = reconnect(&mut kit);
    assert!(kit.is_valid(again));
}

#[test]
fn test_invalidate_conn_w_contextmanager_disconnect() {
    let (mut kit, conn) = connected();
    kit.dbapi.shutdown(false);
    assert_eq!(kit.execute(conn), GONE);
    assert!(!kit.is_valid(conn));
    assert_eq!(kit.pool().invalidated_at(), Some(kit.now));
    let again = reconnect(&mut kit);
    assert!(kit.is_valid(again));
}
