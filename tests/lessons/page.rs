//! The page has every lesson, in order, and lists it by its title.

use crate::prose::words;
use scraper::{Html, Selector};
use valet::lesson::LESSONS;

fn page() -> Html {
    Html::parse_document(&std::fs::read_to_string("index.html").expect("index.html"))
}

fn all(page: &Html, selector: &str, attribute: &str) -> Vec<(String, String)> {
    let selector = Selector::parse(selector).expect("a selector");
    let found = page.select(&selector);
    found.map(|element| (element.value().attr(attribute).unwrap_or_default().to_owned(), words(element))).collect()
}

#[test]
fn all_lessons_are_listed_in_order_by_their_titles() {
    let listed = all(&page(), "#contents ol a", "href");
    let expected: Vec<_> =
        LESSONS.iter().map(|lesson| (format!("#{}", lesson.name), lesson.title.to_owned())).collect();
    assert_eq!(listed, expected);
    let places = all(&page(), "#contents ol .done", "id");
    let expected: Vec<_> = LESSONS.iter().map(|lesson| format!("progress-{}", lesson.name)).collect();
    assert_eq!(places.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), expected);
}

#[test]
fn all_of_their_prose_is_put_into_the_page() {
    let files = all(&page(), "#lessons > link[data-trunk][rel=inline][type=html]", "href");
    let names = LESSONS.iter().map(|lesson| lesson.name).chain(["trial", "glossary"]);
    let expected: Vec<_> = names.map(|name| format!("src/lesson/{name}.html")).collect();
    assert_eq!(files.into_iter().map(|(href, _)| href).collect::<Vec<_>>(), expected);
}

#[test]
fn each_lesson_leads_to_the_next_and_back_to_the_list() {
    let mut after =
        LESSONS.iter().map(|lesson| (lesson.name, lesson.title)).skip(1).chain([("trial", "Claims on trial")]);
    for lesson in LESSONS {
        let (name, title) = after.next().expect("something comes after each");
        let prose = crate::prose::Prose::read(lesson.name);
        let links = prose.all("article > p.next:last-child > a");
        let links: Vec<_> =
            links.into_iter().map(|link| (link.value().attr("href").unwrap_or_default(), words(link))).collect();
        let (next, all) = (format!("#{name}"), "All lessons".to_owned());
        assert_eq!(links, [(next.as_str(), format!("Next: {title}")), ("#contents", all)], "{}", lesson.name);
    }
}

#[test]
fn every_heading_can_be_linked_to() {
    let anchors = |headings: Vec<(String, String)>, links: Vec<(String, String)>, ids: Vec<String>, place: &str| {
        let headings: Vec<_> = headings
            .into_iter()
            .map(|(_, words)| words)
            .filter(|words| !words.starts_with("There is no scene"))
            .collect();
        let linked: Vec<_> = links.iter().map(|(_, words)| words.clone()).collect();
        assert_eq!(headings, linked, "{place}");
        for (href, words) in links {
            assert!(
                ids.iter().any(|id| href == format!("#{id}")),
                "{place}: {words:?} leads to {href}, which is nothing"
            );
        }
    };
    let ids = |all: Vec<(String, String)>| all.into_iter().map(|(id, _)| id).collect();
    let page = page();
    anchors(
        all(&page, "main h2", "id"),
        all(&page, "main h2 > a.anchor", "href"),
        ids(all(&page, "[id]", "id")),
        "index.html",
    );
    for name in LESSONS.iter().map(|lesson| lesson.name).chain(["trial", "glossary"]) {
        let text = std::fs::read_to_string(format!("src/lesson/{name}.html")).expect(name);
        let html = Html::parse_document(&text);
        let (headings, links) = (all(&html, "h2, h3", "id"), all(&html, ":is(h2, h3) > a.anchor", "href"));
        anchors(headings, links, ids(all(&html, "[id]", "id")), name);
    }
}
