//! The database goes away.

use crate::upstream::dbapi::Place;
use crate::upstream::kit::{Kit, Told};
use valet::pool::{Answer, Class, Dialect, Event, Exception, Hook, Input, Listeners, Settings};
use valet::time::Span;

/// Two connections idle, the database down, and the pool marked by one that was taken out.
fn marked() -> Kit {
    let mut kit = Kit::queue(2, 2);
    let c1 = kit.connect().unwrap();
    let c2 = kit.connect().unwrap();
    kit.close(c1).unwrap();
    kit.close(c2).unwrap();
    kit.dbapi.fails(Place::Connect, Answer::Failed);
    kit.sleep(Span::from_millis(100));
    let bad = kit.connect().unwrap();
    kit.disconnected(bad);
    kit.close(bad).unwrap();
    assert!(kit.pool().invalidated_at().is_some());
    kit
}

/// Theirs takes the empty records out of the queue before it connects again; here one of them is used.
fn fail_once_and_connect(kit: &mut Kit) {
    kit.story.clear();
    assert_eq!(kit.connect().unwrap_err(), Exception::Connect.into());
    kit.dbapi.works(Place::Connect);
    let c = kit.connect().unwrap();
    kit.close(c).unwrap();
}

#[test]
fn test_connect_handler_not_called_for_recycled() {
    let mut kit = marked();
    fail_once_and_connect(&mut kit);
    assert_eq!(kit.told(&[Hook::Connect, Hook::Checkout]), ["connect", "checkout"]);
}

/// `info`, which the `connect` listener fills, is what is kept by connection: it ran for the one that is checked out.
#[test]
fn test_connect_checkout_handler_always_gets_info() {
    let mut kit = marked();
    fail_once_and_connect(&mut kit);
    let events: Vec<_> = kit.events().collect();
    let checkout = events.iter().position(|event| matches!(event, Event::Checkout(..))).unwrap();
    let Event::Checkout(connection, record) = events[checkout] else { unreachable!() };
    assert!(events[..checkout].contains(&Event::Connect(connection, record)));
}

/// Where theirs empties the record behind the proxy's back, the `dispose()` of a `SingletonThreadPool` does it here.
#[test]
fn test_userspace_disconnectionerror_weakref_finalizer() {
    for (detach_gced, invalidate_conn_rec) in [(false, false), (true, false), (false, true), (true, true)] {
        let class = if invalidate_conn_rec { Class::SingletonThreadPool } else { Class::QueuePool };
        let mut kit = Kit::new(Settings {
            class,
            max_overflow: 2,
            dialect: Dialect { is_async: detach_gced, ..Dialect::DEFAULT },
            listeners: Listeners::ASKED,
            ..Settings::DEFAULT
        });
        let thread = kit.new_client();
        let conn = kit.connect_in_thread(0, thread).unwrap();
        let normally_closed = conn.connection;
        kit.close(conn).unwrap();
        assert_eq!(kit.calls(normally_closed), ["rollback"]);

        kit.dbapi.vetoed.insert(normally_closed.0);
        let conn = kit.connect_in_thread(0, thread).unwrap();
        assert_eq!(kit.calls(normally_closed), ["rollback", "close"]);

        let not_closed = conn.connection;
        assert_ne!(not_closed, normally_closed);
        if invalidate_conn_rec {
            kit.dispose();
        }
        kit.del(conn);
        let expected: &[&str] = match (invalidate_conn_rec, detach_gced) {
            (true, _) => &["close"],
            (false, true) => &[],
            (false, false) => &["rollback"],
        };
        assert_eq!(kit.calls(not_closed), expected);
    }
}

/// Where theirs empties the record in the middle of its checkout, a `dispose()` meets the `checkout` listener here.
#[test]
fn test_connrec_invalidated_within_checkout_no_race() {
    let class = Class::SingletonThreadPool;
    let mut kit = Kit::new(Settings { class, listeners: Listeners::ASKED, ..Settings::DEFAULT });
    let thread = kit.new_client();
    let conn = kit.connect_in_thread(0, thread).unwrap();
    kit.close(conn).unwrap();

    let slow = Span::from_secs(1);
    kit.dbapi.takes(Place::Listener(Hook::Checkout), slow);
    let other = kit.new_client();
    kit.tell(0, Input::Checkout(thread));
    kit.call(0, other, Input::Dispose(other)).unwrap();
    kit.sleep(slow);
    kit.results.remove(&thread).expect("an answer").unwrap();
    assert_eq!(kit.held(conn).unwrap().connection, conn.connection);
    assert_eq!(kit.in_record(conn.record), None);
    kit.close(conn).unwrap();
}

/// The eight that are out fail at random moments; closing takes half a second.
#[test]
fn test_recycle_pool_no_race() {
    let mut kit = Kit::queue(20, 10);
    kit.dbapi.takes(Place::Terminate, Span::from_millis(500));
    let conns: Vec<_> = (0..15).map(|_| kit.connect().unwrap()).collect();
    for conn in &conns[3..10] {
        kit.close(*conn).unwrap();
    }
    let out: Vec<_> = conns[..3].iter().chain(&conns[10..]).copied().collect();
    let mut moments: Vec<_> = out.iter().zip([815, 120, 633, 950, 281, 40, 702, 377]).collect();
    moments.sort_by_key(|(_, moment)| *moment);
    let mut now = 0;
    for (conn, moment) in moments {
        kit.sleep(Span::from_millis(moment - now));
        now = moment;
        kit.mark_for(*conn);
        kit.tell(0, Input::Invalidate(conn.client, Some(Exception::Disconnect)));
    }
    kit.sleep(Span::from_secs(1));
    for conn in conns {
        kit.close(conn).unwrap();
    }
    for _ in 0..15 {
        kit.connect().unwrap();
    }
    let closed = kit.story.iter().filter(|told| matches!(told, Told::Call(_, "close"))).count();
    assert_eq!((closed, kit.dbapi.opened), (15, 30));
}
