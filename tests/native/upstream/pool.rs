//! `PoolTest`

use super::dbapi::Place;
use super::kit::Kit;
use valet::pool::{Answer, Class, Echo, Reset, Settings};
use valet::python::{Argument, PythonError, create_async_engine, create_engine};
use valet::time::Span;

const FIVE: [Class; 5] =
    [Class::SingletonThreadPool, Class::StaticPool, Class::QueuePool, Class::NullPool, Class::AssertionPool];

#[test]
fn test_no_connect_on_recreate() {
    for class in FIVE {
        let settings = Settings { class, ..Settings::DEFAULT };
        let mut kit = Kit::new(settings);
        kit.dbapi.fails(Place::Connect, Answer::Failed);
        kit.dispose();
        let second = kit.recreate();
        assert_eq!(kit.generation(second).settings().class, class);

        let mut kit = Kit::new(settings);
        let conn = kit.connect().unwrap();
        kit.close(conn).unwrap();
        kit.dbapi.fails(Place::Connect, Answer::Failed);
        kit.dispose();
        kit.recreate();
        assert_eq!(kit.dbapi.opened, 1);
    }
}

/// `info` is what is kept by connection: a new one in the same record starts empty, and a detached one takes it along.
#[test]
fn test_info() {
    let mut kit = Kit::queue(1, 0);
    let c = kit.connect().unwrap();
    let foo = c.connection;
    kit.close(c).unwrap();

    let c = kit.connect().unwrap();
    assert_eq!(c.connection, foo);

    kit.invalidate(c, None).unwrap();
    let c = kit.connect().unwrap();
    assert_ne!(c.connection, foo);

    let foo2 = c.connection;
    kit.detach(c);
    assert_eq!(kit.held(c).unwrap().connection, foo2);

    let c2 = kit.connect().unwrap();
    assert_ne!(c2.connection, foo2);
    assert_eq!(kit.held(c).unwrap().connection, foo2);
}

/// The context manager is a `close()`, whatever is raised inside.
#[test]
fn test_raw_connection_context() {
    let mut kit = Kit::queue(1, 0);
    assert_eq!(kit.pool().checkedout(), 0);
    for _raised in [false, true] {
        let conn = kit.connect().unwrap();
        assert_eq!(kit.pool().checkedout(), 1);
        kit.close(conn).unwrap();
        assert_eq!(kit.pool().checkedout(), 0);
    }
}

/// `record_info` is what is kept by record.
#[test]
fn test_rec_info() {
    let mut kit = Kit::queue(1, 0);
    let c = kit.connect().unwrap();
    let record = c.record;
    kit.close(c).unwrap();

    let c = kit.connect().unwrap();
    assert_eq!(c.record, record);

    kit.invalidate(c, None).unwrap();
    let c = kit.connect().unwrap();
    assert_eq!(c.record, record);

    kit.detach(c);
    assert_eq!(kit.held(c).unwrap().record, None);

    let c2 = kit.connect().unwrap();
    assert_eq!(c2.record, record);
}

/// A record without a connection, here one that was invalidated, opens one when it is asked.
#[test]
fn test_rec_unconnected() {
    let mut kit = Kit::queue(1, 0);
    let c = kit.connect().unwrap();
    kit.invalidate(c, None).unwrap();
    assert_eq!(kit.pool().idle().collect::<Vec<_>>(), [(c.record, None)]);

    let c1 = kit.connect().unwrap();
    assert_eq!(c1.record, c.record);
    assert_eq!(kit.in_record(c.record), Some(c1.connection));
}

/// `record.close()` is what an `AssertionPool` calls at `dispose()`; it keeps the record.
#[test]
fn test_rec_close_reopen() {
    let settings = Settings { class: Class::AssertionPool, pool_reset_on_return: Reset::None, ..Settings::DEFAULT };
    let mut kit = Kit::new(settings);
    let c1 = kit.connect().unwrap();
    kit.close(c1).unwrap();
    let again = kit.connect().unwrap();
    assert_eq!((again.record, again.connection), (c1.record, c1.connection));
    kit.close(again).unwrap();

    kit.dispose();
    assert_eq!(kit.in_record(c1.record), None);
    assert_eq!(kit.calls(c1.connection), ["close"]);

    let c2 = kit.connect().unwrap();
    assert_ne!(c2.connection, c1.connection);
    assert_eq!((c2.record, kit.in_record(c1.record)), (c1.record, Some(c2.connection)));
    assert!(kit.calls(c2.connection).is_empty());
}

#[test]
fn test_recreate_state() {
    let common = Settings {
        pool_pre_ping: true,
        pool_reset_on_return: Reset::Commit,
        pool_recycle: Span::from_secs(35),
        echo_pool: Echo::Debug,
        ..Settings::DEFAULT
    };
    let queue = Settings {
        pool_size: 8,
        max_overflow: 10,
        pool_timeout: Some(Span::from_secs(25)),
        pool_use_lifo: true,
        ..common
    };
    let others = FIVE.map(|class| Settings { class, ..common });
    for settings in others.into_iter().chain([queue]) {
        let mut kit = Kit::new(settings);
        let second = kit.recreate();
        let (p1, p2) = (kit.pool(), kit.generation(second));
        assert_eq!(p1.settings(), p2.settings());
        assert_eq!(p2.settings(), &settings);
        assert_eq!((p1.status(), p1.timeout()), (p2.status(), p2.timeout()));
    }
}

/// A class fits an engine whose dialect is of the same kind as the pool then is.
fn fits(class: Class, is_async: bool) -> bool {
    let arguments = [("poolclass", Argument::Class(class))];
    let engine = match is_async {
        true => create_async_engine("postgresql+asyncpg://host/db", &arguments),
        false => create_engine("postgresql+psycopg2://host/db", &arguments),
    };
    match engine {
        Ok(engine) => {
            assert_eq!((engine.settings.class, engine.settings.dialect.is_async), (class, is_async));
            true
        }
        Err(error) => {
            assert_eq!(error, PythonError::WrongKind { class, is_async });
            false
        }
    }
}

#[test]
fn test_is_asyncio_from_dialect() {
    for (class, is_async_kind) in [
        (Class::QueuePool, Some(false)),
        (Class::AsyncAdaptedQueuePool, Some(true)),
        (Class::NullPool, None),
        (Class::SingletonThreadPool, Some(false)),
        (Class::StaticPool, None),
        (Class::AssertionPool, None),
    ] {
        for is_async in [true, false] {
            let kind = is_async_kind.unwrap_or(is_async);
            assert_eq!(fits(class, is_async), kind == is_async, "{class:?}, {is_async}");
        }
    }
}

/// Without a dialect a pool is as with one that is not asynchronous, and so is its class.
#[test]
fn test_is_asyncio_from_dialect_cls() {
    assert!(!Settings::default().dialect.is_async);
    for (class, is_async) in [
        (Class::QueuePool, false),
        (Class::AsyncAdaptedQueuePool, true),
        (Class::NullPool, false),
        (Class::SingletonThreadPool, false),
        (Class::StaticPool, false),
        (Class::AssertionPool, false),
    ] {
        assert_eq!(fits(class, false), !is_async, "{class:?}");
    }
}

/// The proxy has the record's connection; `driver_connection` is Python's.
#[test]
fn test_rec_fairy_default_dialect() {
    let mut kit = Kit::queue(5, 10);
    let fairy = kit.connect().unwrap();
    assert_eq!(kit.in_record(fairy.record), Some(fairy.connection));
    assert_eq!(kit.held(fairy).unwrap().connection, fairy.connection);
}
