//! A username is there once.

use super::kit::*;
use valet::pool::Reset;
use valet::sql::{Reply, Statement};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_committed_or_own_username_conflicts_at_once_and_all_is_rolled_back() {
    for database in both("test-unique").await {
        let (one, other) = two(&database).await;
        insert(&one, username("alice")).await;
        commit(&one).await;

        insert(&other, username("bob")).await;
        assert_eq!(reply(&other, username("alice")).await, Ok(Reply::Conflict));
        assert_eq!(usernames(&other).await, ["alice"], "bob is rolled back");
        commit(&other).await;

        insert(&one, username("carol")).await;
        assert_eq!(reply(&one, username("carol")).await, Ok(Reply::Conflict));
        assert_eq!(usernames(&one).await, ["alice"]);
        insert(&one, username("carol")).await;
        commit(&one).await;
        assert_eq!(usernames(&other).await, ["alice", "carol"]);
    }
}

#[wasm_bindgen_test]
async fn who_commits_second_gets_the_conflict_and_nothing_of_it_is_written() {
    for database in both("test-unique-late").await {
        let (one, other) = two(&database).await;
        insert(&one, username("alice")).await;
        insert(&other, name("Bob")).await;
        insert(&other, username("alice")).await;
        insert(&other, username("carol")).await;
        commit(&one).await;
        assert_eq!(reply(&other, Statement::Commit).await, Ok(Reply::Conflict));
        assert_eq!((names(&one).await.len(), usernames(&one).await), (0, vec!["alice".to_string()]));
        assert_eq!(database.rows().await, Ok(1));
        // The connection can be used, and its transaction is gone.
        commit(&other).await;
        assert_eq!(database.rows().await, Ok(1));
        insert(&other, username("carol")).await;
        assert_eq!(other.reset(Reset::Commit).await, Ok(Reply::Done));
        assert_eq!(usernames(&one).await, ["alice", "carol"]);
    }
}

#[wasm_bindgen_test]
async fn a_commit_on_return_may_conflict_too() {
    for database in both("test-unique-reset").await {
        let (one, other) = two(&database).await;
        insert(&one, username("alice")).await;
        insert(&other, username("alice")).await;
        commit(&one).await;
        assert_eq!(other.reset(Reset::Commit).await, Ok(Reply::Conflict));
        assert_eq!(database.rows().await, Ok(1));
    }
}

#[wasm_bindgen_test]
async fn names_need_not_be_unique() {
    for database in both("test-unique-name").await {
        let (one, other) = two(&database).await;
        for connection in [&one, &other, &one] {
            insert(connection, name("Alice")).await;
            commit(connection).await;
        }
        assert_eq!(names(&one).await, ["Alice", "Alice", "Alice"]);
    }
}

/// The browser's own index, not our word for it.
#[wasm_bindgen_test]
async fn the_index_is_the_browsers() {
    fresh("test-index").await;
    let index = by_hand(
        "test-index",
        "['user']",
        "const index = store('user').index('username'); return [index.unique, index.multiEntry, index.keyPath].join();",
    );
    assert_eq!(index.await.as_string().unwrap(), "true,false,username");
}
