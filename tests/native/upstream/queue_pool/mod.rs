//! `QueuePoolTest`

mod disconnected;
mod interrupted;
mod recycled;
mod waiting;

use super::dbapi::Place;
use super::kit::Kit;
use valet::pool::{Answer, Class, Exception, Hook, Listeners, LogLine, Reset, Settings};
use valet::time::Span;

fn status(kit: &Kit) -> (i64, i64, i64, i64) {
    let pool = kit.pool();
    (pool.size(), pool.checkedin(), pool.overflow(), pool.checkedout())
}

fn test_queuepool(useclose: bool) {
    let mut kit = Kit::queue(3, -1);
    let let_go = |kit: &mut Kit, proxies: &[_]| {
        for proxy in proxies {
            if useclose { kit.close(*proxy).unwrap() } else { kit.del(*proxy) }
        }
    };
    let mut c = Vec::new();
    for (overflow, checkedout) in (-2..=3).zip(1..) {
        c.push(kit.connect().unwrap());
        assert_eq!(status(&kit), (3, 0, overflow, checkedout));
    }
    let_go(&mut kit, &[c[3], c[2], c[1]]);
    assert_eq!(status(&kit), (3, 3, 3, 3));
    let_go(&mut kit, &[c[0], c[4], c[5]]);
    assert_eq!(status(&kit), (3, 3, 0, 0));
    let c1 = kit.connect().unwrap();
    let c2 = kit.connect().unwrap();
    assert_eq!(status(&kit), (3, 1, 0, 2));
    let_go(&mut kit, &[c2]);
    assert_eq!(status(&kit), (3, 2, 0, 1));
    kit.close(c1).unwrap();
}

#[test]
fn test_queuepool_del() {
    test_queuepool(false);
}

#[test]
fn test_queuepool_close() {
    test_queuepool(true);
}

#[test]
fn test_timeout_accessor() {
    let expected = Some(Span::from_secs(123));
    let kit = Kit::new(Settings { pool_timeout: expected, ..Settings::DEFAULT });
    assert_eq!(kit.pool().timeout(), expected);
}

#[test]
fn test_overflow_reset_on_failed_connect() {
    let mut kit = Kit::queue(2, 3);
    let _out: Vec<_> = (0..3).map(|_| kit.connect().unwrap()).collect();
    assert_eq!(kit.pool().raw_overflow(), 1);
    kit.dbapi.fails(Place::Connect, Answer::Failed);
    assert_eq!(kit.connect().unwrap_err(), Exception::Connect.into());
    assert_eq!(kit.pool().raw_overflow(), 1);
}

#[test]
fn test_dispose_closes_pooled() {
    let settings = Settings { pool_size: 2, max_overflow: 0, pool_timeout: None, ..Settings::DEFAULT };
    let mut kit = Kit::new(settings);
    let c1 = kit.connect().unwrap();
    let c2 = kit.connect().unwrap();
    kit.close(c1).unwrap();
    assert_eq!(kit.closes(), [0, 0]);
    kit.dispose();
    assert_eq!(kit.closes(), [1, 0]);

    // The one that was out comes back as if nothing had happened, and is next.
    kit.close(c2).unwrap();
    assert_eq!(kit.closes(), [1, 0]);
    let c3 = kit.connect().unwrap();
    assert_eq!(c3.connection, c2.connection);
}

#[test]
fn test_unlimited() {
    for max_overflow in [42, 0, -5, 1] {
        let mut kit = Kit::queue(0, max_overflow);
        assert_eq!(kit.pool().overflow(), 0);
        let c1 = kit.connect().unwrap();
        let c2 = kit.connect().unwrap();
        assert_eq!(kit.pool().overflow(), 0);
        kit.close(c1).unwrap();
        kit.close(c2).unwrap();
    }
}

/// Theirs compares sets of counts; here they are counted.
#[test]
fn test_overflow_no_gc() {
    let mut kit = Kit::queue(2, 2);
    for _ in 0..5 {
        let conns: Vec<_> = (0..4).map(|_| kit.connect().unwrap()).collect();
        for conn in conns {
            kit.close(conn).unwrap();
        }
    }
    let mut closes = kit.closes();
    closes.sort_unstable();
    assert_eq!(closes, [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
}

#[test]
fn test_recreate() {
    let settings = Settings { pool_reset_on_return: Reset::None, pool_size: 1, max_overflow: 0, ..Settings::DEFAULT };
    let mut kit = Kit::new(settings);
    let second = kit.recreate();
    let p2 = kit.generation(second);
    assert_eq!(p2.size(), 1);
    assert_eq!((p2.settings().pool_reset_on_return, p2.settings().max_overflow), (Reset::None, 0));
}

#[test]
fn test_detach() {
    let mut kit = Kit::queue(1, 0);
    let c1 = kit.connect().unwrap();
    kit.detach(c1);
    let _c2 = kit.connect().unwrap();
    assert_eq!(kit.dbapi.opened, 2);
    assert!(kit.is_valid(c1));
    assert_eq!(kit.closes(), [0, 0]);
    kit.close(c1).unwrap();
    assert_eq!(kit.closes(), [1, 0]);
}

/// Where theirs calls `record.checkin()`, here a `StaticPool`'s second proxy is interrupted after the first returned the record.
#[test]
fn test_no_double_checkin() {
    let settings = Settings { class: Class::StaticPool, listeners: Listeners::ASKED, ..Settings::DEFAULT };
    let mut kit = Kit::new(settings);
    let c1 = kit.connect().unwrap();
    let c2 = kit.connect().unwrap();
    kit.close(c1).unwrap();
    kit.dbapi.fails(Place::Listener(Hook::Reset), Answer::Interrupted);
    kit.close(c2).unwrap_err();
    let warning = LogLine::DoubleCheckin(c1.record);
    assert!(kit.log.contains(&warning));
    assert_eq!(Kit::text(warning), "Double checkin attempted on <record 1>");
}

fn three_returned(pool_use_lifo: bool) -> Kit {
    let mut kit = Kit::new(Settings { pool_use_lifo, ..Settings::DEFAULT });
    let three: Vec<_> = (0..3).map(|_| kit.connect().unwrap()).collect();
    for proxy in three {
        kit.close(proxy).unwrap();
    }
    kit
}

#[test]
fn test_lifo() {
    let mut kit = three_returned(true);
    for _ in 0..5 {
        let pc1 = kit.connect().unwrap();
        assert_eq!(pc1.connection.0, 3);
        kit.close(pc1).unwrap();
        let pc1 = kit.connect().unwrap();
        assert_eq!(pc1.connection.0, 3);
        let pc2 = kit.connect().unwrap();
        assert_eq!(pc2.connection.0, 2);
        kit.close(pc2).unwrap();
        let pc3 = kit.connect().unwrap();
        assert_eq!(pc3.connection.0, 2);
        let pc2 = kit.connect().unwrap();
        assert_eq!(pc2.connection.0, 1);
        for proxy in [pc2, pc3, pc1] {
            kit.close(proxy).unwrap();
        }
    }
}

#[test]
fn test_fifo() {
    let mut kit = three_returned(false);
    let pc1 = kit.connect().unwrap();
    assert_eq!(pc1.connection.0, 1);
    kit.close(pc1).unwrap();
    let pc1 = kit.connect().unwrap();
    assert_eq!(pc1.connection.0, 2);
    let pc2 = kit.connect().unwrap();
    assert_eq!(pc2.connection.0, 3);
    kit.close(pc2).unwrap();
    let pc3 = kit.connect().unwrap();
    assert_eq!(pc3.connection.0, 1);
    let pc2 = kit.connect().unwrap();
    assert_eq!(pc2.connection.0, 3);
    for proxy in [pc2, pc3, pc1] {
        kit.close(proxy).unwrap();
    }
}
