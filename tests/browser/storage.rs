//! Kept runs and progress against the browser's real IndexedDB.

use js_sys::Function;
use rexie::{ObjectStore, Rexie, TransactionMode};
use valet::indexeddb::{Schema, StoreSpec};
use valet::lot::Format;
use valet::progress::Progress;
use valet::run::{Label, Run};
use valet::sim::{Setup, WorldAct};
use valet::storage::{SCHEMA, Storage, StorageError, StoredRun};
use valet::time::{Instant, Span};
use valet::travel::Travel;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn run(name: &str, seconds: i64) -> Run {
    let mut travel = Travel::new(Setup::default(), Format::Wide);
    travel.seek(Instant::ZERO + Span::from_secs(seconds / 2));
    travel.act(WorldAct::Restart).unwrap();
    travel.seek(Instant::ZERO + Span::from_secs(seconds));
    Run::of(&travel, Label::new(name, "2026-11-22 14:03", "playground")).unwrap()
}

/// A storage of its own for each test.
async fn fresh(name: &str) -> Storage {
    let _ = Rexie::delete(name).await;
    lasting(name).await
}

async fn lasting(name: &str) -> Storage {
    let (storage, refusal) = Storage::open(name).await;
    assert_eq!(refusal, None, "this browser has IndexedDB");
    assert!(matches!(storage, Storage::Indexed(_)));
    storage
}

async fn names(storage: &Storage) -> Vec<String> {
    let (kept, damaged) = storage.list().await.unwrap();
    assert_eq!(damaged, Vec::<String>::new());
    kept.into_iter().map(|StoredRun { card, .. }| card.label.name).collect()
}

/// All records of a store, as the browser has them.
async fn records(name: &str, store: &str) -> Vec<JsValue> {
    let database = Rexie::builder(name).build().await.unwrap();
    let transaction = database.transaction(&[store], TransactionMode::ReadOnly).unwrap();
    let records = transaction.store(store).unwrap().get_all(None, None).await.unwrap();
    database.close();
    records
}

/// Writes a record behind the back of the storage, or deletes it.
async fn tamper(name: &str, store: &str, key: JsValue, record: Option<JsValue>) {
    let database = Rexie::builder(name).build().await.unwrap();
    let transaction = database.transaction(&[store], TransactionMode::ReadWrite).unwrap();
    let records = transaction.store(store).unwrap();
    match record {
        Some(record) => drop(records.put(&record, Some(&key)).await.unwrap()),
        None => records.delete(key).await.unwrap(),
    }
    transaction.commit().await.unwrap();
    database.close();
}

fn script(text: &str) {
    Function::new_no_args(text).call0(&JsValue::NULL).unwrap();
}

#[wasm_bindgen_test]
async fn runs_are_kept_named_deleted_and_put_back() {
    for (storage, name) in [(fresh("test-keep").await, Some("test-keep")), (Storage::in_memory(), None)] {
        let (long, short) = (run("long", 40), run("short", 10));
        let first = storage.add(&long).await.unwrap();
        let second = storage.add(&short).await.unwrap();
        assert_eq!(names(&storage).await, ["long", "short"]);
        assert_eq!(storage.run(first).await.unwrap(), long);
        assert_eq!(storage.list().await.unwrap().0[1].card, short.card);
        storage.rename(second, "  quite\nshort ").await.unwrap();
        assert_eq!(storage.run(second).await.unwrap().card.label.name, "quite short");
        let removed = storage.remove(first).await.unwrap();
        assert_eq!((&removed.name()[..], storage.run(first).await), ("long", Err(StorageError::Gone)));
        assert_eq!(storage.rename(first, "x").await, Err(StorageError::Gone));
        assert_eq!(storage.remove(first).await, Err(StorageError::Gone));
        assert_eq!(names(&storage).await, ["quite short"]);
        storage.put_back(&removed).await.unwrap();
        // Another page finds all of it.
        let again = if let Some(name) = name { lasting(name).await } else { storage };
        assert_eq!(names(&again).await, ["long", "quite short"]);
        assert_eq!(again.run(first).await.unwrap(), long);
        assert!(again.add(&short).await.unwrap() > second, "numbers are not used twice");
    }
}

/// What was deleted is put back beside whatever was kept meanwhile.
#[wasm_bindgen_test]
async fn nothing_kept_is_overwritten_by_what_is_put_back() {
    let storage = fresh("test-put-back").await;
    let first = storage.add(&run("A", 10)).await.unwrap();
    let removed = storage.remove(first).await.unwrap();
    // Somebody deletes the database elsewhere: its numbers begin again.
    Rexie::delete("test-put-back").await.unwrap();
    assert_eq!(storage.add(&run("B", 20)).await.unwrap(), first, "the same number");
    assert_ne!(storage.put_back(&removed).await.unwrap(), first);
    assert_eq!(names(&storage).await, ["B", "A"]);
    let memory = Storage::in_memory();
    memory.add(&run("B", 20)).await.unwrap();
    memory.put_back(&removed).await.unwrap();
    assert_eq!(names(&memory).await, ["B", "A"]);
}

/// Progress is written without a wait once the storage was opened; a reader may leave at once.
#[wasm_bindgen_test]
async fn progress_is_written_at_once() {
    let storage = fresh("test-at-once").await;
    storage.note(&Progress::default()).await.unwrap();
    let mut new = Progress::default();
    new.add("kept-run");
    storage.note_now(&new);
    assert_eq!(lasting("test-at-once").await.progress().await.unwrap(), new);
    // The handle that is kept for that stands in nobody's way.
    Rexie::delete("test-at-once").await.unwrap();
    storage.note_now(&new);
    storage.note(&new).await.unwrap();
    assert_eq!(storage.progress().await.unwrap(), new);
}

#[wasm_bindgen_test]
async fn progress_only_grows() {
    let storage = fresh("test-progress").await;
    let (mut one, mut other) = (Progress::default(), Progress::default());
    one.add("kept-run");
    other.add("replayed-run");
    other.add_number(777); // a later page's
    storage.note(&one).await.unwrap();
    storage.note(&other).await.unwrap();
    one.join(&other);
    assert_eq!(lasting("test-progress").await.progress().await.unwrap(), one);
    // What a later page calls it is not taken away.
    tamper("test-progress", "progress", 777.into(), Some("danced".into())).await;
    storage.note(&other).await.unwrap();
    let found: Vec<_> = records("test-progress", "progress").await.iter().map(|name| name.as_string()).collect();
    assert_eq!(found, ["kept-run", "replayed-run", "danced"].map(|name| Some(name.to_string())));
    tamper("test-progress", "progress", "nonsense".into(), Some(1.into())).await;
    assert_eq!(storage.progress().await.unwrap(), one);
    assert_eq!(records("test-progress", "damaged").await.len(), 1);
}

static NEXT: Schema = Schema {
    number: 2,
    restart_bits: 0,
    stores: &[
        StoreSpec::keyed("run"),
        StoreSpec::keyed("tape"),
        StoreSpec::keyed("progress"),
        StoreSpec::keyed("damaged"),
        StoreSpec::keyed("lesson"),
    ],
    is_earlier: |_| true,
};

#[wasm_bindgen_test]
async fn an_older_layout_is_brought_up_and_a_newer_one_left_alone() {
    let storage = fresh("test-layout").await;
    let id = storage.add(&run("old", 10)).await.unwrap();
    let (next, refusal) = Storage::open_as("test-layout", &NEXT).await;
    assert_eq!(refusal, None);
    assert_eq!(next.run(id).await.unwrap(), run("old", 10), "what was there is there still");
    assert!(records("test-layout", "lesson").await.is_empty(), "and the new store too");
    // The old page, still open in another tab, and opened again.
    assert_eq!(storage.add(&run("late", 10)).await, Err(StorageError::Newer));
    assert_eq!(storage.list().await, Err(StorageError::Newer));
    let (old, refusal) = Storage::open_as("test-layout", &SCHEMA).await;
    assert!(matches!(old, Storage::Memory(_)) && refusal == Some(StorageError::Newer));
    old.add(&run("elsewhere", 10)).await.unwrap();
    assert_eq!(names(&next).await, ["old"], "nothing was written");
    // A database of this name that has other things in it.
    let _ = Rexie::delete("test-foreign").await;
    let foreign = Rexie::builder("test-foreign").version(1).add_object_store(ObjectStore::new("other"));
    foreign.build().await.unwrap().close();
    let (storage, refusal) = Storage::open("test-foreign").await;
    assert!(matches!(storage, Storage::Memory(_)) && matches!(refusal, Some(StorageError::Browser(_))), "{refusal:?}");
}

#[wasm_bindgen_test]
async fn what_is_damaged_is_set_aside_and_stops_nothing() {
    let name = "test-damaged";
    let storage = fresh(name).await;
    let mut ids = Vec::new();
    for run in [run("whole", 10), run("no card", 10), run("half a card", 10), run("no tape", 10), run("torn tape", 10)]
    {
        ids.push(storage.add(&run).await.unwrap());
    }
    let torn = run("torn tape", 10).write().replace("\"do\":\"restart\"", "\"do\":\"dance\"");
    tamper(name, "run", ids[1].into(), Some(5.into())).await;
    tamper(name, "run", ids[2].into(), Some("{\"label\":".into())).await;
    tamper(name, "tape", ids[3].into(), None).await;
    tamper(name, "tape", ids[4].into(), Some(torn.clone().into())).await;
    let (kept, damaged) = storage.list().await.unwrap();
    let left: Vec<_> = kept.iter().map(|kept| &kept.card.label.name[..]).collect();
    assert_eq!(left, ["whole", "torn tape"], "a tape is read when it is played");
    assert_eq!(damaged.len(), 3);
    for (sentence, words) in damaged.iter().zip(["no text", "Line 1, column", "is missing"]) {
        assert!(
            sentence.starts_with("This run was damaged, and is set aside. ") && sentence.contains(words),
            "{sentence}"
        );
    }
    let Err(StorageError::Damaged(why)) = storage.run(ids[4]).await else { panic!("it dances") };
    let line = torn.lines().position(|line| line.contains("dance")).unwrap() + 1;
    assert!(why.starts_with(&format!("Line {line}, column 1: To do \"dance\" means nothing here")), "{why}");
    assert_eq!(names(&storage).await, ["whole"]);
    assert_eq!(storage.run(ids[4]).await, Err(StorageError::Gone));
    let quarantined = records(name, "damaged").await;
    assert_eq!(quarantined.len(), 4);
    let report = js_sys::Array::from(&quarantined[3]);
    assert_eq!(report.get(0).as_string().as_deref(), Some("run"));
    assert_eq!(report.get(2).as_string(), Some(why));
    assert_eq!(report.get(4).as_string(), Some(torn), "as it was");
    assert_eq!(storage.run(ids[0]).await.unwrap(), run("whole", 10));
}

/// As a page made it that knew nothing of this one's code: version 1, four stores whose keys count, texts in them.
#[wasm_bindgen_test]
async fn a_database_of_an_earlier_page_is_read() {
    let name = "test-earlier";
    let _ = Rexie::delete(name).await;
    let stores = ["run", "tape", "progress", "damaged"];
    let builder = stores.into_iter().fold(Rexie::builder(name).version(1), |builder, store| {
        builder.add_object_store(ObjectStore::new(store).auto_increment(true))
    });
    builder.build().await.unwrap().close();
    let old = run("old", 10);
    tamper(name, "run", 7.into(), Some(old.card.write().into())).await;
    tamper(name, "tape", 7.into(), Some(old.write().into())).await;
    tamper(name, "progress", 2.into(), Some("compared-runs".into())).await;
    let storage = lasting(name).await;
    assert_eq!(names(&storage).await, ["old"]);
    assert_eq!(storage.run(7).await.unwrap(), old);
    assert_eq!(storage.progress().await.unwrap().names().collect::<Vec<_>>(), ["compared-runs"]);
    assert_eq!(storage.add(&old).await, Ok(8), "numbers go on");
}

/// Two pages find the same damaged run at the same moment.
#[wasm_bindgen_test]
async fn a_damaged_run_goes_to_quarantine_once() {
    let name = "test-damaged-twice";
    let (one, other) = (fresh(name).await, lasting(name).await);
    let id = one.add(&run("torn", 10)).await.unwrap();
    tamper(name, "run", id.into(), Some("torn".into())).await;
    let (here, there) = futures_util::future::join(one.list(), other.list()).await;
    assert_eq!((here.unwrap().1.len(), there.unwrap().1.len()), (1, 1), "both say so");
    assert_eq!(records(name, "damaged").await.len(), 1);
}

#[wasm_bindgen_test]
async fn a_full_browser_says_so_and_loses_nothing() {
    let storage = fresh("test-full").await;
    let first = storage.add(&run("first", 10)).await.unwrap();
    // The card is taken, the tape is not: neither stays.
    script(
        "const put = IDBObjectStore.prototype.put;
         globalThis.restore = () => { IDBObjectStore.prototype.put = put; };
         IDBObjectStore.prototype.put = function (...all) {
           if (this.name === 'tape') throw new DOMException('no more', 'QuotaExceededError');
           return put.apply(this, all);
         };",
    );
    let refused = storage.add(&run("second", 10)).await;
    script("globalThis.restore()");
    assert_eq!(refused, Err(StorageError::Full));
    assert_eq!(names(&storage).await, ["first"]);
    assert_eq!(storage.run(first).await.unwrap(), run("first", 10));
    // The browser aborts a transaction that it cannot write to the disk.
    script(
        "const put = IDBObjectStore.prototype.put;
         globalThis.restore = () => { IDBObjectStore.prototype.put = put; };
         IDBObjectStore.prototype.put = function (...all) {
           const { transaction } = this;
           const request = put.apply(this, all);
           if (this.name === 'tape') request.addEventListener('success', () => transaction.abort());
           return request;
         };",
    );
    let refused = storage.add(&run("third", 10)).await;
    script("globalThis.restore()");
    assert_eq!(refused, Err(StorageError::Full));
    assert_eq!(names(&storage).await, ["first"]);
    storage.add(&run("fourth", 10)).await.unwrap();
    assert_eq!(names(&storage).await, ["first", "fourth"]);
}

#[wasm_bindgen_test]
async fn a_browser_that_refuses_or_is_silent_leaves_memory() {
    let silent =
        "return Object.create(IDBOpenDBRequest.prototype, { onerror: { set: () => {} }, onsuccess: { set: () => {} },
        onupgradeneeded: { set: () => {} }, onblocked: { set: () => {} }, readyState: { get: () => 'pending' } });";
    let refusing = "throw new DOMException('not here', 'SecurityError');";
    for (how, expected) in [(refusing, "not here"), (silent, "did not answer within 3 seconds")] {
        script(&format!(
            "const open = IDBFactory.prototype.open;
             globalThis.restore = () => {{ IDBFactory.prototype.open = open; }};
             IDBFactory.prototype.open = function () {{ {how} }};"
        ));
        let (storage, refusal) = Storage::open("test-refused").await;
        script("globalThis.restore()");
        let said = refusal.unwrap().to_string();
        assert!(said.contains(expected), "{said}");
        assert!(matches!(storage, Storage::Memory(_)));
        storage.add(&run("here", 10)).await.unwrap();
        assert_eq!(names(&storage).await, ["here"]);
    }
}
