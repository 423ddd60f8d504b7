//! Rows that somebody wrote by hand, and that are no users.

use super::kit::*;
use valet::database::DamagedRow;
use valet::sql::{Column, Statement};
use wasm_bindgen_test::wasm_bindgen_test;

const HAND: &str = "
    store('user').put({ id: 7, name: 42 });
    store('user').put({ id: 8 });
    store('user').put({ id: 9, username: ['x'] });
    store('user').put({ id: 10, name: 'Bob', shoes: 44 });
    store('user').put({ id: 'seven', name: 'Carol' });
    store('user').put({ id: 1.5, name: 'Dave' });";

#[wasm_bindgen_test]
async fn a_damaged_row_is_put_aside_with_the_reason_and_the_select_goes_on() {
    let database = fresh("test-damaged").await;
    let (one, other) = two(&database).await;
    insert(&one, name("Alice")).await;
    commit(&one).await;
    by_hand("test-damaged", "['user']", HAND).await;
    assert_eq!(database.rows().await, Ok(7));
    assert_eq!(database.damaged().await, Ok(vec![]), "nobody has met them");

    // Two meet them at the same time: each is put aside once.
    let (here, there) = futures_util::future::join(names(&one), names(&other)).await;
    assert_eq!(here, ["Alice", "Bob"]);
    assert_eq!(there, here);
    let expected = [
        ("1.5", "its id is no whole number from 1 to 4294967295"),
        ("7", "its name is of type number, not a string"),
        ("8", "it has neither a name nor a username"),
        ("9", "its username is of type object, not a string"),
        ("seven", "its id is no whole number from 1 to 4294967295"),
    ];
    let expected: Vec<DamagedRow> =
        expected.map(|(key, reason)| DamagedRow { key: key.into(), reason: reason.into() }).into();
    assert_eq!(database.damaged().await, Ok(expected));
    assert_eq!(database.rows().await, Ok(2));
    let look = "return JSON.stringify((await heard(store('damaged').getAll()))[1].row);";
    let kept = by_hand("test-damaged", "['damaged']", look).await;
    assert_eq!(kept.as_string().unwrap(), r#"{"id":7,"name":42}"#);
    assert_eq!(insert(&one, name("Eve")).await, 11, "keys go on after the highest by hand");
}

#[wasm_bindgen_test]
async fn a_select_of_one_row_meets_it_too() {
    let database = fresh("test-damaged-one").await;
    let connection = database.connect().await.unwrap();
    by_hand("test-damaged-one", "['user']", HAND).await;
    assert_eq!(select(&connection, Statement::SelectOne(Column::Username, 7)).await, [""; 0]);
    assert_eq!(database.damaged().await.unwrap().len(), 1);
    assert_eq!(select(&connection, Statement::SelectOne(Column::Name, 10)).await, ["Bob"]);
}

/// A key beyond ours moves the browser's sequence to its end: the page counts on by itself, and every row stays.
#[wasm_bindgen_test]
async fn a_sequence_that_somebody_used_up_goes_on() {
    let database = fresh("test-damaged-keys").await;
    let (one, other) = two(&database).await;
    let first = one.visit("Ann").await.unwrap().id;
    let mut last = first;
    for id in ["5e9", "2 ** 53 - 1", "2 ** 53"] {
        by_hand("test-damaged-keys", "['user']", &format!("store('user').put({{ id: {id}, name: 'Bob' }});")).await;
        let keys = [insert(&one, name("Alice")).await, insert(&other, name("Carol")).await];
        assert!(last < keys[0] && keys[0] < keys[1], "each has a key of its own: {keys:?} after {last}");
        commit(&one).await;
        commit(&other).await;
        let visit = one.visit("Dave").await.unwrap();
        assert!(visit.id > keys[1]);
        last = visit.id;
    }
    assert_eq!(names(&one).await.len(), 1 + 3 * 3, "all rows that have a key of ours");
    assert_eq!(database.damaged().await.unwrap().len(), 3, "the three by hand are put aside, as they are");
    // Deleting all rows does not bring the browser's sequence back, and is not needed.
    database.empty().await.unwrap();
    assert!(insert(&one, name("Eve")).await > last);
    commit(&one).await;
    assert_eq!(names(&other).await, ["Eve"]);
}
