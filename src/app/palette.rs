//! The inks' values, as the style sheet mixes them for light or dark.

use crate::browser::is_dark;
use crate::lot::{COLOR_ROLES, ColorRole};
use leptos::prelude::{document, window};

/// The values, and the typeface.
#[derive(Debug)]
pub struct Palette {
    values: Vec<String>,
    /// The page's typeface.
    pub typeface: String,
    dark: bool,
}

impl Palette {
    /// Reads them off the page.
    pub fn read() -> Palette {
        let style = document().document_element().and_then(|root| window().get_computed_style(&root).ok().flatten());
        let value = |name: &str| {
            style.as_ref().and_then(|style| style.get_property_value(name).ok()).unwrap_or_default().trim().to_string()
        };
        Palette {
            values: COLOR_ROLES.iter().map(|color| value(color.variable())).collect(),
            typeface: value("--sans"),
            dark: is_dark(),
        }
    }

    /// Whether the page has changed between light and dark since.
    pub fn are_old(&self) -> bool {
        self.dark != is_dark()
    }

    /// An ink's value.
    pub fn get(&self, color: ColorRole) -> &str {
        &self.values[color.index()]
    }
}
