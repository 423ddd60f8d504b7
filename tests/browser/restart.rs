//! A restart is a change of the version, which the browser itself tells every handle.

use super::closed::is_dead;
use super::kit::*;
use futures_util::future::join;
use valet::database::{Connection, DatabaseError};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn every_handle_dies_with_what_it_had_not_committed() {
    for database in both("test-restart").await {
        let (one, other) = two(&database).await;
        insert(&one, name("Alice")).await;
        commit(&one).await;
        insert(&one, name("Bob")).await;
        database.restart().await.unwrap();
        is_dead(&one).await;
        is_dead(&other).await;
        let again = database.connect().await.unwrap();
        assert_eq!(names(&again).await, ["Alice"]);
        assert_eq!(insert(&again, name("Carol")).await, 3);
        commit(&again).await;
        assert_eq!(database.rows().await, Ok(2));
    }
}

#[wasm_bindgen_test]
async fn what_is_asked_for_during_a_restart_comes_after_it() {
    for database in both("test-restart-during").await {
        let before = database.connect().await.unwrap();
        let (restarted, after) = join(database.restart(), database.connect()).await;
        restarted.unwrap();
        let after = after.unwrap();
        is_dead(&before).await;
        insert(&after, name("Alice")).await;
        commit(&after).await;
    }
}

#[wasm_bindgen_test]
async fn the_version_counts_the_restarts() {
    let database = fresh("test-restart-version").await;
    for _ in 0..3 {
        database.restart().await.unwrap();
    }
    let (one, two) = join(database.restart(), database.restart()).await;
    assert_eq!((one, two), (Ok(()), Ok(())));
    let version = by_hand("test-restart-version", "['user']", "return database.version;").await;
    assert_eq!(version.as_f64(), Some(f64::from((2 << 20) + 5)));
}

#[wasm_bindgen_test]
async fn a_restart_in_one_tab_reaches_the_other() {
    let (here, there) = (fresh("test-tabs").await, opened("test-tabs").await);
    let (one, other) = (here.connect().await.unwrap(), there.connect().await.unwrap());
    insert(&one, name("Alice")).await;
    commit(&one).await;
    assert_eq!(names(&other).await, ["Alice"]);
    here.restart().await.unwrap();
    is_dead(&one).await;
    is_dead(&other).await;
    // Neither knows how often the other has restarted: each restart must count all the same.
    for database in [&there, &there, &here, &there] {
        let (one, other) = (here.connect().await.unwrap(), there.connect().await.unwrap());
        database.restart().await.unwrap();
        is_dead(&one).await;
        is_dead(&other).await;
    }
}

/// There knows nothing of here's restarts, and here's handle is of just the version that it tries first.
#[wasm_bindgen_test]
async fn a_restart_that_another_tab_was_ahead_of_still_restarts() {
    let (here, there) = (fresh("test-ahead").await, opened("test-ahead").await);
    here.restart().await.unwrap();
    let one = here.connect().await.unwrap();
    there.restart().await.unwrap();
    is_dead(&one).await;
    for _ in 0..3 {
        here.restart().await.unwrap();
    }
    let one = here.connect().await.unwrap();
    there.restart().await.unwrap();
    is_dead(&one).await;
}

/// A handle that does not listen, as an older page's might not.
const STUBBORN: &str = "window.stubborn = await new Promise((resolve) => {
    const request = indexedDB.open('test-blocked');
    request.onsuccess = () => resolve(request.result);
});";

#[wasm_bindgen_test]
async fn a_blocked_restart_is_told_and_goes_on_when_it_can() {
    let database = fresh("test-blocked").await;
    let connection = database.connect().await.unwrap();
    insert(&connection, name("Alice")).await;
    commit(&connection).await;
    javascript(STUBBORN).await;
    assert_eq!(database.restart().await, Err(DatabaseError::Blocked));
    is_dead(&connection).await;
    assert_eq!(database.connect().await.map(drop), Err(DatabaseError::NoAnswer), "the browser keeps order");
    javascript("window.stubborn.close();").await;
    let again = database.connect().await.unwrap();
    assert_eq!(names(&again).await, ["Alice"]);
    // The handle that came too late for who asked was closed: nothing stands in the way of the next restart.
    wait(50).await;
    database.restart().await.unwrap();
    is_dead(&again).await;
}

#[wasm_bindgen_test]
async fn a_connection_that_is_dropped_is_in_nobodys_way() {
    let database = fresh("test-dropped").await;
    drop(database.connect().await.unwrap());
    database.restart().await.unwrap();
}

#[wasm_bindgen_test]
async fn a_deleted_database_is_made_again() {
    let (here, there) = (fresh("test-deleted").await, opened("test-deleted").await);
    let one: Connection = here.connect().await.unwrap();
    insert(&one, username("alice")).await;
    commit(&one).await;
    here.restart().await.unwrap();
    let one = here.connect().await.unwrap();
    rexie::Rexie::delete("test-deleted").await.unwrap();
    is_dead(&one).await;
    let (one, other) = (here.connect().await.unwrap(), there.connect().await.unwrap());
    assert_eq!(usernames(&one).await, [""; 0]);
    assert_eq!(insert(&other, username("alice")).await, 1);
    commit(&other).await;
    rexie::Rexie::delete("test-deleted").await.unwrap();
    there.restart().await.unwrap();
    assert_eq!(there.rows().await, Ok(0));
    assert_eq!(here.rows().await, Ok(0));
}
