//! The stores of the live database.
//!
//! | schema | stores |
//! |---|---|
//! | 1 (its version was 1) | `user`, with key `id` that counts by itself |
//! | 2 | the same with a unique index `username`; `damaged`, the reports on rows in quarantine |
//!
//! From schema 2 on the version is the schema times 2^20, plus the number of restarts.

use crate::indexeddb::{DAMAGED, Schema, StoreSpec};
use web_sys::IdbDatabase;

/// The table.
pub(super) const USER: &str = "user";
/// The unique index, and the column that it is on.
pub(super) const USERNAME: &str = "username";

/// The schema that this page has.
pub static SCHEMA: Schema = Schema {
    number: 2,
    restart_bits: 20,
    stores: &[StoreSpec { name: USER, key_path: Some("id"), unique: Some(USERNAME) }, StoreSpec::keyed(DAMAGED)],
    is_earlier: is_first,
};

/// Whether there is `user` as schema 1 made it, and nothing else.
fn is_first(database: &IdbDatabase) -> bool {
    let stores = database.object_store_names();
    let alone = stores.length() == 1 && stores.contains(USER);
    let user = || database.transaction_with_str(USER)?.object_store(USER);
    database.version() == 1.0
        && alone
        && user().is_ok_and(|user| user.auto_increment() && user.key_path().is_ok_and(|path| path == "id"))
}
