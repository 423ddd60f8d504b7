//! The stores of the database, and how versions count.
//!
//! IndexedDB has one number for both the schema and how often the database was restarted, which only ever grows: the version
//! is the schema times 2^20, plus the restarts.
//!
//! | schema | stores |
//! |---|---|
//! | 1 (its version was 1) | `user`, with key `id` that counts by itself |
//! | 2 | the same with a unique index `username`; `damaged`, rows in quarantine |

use super::super::DatabaseError;
use rexie::{Index, ObjectStore, Rexie};
use web_sys::IdbDatabase;

/// The table.
pub(super) const USER: &str = "user";
/// Rows that are no users, with the reason.
pub(super) const DAMAGED: &str = "damaged";
/// The unique index, and the column that it is on.
pub(super) const USERNAME: &str = "username";
/// The schema that this page speaks.
pub(super) const SCHEMA: u32 = 2;
/// Its first version.
pub(super) const FIRST: u32 = SCHEMA << 20;
/// How the browser's error is called when the database has a later version than we asked for.
pub(super) const BEHIND: &str = "VersionError";

/// The schema of a version.
pub(super) const fn of(version: u32) -> u32 {
    version >> 20
}

/// Whose database it is.
pub(super) enum Layout {
    /// Our schema, at this version.
    Ours(u32),
    /// Schema 1: [`make`] migrates it.
    Old,
    /// A later schema than ours, which we leave alone.
    Newer,
    /// Not this page's.
    Foreign,
}

/// Whose database this is. Reads no row.
pub(super) fn layout(database: &IdbDatabase) -> Layout {
    let version = database.version() as u32;
    if of(version) > SCHEMA {
        Layout::Newer
    } else if of(version) == SCHEMA && is_complete(database) {
        Layout::Ours(version)
    } else if version == 1 && is_first(database) {
        Layout::Old
    } else {
        Layout::Foreign
    }
}

/// Whether all stores are there.
pub(super) fn is_complete(database: &IdbDatabase) -> bool {
    let stores = database.object_store_names();
    stores.contains(USER) && stores.contains(DAMAGED)
}

/// Whether there is `user` as schema 1 made it, and nothing else.
fn is_first(database: &IdbDatabase) -> bool {
    let stores = database.object_store_names();
    let alone = stores.length() == 1 && stores.contains(USER);
    let user = || database.transaction_with_str(USER)?.object_store(USER);
    alone && user().is_ok_and(|user| user.auto_increment() && user.key_path().is_ok_and(|path| path == "id"))
}

/// Makes the stores at this version, keeping rows and keys of schema 1. Does nothing where another tab was quicker.
pub(super) async fn make(name: &str, version: u32) -> Result<(), DatabaseError> {
    let unique = Index::new(USERNAME, USERNAME).unique(true).multi_entry(false);
    let user = ObjectStore::new(USER).key_path("id").auto_increment(true).add_index(unique);
    let damaged = ObjectStore::new(DAMAGED).auto_increment(true);
    match Rexie::builder(name).version(version).add_object_store(user).add_object_store(damaged).build().await {
        Ok(database) => database.close(),
        Err(error) => {
            let words = match error {
                rexie::Error::IdbError(source) => source.to_string(),
                other => other.to_string(),
            };
            if !words.contains(BEHIND) {
                return Err(DatabaseError::from_words(words));
            }
        }
    }
    Ok(())
}
