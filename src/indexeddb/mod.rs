//! The browser's IndexedDB, as both the live database and the kept runs use it.
//!
//! A [`BrowserDatabase`] opens [handles](BrowserHandle), and makes or migrates the database first where its [`Schema`] asks for
//! that. A handle closes by itself when another tab changes the version. A [`BrowserTransaction`] is all or nothing. Records
//! that cannot be read are moved to [quarantine]. No wait is longer than a deadline, and where the
//! database does not [open](BrowserDatabase::open), its user falls back to memory.
//!
//! rexie makes the stores and migrates them. All else speaks IndexedDB itself, through `web_sys`: rexie gives its handles no
//! `versionchange` and `close` events, its transactions no reason when they are aborted, and its upgrades no way out when
//! a database turns out not to be this page's.

mod browser_database;
mod deadline;
mod error;
mod event;
mod handle;
mod leaving;
mod opening;
mod quarantine;
mod schema;
mod transaction;

pub use browser_database::BrowserDatabase;
pub use error::DatabaseError;
pub use event::answer;
pub use handle::BrowserHandle;
pub use quarantine::{DAMAGED, quarantine};
pub use schema::{Schema, StoreSpec};
pub use transaction::BrowserTransaction;
