//! A world as an address: its settings, what was done to it, and the moment.
//!
//! A [`Link`] only encodes [settings](crate::settings) and [acts](crate::settings::Act) as the pairs of an address's query, and
//! decodes every address that was ever printed. What is wrong in an address is a [`LinkError`]; the rest of it is taken.
//!
//! ```
//! use valet::link::Link;
//! use valet::settings::setting;
//! use valet::sim::Setup;
//!
//! let (link, errors) = Link::read(Setup::default(), [("pool_size", "3"), ("rate", "many")]);
//! assert_eq!(link.setup.settings.pool_size, 3);
//! assert_eq!(errors[0].to_string(), "The link has rate=many. It takes a number from 0 to 1000. The page's own value is used.");
//! assert_eq!(link.write(&Setup::default()), [("v".into(), "1".into()), ("pool_size".into(), "3".into())]);
//! assert_eq!(setting("pool_timeout").unwrap().text(&link.setup), "30");
//! ```

mod act;
mod address;
mod embed;
mod error;
mod host_command;
mod preset;

pub use address::{Link, MOST_ACTS};
pub use embed::{FRAME_OPTIONS, addressed, embedded};
pub use error::LinkError;
pub use host_command::{HostCommand, Measure};
pub use preset::{PRESETS, Preset};
