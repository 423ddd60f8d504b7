//! A world in words: what a knob shows and takes, and what a link can say.
//!
//! Each [`Key`] is one thing that can be set about a world, with SQLAlchemy's name for it where there is one. Knobs, links and
//! the acts in a link all go through the same table, so what can be turned can be shared.
//!
//! ```
//! use valet::link::{Link, key};
//! use valet::sim::Setup;
//!
//! let (link, complaints) = Link::read(Setup::default(), [("pool_size", "3"), ("rate", "many")]);
//! assert_eq!(link.setup.settings.pool_size, 3);
//! assert_eq!(complaints, ["The link has rate=many. It takes a number from 0 to 1000. The page's own value is used."]);
//! assert_eq!(link.write(&Setup::default()), [("v".into(), "1".into()), ("pool_size".into(), "3".into())]);
//! assert_eq!((key("pool_timeout").unwrap().show)(&link.setup), "30");
//! ```

mod act;
mod address;
mod application;
mod embed;
mod key;
mod keys;
mod take;

pub use act::Deed;
pub use address::{Link, MOST_DEEDS};
pub use application::{site_name, visit};
pub use embed::embedded;
pub use key::{Key, Kind, is_of_pool, key};
pub use keys::{KEYS, POOL_KEYS};
