//! What is not committed is nobody else's, and what is committed is everybody's.

use super::kit::*;
use valet::database::Database;
use valet::pool::Reset;
use valet::sql::{Column, Reply, Rows, Statement};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn writes_are_ours_until_they_are_committed() {
    for database in both("test-uncommitted").await {
        let (one, other) = two(&database).await;
        assert_eq!(insert(&one, name("Alice")).await, 1);
        assert_eq!(insert(&one, name("Alice")).await, 2);
        assert_eq!(names(&one).await, ["Alice", "Alice"]);
        assert_eq!(names(&other).await, [""; 0]);
        assert_eq!(other.count().await, Ok(0));
        commit(&one).await;
        assert_eq!(names(&other).await, ["Alice", "Alice"]);
        assert_eq!(database.rows().await, Ok(2));
    }
}

#[wasm_bindgen_test]
async fn each_select_sees_what_others_committed_meanwhile_in_key_order() {
    for database in both("test-read-committed").await {
        let (one, other) = two(&database).await;
        insert(&one, name("Alice")).await;
        insert(&other, name("Bob")).await;
        insert(&one, name("Carol")).await;
        assert_eq!(names(&one).await, ["Alice", "Carol"]);
        commit(&other).await;
        assert_eq!(names(&one).await, ["Alice", "Bob", "Carol"]);
        assert_eq!(names(&other).await, ["Bob"]);
    }
}

#[wasm_bindgen_test]
async fn one_row_is_found_by_its_key_and_in_its_column() {
    for database in both("test-one").await {
        let (one, other) = two(&database).await;
        let key = insert(&one, username("alice")).await;
        let found = Statement::SelectOne(Column::Username, key);
        assert_eq!(select(&one, found).await, ["alice"]);
        assert_eq!(select(&other, found).await, [""; 0]);
        commit(&one).await;
        assert_eq!(select(&other, found).await, ["alice"]);
        assert_eq!(select(&other, Statement::SelectOne(Column::Name, key)).await, [""; 0]);
        assert_eq!(select(&other, Statement::SelectOne(Column::Username, key + 1)).await, [""; 0]);
        assert_eq!(names(&other).await, [""; 0]);
        assert_eq!(other.execute(Statement::SelectNumber).await, Ok((Reply::Found(1), Some(Rows::of(["1"])))));
    }
}

#[wasm_bindgen_test]
async fn a_rollback_forgets_the_rows_and_not_their_keys() {
    for database in both("test-rollback").await {
        let (one, other) = two(&database).await;
        assert_eq!(insert(&one, name("Alice")).await, 1);
        assert_eq!(reply(&one, Statement::Rollback).await, Ok(Reply::Done));
        assert_eq!(names(&one).await, [""; 0]);
        commit(&one).await;
        assert_eq!(names(&other).await, [""; 0]);
        assert_eq!(insert(&other, name("Bob")).await, 2);
        assert_eq!(insert(&one, name("Carol")).await, 3);
        commit(&one).await;
        assert_eq!(one.visit("Dave").await.unwrap().id, 4, "a visit takes its keys from the same sequence");
        assert_eq!(insert(&one, name("Eve")).await, 5);
    }
}

#[wasm_bindgen_test]
async fn keys_go_on_when_the_table_is_emptied() {
    for database in both("test-empty").await {
        let (one, _other) = two(&database).await;
        insert(&one, name("Alice")).await;
        commit(&one).await;
        insert(&one, name("Bob")).await;
        database.empty().await.unwrap();
        assert_eq!(database.rows().await, Ok(0));
        assert_eq!(names(&one).await, ["Bob"], "what is not committed is not touched");
        commit(&one).await;
        assert_eq!(insert(&one, name("Carol")).await, 3);
    }
}

#[wasm_bindgen_test]
async fn a_reset_rolls_back_commits_or_leaves_it_to_the_next() {
    for database in both("test-reset").await {
        let (one, other) = two(&database).await;
        insert(&one, name("Alice")).await;
        assert_eq!(one.reset(Reset::None).await, Ok(Reply::Done));
        assert_eq!((names(&one).await.len(), names(&other).await.len()), (1, 0));
        assert_eq!(one.reset(Reset::Commit).await, Ok(Reply::Done));
        assert_eq!(names(&other).await, ["Alice"]);
        insert(&one, name("Bob")).await;
        assert_eq!(one.reset(Reset::Rollback).await, Ok(Reply::Done));
        assert_eq!(names(&one).await, ["Alice"]);
    }
}

/// Read by hand: rows look as they did in schema 1, and an acknowledged commit is really there.
#[wasm_bindgen_test]
async fn committed_rows_are_real_rows() {
    let database = fresh("test-real").await;
    let connection = database.connect().await.unwrap();
    insert(&connection, name("Alice")).await;
    insert(&connection, username("bob")).await;
    commit(&connection).await;
    let rows = by_hand("test-real", "['user']", "return JSON.stringify(await heard(store('user').getAll()));").await;
    assert_eq!(rows.as_string().unwrap(), r#"[{"name":"Alice","id":1},{"username":"bob","id":2}]"#);
}

/// 200 rows go in one transaction of the browser's; and a reader at the same time sees none or all.
#[wasm_bindgen_test]
async fn a_commit_is_all_or_nothing_for_readers() {
    let database = fresh("test-atomic").await;
    let (one, other) = two(&database).await;
    for _ in 0..200 {
        insert(&one, name("Alice")).await;
    }
    let readers = async {
        let mut seen = Vec::new();
        while seen.last() != Some(&200) {
            seen.push(names(&other).await.len());
        }
        seen
    };
    let ((), seen) = futures_util::future::join(commit(&one), readers).await;
    assert!(seen.iter().all(|&seen| seen == 0 || seen == 200), "{seen:?}");
}

#[wasm_bindgen_test]
async fn two_in_memory_are_two() {
    let (one, other) = (Database::in_memory(), Database::in_memory());
    let connection = one.connect().await.unwrap();
    insert(&connection, name("Alice")).await;
    commit(&connection).await;
    assert_eq!((one.rows().await, other.rows().await), (Ok(1), Ok(0)));
    assert_eq!(one.damaged().await, Ok(vec![]));
}
