//! The table of pages.

use super::fragment::Fragment;
use super::{SiteError, Sources};
use crate::lesson::LESSONS;

/// A page of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its address, from the site's root: empty for the home page, a folder, or a file.
    pub path: String,
    /// Its title, as in the browser's tab.
    pub title: String,
    /// What it is, in a sentence or two.
    pub description: String,
    /// What stands on it.
    pub body: Body,
}

/// What stands on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The main part of `index.html`.
    Home,
    /// A fragment.
    Fragment(String),
    /// Everything, without scenes.
    Handout,
    /// One element of another page alone, to be shown in a frame.
    Embed {
        /// The element's name.
        id: String,
        /// The page that it stands on.
        of: String,
    },
    /// The list of what can be shown in a frame.
    Embeds,
    /// Where an address leads that is none.
    Missing,
}

/// A page with a file of its own: its address, file, title and description.
type Single = (&'static str, &'static str, &'static str, &'static str);

/// What stands after the lessons, in order.
const AFTER_LESSONS: &[Single] = &[
    (
        "trial/",
        "src/lesson/trial.html",
        "Claims on trial",
        "Sentences that tutorials say about SQLAlchemy's connection pool. You vote, and the pool decides.",
    ),
    (
        "flask/",
        "src/site/flask.html",
        "The Flask application of the tutorials",
        "The tutorials' Flask-SQLAlchemy applications, running on real rows: which line takes a connection, and which gives it back.",
    ),
    (
        "fastapi/",
        "src/site/fastapi.html",
        "A FastAPI application",
        "FastAPI endpoints, async def and def, running on real rows: how long a dependency with yield holds a connection, and what one commit() changes.",
    ),
    (
        "clinic/",
        "src/site/clinic.html",
        "The clinic",
        "Paste the error, log or configuration of your SQLAlchemy pool: what it says, why it may happen, your own pool at work, and a cure that you can watch. Nothing leaves your browser.",
    ),
    (
        "fleet/",
        "src/site/fleet.html",
        "Size your pools",
        "How many connections all your processes need together, and what to set in each: by Little's law and queueing theory, beside runs of the real pool, within what your server allows.",
    ),
    (
        "daily/",
        "src/site/daily.html",
        "The daily outage",
        "One incident a day, the same for everybody: read the log, find the cause, cure it, and break nothing else. Three scores, and a line to share.",
    ),
    (
        "playground/",
        "src/site/playground.html",
        "The playground",
        "A simulated application, its pool and its database: turn everything, go back in time, compare two pools, search for the smallest one that is good enough.",
    ),
    (
        TEACH,
        "src/site/teach.html",
        "Teach with it",
        "Put a scene into your course page, limited to what your lesson needs, with a goal of your own; a worksheet with its answer key, lesson plans, and the map of answers.",
    ),
    (
        "about/",
        "src/site/about.html",
        "What you are looking at",
        "How to read the parking lot, what is real in it, and how the engine was checked against SQLAlchemy.",
    ),
    (
        "glossary/",
        "src/lesson/glossary.html",
        "Words",
        "The words of connection pooling, each in a sentence or two, with the lesson that shows it.",
    ),
];

/// The teachers' page.
pub(super) const TEACH: &str = "teach/";

/// What the site is called.
pub(super) const SITE: &str = "Valet";

impl Page {
    /// Whether programs run on it.
    pub fn has_scripts(&self) -> bool {
        self.body != Body::Handout
    }

    /// All pages.
    ///
    /// # Errors
    /// [`SiteError`] if a fragment cannot be read, or lacks a part.
    pub fn all(sources: &Sources) -> Result<Vec<Page>, SiteError> {
        let page = |path: &str, title: &str, description: &str, body: Body| Page {
            path: path.to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            body,
        };
        let mut pages = vec![page(
            "",
            "Valet: watch SQLAlchemy's connection pool",
            "SQLAlchemy's connection pool as a parking lot you can watch. Requests are cars, connections are bays, and every parked car runs a real transaction in your browser's own database.",
            Body::Home,
        )];
        for lesson in LESSONS {
            let file = format!("src/lesson/{}.html", lesson.name);
            let question = Fragment::new(&file, &sources.read(&file)?).words(".question")?;
            let path = format!("lessons/{}/", lesson.name);
            pages.push(page(&path, &format!("{} · {SITE}", lesson.title), &question, Body::Fragment(file)));
        }
        for &(path, file, title, description) in AFTER_LESSONS {
            pages.push(page(path, &format!("{title} · {SITE}"), description, Body::Fragment(file.to_owned())));
        }
        pages.push(page(
            "handout/",
            "The handout · Valet",
            "All lessons, the trial and the glossary on one page, for paper and for reading without scripts.",
            Body::Handout,
        ));
        pages.push(page(
            "embed/",
            "Scenes for frames · Valet",
            "Every scene of Valet alone in a frame, for a course page of your own.",
            Body::Embeds,
        ));
        pages.push(page("404.html", "No such page · Valet", "There is no page at this address.", Body::Missing));
        let embeds: Vec<_> = pages.iter().flat_map(Page::embeds).collect();
        for (id, of) in embeds {
            let file = pages.iter().find(|page| page.path == of).map_or("index.html", Page::file);
            let title = Fragment::new(file, &sources.read(file)?).title(&id)?;
            let embed = Body::Embed { id: id.clone(), of };
            pages.push(page(&format!("embed/{id}.html"), &format!("{title} · {SITE}"), &title, embed));
        }
        Ok(pages)
    }

    /// The file that it is made from.
    pub(super) fn file(&self) -> &str {
        match &self.body {
            Body::Fragment(file) => file,
            _ => "index.html",
        }
    }

    /// The lesson on it: its name.
    pub fn lesson(&self) -> Option<&str> {
        self.path.strip_prefix("lessons/")?.strip_suffix('/')
    }

    /// The elements of it that have a page of their own, each with this page's address.
    pub(super) fn embeds(&self) -> Vec<(String, String)> {
        let names = match (&self.body, self.lesson(), self.path.as_str()) {
            (Body::Home, ..) => vec!["lot".to_owned()],
            (_, Some(name), _) => ["", "-run", "-challenge"].map(|part| format!("{name}{part}")).into(),
            (_, _, "flask/" | "fastapi/" | "playground/" | "trial/") => {
                vec![self.path.trim_end_matches('/').to_owned()]
            }
            _ => Vec::new(),
        };
        names.into_iter().map(|name| (name, self.path.clone())).collect()
    }

    /// The scene that its link is about where that names none.
    pub(super) fn scene(&self) -> Option<&str> {
        match &self.body {
            Body::Embed { id, .. } => Some(id),
            Body::Fragment(_) => self.lesson().or_else(|| self.path.strip_suffix('/')),
            _ => None,
        }
    }

    /// Whether it is one of those that are read one after the other.
    pub fn is_read_in_turn(&self) -> bool {
        matches!(self.body, Body::Home | Body::Fragment(_))
    }

    /// Where the site's root is, seen from it.
    pub fn root(&self) -> String {
        "../".repeat(self.path.matches('/').count())
    }

    /// The file that it is written to, from the site's root.
    pub fn output(&self) -> String {
        if self.path.is_empty() || self.path.ends_with('/') {
            format!("{}index.html", self.path)
        } else {
            self.path.clone()
        }
    }

    /// Whether it is shown in a frame.
    pub fn is_embed(&self) -> bool {
        matches!(self.body, Body::Embed { .. })
    }

    /// Whether it is what an address of the site leads to.
    pub fn is_found(&self) -> bool {
        self.body != Body::Missing
    }

    /// The address of the page that it is, or is a part of.
    pub(super) fn whole(&self) -> &str {
        match &self.body {
            Body::Embed { of, .. } => of,
            _ => &self.path,
        }
    }

    /// Its title without the site's.
    pub fn name(&self) -> &str {
        if self.path.is_empty() { "Home" } else { self.title.split(" · ").next().unwrap_or_default() }
    }
}
