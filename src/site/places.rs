//! Where the elements are that have a name.

use super::SiteError;
use std::collections::BTreeMap;

/// Which page has the element of a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<String, String>);

impl Places {
    /// Adds the elements of a page.
    ///
    /// # Errors
    /// [`SiteError::Twice`] if there is an element of one of these names.
    pub fn add(&mut self, page: &str, ids: Vec<String>) -> Result<(), SiteError> {
        for id in ids {
            if let Some(first) = self.0.insert(id.clone(), page.to_owned()) {
                return Err(SiteError::Twice { id, first, second: page.to_owned() });
            }
        }
        Ok(())
    }

    /// The page that has this element.
    pub fn of(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }

    /// Names by which `public/early.js` finds an old address: of a name that is not here it tries the beginnings of it that end
    /// before a `-`. So few that they stand in the home page.
    pub fn shortest(&self) -> BTreeMap<&str, &str> {
        let mut shortest = BTreeMap::new();
        for (id, page) in &self.0 {
            let ends = id.match_indices('-').map(|(end, _)| end).chain([id.len()]);
            let mut beginnings = ends.map(|end| &id[..end]);
            let beginning = beginnings.find(|beginning| self.all_are_on(beginning, page));
            // What another page's name begins with, is sought before it.
            shortest.insert(beginning.unwrap_or(id), page.as_str());
        }
        shortest
    }

    fn all_are_on(&self, beginning: &str, page: &str) -> bool {
        let begins = |id: &str| id.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        self.0.iter().filter(|(id, _)| begins(id)).all(|(_, other)| other == page)
    }
}

#[cfg(test)]
mod tests {
    use super::Places;
    use std::collections::BTreeMap;

    fn found<'a>(places: &BTreeMap<&str, &'a str>, id: &str) -> Option<&'a str> {
        let beginnings = std::iter::successors(Some(id), |name| Some(name.rsplit_once('-')?.0));
        beginnings.into_iter().find_map(|name| places.get(name).copied())
    }

    #[test]
    fn the_shortest_names_lead_where_all_do() {
        let mut places = Places::default();
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        places.add("", names(&["lot", "lot-panel", "clinic-door"])).unwrap();
        places.add("clinic/", names(&["clinic", "clinic-box"])).unwrap();
        places.add("lessons/pre-ping/", names(&["pre-ping", "pre-ping-run"])).unwrap();
        places.add("glossary/", names(&["word-pre-ping", "word-pool"])).unwrap();
        let shortest = places.shortest();
        assert_eq!(
            shortest.keys().copied().collect::<Vec<_>>(),
            ["clinic", "clinic-box", "clinic-door", "lot", "pre", "word"]
        );
        for (id, page) in &places.0 {
            assert_eq!(found(&shortest, id), Some(page.as_str()), "{id}");
        }
        assert!(places.add("about/", names(&["lot"])).is_err());
    }
}
