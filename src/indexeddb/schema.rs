//! Which stores a database has, and what its version says.

use super::DatabaseError;
use rexie::{Index, ObjectStore, Rexie};
use web_sys::IdbDatabase;

/// The name of the browser's error when the database has a later version than the page asked for.
pub(super) const VERSION_ERROR: &str = "VersionError";

/// A store of a database. Its keys are numbers that the browser counts.
#[derive(Debug)]
pub struct StoreSpec {
    /// The store's name.
    pub name: &'static str,
    /// The field of a record that holds its key, or else the key stands beside the record.
    pub key_path: Option<&'static str>,
    /// A field whose values are unique, with an index of the same name.
    pub unique: Option<&'static str>,
}

impl StoreSpec {
    /// A store without an index, in which the key stands beside the record.
    pub const fn keyed(name: &'static str) -> StoreSpec {
        StoreSpec { name, key_path: None, unique: None }
    }
}

/// The stores that this page needs, and how the versions of the database count.
///
/// IndexedDB has one number for the schema and for how often the database was restarted, and it only grows: the version is
/// the schema's number, shifted left by [`restart_bits`](Schema::restart_bits), plus the restarts.
///
/// A migration keeps the records of every store that the new schema lists, and deletes the stores that it does not list.
#[derive(Debug)]
pub struct Schema {
    /// The schema's number, from 1.
    pub number: u32,
    /// How many bits of the version count restarts; 0 where the database is never restarted.
    pub restart_bits: u32,
    /// The stores.
    pub stores: &'static [StoreSpec],
    /// Whether a database with an earlier schema number is this page's, so that it may be migrated.
    pub is_earlier: fn(&IdbDatabase) -> bool,
}

/// How a database compares with a schema.
pub(super) enum SchemaMatch {
    /// It has the schema, at this version.
    Current(u32),
    /// It has an earlier schema of this page: [`Schema::make`] migrates it.
    Earlier,
    /// It has a later schema, and the page leaves it alone.
    Newer,
    /// It is not this page's.
    Foreign,
}

impl Schema {
    /// The first version with this schema.
    pub(super) const fn first_version(&self) -> u32 {
        self.number << self.restart_bits
    }

    /// The schema number of a version.
    pub(super) const fn number_of(&self, version: u32) -> u32 {
        version >> self.restart_bits
    }

    /// Compares a database with this schema. Reads no record.
    pub(super) fn compare(&self, database: &IdbDatabase) -> SchemaMatch {
        let version = database.version() as u32;
        let number = self.number_of(version);
        if number > self.number {
            SchemaMatch::Newer
        } else if number == self.number && self.is_complete(database) {
            SchemaMatch::Current(version)
        } else if number < self.number && (self.is_earlier)(database) {
            SchemaMatch::Earlier
        } else {
            SchemaMatch::Foreign
        }
    }

    /// Whether the database has all stores.
    pub(super) fn is_complete(&self, database: &IdbDatabase) -> bool {
        let names = database.object_store_names();
        self.stores.iter().all(|store| names.contains(store.name))
    }

    /// Makes the stores at this version, or migrates an earlier schema with its records and keys. Does nothing if another tab
    /// has made a later version meanwhile.
    pub(super) async fn make(&self, name: &str, version: u32) -> Result<(), DatabaseError> {
        let mut builder = Rexie::builder(name).version(version);
        for spec in self.stores {
            let mut store = ObjectStore::new(spec.name).auto_increment(true);
            if let Some(field) = spec.key_path {
                store = store.key_path(field);
            }
            if let Some(field) = spec.unique {
                store = store.add_index(Index::new(field, field).unique(true).multi_entry(false));
            }
            builder = builder.add_object_store(store);
        }
        match builder.build().await {
            Ok(database) => database.close(),
            Err(error) => {
                let text = match error {
                    rexie::Error::IdbError(source) => source.to_string(),
                    other => other.to_string(),
                };
                if !text.contains(VERSION_ERROR) {
                    return Err(DatabaseError::from_text(text));
                }
            }
        }
        Ok(())
    }
}
