//! `ResetOnReturnTest`. The listener of `reset` calls `special_reset_method` on its connection: here the event itself counts.

use super::kit::{Kit, Told};
use valet::pool::{Event, Hook, Listeners, Reset, Settings};

fn fixture(pool_reset_on_return: Reset) -> Kit {
    Kit::new(Settings { pool_reset_on_return, ..Settings::DEFAULT })
}

/// What is done to the connection, the listener's call included.
fn calls(kit: &Kit) -> Vec<&'static str> {
    let wanted = |told: &&Told| matches!(told, Told::Call(..) | Told::Event(Event::Reset { .. }));
    kit.story.iter().filter(wanted).map(Told::name).collect()
}

/// The `PoolResetState` of each `reset` event: transaction_was_reset, terminate_only, asyncio_safe.
fn states(kit: &Kit) -> Vec<(bool, bool, bool)> {
    let state = |event| match event {
        Event::Reset { transaction_was_reset, terminate_only, asyncio_safe, .. } => {
            Some((transaction_was_reset, terminate_only, asyncio_safe))
        }
        _ => None,
    };
    kit.events().filter_map(state).collect()
}

#[test]
fn test_custom() {
    for extra_step in ["detach", "invalidate", "return"] {
        let mut kit = fixture(Reset::None);
        let c1 = kit.connect().unwrap();
        match extra_step {
            "detach" => kit.detach(c1),
            "invalidate" => kit.invalidate(c1, None).unwrap(),
            _ => {}
        }
        kit.close(c1).unwrap();
        let (expected, state): (&[&str], &[_]) = match extra_step {
            "detach" => (&["reset", "close"], &[(false, true, true)]),
            "invalidate" => (&["close"], &[]),
            _ => (&["reset"], &[(false, false, true)]),
        };
        assert_eq!(calls(&kit), expected);
        assert_eq!(states(&kit), state);
    }
}

/// `Connection.close()`, which rolls back by itself in a transaction. Theirs does not pass its `reset_on_return` on: both
/// tests have the default.
fn via_engine() {
    for use_engine_transaction in [true, false] {
        let mut kit = Kit::new(Settings { listeners: Listeners::NONE, ..Settings::DEFAULT });
        let c1 = kit.connect().unwrap();
        if use_engine_transaction {
            kit.close_in_transaction(c1).unwrap()
        } else {
            kit.close(c1).unwrap()
        }
        assert_eq!(calls(&kit), ["rollback"]);

        let mut kit = fixture(Reset::Rollback);
        let c1 = kit.connect().unwrap();
        if use_engine_transaction {
            kit.close_in_transaction(c1).unwrap();
            assert_eq!(calls(&kit), ["rollback", "reset"]);
        } else {
            kit.close(c1).unwrap();
            assert_eq!(calls(&kit), ["reset", "rollback"]);
        }
        assert_eq!(states(&kit), [(use_engine_transaction, false, true)]);
    }
}

#[test]
fn test_custom_via_engine() {
    via_engine();
}

#[test]
fn test_plain_rollback() {
    let mut kit = Kit::new(Settings { listeners: Listeners::NONE, ..Settings::DEFAULT });
    let c1 = kit.connect().unwrap();
    kit.close(c1).unwrap();
    assert_eq!(calls(&kit), ["rollback"]);

    let mut kit = fixture(Reset::Rollback);
    let c1 = kit.connect().unwrap();
    kit.close(c1).unwrap();
    assert_eq!(calls(&kit), ["reset", "rollback"]);
    assert_eq!(states(&kit), [(false, false, true)]);
}

#[test]
fn test_plain_rollback_via_engine() {
    via_engine();
}

#[test]
fn test_plain_commit() {
    let mut kit = fixture(Reset::Commit);
    let c1 = kit.connect().unwrap();
    kit.close(c1).unwrap();
    assert_eq!(kit.calls(c1.connection), ["commit"]);
}

#[test]
fn test_plain_none() {
    let mut kit = fixture(Reset::None);
    let c1 = kit.connect().unwrap();
    kit.close(c1).unwrap();
    assert!(kit.calls(c1.connection).is_empty());
    assert_eq!(kit.told(&[Hook::Checkin]), ["checkin"]);
}
