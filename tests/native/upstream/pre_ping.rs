//! `PrePingMockTest`, `PrePingRealTest` and `RealPrePingEventHandlerTest`

use super::dbapi::Place;
use super::kit::Kit;
use valet::pool::{Answer, ConnectionId, Exception, Settings};

fn pool_fixture(pool_pre_ping: bool) -> Kit {
    Kit::new(Settings { pool_pre_ping, ..Settings::DEFAULT })
}

/// A pool with one connection in its queue, which the restarted server does not know any more.
fn restarted(pool_pre_ping: bool) -> (Kit, ConnectionId) {
    let mut kit = pool_fixture(pool_pre_ping);
    let conn = kit.connect().unwrap();
    kit.close(conn).unwrap();
    kit.dbapi.shutdown(true);
    kit.dbapi.restart();
    (kit, conn.connection)
}

fn connect_across_restart() {
    let (mut kit, stale) = restarted(true);
    let conn = kit.connect().unwrap();
    assert_eq!(kit.dbapi.execute(conn.connection), Ok(()));
    assert_eq!(kit.dbapi.execute(stale), Err(Exception::Disconnect));
}

mod pre_ping_mock {
    use super::*;

    fn one() -> Kit {
        Kit::new(Settings { pool_pre_ping: true, pool_size: 1, max_overflow: 0, ..Settings::DEFAULT })
    }

    #[test]
    fn test_ping_not_on_first_connect() {
        let mut kit = one();
        let conn = kit.connect().unwrap();
        let c = conn.connection;
        assert!(kit.calls(c).is_empty());
        kit.close(conn).unwrap();
        assert_eq!(kit.calls(c), ["rollback"]);

        let conn = kit.connect().unwrap();
        assert_eq!((conn.connection, kit.calls(c)), (c, vec!["rollback", "ping"]));
        kit.close(conn).unwrap();

        let conn = kit.connect().unwrap();
        assert_eq!((conn.connection, kit.calls(c)), (c, vec!["rollback", "ping", "rollback", "ping"]));
        kit.close(conn).unwrap();
    }

    #[test]
    fn test_ping_not_on_reconnect() {
        let mut kit = one();
        let conn = kit.connect().unwrap();
        let (c, record) = (conn.connection, conn.record);
        assert!(kit.calls(c).is_empty());
        kit.close(conn).unwrap();

        let conn = kit.connect().unwrap();
        assert_eq!((conn.connection, kit.calls(c)), (c, vec!["rollback", "ping"]));
        kit.invalidate(conn, None).unwrap();
        assert!(!kit.is_valid(conn));

        let conn = kit.connect().unwrap();
        assert_eq!(conn.record, record);
        assert!(kit.calls(conn.connection).is_empty());
    }

    #[test]
    fn test_connect_across_restart() {
        connect_across_restart();
    }

    /// A `handle_error` listener turns the ping's error into a disconnect: the driver then answers `Gone`.
    #[test]
    fn test_handle_error_sets_disconnect() {
        let mut kit = pool_fixture(true);
        let stale = kit.connect().unwrap();
        kit.close(stale).unwrap();
        kit.dbapi.fails(Place::Ping, Answer::Gone);
        let conn = kit.connect().unwrap();
        assert_ne!(conn.connection, stale.connection);
        assert_eq!(kit.dbapi.execute(conn.connection), Ok(()));
        assert_eq!(kit.dbapi.execute(stale.connection), Err(Exception::Disconnect));
    }

    #[test]
    fn test_raise_db_is_stopped() {
        let mut kit = pool_fixture(true);
        let conn = kit.connect().unwrap();
        kit.close(conn).unwrap();
        kit.dbapi.shutdown(true);
        assert_eq!(kit.connect().unwrap_err(), Exception::Connect.into());
    }

    #[test]
    fn test_waits_til_exec_wo_ping_db_is_stopped() {
        let mut kit = pool_fixture(false);
        let conn = kit.connect().unwrap();
        kit.close(conn).unwrap();
        kit.dbapi.shutdown(true);
        let conn = kit.connect().unwrap();
        assert_eq!(kit.dbapi.execute(conn.connection), Err(Exception::Disconnect));
    }

    #[test]
    fn test_waits_til_exec_wo_ping_db_is_restarted() {
        let (mut kit, stale) = restarted(false);
        let conn = kit.connect().unwrap();
        assert_eq!(conn.connection, stale);
        assert_eq!(kit.dbapi.execute(conn.connection), Err(Exception::Disconnect));
    }

    #[test]
    fn test_pre_ping_weakref_finalizer() {
        let mut kit = pool_fixture(true);
        let conn = kit.connect().unwrap();
        let old = conn.connection;
        kit.close(conn).unwrap();
        assert_eq!(kit.calls(old), ["rollback"]);

        let conn = kit.connect().unwrap();
        kit.close(conn).unwrap();
        assert_eq!(kit.calls(old), ["rollback", "ping", "rollback"]);

        kit.dbapi.shutdown(true);
        kit.dbapi.restart();
        let conn = kit.connect().unwrap();
        kit.del(conn);
        assert_eq!(kit.calls(conn.connection), ["rollback"]);
        assert_eq!(kit.calls(old), ["rollback", "ping", "rollback", "ping", "close"]);
    }
}

mod pre_ping_real {
    use super::*;

    #[test]
    fn test_pre_ping_db_is_restarted() {
        connect_across_restart();
    }

    #[test]
    fn test_pre_ping_db_stays_shutdown() {
        let mut kit = pool_fixture(true);
        let counts = |kit: &Kit| (kit.pool().checkedin(), kit.pool().raw_overflow());
        assert_eq!(counts(&kit), (0, -5));
        let conn = kit.connect().unwrap();
        kit.close(conn).unwrap();
        assert_eq!(counts(&kit), (1, -4));
        kit.dbapi.shutdown(true);
        assert_eq!(kit.connect().unwrap_err(), Exception::Connect.into());
        assert_eq!(counts(&kit), (1, -4));
    }
}

/// Whether a failed ping means a disconnect the dialect says first and a `handle_error` listener last. The pool hears the
/// verdict: the driver answers `Gone`, or `Failed`.
mod real_pre_ping_event_handler {
    use super::*;
    use valet::pool::PoolError;

    fn connect(dialect_says: bool, listener: impl Fn(bool) -> bool) -> Result<(), PoolError> {
        let mut kit = pool_fixture(true);
        let conn = kit.connect()?;
        kit.close(conn)?;
        kit.dbapi.fails(Place::Ping, if listener(dialect_says) { Answer::Gone } else { Answer::Failed });
        let again = kit.connect()?;
        assert_ne!(again.connection, conn.connection);
        kit.close(again)
    }

    const RAISED: Result<(), PoolError> = Err(PoolError::Raised(Exception::Ping));

    #[test]
    fn test_control() {
        assert_eq!(connect(false, |says| says), RAISED);
    }

    #[test]
    fn test_downgrade_control() {
        assert_eq!(connect(true, |says| says), Ok(()));
    }

    #[test]
    fn test_event_handler_didnt_upgrade_disconnect() {
        let listener = |says: bool| {
            assert!(!says);
            says
        };
        assert_eq!(connect(false, listener), RAISED);
    }

    #[test]
    fn test_event_handler_didnt_downgrade_disconnect() {
        let listener = |says: bool| {
            assert!(says);
            says
        };
        assert_eq!(connect(true, listener), Ok(()));
    }

    #[test]
    fn test_event_handler_can_upgrade_disconnect() {
        assert_eq!(connect(false, |_| true), Ok(()));
    }

    #[test]
    fn test_event_handler_can_downgrade_disconnect() {
        assert_eq!(connect(true, |_| false), RAISED);
    }
}
