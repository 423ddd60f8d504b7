//! `RealReconnectTest`: what the pool has to do with it, against the faked database.

use super::dbapi::Place;
use super::kit::{Kit, Proxy};
use valet::pool::{Answer, Class, Exception, Hook, Input, Listeners, MisuseError, Settings};

/// The server goes away and comes back; the connection finds out, and then there is another one.
fn lose_and_reconnect(kit: &mut Kit, conn: Proxy) -> Proxy {
    kit.dbapi.shutdown(false);
    assert_eq!(kit.execute(conn), Err(Exception::Disconnect));
    assert!(!kit.is_valid(conn));
    assert!(!kit.dbapi.is_open(conn.connection));
    let again = kit.connect().unwrap();
    assert_ne!(again.connection, conn.connection);
    assert_eq!(kit.execute(again), Ok(()));
    assert!(kit.is_valid(again));
    again
}

#[test]
fn test_reconnect() {
    let mut kit = Kit::new(Settings::DEFAULT);
    let conn = kit.connect().unwrap();
    assert_eq!(kit.execute(conn), Ok(()));
    let conn = lose_and_reconnect(&mut kit, conn);
    let conn = lose_and_reconnect(&mut kit, conn);
    kit.close_in_transaction(conn).unwrap();
}

/// The words are `Connection`'s; the pool does not take the call either.
#[test]
fn test_detach_invalidated() {
    let mut kit = Kit::new(Settings::DEFAULT);
    let conn = kit.connect().unwrap();
    kit.invalidate(conn, None).unwrap();
    assert_eq!(kit.refused(conn, Input::Detach(conn.client)), MisuseError::Empty);
}

/// The words are `Connection`'s; the pool does not take the call either.
#[test]
fn test_detach_closed() {
    let mut kit = Kit::new(Settings::DEFAULT);
    let conn = kit.connect().unwrap();
    kit.close(conn).unwrap();
    assert_eq!(kit.refused(conn, Input::Detach(conn.client)), MisuseError::Empty);
}

/// The pool is not replaced: it stays the same, with its two records.
#[test]
fn test_multiple_invalidate() {
    let mut kit = Kit::new(Settings::DEFAULT);
    let c1 = kit.connect().unwrap();
    let c2 = kit.connect().unwrap();
    assert_eq!(kit.execute(c1), Ok(()));
    kit.dbapi.shutdown(false);
    assert_eq!(kit.execute(c1), Err(Exception::Disconnect));
    assert_eq!(kit.execute(c2), Err(Exception::Disconnect));
    assert_eq!(kit.pool().idle().collect::<Vec<_>>(), [(c1.record, None), (c2.record, None)]);
}

/// After `invalidate()` nothing is left to roll back.
#[test]
fn test_rollback_on_invalid_plain() {
    let mut kit = Kit::new(Settings::DEFAULT);
    let conn = kit.connect().unwrap();
    kit.invalidate(conn, None).unwrap();
    kit.close(conn).unwrap();
    assert_eq!(kit.calls(conn.connection), ["close"]);
}

#[test]
fn test_invalidate_twice() {
    let mut kit = Kit::new(Settings::DEFAULT);
    let conn = kit.connect().unwrap();
    kit.invalidate(conn, None).unwrap();
    kit.invalidate(conn, None).unwrap();
    kit.close(conn).unwrap();
    assert_eq!(kit.told(&[Hook::Invalidate, Hook::Close, Hook::Checkin]), ["invalidate", "close", "checkin"]);
    assert_eq!(kit.pool().checkedin(), 1);
}

/// The initializer is a listener of `connect`.
#[test]
fn test_explode_in_initializer() {
    let mut kit = Kit::new(Settings { listeners: Listeners::ASKED, ..Settings::DEFAULT });
    kit.dbapi.fails(Place::Listener(Hook::Connect), Answer::Failed);
    assert_eq!(kit.connect().unwrap_err(), Exception::Listener(Hook::Connect).into());
    assert_eq!((kit.pool().checkedout(), kit.dbapi.open()), (0, vec![]));
}

#[test]
fn test_null_pool() {
    let mut kit = Kit::new(Settings { class: Class::NullPool, ..Settings::DEFAULT });
    let conn = kit.connect().unwrap();
    assert_eq!(kit.execute(conn), Ok(()));
    lose_and_reconnect(&mut kit, conn);
}

#[test]
fn test_close() {
    let mut kit = Kit::new(Settings::DEFAULT);
    let conn = kit.connect().unwrap();
    assert_eq!(kit.execute(conn), Ok(()));
    kit.dbapi.shutdown(false);
    assert_eq!(kit.execute(conn), Err(Exception::Disconnect));
    kit.close(conn).unwrap();

    let conn = kit.connect().unwrap();
    assert_eq!(kit.execute(conn), Ok(()));
    assert_eq!((kit.pool().checkedout(), kit.dbapi.opened), (1, 2));
}

/// As long as the transaction is not rolled back, its `Connection` stays without a connection.
#[test]
fn test_with_transaction() {
    let mut kit = Kit::new(Settings::DEFAULT);
    let conn = kit.connect().unwrap();
    assert_eq!(kit.execute(conn), Ok(()));
    let again = lose_and_reconnect(&mut kit, conn);
    assert_eq!(again.record, conn.record);
    kit.close_in_transaction(again).unwrap();
    assert_eq!(kit.closes(), [1, 0]);
}
