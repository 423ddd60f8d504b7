//! The store against the browser's real IndexedDB.
#![cfg(target_arch = "wasm32")]

#[path = "../digests/mod.rs"]
mod stories;

mod keep;

use futures_util::future::join_all;
use rexie::Rexie;
use std::rc::Rc;
use valet::app::rescue;
use valet::database::{Connection, Database, Done, Driver, Error, KEEP, Network, PRUNE_AT, Pace, User};
use valet::pool::{Answer, Client, Command, ConnectionId, RecordId, Reset};
use valet::time::{Instant, Span};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A database of its own for each test.
async fn fresh(name: &str) -> Database {
    let _ = Rexie::delete(name).await;
    let (database, refusal) = Database::open(name).await;
    assert_eq!(refusal, None, "this browser has IndexedDB");
    assert!(matches!(database, Database::Indexed(_)));
    database
}

fn quick() -> (Rc<Pace>, Network) {
    let pace = Rc::new(Pace::default());
    pace.set_speed(1.0);
    (pace, Network { connect: Span::ZERO, round_trip: Span::ZERO })
}

/// The driver's next report, waited for.
async fn report(driver: &Driver) -> Done {
    loop {
        if let Some((_, _, done)) = driver.next_report() {
            return done;
        }
        gloo_timers::future::TimeoutFuture::new(1).await;
    }
}

async fn open(driver: &Driver) -> ConnectionId {
    driver.obey(0, Client(1), Command::Open(RecordId(1)));
    match report(driver).await {
        Done::Answer(Answer::Opened(connection)) => connection,
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn a_visit_is_one_row_and_others_see_it() {
    let database = fresh("test-visit").await;
    let (one, other) = (database.connect().await.unwrap(), database.connect().await.unwrap());
    let visit = one.visit("Alice").await.unwrap();
    assert_eq!((visit.id, visit.users), (1, 1));
    assert_eq!(other.all().await.unwrap(), vec![User { id: Some(1), name: "Alice".into() }]);
    assert_eq!(other.visit("Bob").await.unwrap().users, 2);
    assert_eq!(one.count().await.unwrap(), 2);
    one.close();
    other.close();
}

#[wasm_bindgen_test]
async fn rows_stay_when_all_connections_are_closed() {
    let database = fresh("test-stay").await;
    let connection = database.connect().await.unwrap();
    connection.visit("Alice").await.unwrap();
    connection.close();
    let again = database.connect().await.unwrap();
    assert_eq!(again.count().await.unwrap(), 1);
    again.close();
}

#[wasm_bindgen_test]
async fn a_closed_handle_fails_and_others_live() {
    for database in [fresh("test-closed").await, Database::in_memory()] {
        let (one, other) = (database.connect().await.unwrap(), database.connect().await.unwrap());
        one.ping().await.unwrap();
        one.close();
        one.close();
        assert!(!one.is_open());
        assert_eq!(one.ping().await, Err(Error::Closed));
        assert_eq!(one.visit("Alice").await, Err(Error::Closed));
        assert_eq!(one.all().await, Err(Error::Closed));
        other.ping().await.unwrap();
        assert_eq!(other.count().await.unwrap(), 0);
        other.close();
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
    connections.iter().for_each(Connection::close);
}

#[wasm_bindgen_test]
async fn old_rows_go_in_one_step_past_a_number() {
    for database in [fresh("test-prune").await, Database::in_memory()] {
        let connection = database.connect().await.unwrap();
        for start in (0..PRUNE_AT).step_by(200) {
            let visits = join_all((0..200).map(|_| connection.visit("Alice"))).await;
            assert!(visits.iter().all(Result::is_ok), "from {start}");
        }
        assert_eq!(connection.count().await.unwrap(), PRUNE_AT);
        assert_eq!(connection.visit("Alice").await.unwrap().users, KEEP);
        let rows = connection.all().await.unwrap();
        assert_eq!(rows.first().unwrap().id, Some(PRUNE_AT + 1 - KEEP + 1));
        assert_eq!(rows.last().unwrap().id, Some(PRUNE_AT + 1));
        connection.close();
    }
}

#[wasm_bindgen_test]
async fn a_store_that_is_not_ours_is_left_alone() {
    for (name, version, table) in [("test-newer", 7, "user"), ("test-other", 1, "something else")] {
        let _ = Rexie::delete(name).await;
        let table = rexie::ObjectStore::new(table).auto_increment(true);
        Rexie::builder(name).version(version).add_object_store(table).build().await.unwrap().close();
        let (database, refusal) = Database::open(name).await;
        assert!(matches!(database, Database::Memory(_)), "{name}");
        assert!(matches!(refusal, Some(Error::Browser(_))), "{refusal:?}");
        let connection = database.connect().await.unwrap();
        assert_eq!(connection.visit("Alice").await.unwrap().users, 1);
    }
}

#[wasm_bindgen_test]
async fn the_driver_opens_works_pings_and_closes() {
    let (pace, network) = quick();
    let driver = Driver::new(fresh("test-driver").await, pace, network);
    let connection = open(&driver).await;
    assert_eq!((connection, driver.open_connections()), (ConnectionId(1), 1));
    driver.visit(0, Client(1), connection, Span::ZERO);
    assert!(matches!(report(&driver).await, Done::Visit(Ok(visit)) if visit.users == 1));
    driver.obey(0, Client(1), Command::Ping(connection));
    assert_eq!(report(&driver).await, Done::Answer(Answer::Done));
    driver.obey(0, Client(1), Command::Close(connection));
    assert_eq!(report(&driver).await, Done::Answer(Answer::Done));
    assert_eq!(driver.open_connections(), 0);
    assert_eq!(open(&driver).await, ConnectionId(2), "numbers are not used twice");
}

#[wasm_bindgen_test]
async fn a_restart_kills_every_handle_and_tells_nobody() {
    let (pace, network) = quick();
    let driver = Driver::new(fresh("test-restart").await, pace, network);
    let connection = open(&driver).await;
    driver.restart();
    assert_eq!(driver.open_connections(), 0);
    assert!(driver.next_report().is_none());
    driver.obey(0, Client(1), Command::Ping(connection));
    assert_eq!(report(&driver).await, Done::Answer(Answer::Gone));
    driver.obey(0, Client(1), Command::Reset(connection, Reset::Rollback));
    assert_eq!(report(&driver).await, Done::Answer(Answer::Gone));
    driver.visit(0, Client(1), connection, Span::ZERO);
    assert_eq!(report(&driver).await, Done::Visit(Err(Error::Closed)));
    let again = open(&driver).await;
    assert!(driver.is_open(again), "new connections are taken at once");
}

#[wasm_bindgen_test]
async fn emulated_time_stands_still_with_the_world() {
    let (pace, network) = quick();

    let driver = Driver::new(Database::in_memory(), pace.clone(), network);
    let connection = open(&driver).await;
    driver.visit(0, Client(1), connection, Span::from_millis(50));
    gloo_timers::future::TimeoutFuture::new(150).await;
    assert!(driver.next_report().is_none(), "the world has not moved");
    assert_eq!(pace.advance(Span::from_millis(49)), Instant::from_micros(49_000));
    gloo_timers::future::TimeoutFuture::new(150).await;
    assert!(driver.next_report().is_none(), "not quite yet");
    pace.advance(Span::from_millis(1));
    assert!(matches!(report(&driver).await, Done::Visit(Ok(_))));
}

#[wasm_bindgen_test]
fn what_went_wrong_is_told() {
    let body = leptos::prelude::document().body().unwrap();
    body.insert_adjacent_html("beforeend", "<div id=panic hidden><code id=panic-detail></code></div>").unwrap();
    rescue::tell("index out of bounds");
    let notice = leptos::prelude::document().get_element_by_id("panic").unwrap();
    assert!(!notice.has_attribute("hidden"));
    assert_eq!(notice.text_content().unwrap(), "index out of bounds");
}

/// The same worlds as natively, to the last bit.
#[wasm_bindgen_test]
fn stories_are_told_as_natively() {
    for story in stories::stories() {
        assert_eq!(stories::watched(&story), story.expected, "{}", story.name);
        assert_eq!(stories::unwatched(&story), story.expected.journal, "{}", story.name);
    }
}

#[wasm_bindgen_test]
fn who_drives_a_world_gets_the_same_orders_as_on_the_host() {
    let (found, expected) = stories::driven_story();
    assert_eq!(found, expected, "{found:#x?}");
}
