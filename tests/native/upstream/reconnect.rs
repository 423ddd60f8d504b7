//! `RecycleTest`, `InvalidateDuringResultTest` and `ReconnectRecipeTest`, against the faked database.

use super::kit::{Kit, Proxy};
use valet::pool::{Exception, Settings};
use valet::time::Span;

fn connected(settings: Settings) -> (Kit, Proxy) {
    let mut kit = Kit::new(settings);
    let conn = kit.connect().unwrap();
    assert_eq!(kit.execute(conn), Ok(()));
    (kit, conn)
}

mod recycle {
    use super::*;

    #[test]
    fn test_basic() {
        let (mut kit, conn) = connected(Settings { pool_recycle: Span::from_secs(1), ..Settings::DEFAULT });
        kit.close_in_transaction(conn).unwrap();
        kit.dbapi.shutdown(false);
        kit.sleep(Span::from_secs(2));
        let conn = kit.connect().unwrap();
        assert_eq!(kit.execute(conn), Ok(()));
        kit.close_in_transaction(conn).unwrap();
    }
}

mod invalidate_during_result {
    use super::*;

    /// Fetching a row finds out; a further `invalidate()` does nothing.
    #[test]
    fn test_invalidate_on_results() {
        let (mut kit, conn) = connected(Settings::DEFAULT);
        kit.dbapi.shutdown(false);
        assert_eq!(kit.execute(conn), Err(Exception::Disconnect));
        assert!(!kit.is_valid(conn));
        kit.invalidate(conn, None).unwrap();
        assert_eq!((kit.pool().checkedout(), kit.closes()), (0, vec![1]));
    }
}

mod reconnect_recipe {
    use super::*;

    /// The recipe invalidates the connection itself and checks out again, so the pool hears of no disconnect.
    #[test]
    fn test_restart_on_execute_no_txn() {
        let (mut kit, conn) = connected(Settings::DEFAULT);
        kit.dbapi.shutdown(true);
        kit.dbapi.restart();
        assert_eq!(kit.dbapi.execute(conn.connection), Err(Exception::Disconnect));
        kit.invalidate(conn, None).unwrap();
        kit.sleep(Span::from_millis(500));
        let conn = kit.connect().unwrap();
        assert_eq!(kit.execute(conn), Ok(()));
        assert_eq!(kit.pool().invalidated_at(), None);
        kit.close_in_transaction(conn).unwrap();
    }

    /// The recipe does not cover `executemany`: the pool hears of the disconnect.
    #[test]
    fn test_fail_on_executemany_txn() {
        let (mut kit, conn) = connected(Settings::DEFAULT);
        kit.dbapi.shutdown(true);
        kit.dbapi.restart();
        assert_eq!(kit.execute(conn), Err(Exception::Disconnect));
        assert!(!kit.is_valid(conn));
        assert_eq!(kit.pool().invalidated_at(), Some(kit.now));
        kit.close(conn).unwrap();
    }
}
