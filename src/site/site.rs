//! All pages together.

use super::address::Map;
use super::body::body;
use super::fragment::Fragment;
use super::head::head;
use super::header::header;
use super::heights::Heights;
use super::page::TEACH;
use super::shell::Parts;
use super::stills::stills;
use super::{Body, Card, Page, Places, Program, Shell, SiteError, Sources, oembed};
use html_escape::encode_double_quoted_attribute as attribute;
use serde_json::json;

/// All pages together.
#[derive(Debug)]
pub struct Site {
    shell: Shell,
    sources: Sources,
    pages: Vec<Page>,
    map: Map,
    sheet: String,
    program: Program,
    icon: String,
    heights: Heights,
    /// Where the site will be, with a slash at its end, if that is known.
    address: Option<String>,
}

impl Site {
    /// The pages that these sources and this shell make. `sheet` is the style sheet's name, `address` where the site
    /// will be.
    ///
    /// # Errors
    /// [`SiteError`] if a fragment cannot be read, or two elements have one name.
    pub fn new(
        sources: Sources,
        shell: Shell,
        sheet: &str,
        program: Program,
        address: Option<&str>,
    ) -> Result<Site, SiteError> {
        let pages = Page::all(&sources)?;
        let mut map = Map { pages: pages.iter().map(|page| page.path.clone()).collect(), ..Map::default() };
        for page in pages.iter().filter(|page| page.is_read_in_turn()) {
            let html = body(page, &pages, shell.main(), &sources)?;
            map.places.add(&page.path, Fragment::new(page.file(), &html).ids())?;
        }
        let address = address.map(|address| format!("{}/", address.trim_end_matches('/')));
        let icon = in_an_address(&sources.read("public/icon.svg")?);
        let heights = Heights::read(&sources)?;
        Ok(Site { icon, heights, shell, sources, pages, map, sheet: sheet.to_owned(), program, address })
    }

    /// The pages.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// Where the elements are that have a name.
    pub fn places(&self) -> &Places {
        &self.map.places
    }

    /// The HTML of a page.
    ///
    /// # Errors
    /// [`SiteError`] if a fragment lacks a part, or a link leads nowhere.
    pub fn html(&self, page: &Page) -> Result<String, SiteError> {
        let main = body(page, &self.pages, self.shell.main(), &self.sources)?;
        let header = header(page, &self.pages);
        let own =
            Fragment::new(page.file(), &format!("{header}<main id=\"content\">{main}</main><p id=\"panic\">")).ids();
        let panic = if main.contains("id=\"panic\"") { String::new() } else { self.panic_notice()? };
        let parts = Parts {
            attributes: self.attributes(page)?,
            header,
            masthead: page.body == Body::Home,
            main: format!("{main}{panic}"),
            scripts: page.has_scripts(),
            footer: !page.is_embed(),
            frame: page.is_embed(),
            sheet: self.sheet.clone(),
            icon: self.icon.clone(),
        };
        let html = self.shell.page(&parts)?;
        let html = html.replacen("<main>", &main_tag(page), 1);
        let html = self.map.seen_from(page, &own, &html)?;
        // What it says of itself has addresses of another kind.
        Ok(html.replacen(
            "<meta name=\"color-scheme\"",
            &format!("{}\n<meta name=\"color-scheme\"", self.head(page)?),
            1,
        ))
    }

    fn head(&self, page: &Page) -> Result<String, SiteError> {
        let head = head(page, Card::of(page, &self.sources)?.as_ref(), self.address.as_deref());
        Ok(match page.body {
            // It is shown at any address, so its own ones begin at the site's root.
            Body::Missing => format!(
                "<base href=\"{}\">\n{head}\n<script type=\"module\" src=\"missing.js\"></script>",
                self.root_of_site()
            ),
            _ if page.path == TEACH => {
                format!("{head}\n<script type=\"module\" src=\"{}teach.js\"></script>", page.root())
            }
            _ => head,
        })
    }

    /// The path of the site's root on its server.
    fn root_of_site(&self) -> String {
        let address = self.address.as_deref().unwrap_or("/");
        let after_scheme = address.split_once("://").map_or(address, |(_, rest)| rest);
        after_scheme.find('/').map_or("/".to_owned(), |at| after_scheme[at..].to_owned())
    }

    /// What the page's scripts have to know.
    fn attributes(&self, page: &Page) -> Result<String, SiteError> {
        let mut said = format!(" data-root=\"{}\"", page.root());
        if page.has_scripts() {
            said.push_str(&format!(" data-program=\"{}\"", attribute(&json!(self.program).to_string())));
        }
        if let Some(scene) = page.scene() {
            said.push_str(&format!(" data-scene=\"{scene}\""));
        }
        match &page.body {
            Body::Embed { id, .. } => said.push_str(&format!(" data-embed=\"{id}\"")),
            Body::Home => {
                let embeds = self.pages.iter().filter_map(|page| match &page.body {
                    Body::Embed { id, .. } => Some(id.as_str()),
                    _ => None,
                });
                let moved = json!({ "places": self.map.places.shortest(), "embeds": embeds.collect::<Vec<_>>() });
                said.push_str(&format!(" data-moved=\"{}\"", attribute(&moved.to_string())));
            }
            _ => {}
        }
        let heights = self.heights.of_page(page)?;
        if !heights.is_empty() {
            said.push_str(&format!(" data-heights=\"{heights}\""));
        }
        Ok(said)
    }

    /// A site map for search engines, if it is known where the site will be.
    pub fn map(&self) -> Option<String> {
        let address = self.address.as_ref()?;
        let listed = self.pages.iter().filter(|page| !page.is_embed() && page.is_found());
        let urls: String = listed.map(|page| format!("<url><loc>{address}{}</loc></url>\n", page.path)).collect();
        Some(format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n"
        ))
    }

    /// The stills of the scenes: for each the file in `public`, and the file that the site has it in.
    pub fn stills(&self) -> Vec<(String, String)> {
        stills(&self.pages)
    }

    /// What oEmbed readers are told of each scene: files and their text. None if it is not known where the site will be.
    pub fn oembeds(&self) -> Vec<(String, String)> {
        let Some(site) = &self.address else { return Vec::new() };
        let file = |page: &Page| Some((oembed::place(page)?, oembed::description(page, site, &self.heights)?));
        self.pages.iter().filter_map(file).collect()
    }

    /// The notice that a program has stopped: the home page has it among what is its own.
    fn panic_notice(&self) -> Result<String, SiteError> {
        Fragment::new("index.html", self.shell.main()).element("panic")
    }
}

/// A picture as its own address: nothing more is asked of the server.
fn in_an_address(svg: &str) -> String {
    let escaped =
        svg.trim().replace('%', "%25").replace('#', "%23").replace('<', "%3c").replace('>', "%3e").replace('"', "'");
    format!("data:image/svg+xml,{escaped}")
}

fn main_tag(page: &Page) -> String {
    if page.is_embed() || page.body == Body::Embeds {
        // A page may hold several frames: each main part has its own name.
        format!("<main id=\"content\" aria-label=\"{}\">", attribute(&page.description))
    } else {
        "<main id=\"content\">".to_owned()
    }
}
