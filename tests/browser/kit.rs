//! What these tests share: databases, connections, statements in short, and JavaScript by hand.

use rexie::Rexie;
use valet::database::{Connection, Database, DatabaseError};
use valet::sql::{Column, Reply, Statement};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A database of its own for each test.
pub async fn fresh(name: &str) -> Database {
    let _ = Rexie::delete(name).await;
    opened(name).await
}

/// The database that there is: another tab's view of it.
pub async fn opened(name: &str) -> Database {
    let (database, refusal) = Database::open(name).await;
    assert_eq!(refusal, None, "this browser has IndexedDB");
    assert!(matches!(database, Database::Indexed(_)));
    database
}

/// A fresh one of the browser's, and one in memory.
pub async fn both(name: &str) -> [Database; 2] {
    [fresh(name).await, Database::in_memory()]
}

pub async fn two(database: &Database) -> (Connection, Connection) {
    (database.connect().await.unwrap(), database.connect().await.unwrap())
}

pub const fn name(value: &'static str) -> Statement {
    Statement::Insert(Column::Name, value)
}

pub const fn username(value: &'static str) -> Statement {
    Statement::Insert(Column::Username, value)
}

pub async fn reply(connection: &Connection, statement: Statement) -> Result<Reply, DatabaseError> {
    connection.execute(statement).await.map(|(reply, _)| reply)
}

/// The key of a row that goes in.
pub async fn insert(connection: &Connection, statement: Statement) -> u32 {
    match reply(connection, statement).await {
        Ok(Reply::Inserted(key)) => key,
        other => panic!("{other:?}"),
    }
}

pub async fn commit(connection: &Connection) {
    assert_eq!(reply(connection, Statement::Commit).await, Ok(Reply::Done));
}

/// What a `SELECT` finds, after a look at its count.
pub async fn select(connection: &Connection, statement: Statement) -> Vec<String> {
    let (reply, rows) = connection.execute(statement).await.unwrap();
    let rows: Vec<String> = rows.expect("rows").iter().map(str::to_string).collect();
    assert_eq!(reply, Reply::Found(rows.len() as u32));
    rows
}

pub async fn names(connection: &Connection) -> Vec<String> {
    select(connection, Statement::SelectAll(Column::Name)).await
}

pub async fn usernames(connection: &Connection) -> Vec<String> {
    select(connection, Statement::SelectAll(Column::Username)).await
}

/// Runs JavaScript, which may wait for promises.
pub async fn javascript(source: &str) -> JsValue {
    let promise = js_sys::eval(&format!("(async () => {{ {source} }})()")).unwrap();
    JsFuture::from(js_sys::Promise::from(promise)).await.unwrap()
}

/// Runs JavaScript on the `store` of a database, in one transaction of its own.
pub async fn by_hand(database: &str, stores: &str, source: &str) -> JsValue {
    javascript(&format!(
        "const heard = (request) => new Promise((resolve, reject) => {{
             request.onsuccess = () => resolve(request.result);
             request.onerror = () => reject(request.error);
         }});
         const database = await heard(indexedDB.open('{database}'));
         const transaction = database.transaction({stores}, 'readwrite');
         const ended = new Promise((resolve) => (transaction.oncomplete = transaction.onabort = resolve));
         const store = (name) => transaction.objectStore(name);
         const result = await (async () => {{ {source} }})();
         await ended;
         database.close();
         return result;"
    ))
    .await
}

/// Lets the browser get on with its events. Timers ring in the order in which they are due, so every one that was due earlier
/// has rung, however slow the machine is.
pub async fn wait(millis: u32) {
    gloo_timers::future::TimeoutFuture::new(millis).await;
}
