//! `PoolEventsTest`

use super::dbapi::Place;
use super::kit::{Kit, Proxy};
use valet::pool::{Answer, Cause, Class, Dialect, Event, Exception, Hook, Listeners, LogLine, Settings};
use valet::time::Span;

/// What the fixture for `checkin` listens to, and what it writes down.
fn checkin_canary(kit: &Kit) -> Vec<&'static str> {
    let name = |event| match event {
        Event::Reset { asyncio_safe: true, .. } => Some("reset_rollback_ok"),
        Event::Reset { asyncio_safe: false, .. } => Some("reset_no_rollback"),
        Event::Checkin(..) => Some("checkin"),
        Event::CloseDetached(_) => Some("close_detached"),
        Event::Detach(..) => Some("detach"),
        _ => None,
    };
    kit.events().filter_map(name).collect()
}

fn queue_with(is_async: bool, has_terminate: bool) -> Kit {
    Kit::new(Settings { dialect: Dialect { is_async, has_terminate, has_ping: true }, ..Settings::DEFAULT })
}

#[test]
fn test_close() {
    let mut kit = Kit::queue(5, 10);
    let c1 = kit.connect().unwrap();
    kit.close(c1).unwrap();
    assert!(kit.told(&[Hook::Close]).is_empty());
    kit.dispose();
    let last = kit.events().last();
    assert_eq!(kit.told(&[Hook::Close]), ["close"]);
    assert_eq!(last, Some(Event::Close(c1.connection, c1.record, Cause::Disposed)));
}

#[test]
fn test_detach() {
    let mut kit = Kit::queue(5, 10);
    let c1 = kit.connect().unwrap();
    kit.detach(c1);
    assert_eq!(kit.told(&[Hook::Detach]), ["detach"]);
    assert_eq!(kit.events().last(), Some(Event::Detach(c1.connection, c1.record)));
}

#[test]
fn test_detach_close() {
    let mut kit = Kit::queue(5, 10);
    let c1 = kit.connect().unwrap();
    kit.detach(c1);
    kit.close(c1).unwrap();
    assert_eq!(kit.told(&[Hook::CloseDetached]), ["close_detached"]);
    assert_eq!(kit.events().last(), Some(Event::CloseDetached(c1.connection)));
}

/// Checkouts from the pool (0) and from its successor (1), which is made before one of them; what is told of one event.
fn told(hook: Hook, recreated_before: usize, checkouts: &[usize]) -> Vec<&'static str> {
    let mut kit = Kit::queue(5, 10);
    for (number, generation) in checkouts.iter().enumerate() {
        if number == recreated_before {
            kit.recreate();
        }
        kit.connect_to(*generation).unwrap();
    }
    kit.told(&[hook])
}

const NEVER: usize = 9;

#[test]
fn test_first_connect_event() {
    assert_eq!(told(Hook::FirstConnect, NEVER, &[0]), ["first_connect"]);
}

#[test]
fn test_first_connect_event_fires_once() {
    assert_eq!(told(Hook::FirstConnect, NEVER, &[0, 0]), ["first_connect"]);
}

#[test]
fn test_first_connect_on_previously_recreated() {
    assert_eq!(told(Hook::FirstConnect, 0, &[0, 1]), ["first_connect", "first_connect"]);
}

#[test]
fn test_first_connect_on_subsequently_recreated() {
    assert_eq!(told(Hook::FirstConnect, 1, &[0, 1]), ["first_connect", "first_connect"]);
}

#[test]
fn test_connect_event() {
    assert_eq!(told(Hook::Connect, NEVER, &[0]), ["connect"]);
}

#[test]
fn test_connect_event_fires_subsequent() {
    assert_eq!(told(Hook::Connect, NEVER, &[0, 0]), ["connect", "connect"]);
}

#[test]
fn test_connect_on_previously_recreated() {
    assert_eq!(told(Hook::Connect, 0, &[0, 1]), ["connect", "connect"]);
}

#[test]
fn test_connect_on_subsequently_recreated() {
    assert_eq!(told(Hook::Connect, 1, &[0, 1]), ["connect", "connect"]);
}

#[test]
fn test_checkout_event() {
    assert_eq!(told(Hook::Checkout, NEVER, &[0]), ["checkout"]);
}

#[test]
fn test_checkout_event_fires_subsequent() {
    assert_eq!(told(Hook::Checkout, NEVER, &[0, 0]), ["checkout", "checkout"]);
}

#[test]
fn test_checkout_event_on_subsequently_recreated() {
    assert_eq!(told(Hook::Checkout, 1, &[0, 1]), ["checkout", "checkout"]);
}

#[test]
fn test_checkin_event() {
    let mut kit = Kit::queue(5, 10);
    let c1 = kit.connect().unwrap();
    assert!(checkin_canary(&kit).is_empty());
    kit.close(c1).unwrap();
    assert_eq!(checkin_canary(&kit), ["reset_rollback_ok", "checkin"]);
}

#[test]
fn test_reset_event() {
    let mut kit = Kit::queue(5, 10);
    let c1 = kit.connect().unwrap();
    assert!(kit.told(&[Hook::Reset]).is_empty());
    kit.close(c1).unwrap();
    assert_eq!(kit.told(&[Hook::Reset]), ["reset"]);
}

/// A connection that is out for the second time.
fn used() -> (Kit, Proxy) {
    let mut kit = Kit::queue(5, 10);
    let c1 = kit.connect().unwrap();
    kit.close(c1).unwrap();
    assert!(kit.told(&[Hook::Invalidate, Hook::SoftInvalidate]).is_empty());
    let c1 = kit.connect().unwrap();
    (kit, c1)
}

fn invalidation(reason: Option<Exception>, soft: bool) {
    let (mut kit, c1) = used();
    let expected = if soft {
        kit.soft_invalidate(c1, reason);
        Event::SoftInvalidate(c1.connection, c1.record, reason)
    } else {
        kit.invalidate(c1, reason).unwrap();
        Event::Invalidate(c1.connection, c1.record, reason)
    };
    let told: Vec<_> =
        kit.events().filter(|e| matches!(e, Event::Invalidate(..) | Event::SoftInvalidate(..))).collect();
    assert_eq!(told, [expected]);
}

#[test]
fn test_soft_invalidate_event_no_exception() {
    invalidation(None, true);
}

#[test]
fn test_soft_invalidate_event_exception() {
    invalidation(Some(Exception::Client), true);
}

#[test]
fn test_invalidate_event_no_exception() {
    invalidation(None, false);
}

#[test]
fn test_invalidate_event_exception() {
    invalidation(Some(Exception::Client), false);
}

/// Where theirs empties the record behind the proxy's back, the `dispose()` of a `SingletonThreadPool` does it here.
#[test]
fn test_checkin_event_gc() {
    for (is_async, has_terminate, invalidate_conn_rec) in (0..8).map(|n| (n & 1 != 0, n & 2 != 0, n & 4 != 0)) {
        let class = if invalidate_conn_rec { Class::SingletonThreadPool } else { Class::QueuePool };
        let dialect = Dialect { is_async, has_terminate, has_ping: true };
        let mut kit = Kit::new(Settings { class, dialect, ..Settings::DEFAULT });
        let c1 = kit.connect().unwrap();
        assert!(checkin_canary(&kit).is_empty());
        if invalidate_conn_rec {
            kit.dispose();
        }
        kit.del(c1);

        let (connection, terminated) = (c1.connection, has_terminate);
        let expected: &[&str] = match (invalidate_conn_rec, is_async, has_terminate) {
            (true, _, _) => &["checkin"],
            (false, true, true) => &["reset_no_rollback", "detach", "close_detached"],
            (false, true, false) => &["reset_no_rollback", "detach"],
            (false, false, _) => &["reset_rollback_ok", "checkin"],
        };
        assert_eq!(checkin_canary(&kit), expected);
        let warned = kit.log.contains(&LogLine::CollectedWarning { connection, terminated });
        assert_eq!(warned, is_async && !invalidate_conn_rec);
        let pooled = kit.pool().records().any(|(_, other)| other == Some(connection));
        assert_eq!(pooled, !(is_async || invalidate_conn_rec));
    }
}

/// When the collector comes is Python's business, what it finds the pool's.
#[test]
fn test_checkin_event_gc_reference_cycle() {
    for is_async in [true, false] {
        let mut kit = queue_with(is_async, true);
        let c1 = kit.connect().unwrap();
        assert!(checkin_canary(&kit).is_empty());
        assert_eq!(kit.pool().checkedout(), 1);
        kit.del(c1);
        let expected: &[&str] = match is_async {
            true => &["reset_no_rollback", "detach", "close_detached"],
            false => &["reset_rollback_ok", "checkin"],
        };
        assert_eq!(checkin_canary(&kit), expected);
        assert_eq!(kit.pool().checkedout(), 0);
    }
}

#[test]
fn test_gc_reference_cycle_superseded_fairy() {
    let mut kit = Kit::new(Settings { class: Class::StaticPool, ..Settings::DEFAULT });
    let c1 = kit.connect().unwrap();
    let c2 = kit.connect().unwrap();
    assert_eq!(c1.record, c2.record);
    kit.del(c1);
    assert!(kit.told(&[Hook::Checkin]).is_empty());
    assert!(kit.is_valid(c2));
    kit.close(c2).unwrap();
    assert_eq!(kit.told(&[Hook::Checkin]), ["checkin"]);
}

#[test]
fn test_checkin_event_on_subsequently_recreated() {
    let mut kit = Kit::queue(5, 10);
    let c1 = kit.connect().unwrap();
    let second = kit.recreate();
    let c2 = kit.connect_to(second).unwrap();
    assert!(checkin_canary(&kit).is_empty());
    kit.close(c1).unwrap();
    assert_eq!(checkin_canary(&kit), ["reset_rollback_ok", "checkin"]);
    kit.close(c2).unwrap();
    assert_eq!(checkin_canary(&kit), ["reset_rollback_ok", "checkin", "reset_rollback_ok", "checkin"]);
}

/// `info`, which the second listener fills, is what is kept by connection: it ran for each that is handed out.
#[test]
fn test_connect_event_fails_invalidates() {
    for (answer, raised) in
        [(Answer::Failed, Exception::Listener(Hook::Connect)), (Answer::Interrupted, Exception::Interrupt)]
    {
        let mut kit = Kit::new(Settings {
            pool_size: 1,
            max_overflow: 0,
            pool_timeout: Some(Span::from_secs(5)),
            listeners: Listeners::ASKED,
            ..Settings::DEFAULT
        });
        let conn = kit.connect().unwrap();
        let announced =
            |kit: &Kit, conn: Proxy| kit.events().any(|event| event == Event::Connect(conn.connection, conn.record));
        assert!(announced(&kit, conn));
        kit.invalidate(conn, None).unwrap();
        kit.close(conn).unwrap();

        kit.dbapi.fails(Place::Listener(Hook::Connect), answer);
        assert_eq!(kit.connect().unwrap_err(), raised.into());

        kit.dbapi.works(Place::Listener(Hook::Connect));
        let conn = kit.connect().unwrap();
        assert!(announced(&kit, conn));
        kit.close(conn).unwrap();
    }
}
