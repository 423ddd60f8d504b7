//! Connections that are replaced.

use crate::upstream::dbapi::Place;
use crate::upstream::kit::{Kit, Proxy};
use valet::pool::{Answer, Exception, Hook, Listeners, PoolError, Settings};
use valet::time::Span;

/// A connection that is out for the second time.
fn used(kit: &mut Kit) -> Proxy {
    let c1 = kit.connect().unwrap();
    kit.close(c1).unwrap();
    let c2 = kit.connect().unwrap();
    assert_eq!(c2.connection, c1.connection);
    c2
}

#[test]
fn test_recycle() {
    let settings = Settings { pool_size: 1, max_overflow: 0, pool_recycle: Span::from_secs(30), ..Settings::DEFAULT };
    let mut kit = Kit::new(settings);
    kit.sleep(Span::from_secs(10_000));
    let c1 = kit.connect().unwrap();
    kit.close(c1).unwrap();
    kit.sleep(Span::from_secs(1));
    let c2 = kit.connect().unwrap();
    assert_eq!(c2.connection, c1.connection);
    kit.close(c2).unwrap();
    kit.sleep(Span::from_secs(34));
    let c3 = kit.connect().unwrap();
    assert_ne!(c3.connection, c1.connection);
}

#[test]
fn test_recycle_on_invalidate() {
    let mut kit = Kit::queue(1, 0);
    let c2 = used(&mut kit);
    kit.disconnected(c2);
    assert_eq!(kit.in_record(c2.record), None);
    kit.close(c2).unwrap();
    kit.sleep(Span::from_millis(500));
    let c3 = kit.connect().unwrap();
    assert_ne!(c3.connection, c2.connection);
}

#[test]
fn test_recycle_on_soft_invalidate() {
    let mut kit = Kit::queue(1, 0);
    let c2 = used(&mut kit);
    kit.sleep(Span::from_millis(100));
    kit.soft_invalidate(c2, None);
    assert_eq!(kit.in_record(c2.record), Some(c2.connection));
    kit.close(c2).unwrap();
    let c3 = kit.connect().unwrap();
    assert_ne!(c3.connection, c2.connection);
    assert_eq!(c3.record, c2.record);
    assert_eq!(kit.in_record(c2.record), Some(c3.connection));
}

/// A pool of 1 + 2 with one record in the queue, which has to reconnect and at first cannot.
fn assert_cleanup(kit: &mut Kit, error: PoolError) {
    assert_eq!((kit.pool().checkedout(), kit.pool().raw_overflow()), (0, 0));
    kit.dbapi.fails(Place::Connect, Answer::Failed);
    assert_eq!(kit.connect().unwrap_err(), error);
    assert_eq!((kit.pool().raw_overflow(), kit.pool().checkedout()), (0, 0));

    kit.dbapi.works(Place::Connect);
    kit.dbapi.works(Place::Listener(Hook::Checkout));
    let _c1 = kit.connect().unwrap();
    assert_eq!(kit.pool().checkedin(), 0);
    let _c2 = kit.connect().unwrap();
    assert_eq!(kit.pool().raw_overflow(), 1);
    let c3 = kit.connect().unwrap();
    kit.close(c3).unwrap();
}

#[test]
fn test_error_on_pooled_reconnect_cleanup_invalidate() {
    let mut kit = Kit::queue(1, 2);
    let c1 = kit.connect().unwrap();
    kit.invalidate(c1, None).unwrap();
    kit.close(c1).unwrap();
    assert_cleanup(&mut kit, Exception::Connect.into());
}

#[test]
fn test_error_on_pooled_reconnect_cleanup_recycle() {
    let settings = Settings { pool_size: 1, max_overflow: 2, pool_recycle: Span::from_secs(1), ..Settings::DEFAULT };
    let mut kit = Kit::new(settings);
    let c1 = kit.connect().unwrap();
    kit.close(c1).unwrap();
    kit.sleep(Span::from_millis(1_500));
    assert_cleanup(&mut kit, Exception::Connect.into());
}

#[test]
fn test_error_on_pooled_reconnect_cleanup_wcheckout_event() {
    for (answer, error) in [(Answer::Gone, Exception::Connect), (Answer::Interrupted, Exception::Interrupt)] {
        let listeners = Listeners::ASKED;
        let mut kit = Kit::new(Settings { pool_size: 1, max_overflow: 2, listeners, ..Settings::DEFAULT });
        let c1 = kit.connect().unwrap();
        kit.close(c1).unwrap();
        kit.dbapi.fails(Place::Listener(Hook::Checkout), answer);
        assert_cleanup(&mut kit, error.into());
    }
}

#[test]
fn test_invalidate() {
    let mut kit = Kit::queue(1, 0);
    let c1 = used(&mut kit);
    kit.invalidate(c1, None).unwrap();
    assert_ne!(kit.connect().unwrap().connection, c1.connection);
}

#[test]
fn test_reconnect() {
    let mut kit = Kit::queue(1, 0);
    let c1 = used(&mut kit);
    kit.dbapi.shutdown(false);
    kit.invalidate(c1, None).unwrap();
    assert_ne!(kit.connect().unwrap().connection, c1.connection);
}

#[test]
fn test_detach_via_invalidate() {
    let mut kit = Kit::queue(1, 0);
    let c1 = kit.connect().unwrap();
    kit.invalidate(c1, None).unwrap();
    assert!(!kit.is_valid(c1));
    assert_eq!(kit.closes(), [1]);
    let c2 = kit.connect().unwrap();
    assert_ne!(c2.connection, c1.connection);
    kit.close(c2).unwrap();
    assert_eq!(kit.closes(), [1, 0]);
}
