//! How high the scenes are in a course column: `src/site/heights.json`, which `make heights` writes and
//! `tests/e2e/heights.spec.js` holds against the scenes.

use super::{Page, SiteError, Sources};
use std::collections::BTreeMap;

/// Where the table stands: for each scene its height in CSS pixels in a column of [`WIDTH`], whole and compact.
const FILE: &str = "src/site/heights.json";
/// The width of the column, in CSS pixels.
pub(super) const WIDTH: u32 = 700;
/// A reader's letters may be a little larger than ours.
const SPARE: u32 = 10;

/// How high the scenes are.
#[derive(Debug, Clone)]
pub(super) struct Heights(BTreeMap<String, [u32; 2]>);

impl Heights {
    /// Reads the table.
    ///
    /// # Errors
    /// [`SiteError::Read`], or [`SiteError::NoElement`] if it is no table.
    pub fn read(sources: &Sources) -> Result<Heights, SiteError> {
        let none = |why: serde_json::Error| missing(&why.to_string());
        serde_json::from_str(&sources.read(FILE)?).map(Heights).map_err(none)
    }

    /// The heights to offer for a scene, whole and compact: in tens, with a little to spare.
    ///
    /// # Errors
    /// [`SiteError::NoElement`] if the table does not have it.
    pub fn offered(&self, scene: &str) -> Result<[u32; 2], SiteError> {
        let measured = self.0.get(scene).ok_or_else(|| missing(scene))?;
        Ok(measured.map(|height| height.next_multiple_of(10) + SPARE))
    }

    /// Those of the scenes of a page, as `src/app/embed.rs` reads them: `NAME WHOLE COMPACT,NAME WHOLE COMPACT`.
    ///
    /// # Errors
    /// [`SiteError::NoElement`] if the table does not have one.
    pub fn of_page(&self, page: &Page) -> Result<String, SiteError> {
        let said = |(name, _): (String, String)| {
            self.offered(&name).map(|[whole, compact]| format!("{name} {whole} {compact}"))
        };
        Ok(page.embeds().into_iter().map(said).collect::<Result<Vec<_>, _>>()?.join(","))
    }
}

fn missing(what: &str) -> SiteError {
    SiteError::NoElement { file: FILE.into(), what: what.to_owned() }
}
