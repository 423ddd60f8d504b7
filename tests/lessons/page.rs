//! The pages: all are there, every link leads somewhere, and every address that the site ever had leads to its place.

use crate::prose::words;
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;
use valet::lesson::LESSONS;
use valet::link::{Link, PRESETS};
use valet::sim::Setup;
use valet::site::{Body, Card, Page, Program, Shell, Site, Sources};

/// What Trunk puts into index.html.
const SCRIPTS: &str = "<script src=\"./early.js\"></script><script type=\"module\" src=\"./boot.js\"></script></head>";

fn site(address: Option<&str>) -> Site {
    let sources = Sources::of(".");
    let index = sources.read("index.html").expect("index.html");
    let built: Vec<_> = index.lines().filter(|line| !line.contains("data-trunk")).collect();
    let shell = Shell::new(&built.join("\n").replace("</head>", SCRIPTS)).expect("a shell");
    Site::new(sources, shell, "valet.css", Program::default(), address).expect("a site")
}

/// Every page and its text.
static PAGES: LazyLock<Vec<(Page, String)>> = LazyLock::new(|| {
    let site = site(None);
    let html = |page: &Page| site.html(page).unwrap_or_else(|error| panic!("{error}"));
    site.pages().iter().map(|page| (page.clone(), html(page))).collect()
});

pub fn pages() -> Vec<(Page, Html)> {
    PAGES.iter().map(|(page, html)| (page.clone(), Html::parse_document(html))).collect()
}

pub fn page(path: &str) -> Html {
    Html::parse_document(&PAGES.iter().find(|(page, _)| page.path == path).expect(path).1)
}

pub fn all(page: &Html, selector: &str, attribute: &str) -> Vec<(String, String)> {
    let selector = Selector::parse(selector).expect("a selector");
    let found = page.select(&selector);
    found.map(|element| (element.value().attr(attribute).unwrap_or_default().to_owned(), words(element))).collect()
}

pub fn ids(page: &Html) -> BTreeSet<String> {
    all(page, "[id]", "id").into_iter().map(|(id, _)| id).collect()
}

#[test]
fn every_page_says_what_it_is() {
    let mut titles = BTreeSet::new();
    let pages = pages();
    for (page, html) in &pages {
        let path = &page.path;
        let (title, description) = (all(html, "title", "id"), all(html, "meta[name=description]", "content"));
        assert_eq!((title.len(), description.len()), (1, 1), "{path}");
        assert!(page.is_embed() || titles.insert(title[0].1.clone()), "two pages are called {}", title[0].1);
        assert!((4..=200).contains(&description[0].0.chars().count()), "{path}: {}", description[0].0);
        let headings = all(html, "h1", "id");
        assert!(headings.len() == 1 || (page.is_embed() && headings.is_empty()), "{path}: {headings:?}");
        assert_eq!(all(html, "main", "id"), [("content".to_owned(), all(html, "main", "id")[0].1.clone())], "{path}");
        assert_eq!(all(html, "link[rel=stylesheet]", "href").len(), 1, "{path}");
        let scripts = all(html, "script[src]", "src").len();
        let expected = match page.body {
            Body::Handout => 0,
            Body::Missing | Body::Embed { .. } => 3,
            _ if page.path == "teach/" => 3,
            _ => 2,
        };
        assert_eq!(scripts, expected, "{path}");
        assert_eq!(all(html, "#panic", "role").len(), 1, "{path}");
        if page.body != Body::Handout {
            let names = all(html, "[id]", "id");
            assert_eq!(names.len(), ids(html).len(), "{path}: two elements have one name");
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let ids: BTreeMap<_, _> = pages.iter().map(|(page, html)| (page.output(), ids(html))).collect();
    let mut links = 0;
    for (page, html) in &pages {
        for attribute in ["href", "src"] {
            for (address, _) in all(html, &format!("[{attribute}]"), attribute) {
                if address.contains("://") || (page.body == Body::Missing && address == "/") {
                    continue;
                }
                links += 1;
                let (path, id) = address.split_once('#').unwrap_or((&address, ""));
                let (path, _query) = path.split_once('?').unwrap_or((path, ""));
                let target = resolved(page, path);
                let place = ids.get(&target);
                let is_file = Path::new("public").join(&target).is_file() || target == "valet.css";
                assert!(place.is_some() || is_file, "{}: {address} leads to {target}, which is nothing", page.path);
                let has = |ids: &BTreeSet<String>| id.is_empty() || ids.contains(id);
                assert!(place.is_none_or(has), "{}: {address}: there is no {id} in {target}", page.path);
            }
        }
    }
    assert!(links > 1_400, "{links}");
}

/// The file that an address leads to, seen from a page.
fn resolved(page: &Page, address: &str) -> String {
    if address.is_empty() {
        return page.output();
    }
    let from =
        if page.body == Body::Missing { "" } else { page.path.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut folders: Vec<_> = from.split('/').filter(|folder| !folder.is_empty()).collect();
    for part in address.split('/') {
        match part {
            ".." => assert!(folders.pop().is_some(), "{}: {address} leaves the site", page.path),
            "." | "" => {}
            part => folders.push(part),
        }
    }
    let path = folders.join("/");
    match () {
        () if path.is_empty() => "index.html".into(),
        () if address.ends_with('/') || address.ends_with("..") => format!("{path}/index.html"),
        () => path,
    }
}

#[test]
fn every_place_of_the_one_page_that_once_was_is_found() {
    let site = site(None);
    let shortest = site.places().shortest();
    // As public/early.js looks for it.
    let found = |id: &str| {
        let names = std::iter::successors(Some(id), |name| Some(name.rsplit_once('-')?.0));
        names.into_iter().find_map(|name| shortest.get(name).copied())
    };
    let pages = pages();
    let ids: BTreeMap<_, _> = pages.iter().map(|(page, html)| (page.path.as_str(), ids(html))).collect();
    let old = include_str!("old-places.txt");
    assert_eq!(old.lines().count(), 260);
    for id in old.lines() {
        let path = found(id).unwrap_or_else(|| panic!("#{id} leads nowhere"));
        assert!(ids[path].contains(id), "#{id} leads to {path:?}, which has no such element");
    }
}

/// Pages with a picture of their own, beside the lessons.
const OWN: [&str; 3] = ["trial/", "flask/", "playground/"];

#[test]
fn pictures_beside_links_are_of_today() {
    let sources = Sources::of(".");
    let cards = Page::all(&sources).expect("pages").into_iter();
    let cards = cards.filter_map(|page| Card::of(&page, &sources).expect("a still"));
    let marks: String = cards.map(|card| format!("{} {}\n", card.name, card.mark())).collect();
    assert!(marks == include_str!("social.txt"), "a title, question or still has changed: run `make social`");
}

#[test]
fn where_the_site_will_be_is_said_when_it_is_known() {
    let site = site(Some("https://example.org/pools"));
    let map = site.map().expect("a site map");
    for page in site.pages() {
        let html = site.html(page).expect("a page");
        let address = format!("https://example.org/pools/{}", page.path);
        match page.body {
            Body::Embed { .. } => {
                assert!(html.contains("rel=\"canonical\"") && !map.contains(&address), "{}", page.path)
            }
            Body::Missing => assert!(html.contains("<base href=\"/pools/\">"), "{html}"),
            _ => {
                assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{address}\">")), "{}", page.path);
                let picture = html.split("content=\"https://example.org/pools/social").nth(1).expect("a picture");
                let picture = format!("public/social{}", picture.split('"').next().unwrap_or_default());
                assert!(std::path::Path::new(&picture).is_file(), "{}: there is no {picture}", page.path);
                assert_eq!(picture == "public/social.png", page.lesson().is_none() && !OWN.contains(&&*page.path));
                assert!(map.contains(&format!("<loc>{address}</loc>")), "{}", page.path);
            }
        }
    }
    assert_eq!(self::site(None).map(), None);
}

/// As a reader of <https://oembed.com> goes: from the page by its link to the file, and from there to the frame.
#[test]
fn editors_that_know_oembed_get_the_scene_of_an_address() {
    let site = site(Some("https://example.org/pools"));
    let files: BTreeMap<_, _> = site.oembeds().into_iter().collect();
    let mut read = 0;
    for page in site.pages() {
        let html = Html::parse_document(&site.html(page).expect("a page"));
        let links = all(&html, "link[rel=alternate][type='application/json+oembed']", "href");
        let has_scene = page.is_embed()
            || page.lesson().is_some()
            || ["", "flask/", "fastapi/", "playground/", "trial/"].contains(&page.path.as_str());
        assert_eq!(links.len(), usize::from(has_scene), "{}", page.path);
        for (href, _) in links {
            let file = href.strip_prefix("https://example.org/pools/").expect("an address of the site");
            let said: serde_json::Value = serde_json::from_str(&files[file]).expect("JSON");
            assert_eq!((said["version"].as_str(), said["type"].as_str()), (Some("1.0"), Some("rich")), "{href}");
            assert!(said["width"].is_u64() && said["height"].is_u64() && said["title"].is_string(), "{href}");
            let frame = Html::parse_fragment(said["html"].as_str().expect("HTML"));
            let target = &all(&frame, "iframe[title][loading=lazy]", "src")[0].0;
            let target = target.strip_prefix("https://example.org/pools/").expect("an address of the site");
            assert!(site.pages().iter().any(|page| page.is_embed() && page.path == target), "{target}");
            read += 1;
        }
    }
    assert!(read > 50 && self::site(None).oembeds().is_empty(), "{read}");
    // The teachers' page tells of them; without an address of the site there are none to link to.
    let linked =
        |html: &str| !all(&Html::parse_document(html), "link[type='application/json+oembed']", "href").is_empty();
    assert!(!PAGES.iter().any(|(_, html)| linked(html)));
}

#[test]
fn every_scene_has_its_still_for_paper_and_mail() {
    let site = site(None);
    let stills = site.stills();
    for (page, _) in PAGES.iter().filter(|(page, _)| page.is_embed()) {
        for kind in ["svg", "png"] {
            let own = page.path.replace("embed/", "still/").replace(".html", &format!(".{kind}"));
            let (drawn, _) = stills.iter().find(|(_, file)| *file == own).unwrap_or_else(|| panic!("no {own}"));
            let bytes = std::fs::read(Path::new("public").join(drawn)).unwrap_or_else(|why| panic!("{drawn}: {why}"));
            let begins = if kind == "svg" { &b"<svg"[..] } else { &b"\x89PNG"[..] };
            assert!(bytes.starts_with(begins), "{drawn}");
        }
    }
}

#[test]
fn no_scene_is_blank_until_it_lives() {
    let mut seen = 0;
    for (about, text) in PAGES.iter() {
        let html = Html::parse_document(text);
        for (name, _) in all(&html, ".picture:not([hidden])", "id") {
            // The daily outage is another every day, the clinic's scene is the reader's, and a rival comes when it is asked for.
            if ["daily", "clinic"].iter().any(|of| name.starts_with(of)) || name.ends_with("-rival") {
                continue;
            }
            let stills = all(&html, &format!("#{name} img, #{name} source"), "src");
            assert!(!stills.is_empty(), "{}: {name}", about.path);
            for (still, _) in stills.into_iter().filter(|(still, _)| !still.is_empty()) {
                let file = still.rsplit_once("still/").map_or(&*still, |(_, file)| file);
                assert!(Path::new("public/still").join(file).exists(), "{}: {still}", about.path);
            }
            seen += 1;
        }
    }
    assert!(seen > 70, "{seen}");
}

/// What `public/teach.js` reads in the teachers' page.
#[test]
fn teachers_choose_among_all_scenes_settings_and_figures() {
    let html = page("teach/");
    let (_, text) = all(&html, "#teach-choices", "type").remove(0);
    let said: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let names = |kind: &str| -> BTreeSet<String> {
        said[kind].as_array().expect(kind).iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect()
    };
    let embeds: BTreeSet<String> = PAGES
        .iter()
        .filter_map(|(page, _)| match &page.body {
            Body::Embed { id, .. } => Some(id.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(names("scenes"), embeds);
    assert_eq!(names("settings").len(), valet::settings::SETTINGS.len());
    assert_eq!(names("figures"), valet::lesson::measurable().map(|figure| figure.name.to_owned()).collect());
    for scene in said["scenes"].as_array().expect("scenes") {
        for knob in scene["knobs"].as_array().expect("knobs") {
            assert!(valet::settings::setting(knob[0].as_str().expect("a name")).is_some(), "{scene}");
        }
    }
    // The map of answers is there without scripts, a table a challenge.
    assert_eq!(all(&html, "#teach-map h3", "id").len(), LESSONS.len());
    assert!(all(&html, "#teach-map table", "class").len() >= LESSONS.len());
}

#[test]
fn all_lessons_are_listed_in_order_by_their_titles() {
    for (path, root) in [("", ""), ("lessons/timeout/", "../../"), ("flask/", "../")] {
        let page = page(path);
        let listed = all(&page, "#contents ol a", "href");
        let expected =
            LESSONS.iter().map(|lesson| (format!("{root}lessons/{}/", lesson.name), lesson.title.to_owned()));
        assert_eq!(listed, expected.collect::<Vec<_>>(), "{path}");
        let places = all(&page, "#contents ol .done", "id");
        let expected: Vec<_> = LESSONS.iter().map(|lesson| format!("progress-{}", lesson.name)).collect();
        assert_eq!(places.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn the_keyboard_gets_to_the_lesson_in_five_stops() {
    for (page, html) in pages().iter().filter(|(page, _)| page.lesson().is_some()) {
        let skip = all(html, "body > a.skip:first-child", "href");
        assert_eq!(skip.len(), 1, "{}", page.path);
        // Name, contents, before and after; what the menu holds is no stop while it is closed.
        let stops = all(html, ".site > a, .site summary, .site > nav a", "href").len();
        assert!(stops + skip.len() <= 5, "{}: {stops}", page.path);
    }
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
        let headings: Vec<_> = headings.into_iter().map(|(_, words)| words).collect();
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
    let index = Html::parse_document(&std::fs::read_to_string("index.html").expect("index.html"));
    anchors(
        all(&index, "main h2", "id"),
        all(&index, "main h2 > a.anchor", "href"),
        ids(all(&index, "[id]", "id")),
        "index.html",
    );
    for name in LESSONS.iter().map(|lesson| lesson.name).chain(["trial", "glossary"]) {
        let text = std::fs::read_to_string(format!("src/lesson/{name}.html")).expect(name);
        let html = Html::parse_document(&text);
        let (headings, links) = (all(&html, "h2, h3", "id"), all(&html, ":is(h2, h3) > a.anchor", "href"));
        anchors(headings, links, ids(all(&html, "[id]", "id")), name);
    }
}

/// The outage that a reader takes along to the playground is the one of the lesson.
#[test]
fn the_outage_in_the_playground_is_that_of_the_lesson() {
    let text = std::fs::read_to_string("src/lesson/outage.html").unwrap();
    let query = text.split("href=\"playground/?").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let query = query.replace("&amp;", "&");
    let first = valet::still::playground();
    let (link, errors) = Link::read(first.clone(), query.split('&').filter_map(|pair| pair.split_once('=')));
    assert!(errors.is_empty(), "{errors:?}");
    let lesson = LESSONS.iter().find(|lesson| lesson.name == "outage").expect("the lesson");
    let plan = (lesson.plan)();
    assert_eq!(link.acts, plan.acts);
    // Latencies that play no part are the playground's own.
    let said = |setup: &Setup| Link { setup: setup.clone(), ..link.clone() }.write(&first);
    assert_eq!(said(&link.setup), said(&plan.setup));
    let preset = PRESETS.iter().find(|preset| preset.title == "An outage that goes on").expect("the preset");
    assert_eq!(preset.link(first), link);
}
