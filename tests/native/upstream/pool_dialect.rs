//! `PoolDialectTest`: R is the dialect's rollback, CL its close.

use super::kit::{Kit, Told};
use valet::pool::{Class, Settings};

fn test(class: Class, assertion: &[&str]) {
    let mut kit = Kit::new(Settings { class, ..Settings::DEFAULT });
    // The test has one thread, which matters to one of the pools.
    let thread = kit.new_client();
    let conn = kit.connect_in_thread(0, thread).unwrap();
    kit.close(conn).unwrap();
    kit.dispose();
    kit.recreate();
    let conn = kit.connect_in_thread(0, thread).unwrap();
    kit.close(conn).unwrap();
    let canary: Vec<_> = kit
        .story
        .iter()
        .filter_map(|told| if let Told::Call(_, name) = told { Some(*name) } else { None })
        .map(|name| if name == "rollback" { "R" } else { "CL" })
        .collect();
    assert_eq!(canary, assertion);
}

#[test]
fn test_queue_pool() {
    test(Class::QueuePool, &["R", "CL", "R"]);
}

#[test]
fn test_assertion_pool() {
    test(Class::AssertionPool, &["R", "CL", "R"]);
}

#[test]
fn test_singleton_pool() {
    test(Class::SingletonThreadPool, &["R", "CL", "R"]);
}

#[test]
fn test_null_pool() {
    test(Class::NullPool, &["R", "CL", "R", "CL"]);
}

#[test]
fn test_static_pool() {
    test(Class::StaticPool, &["R", "CL", "R"]);
}
