//! Addresses in the HTML of a page: as they are written, and as they are seen from there.

use super::{Page, Places, SiteError};
use std::collections::BTreeSet;

/// The attributes that hold an address of the site.
const ATTRIBUTES: [&str; 3] = ["href", "src", "srcset"];

/// Everything that links can lead to.
#[derive(Debug, Clone, Default)]
pub(super) struct Map {
    /// Where elements are.
    pub places: Places,
    /// The addresses of all pages.
    pub pages: BTreeSet<String>,
}

impl Map {
    /// The HTML of a page with its addresses as they are seen from there; `own` are the elements that it has.
    ///
    /// # Errors
    /// [`SiteError::NoPlace`], [`SiteError::NoPage`].
    pub fn seen_from(&self, page: &Page, own: &[String], html: &str) -> Result<String, SiteError> {
        let mut written = String::with_capacity(html.len() + html.len() / 8);
        let mut rest = html;
        while let Some((begin, length)) = next_address(rest) {
            let address = &rest[begin..begin + length];
            written.push_str(&rest[..begin]);
            written.push_str(&self.address(page, own, address)?);
            rest = &rest[begin + length..];
            // Of an embed a frame shows nothing else: what is elsewhere opens beside it.
            if page.is_embed() && self.leaves(own, address) {
                written.push_str("\" target=\"_blank\" rel=\"noopener");
            }
        }
        written.push_str(rest);
        Ok(written)
    }

    fn address(&self, page: &Page, own: &[String], address: &str) -> Result<String, SiteError> {
        let root = page.root();
        if let Some(id) = address.strip_prefix('#') {
            if own.iter().any(|name| name == id) {
                return Ok(address.to_owned());
            }
            let missing = || SiteError::NoPlace { page: page.output(), id: id.to_owned() };
            let place = self.places.of(id).ok_or_else(missing)?;
            return Ok(folder(&format!("{root}{place}#{id}")));
        }
        if is_elsewhere(address) {
            return Ok(address.to_owned());
        }
        let path = address.trim_start_matches("./");
        let without_hash = path.split(['#', '?']).next().unwrap_or_default();
        if (path.is_empty() || without_hash.ends_with('/') || without_hash.ends_with(".html"))
            && !self.pages.contains(without_hash)
        {
            return Err(SiteError::NoPage { page: page.output(), path: path.to_owned() });
        }
        Ok(folder(&format!("{root}{path}")))
    }

    fn leaves(&self, own: &[String], address: &str) -> bool {
        match address.strip_prefix('#') {
            Some(id) => !own.iter().any(|name| name == id),
            None => is_elsewhere(address) || self.pages.contains(address.split(['#', '?']).next().unwrap_or_default()),
        }
    }
}

/// An address that is empty would be that of the page itself, with its query.
fn folder(address: &str) -> String {
    if address.is_empty() || address.starts_with(['#', '?']) { format!("./{address}") } else { address.to_owned() }
}

/// Whether it leads out of the site.
fn is_elsewhere(address: &str) -> bool {
    address.starts_with('/')
        || address.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '#', '?', '.']))
}

/// Where the next address stands, and how long it is.
fn next_address(html: &str) -> Option<(usize, usize)> {
    let begins = |name: &&str| {
        let opening = format!(" {name}=\"");
        html.find(&opening).map(|at| at + opening.len())
    };
    let begin = ATTRIBUTES.iter().filter_map(begins).min()?;
    Some((begin, html[begin..].find('"')?))
}

#[cfg(test)]
mod tests {
    use super::{Map, Places};
    use crate::site::{Body, Page};

    fn page(path: &str, body: Body) -> Page {
        Page { path: path.into(), title: String::new(), description: String::new(), body }
    }

    fn map() -> Map {
        let mut places = Places::default();
        places.add("", vec!["lot".into()]).unwrap();
        places.add("lessons/why/", vec!["why".into(), "why-run".into()]).unwrap();
        Map { places, pages: ["", "lessons/why/"].map(str::to_owned).into() }
    }

    #[test]
    fn addresses_are_seen_from_the_page() {
        let own = vec!["why".to_owned()];
        let lesson = page("lessons/why/", Body::Fragment("why.html".into()));
        let seen = |html: &str| map().seen_from(&lesson, &own, html);
        assert_eq!(seen("<a href=\"#why\">").unwrap(), "<a href=\"#why\">");
        assert_eq!(seen("<a href=\"#lot\">").unwrap(), "<a href=\"../../#lot\">");
        assert_eq!(seen("<img src=\"still/a.svg\">").unwrap(), "<img src=\"../../still/a.svg\">");
        assert_eq!(seen("<a href=\"https://a.b/\">").unwrap(), "<a href=\"https://a.b/\">");
        assert_eq!(seen("<a href=\"lessons/why/\">").unwrap(), "<a href=\"../../lessons/why/\">");
        assert_eq!(
            seen("<a href=\"#nowhere\">").unwrap_err().to_string(),
            "lessons/why/index.html links to #nowhere, which is on no page"
        );
        assert_eq!(
            seen("<a href=\"lessons/no/\">").unwrap_err().to_string(),
            "lessons/why/index.html links to lessons/no/, which is no page"
        );
        let home = page("", Body::Home);
        assert_eq!(map().seen_from(&home, &[], "<a href=\"\">").unwrap(), "<a href=\"./\">");
    }

    #[test]
    fn what_is_not_in_the_embed_opens_beside_it() {
        let embed = page("embed/why-run.html", Body::Embed { id: "why-run".into(), of: "lessons/why/".into() });
        let seen = map().seen_from(&embed, &["why-run".to_owned()], "<a href=\"#why\"><a href=\"#why-run\">").unwrap();
        assert_eq!(seen, "<a href=\"../lessons/why/#why\" target=\"_blank\" rel=\"noopener\"><a href=\"#why-run\">");
    }
}
