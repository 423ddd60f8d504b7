//! What is found in the browser: nothing, an old database, a newer one, somebody else's.

use super::kit::*;
use rexie::{ObjectStore, Rexie, TransactionMode};
use valet::database::{Database, DatabaseError};
use valet::sql::{Reply, Statement};
use wasm_bindgen_test::wasm_bindgen_test;

/// As the page made it when its schema was 1.
async fn first(name: &str) -> Rexie {
    let _ = Rexie::delete(name).await;
    let user = ObjectStore::new("user").key_path("id").auto_increment(true);
    Rexie::builder(name).version(1).add_object_store(user).build().await.unwrap()
}

async fn add(database: &Rexie, names: &[&str]) {
    let transaction = database.transaction(&["user"], TransactionMode::ReadWrite).unwrap();
    let users = transaction.store("user").unwrap();
    for name in names {
        let row = js_sys::JSON::parse(&format!("{{\"name\":\"{name}\"}}")).unwrap();
        users.add(&row, None).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

/// The newest row is deleted before: its key must not come again.
#[wasm_bindgen_test]
async fn schema_1_is_migrated_with_its_rows_and_keys() {
    let old = first("test-migrate").await;
    add(&old, &["Alice", "Bob", "Carol"]).await;
    let transaction = old.transaction(&["user"], TransactionMode::ReadWrite).unwrap();
    transaction.store("user").unwrap().delete(3.into()).await.unwrap();
    transaction.commit().await.unwrap();
    old.close();

    let database = opened("test-migrate").await;
    let (one, other) = two(&database).await;
    assert_eq!(names(&one).await, ["Alice", "Bob"]);
    assert_eq!(insert(&one, username("dave")).await, 4);
    commit(&one).await;
    assert_eq!(reply(&other, username("dave")).await, Ok(Reply::Conflict));
    assert_eq!(other.visit("Eve").await.unwrap().users, 4);
    assert_eq!(database.damaged().await, Ok(vec![]));
    database.restart().await.unwrap();
    assert_eq!(opened("test-migrate").await.rows().await, Ok(4));
}

/// The older page is still open in another tab; its handles listen, so the migration is a restart to it.
#[wasm_bindgen_test]
async fn schema_1_is_migrated_under_an_open_page() {
    let old = first("test-migrate-open").await;
    add(&old, &["Alice"]).await;
    let database = opened("test-migrate-open").await;
    assert_eq!(database.rows().await, Ok(1));
    assert!(old.transaction(&["user"], TransactionMode::ReadOnly).is_err());
    old.close();
}

#[wasm_bindgen_test]
async fn two_tabs_make_and_migrate_at_the_same_time() {
    first("test-race").await.close();
    for (name, delete) in [("test-race", false), ("test-race-fresh", true)] {
        if delete {
            let _ = Rexie::delete(name).await;
        }
        let tabs = futures_util::future::join_all((0..4).map(|_| Database::open(name))).await;
        for (tab, refusal) in &tabs {
            assert_eq!(*refusal, None);
            assert_eq!(tab.rows().await, Ok(0));
        }
    }
}

#[wasm_bindgen_test]
async fn a_newer_database_is_left_alone() {
    let _ = Rexie::delete("test-newer").await;
    let user = ObjectStore::new("user").auto_increment(true);
    Rexie::builder("test-newer").version((3 << 20) + 2).add_object_store(user).build().await.unwrap().close();
    let (database, refusal) = Database::open("test-newer").await;
    assert_eq!(refusal, Some(DatabaseError::Newer));
    assert!(matches!(database, Database::Memory(_)));
    assert_eq!(database.connect().await.unwrap().visit("Alice").await.unwrap().users, 1);
    assert_eq!(untouched("test-newer").await, "3145730 user 0");
}

/// While we have it open, a newer page migrates it: ours says so, and does not touch it.
#[wasm_bindgen_test]
async fn a_database_that_becomes_newer_is_left_alone() {
    let database = fresh("test-becomes-newer").await;
    let connection = database.connect().await.unwrap();
    let user = ObjectStore::new("user").auto_increment(true);
    Rexie::builder("test-becomes-newer").version(3 << 20).add_object_store(user).build().await.unwrap().close();
    super::closed::is_dead(&connection).await;
    assert_eq!(database.connect().await.map(drop), Err(DatabaseError::Newer));
    assert_eq!(database.restart().await, Err(DatabaseError::Newer));
    assert_eq!(untouched("test-becomes-newer").await, "3145728 user 0");
}

#[wasm_bindgen_test]
async fn a_database_that_is_not_ours_is_left_alone() {
    let table = |name| ObjectStore::new(name).auto_increment(true);
    let ours = || table("user").key_path("id");
    let cases = [
        ("test-other-version", 7, vec![table("user")]),
        ("test-other-name", 1, vec![table("something else")]),
        ("test-other-key", 1, vec![table("user")]),
        ("test-other-more", 1, vec![ours(), table("something else")]),
        ("test-other-half", 2 << 20, vec![ours()]),
    ];
    for (name, version, tables) in cases {
        let _ = Rexie::delete(name).await;
        let builder = Rexie::builder(name).version(version);
        tables
            .into_iter()
            .fold(builder, |builder, table| builder.add_object_store(table))
            .build()
            .await
            .unwrap()
            .close();
        let before = untouched(name).await;
        let (database, refusal) = Database::open(name).await;
        assert!(matches!(database, Database::Memory(_)), "{name}");
        assert!(matches!(refusal, Some(DatabaseError::Browser(_))), "{name}: {refusal:?}");
        assert_eq!(untouched(name).await, before);
        let connection = database.connect().await.unwrap();
        assert_eq!(connection.visit("Alice").await.unwrap().users, 1);
        assert_eq!(reply(&connection, Statement::Commit).await, Ok(Reply::Done));
    }
}

/// Its version, its stores, and how many rows are in the first.
async fn untouched(name: &str) -> String {
    let look = "const names = [...database.objectStoreNames];
        return [database.version, names, await heard(store(names[0]).count())].join(' ');";
    by_hand(name, "database.objectStoreNames", look).await.as_string().unwrap()
}
