//! No room left, and other reasons for which a browser gives a transaction up.

use super::kit::*;
use valet::database::DatabaseError;
use valet::pool::Reset;
use valet::sql::Statement;
use wasm_bindgen_test::wasm_bindgen_test;

/// What `IDBObjectStore.add` does in the second row from now on, until `window.mend()`.
fn break_add(how: &str) -> String {
    format!(
        "const add = IDBObjectStore.prototype.add;
        let rows = 0;
        window.mend = () => (IDBObjectStore.prototype.add = add);
        IDBObjectStore.prototype.add = function (...words) {{
            rows += 1;
            const transaction = this.transaction;
            if (rows === 2) {{ {how} }}
            return add.apply(this, words);
        }};"
    )
}

const THROWN: &str = "throw new DOMException('no room', 'QuotaExceededError');";
/// As it comes at the end of a transaction: the error is the transaction's, and no request had any.
const AT_THE_END: &str = "const request = add.apply(this, words);
    Object.defineProperty(transaction, 'error', { value: new DOMException('no room', 'QuotaExceededError') });
    request.addEventListener('success', () => transaction.abort());
    return request;";
const ABORTED: &str = "const request = add.apply(this, words);
    request.addEventListener('success', () => transaction.abort());
    return request;";

#[wasm_bindgen_test]
async fn a_commit_without_room_writes_nothing_and_the_connection_lives() {
    let database = fresh("test-room").await;
    let (one, other) = two(&database).await;
    for (how, expected) in [
        (THROWN, DatabaseError::Full),
        (AT_THE_END, DatabaseError::Full),
        (ABORTED, DatabaseError::Aborted("it gave no reason".into())),
    ] {
        for commit in [Some(Statement::Commit), None] {
            insert(&one, username("alice")).await;
            insert(&one, name("Bob")).await;
            insert(&one, name("Carol")).await;
            javascript(&break_add(how)).await;
            let failed = match commit {
                Some(commit) => reply(&one, commit).await,
                None => one.reset(Reset::Commit).await,
            };
            javascript("window.mend();").await;
            assert_eq!(failed, Err(expected.clone()));
            assert_eq!(other.count().await, Ok(0), "all or nothing");
            assert!(names(&one).await.is_empty(), "rolled back");
            one.ping().await.unwrap();
        }
    }
    insert(&one, username("alice")).await;
    commit(&one).await;
    assert_eq!(usernames(&other).await, ["alice"]);
}

#[wasm_bindgen_test]
async fn an_insert_without_room_rolls_back_and_the_connection_lives() {
    let database = fresh("test-room-insert").await;
    let connection = database.connect().await.unwrap();
    for (how, full) in [(THROWN, true), (AT_THE_END, true), (ABORTED, false)] {
        javascript(&break_add(how)).await;
        insert(&connection, name("Alice")).await;
        let failed = reply(&connection, name("Bob")).await;
        javascript("window.mend();").await;
        match failed {
            Err(DatabaseError::Full) => assert!(full),
            Err(DatabaseError::Aborted(_)) => assert!(!full),
            other => panic!("{other:?}"),
        }
        commit(&connection).await;
        assert_eq!(database.rows().await, Ok(0));
        javascript(&break_add(how)).await;
        assert!(connection.visit("Alice").await.is_ok());
        assert!(connection.visit("Alice").await.is_err());
        javascript("window.mend();").await;
        assert_eq!(database.rows().await, Ok(1));
        database.empty().await.unwrap();
    }
}
