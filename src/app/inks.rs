//! The inks' values, as the style sheet mixes them for light or dark.

use super::controls::matches_media;
use crate::lot::{INKS, Ink};
use leptos::prelude::{document, window};

/// The values, and the typeface.
#[derive(Debug)]
pub struct Inks {
    values: Vec<String>,
    /// The page's typeface.
    pub typeface: String,
    dark: bool,
}

impl Inks {
    /// Reads them off the page.
    pub fn read() -> Inks {
        let style = document().document_element().and_then(|root| window().get_computed_style(&root).ok().flatten());
        let value = |name: &str| {
            style.as_ref().and_then(|style| style.get_property_value(name).ok()).unwrap_or_default().trim().to_string()
        };
        Inks { values: INKS.iter().map(|ink| value(ink.variable())).collect(), typeface: value("--sans"), dark: dark() }
    }

    /// Whether the page has changed between light and dark since.
    pub fn are_old(&self) -> bool {
        self.dark != dark()
    }

    /// An ink's value.
    pub fn get(&self, ink: Ink) -> &str {
        &self.values[ink.index()]
    }
}

fn dark() -> bool {
    matches_media("(prefers-color-scheme: dark)")
}
