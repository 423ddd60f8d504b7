//! What the page asks of its browser, in small pieces that any part of the page can use.
//!
//! None of this knows what the page is about. Each file is a few lines around one call of the browser's, and each program of the
//! page has a limit on its size, so no crate stands in for them.

mod address;
mod appearance;
mod clipboard;
mod clock;
pub mod download;
mod element;
mod followed_file;
mod frame_requests;
mod leaving;
mod media;
pub mod panic_notice;
mod pieces;
mod session;
mod visibility;
mod when_near;

pub use address::{hash, query, read_query, replace_hash, replace_query, site_address, write_query};
pub use appearance::Appearance;
pub use clipboard::copy_text_of;
pub use clock::{now_ms, today};
pub use element::{append_place, element, focus_soon, place_after};
pub use followed_file::FollowedFile;
pub use frame_requests::FrameRequests;
pub use leaving::on_leaving;
pub use media::{is_dark, matches_media, prefers_reduced_motion};
pub use pieces::Pieces;
pub use session::{is_return, keep, kept, recall, remember};
pub use visibility::Visibility;
pub use when_near::when_near;
