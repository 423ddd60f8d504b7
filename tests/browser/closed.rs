//! A closed handle is closed for everything.

use super::kit::*;
use valet::database::{Connection, DatabaseError};
use valet::pool::Reset;
use valet::sql::{Column, Statement};
use wasm_bindgen_test::wasm_bindgen_test;

/// Every call says so.
pub async fn is_dead(connection: &Connection) {
    assert!(!connection.is_open());
    let statements = [
        name("Bob"),
        Statement::SelectAll(Column::Name),
        Statement::SelectOne(Column::Name, 1),
        Statement::SelectNumber,
        Statement::Commit,
        Statement::Rollback,
    ];
    for statement in statements {
        assert_eq!(connection.execute(statement).await, Err(DatabaseError::Closed), "{statement}");
    }
    for reset in [Reset::None, Reset::Rollback, Reset::Commit] {
        assert_eq!(connection.reset(reset).await, Err(DatabaseError::Closed), "{reset:?}");
    }
    assert_eq!(connection.ping().await, Err(DatabaseError::Closed));
    assert_eq!(connection.visit("Alice").await, Err(DatabaseError::Closed));
    assert_eq!(connection.count().await, Err(DatabaseError::Closed));
}

#[wasm_bindgen_test]
async fn a_killed_handle_fails_others_live_and_its_writes_are_gone() {
    for database in both("test-closed").await {
        let (one, other) = two(&database).await;
        insert(&one, name("Alice")).await;
        one.close();
        one.close();
        is_dead(&one).await;
        other.ping().await.unwrap();
        assert_eq!(names(&other).await, [""; 0]);
        let again = database.connect().await.unwrap();
        commit(&again).await;
        assert_eq!(insert(&again, name("Carol")).await, 2);
    }
}

/// The transaction has begun: the browser brings it to its end, and the answer says which.
#[wasm_bindgen_test]
async fn closing_amid_a_commit_leaves_no_doubt() {
    let database = fresh("test-closed-amid").await;
    let (one, other) = two(&database).await;
    insert(&one, name("Alice")).await;
    let (committed, ()) = futures_util::future::join(reply(&one, Statement::Commit), async { one.close() }).await;
    let expected = u32::from(committed.is_ok());
    assert_eq!(other.count().await, Ok(expected));
    assert_eq!(expected, 1, "this browser had begun");
    is_dead(&one).await;
}

/// A statement that was on its way when the handle was closed gets no answer, and its row is not kept for later.
#[wasm_bindgen_test]
async fn closing_amid_an_insert_loses_it() {
    let database = fresh("test-closed-insert").await;
    let (one, other) = two(&database).await;
    let (inserted, ()) = futures_util::future::join(reply(&one, name("Alice")), async { one.close() }).await;
    assert_eq!(inserted, Err(DatabaseError::Closed));
    is_dead(&one).await;
    assert_eq!(other.count().await, Ok(0));
}

/// The reader deleted the site's data: the browser closes the handle by itself and sends `close`.
#[wasm_bindgen_test]
async fn the_browsers_close_event_closes() {
    let database = fresh("test-close-event").await;
    let spy = "const open = IDBFactory.prototype.open;
        window.handles = [];
        IDBFactory.prototype.open = function (...words) {
            const request = open.apply(this, words);
            request.addEventListener('success', () => window.handles.push(request.result));
            return request;
        };
        window.unspy = () => (IDBFactory.prototype.open = open);";
    javascript(spy).await;
    let (one, other) = two(&database).await;
    insert(&one, name("Alice")).await;
    javascript("window.unspy(); window.handles[0].dispatchEvent(new Event('close'));").await;
    is_dead(&one).await;
    other.ping().await.unwrap();
}

/// A handle of which the browser says that it is closing, before any event came.
#[wasm_bindgen_test]
async fn a_handle_that_the_browser_closed_says_so_at_the_next_call() {
    let database = fresh("test-close-quietly").await;
    let connection = database.connect().await.unwrap();
    javascript(
        "window.transaction = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = () => {
            throw new DOMException('The database connection is closing.', 'InvalidStateError');
        };",
    )
    .await;
    assert_eq!(connection.ping().await, Err(DatabaseError::Closed));
    javascript("IDBDatabase.prototype.transaction = window.transaction;").await;
    is_dead(&connection).await;
}
