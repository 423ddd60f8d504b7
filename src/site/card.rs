//! The picture that stands beside a link to a page where people share it: the page's title, what it asks, and a still.

use super::fragment::Fragment;
use super::pictures::with_stills;
use super::{Page, SiteError, Sources};
use html_escape::encode_text as text;

/// A card, as a page of 1200 x 630 to be photographed by `scripts/social`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// `public/social/NAME.png`.
    pub name: String,
    /// What its still shows, for those who do not see it.
    pub alt: String,
    /// The page to photograph, from a folder that is two below the package's.
    pub html: String,
}

const LOOK: &str = "@font-face { font-family: Sign; src: url(../../public/font/barlow-semi-condensed-700.woff2); }
  body { margin: 0; width: 1200px; height: 630px; overflow: hidden; display: flex; align-items: center; background: var(--lot-grass); color: var(--text); font-family: var(--sans); }
  div { flex: 1; padding: 0 56px; }
  b { color: var(--accent); font: 700 34px Sign; }
  h1 { margin: 14px 0 22px; font: 700 66px/1.06 Sign; text-wrap: balance; }
  p { margin: 0; font-size: 31px; line-height: 1.35; text-wrap: pretty; }
  svg { flex: none; height: 630px; width: auto; }
  .wide { flex-direction: column; justify-content: start; }
  .wide div { flex: none; box-sizing: border-box; width: 100%; padding: 22px 44px 14px; display: flex; gap: 22px; align-items: baseline; }
  .wide h1 { margin: 0; font-size: 50px; }
  .wide p { display: none; }
  .wide svg { width: 1200px; height: auto; }";

impl Card {
    /// The card of a page that has one: of a lesson, with the first still of its run, which the question on the card is about, and of
    /// a page with a still of its name.
    ///
    /// # Errors
    /// [`SiteError`] if a file cannot be read, or the page shows no still of its own.
    pub fn of(page: &Page, sources: &Sources) -> Result<Option<Card>, SiteError> {
        let name = match (page.lesson(), page.path.strip_suffix('/')) {
            (Some(lesson), _) => lesson,
            (None, Some(name @ ("trial" | "flask" | "playground"))) => name,
            _ => return Ok(None),
        };
        let fragment = Fragment::new(page.file(), &with_stills(&sources.read(page.file())?, ""));
        let still = page.lesson().map_or_else(|| name.to_owned(), |lesson| format!("{lesson}-1."));
        let (still, alt) = fragment.last_still(&still)?;
        let title = page.title.split(" · ").filter(|part| *part != "Valet").collect::<Vec<_>>().join(" · ");
        let svg = sources.read(&format!("public/{still}"))?;
        let is_wide =
            svg.split('"').any(|part| part.strip_prefix("0 0 ").and_then(ratio).is_some_and(|ratio| ratio > 1.0));
        let html = format!(
            "<!doctype html><meta charset=\"utf-8\"><link rel=\"stylesheet\" href=\"../../style/tokens.css\"><style>{LOOK}</style>\
             <body{}><div><b>Valet</b><h1>{}</h1><p>{}</p></div>{svg}",
            if is_wide { " class=\"wide\"" } else { "" },
            text(&title),
            text(&page.description),
        );
        Ok(Some(Card { name: name.to_owned(), alt, html }))
    }

    /// A number of what it shows: another one says that it must be photographed again (FNV-1a, 64 bits).
    pub fn mark(&self) -> String {
        let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        format!("{:016x}", self.html.bytes().fold(0xcbf2_9ce4_8422_2325, add))
    }
}

/// Width through height.
fn ratio(size: &str) -> Option<f64> {
    let (width, height) = size.split_once(' ')?;
    Some(width.parse::<f64>().ok()? / height.parse::<f64>().ok()?)
}
