//! A visit of the live lot: one row and a count, in one transaction.

use super::kit::*;
use futures_util::future::join_all;
use valet::database::{Connection, KEEP, PRUNE_AT};
use valet::sql::{Column, Statement};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_visit_is_one_row_and_others_see_it() {
    for database in both("test-visit").await {
        let (one, other) = two(&database).await;
        let visit = one.visit("Alice").await.unwrap();
        assert_eq!((visit.id, visit.users), (1, 1));
        assert_eq!(select(&other, Statement::SelectOne(Column::Name, 1)).await, ["Alice"]);
        assert_eq!(other.visit("Bob").await.unwrap().users, 2);
        assert_eq!(one.count().await.unwrap(), 2);
        assert_eq!(names(&one).await, ["Alice", "Bob"]);
    }
}

#[wasm_bindgen_test]
async fn rows_stay_when_all_connections_are_closed() {
    for database in both("test-stay").await {
        let connection = database.connect().await.unwrap();
        connection.visit("Alice").await.unwrap();
        connection.close();
        assert_eq!(database.connect().await.unwrap().count().await.unwrap(), 1);
    }
}

#[wasm_bindgen_test]
async fn concurrent_visits_lose_nothing() {
    let database = fresh("test-concurrent").await;
    let connections: Vec<Connection> =
        join_all((0..10).map(|_| database.connect())).await.into_iter().map(Result::unwrap).collect();
    let visits =
        join_all(connections.iter().flat_map(|connection| (0..20).map(move |_| connection.visit("Alice")))).await;
    let mut keys: Vec<u32> = visits.into_iter().map(|visit| visit.unwrap().id).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 200);
    assert_eq!(connections[0].count().await.unwrap(), 200);
}

#[wasm_bindgen_test]
async fn old_rows_go_in_one_step_past_a_number() {
    for database in both("test-prune").await {
        let connection = database.connect().await.unwrap();
        for start in (0..PRUNE_AT).step_by(200) {
            let visits = join_all((0..200).map(|_| connection.visit("Alice"))).await;
            assert!(visits.iter().all(Result::is_ok), "from {start}");
        }
        assert_eq!(connection.count().await.unwrap(), PRUNE_AT);
        assert_eq!(connection.visit("Alice").await.unwrap().users, KEEP);
        assert_eq!(names(&connection).await.len(), KEEP as usize);
        let first = PRUNE_AT + 1 - KEEP + 1;
        for (key, there) in [(first - 1, 0), (first, 1), (PRUNE_AT + 1, 1)] {
            assert_eq!(select(&connection, Statement::SelectOne(Column::Name, key)).await.len(), there, "{key}");
        }
    }
}
