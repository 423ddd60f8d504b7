//! The main part of a page.

use super::fragment::Fragment;
use super::header::lessons;
use super::page::TEACH;
use super::pictures::{of_a_page, with_stills};
use super::teach::{answers, choices, promise};
use super::{Body, Page, SiteError, Sources};
use crate::clinic::{Cause, ERRORS, ErrorPage};
use html_escape::encode_text as text;

/// What stands in the handout, in order.
fn of_handout(pages: &[Page]) -> impl Iterator<Item = &Page> {
    let about = pages.iter().filter(|page| page.path == "about/");
    about.chain(
        pages
            .iter()
            .filter(|page| matches!(page.body, Body::Fragment(_)) && !["about/", TEACH].contains(&page.path.as_str())),
    )
}

/// A title within a sentence.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// A lesson names so many errors at most.
const ERRORS_OF_A_LESSON: usize = 2;

/// The main part of a page; `home` is that of `index.html`.
///
/// # Errors
/// [`SiteError`] if a fragment cannot be read, or lacks a part.
pub(super) fn body(page: &Page, pages: &[Page], home: &str, sources: &Sources) -> Result<String, SiteError> {
    Ok(match &page.body {
        Body::Home => of_a_page(&home.replace("<!-- lessons -->", &lessons(page))),
        Body::Fragment(file) => {
            let html = with_choices(&with_errors(&sources.read(file)?), pages, sources)?;
            let html = page.lesson().map(|lesson| with_clinic(&html, lesson)).unwrap_or(html);
            raised(&of_a_page(&with_stills(&html, page.path.trim_end_matches('/'))))
        }
        Body::Handout => {
            let parts: Result<Vec<_>, _> =
                of_handout(pages).map(|page| Ok(with_stills(&with_errors(&sources.read(page.file())?), ""))).collect();
            let intro = "<h1>Valet: the handout</h1>\n<p>Everything there is to read, on one page. What moves, moves on the <a href=\"\">site itself</a>.</p>";
            format!("<div class=\"prose\">\n{intro}\n</div>\n{}", parts?.join("\n"))
        }
        Body::Embed { id, of } => {
            let whole = pages.iter().find(|page| page.path == *of);
            let file = whole.map_or("index.html", Page::file);
            let element = Fragment::new(file, &with_stills(&sources.read(file)?, id)).element(id)?;
            // public/early.js and boot.js find it by this.
            let shown = element.replacen(&format!("id=\"{id}\""), &format!("id=\"{id}\" data-shown"), 1);
            let leads = if id == "lot" { String::new() } else { format!("{of}#{id}") };
            let whole = match whole.filter(|page| !page.path.is_empty()) {
                Some(page) if page.lesson().is_some() => "the whole lesson".to_owned(),
                Some(page) => lower(page.name()),
                None => "the whole site".to_owned(),
            };
            format!(
                "{}\n<div class=\"embed-foot\" id=\"embed-foot\">\n<p><a href=\"{leads}\">Valet: {}</a></p>\n\
                 <p id=\"embed-said\" role=\"status\"></p>\n</div>",
                raised(&shown),
                text(&whole)
            )
        }
        Body::Embeds => {
            let item = |page: &Page| {
                let Body::Embed { id, .. } = &page.body else { return None };
                Some(format!("<li><a href=\"{}\">{id}</a> {}</li>\n", page.path, text(&page.description)))
            };
            let items: String = pages.iter().filter_map(item).collect();
            format!(
                "<article class=\"prose\" id=\"embeds\">\n<h1>Scenes for frames</h1>\n\
                 <p class=\"notice\" id=\"lost\" role=\"alert\" hidden>The address of this frame asks for <code id=\"lost-name\"></code>. There is no scene of this name.</p>\n\
                 <p>Each scene can stand in a page of your own. Under each is <em>Embed this</em>: a line to copy, with the settings and the moment that you see. <a href=\"teach/\">Teach with it</a> sets the rest, and has <a href=\"teach/#teach-listener\">a listener</a> for your page, which gets heights and scores; what <a href=\"teach/#embedding-what-you-set-in-the-address\">an address can say</a>, and all <a href=\"teach/#embedding-messages\">messages</a>, are listed there. Or take an address from this list:</p>\n\
                 <ul id=\"scenes\">\n{items}</ul>\n</article>"
            )
        }
        Body::Missing => {
            let items: String = pages
                .iter()
                .filter(|page| page.is_read_in_turn())
                .map(|page| format!("<li><a href=\"{}\">{}</a></li>\n", page.path, text(page.name())))
                .collect();
            format!(
                "<article class=\"prose\" id=\"missing\">\n<h1>There is no page at this address</h1>\n<p id=\"nearest\" role=\"status\"></p>\n\
                 <p id=\"elsewhere\">If the links below lead nowhere either, the site does not begin at the root of its server, and this page was not told where it does. Then shorten the address from its end, part by part.</p>\n\
                 <p>These are the pages:</p>\n<ul>\n{items}</ul>\n</article>"
            )
        }
    })
}

/// A fragment with the errors that the clinic knows, and with a place for each that brings it into the box.
fn with_errors(fragment: &str) -> String {
    let tries: String = ERRORS.iter().map(|error| format!("<span id=\"try-{}\"></span>", error.name)).collect();
    fragment.replace("<!-- errors -->", &errors()).replace("<!-- tries -->", &tries)
}

/// How a lesson's challenge begins.
const CHALLENGE: &str = "<section class=\"challenge\"";

/// A lesson that leads to the errors by which its readers may know it, before its challenge.
fn with_clinic(fragment: &str, lesson: &str) -> String {
    let shows = |cause: &Cause| cause.lesson().is_some_and(|(name, _)| name == lesson);
    let place = |error: &&ErrorPage| error.causes.iter().position(shows);
    let mut errors: Vec<&ErrorPage> = ERRORS.iter().filter(|error| place(error).is_some()).collect();
    errors.sort_by_key(place);
    let links = errors.iter().take(ERRORS_OF_A_LESSON).map(|error| {
        let words = error.text.split(" · ").next().unwrap_or_default();
        format!(", <a href=\"clinic/#{}\">“{}”</a>", error.name, text(words))
    });
    let yours = "<p class=\"yours\">Is it yours? <a href=\"clinic/\">Paste your error, configuration or log</a>";
    let line = format!("{yours}{}.</p>\n  {CHALLENGE}", links.collect::<String>());
    fragment.replacen(CHALLENGE, &line, 1)
}

/// The teachers' page with what can be chosen there, and the map of answers.
fn with_choices(fragment: &str, pages: &[Page], sources: &Sources) -> Result<String, SiteError> {
    if !fragment.contains("<!-- choices -->") {
        return Ok(fragment.to_owned());
    }
    let data = format!("<script type=\"application/json\" id=\"teach-choices\">{}</script>", choices(pages, sources)?);
    Ok(fragment
        .replace("<!-- choices -->", &data)
        .replace("<!-- embedding -->", &promise(sources)?)
        .replace("<!-- answers -->", &answers(sources)?))
}

/// The errors that the clinic knows, for who reads without scripts, and for search engines.
fn errors() -> String {
    let causes = |error: &ErrorPage| -> String {
        error
            .causes
            .iter()
            .map(|cause| {
                let lesson = |(name, title)| format!(" <a href=\"lessons/{name}/\">Lesson: {}</a>", text(title));
                let lesson = cause.lesson().map(lesson).unwrap_or_default();
                format!("<li><strong>{}.</strong> {}{lesson}</li>\n", text(cause.title()), text(cause.says()))
            })
            .collect()
    };
    let section = |error: &ErrorPage| {
        format!(
            "<section class=\"error-page\">\n<h3 id=\"{name}\"><a class=\"anchor\" href=\"#{name}\">{}</a></h3>\n\
             <p><strong>It says:</strong> {}</p>\n<p><strong>It does not say:</strong> {}</p>\n<p><strong>First:</strong> {}</p>\n\
             <details><summary>Its causes, the likeliest first</summary>\n<ol>\n{}</ol>\n</details>\n<p class=\"with-js\"><a href=\"#try-{name}\">See it happen</a></p>\n</section>\n",
            text(error.text),
            text(error.says),
            text(error.says_not),
            text(error.first),
            causes(error),
            name = error.name,
        )
    };
    ERRORS.iter().map(section).collect()
}

/// A fragment as a page of its own: its first heading is the page's. Where no other second level is left, those below it rise, too.
fn raised(html: &str) -> String {
    let html = html.replacen("<h2", "<h1", 1).replacen("</h2>", "</h1>", 1);
    if html.contains("<h2") { html } else { html.replace("<h3", "<h2").replace("</h3>", "</h2>") }
}

#[cfg(test)]
mod tests {
    use super::raised;

    #[test]
    fn headings_rise_without_a_gap() {
        assert_eq!(raised("<h2>A</h2><h3>B</h3><h3>C</h3>"), "<h1>A</h1><h2>B</h2><h2>C</h2>");
        assert_eq!(raised("<h2>A</h2><h2>B</h2><h3>C</h3>"), "<h1>A</h1><h2>B</h2><h3>C</h3>");
    }
}
