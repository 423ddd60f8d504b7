//! A piece of HTML: its elements and their names.

use super::SiteError;
use scraper::{ElementRef, Html, Selector};

/// A piece of HTML, and where it comes from.
#[derive(Debug)]
pub struct Fragment {
    file: String,
    html: Html,
}

impl Fragment {
    /// Reads a piece of HTML of this file.
    pub fn new(file: &str, text: &str) -> Fragment {
        Fragment { file: file.to_owned(), html: Html::parse_fragment(text) }
    }

    /// The names of its elements, in order.
    pub fn ids(&self) -> Vec<String> {
        self.all("[id]").filter_map(|element| element.attr("id")).map(str::to_owned).collect()
    }

    /// The HTML of the element of this name.
    ///
    /// # Errors
    /// [`SiteError::NoElement`].
    pub fn element(&self, id: &str) -> Result<String, SiteError> {
        Ok(self.one(&format!("#{id}"))?.html())
    }

    /// What an element is called: by its label, else by its first heading.
    ///
    /// # Errors
    /// [`SiteError::NoElement`].
    pub fn title(&self, id: &str) -> Result<String, SiteError> {
        match self.one(&format!("#{id}"))?.attr("aria-label") {
            Some(label) => Ok(label.to_owned()),
            None => self.words(&format!("#{id} :is(h2, h3)")),
        }
    }

    /// The words of the first element that a selector finds.
    ///
    /// # Errors
    /// [`SiteError::NoElement`].
    pub fn words(&self, selector: &str) -> Result<String, SiteError> {
        let text: String = self.one(selector)?.text().collect();
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The file of the last still whose name begins so, and what is to be seen in it.
    ///
    /// # Errors
    /// [`SiteError::NoElement`].
    pub fn last_still(&self, name: &str) -> Result<(String, String), SiteError> {
        let selector = format!("img[src^=\"still/{name}\"]");
        let missing = || SiteError::NoElement { file: self.file.clone(), what: selector.clone() };
        let still = self.all(&selector).last().ok_or_else(missing)?;
        let labels = still.ancestors().filter_map(ElementRef::wrap).filter_map(|around| around.attr("aria-label"));
        let said = still.attr("alt").into_iter().chain(labels).find(|words| !words.is_empty());
        Ok((still.attr("src").unwrap_or_default().to_owned(), said.ok_or_else(missing)?.to_owned()))
    }

    fn one(&self, selector: &str) -> Result<ElementRef<'_>, SiteError> {
        let missing = || SiteError::NoElement { file: self.file.clone(), what: selector.to_owned() };
        self.all(selector).next().ok_or_else(missing)
    }

    fn all<'a>(&'a self, selector: &str) -> impl Iterator<Item = ElementRef<'a>> + use<'a> {
        let selector = Selector::parse(selector).ok();
        let found: Vec<_> = selector.map(|selector| self.html.select(&selector).collect()).unwrap_or_default();
        found.into_iter()
    }
}
