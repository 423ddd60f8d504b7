//! What all pages have in common: `index.html` around its parts.

use super::SiteError;

/// `index.html` as Trunk has built it.
#[derive(Debug, Clone)]
pub struct Shell {
    html: String,
    main: String,
}

/// What a page puts into the shell.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub attributes: String,
    pub header: String,
    /// The home page has a masthead.
    pub masthead: bool,
    pub main: String,
    /// The page runs programs.
    pub scripts: bool,
    pub footer: bool,
    /// The page stands in a frame.
    pub frame: bool,
    pub sheet: String,
    /// The icon, as an address.
    pub icon: String,
}

/// Where the program is loaded; a frame speaks with the page around it before that.
const MODULE: &str = "<script type=\"module\"";
const IN_A_FRAME: &str = "<script src=\"frame.js\"></script><script type=\"module\"";
/// In a sandboxed frame WebKit takes `'self'` for the frame's own origin, which is none: there the site's files come from "any
/// server", and what the policy forbids is inline scripts and styles.
const FRAME_SELF: &str = "'self' http: https:";
/// The icon's place.
const ICON: &str = "href=\"icon.svg\"";

impl Shell {
    /// Takes it apart.
    ///
    /// # Errors
    /// [`SiteError::NoElement`] if it lacks a part.
    pub fn new(html: &str) -> Result<Shell, SiteError> {
        for mark in [
            "<html lang=\"en\">",
            "<meta name=\"color-scheme\"",
            "<!-- header -->",
            "<!-- lessons -->",
            "href=\"valet.css\"",
            ICON,
        ] {
            if !html.contains(mark) {
                return Err(missing(mark));
            }
        }
        let (begin, end) = element(html, "<main", "</main>")?;
        let inner = begin + html[begin..].find('>').map_or(0, |at| at + 1);
        Ok(Shell { main: html[inner..end - "</main>".len()].to_owned(), html: html.to_owned() })
    }

    /// The home page's main part.
    pub fn main(&self) -> &str {
        &self.main
    }

    /// A page.
    ///
    /// # Errors
    /// [`SiteError::NoElement`] if the shell lacks a part.
    pub(super) fn page(&self, parts: &Parts) -> Result<String, SiteError> {
        let mut html = self.html.replacen(&self.main, &format!("\n{}\n", parts.main), 1);
        let mut cut = |opening: &str, closing: &str| -> Result<(), SiteError> {
            let (begin, end) = element(&html, opening, closing)?;
            html.replace_range(begin..end, "");
            Ok(())
        };
        if !(parts.footer && parts.scripts) {
            cut("<link rel=\"preload\"", ">")?; // frames and paper do without the display face
        }
        if !parts.masthead {
            cut("<header class=\"masthead\"", "</header>")?;
        }
        if !parts.footer {
            cut("<footer", "</footer>")?;
        }
        if !parts.scripts {
            cut("<script src=", "</script>")?;
            cut("<script type=\"module\"", "</script>")?;
        }
        let html = html
            .replace("<html lang=\"en\">", &format!("<html lang=\"en\"{}>", parts.attributes))
            .replace("<!-- header -->", &parts.header)
            .replace(MODULE, if parts.frame { IN_A_FRAME } else { MODULE })
            .replace("href=\"valet.css\"", &format!("href=\"{}\"", parts.sheet))
            .replace("'self'", if parts.frame { FRAME_SELF } else { "'self'" })
            .replace(ICON, &format!("href=\"{}\"", parts.icon));
        Ok(tidy(&html))
    }
}

/// Without comments, and without what only indents.
fn tidy(html: &str) -> String {
    let mut parts = html.split("<!--");
    let first = parts.next().unwrap_or_default().to_owned();
    let html = parts.fold(first, |text, part| text + part.split_once("-->").map_or("", |(_, rest)| rest));
    let mut tidy = String::with_capacity(html.len());
    let mut is_code = false;
    for line in html.lines() {
        let begins_as_code = is_code;
        if let Some(at) = line.rfind("<pre") {
            is_code = !line[at..].contains("</pre>");
        } else if line.contains("</pre>") {
            is_code = false;
        }
        let line = if begins_as_code { line } else { line.trim_start() };
        if begins_as_code || !line.is_empty() {
            tidy.push_str(line);
            tidy.push('\n');
        }
    }
    tidy
}

fn element(html: &str, opening: &str, closing: &str) -> Result<(usize, usize), SiteError> {
    let begin = html.find(opening).ok_or_else(|| missing(opening))?;
    let end = html[begin..].find(closing).ok_or_else(|| missing(closing))?;
    Ok((begin, begin + end + closing.len()))
}

fn missing(what: &str) -> SiteError {
    SiteError::NoElement { file: "index.html".into(), what: what.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn code_keeps_its_spaces() {
        let html = "<p>\n  a <!-- b -->\n\n  <pre>x\n\n    y</pre>\n  z\n";
        assert_eq!(tidy(html), "<p>\na \n<pre>x\n\n    y</pre>\nz\n");
    }
}
