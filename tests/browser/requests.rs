//! A thousand requests, with restarts among them: what was acknowledged is there, and nothing else.

use super::kit::*;
use futures_util::future::join_all;
use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use valet::database::{Connection, Database, DatabaseError};
use valet::sql::{Reply, Statement};
use wasm_bindgen_test::wasm_bindgen_test;

const REQUESTS: u32 = 1_000;
const CLIENTS: u64 = 8;

/// What all clients have seen together.
#[derive(Default)]
struct Seen {
    begun: Cell<u32>,
    acknowledged: RefCell<BTreeSet<&'static str>>,
    lost: Cell<u32>,
    restarts: Cell<u32>,
}

/// One request after the other, on its own connection, until all are done. Each inserts one or two users of its own and
/// commits; one in thirty restarts the database, from either tab, one in forty kills its own connection amid the work.
async fn client(seed: u64, tabs: &[Database; 2], seen: &Seen) {
    let mut chance = Pcg64Mcg::seed_from_u64(seed);
    let mut held: Option<Connection> = None;
    while seen.begun.get() < REQUESTS {
        seen.begun.set(seen.begun.get() + 1);
        let tab = &tabs[(chance.next_u32() % 2) as usize];
        if chance.next_u32() % 30 == 0 {
            tab.restart().await.unwrap();
            seen.restarts.set(seen.restarts.get() + 1);
        }
        let users = 1 + chance.next_u32() % 2;
        let users: Vec<&'static str> =
            (0..users).map(|n| &*Box::leak(format!("{seed}-{}-{n}", seen.begun.get()).into_boxed_str())).collect();
        let connection = match held.take() {
            Some(connection) => connection,
            None => tab.connect().await.unwrap(),
        };
        match request(&connection, &users, chance.next_u32() % 40 == 0).await {
            Ok(()) => {
                seen.acknowledged.borrow_mut().extend(users);
                held = Some(connection);
            }
            Err(DatabaseError::Closed) => seen.lost.set(seen.lost.get() + 1),
            Err(error) => panic!("{error}"),
        }
    }
}

async fn request(connection: &Connection, users: &[&'static str], kill: bool) -> Result<(), DatabaseError> {
    for user in users {
        let inserted = reply(connection, username(user)).await?;
        assert!(matches!(inserted, Reply::Inserted(_)), "{inserted:?}");
    }
    let killed = async {
        if kill {
            connection.close();
        }
    };
    let (committed, ()) = futures_util::future::join(reply(connection, Statement::Commit), killed).await;
    assert_eq!(committed?, Reply::Done);
    Ok(())
}

#[wasm_bindgen_test]
async fn a_thousand_requests_among_restarts_leave_what_was_acknowledged() {
    for seed in [1, 2] {
        let indexed = [fresh("test-requests").await, opened("test-requests").await];
        let memory = Database::in_memory();
        for tabs in [indexed, [memory.clone(), memory]] {
            let seen = Seen::default();
            join_all((0..CLIENTS).map(|client_| client(seed * 100 + client_, &tabs, &seen))).await;
            let connection = tabs[0].connect().await.unwrap();
            let there = usernames(&connection).await;
            let acknowledged = seen.acknowledged.take();
            assert_eq!(there.len(), acknowledged.len());
            assert_eq!(there.iter().map(String::as_str).collect::<BTreeSet<_>>(), acknowledged);
            assert!(seen.restarts.get() > 10, "{}", seen.restarts.get());
            if matches!(tabs[0], Database::Indexed(_)) {
                assert!(seen.lost.get() > 20, "restarts hit requests: {}", seen.lost.get());
            }
        }
    }
}
