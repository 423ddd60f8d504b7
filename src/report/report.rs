//! A case as one file of HTML: it opens from disk without a network, and what it shows still plays.

use super::reel::Screening;
use crate::clinic::{Case, Cause, Cure, Dialect, Trial, World, effects};
use crate::still;
use html_escape::{encode_double_quoted_attribute as attribute, encode_text as escape};
use std::fmt::Write;

/// What plays a film.
const PLAYER: &str = include_str!("../../public/film.js");
/// What lets a reader play it.
const SCRIPT: &str = include_str!("report.js");
const STYLE: &str = include_str!("report.css");

/// All that goes into the file.
#[derive(Debug)]
pub struct Report<'a> {
    /// What was brought.
    pub case: &'a Case,
    /// The cause that it is about.
    pub cause: Cause,
    /// Its world.
    pub world: &'a World,
    /// What helps, if anything does.
    pub cure: Option<&'static Cure>,
    /// What the world came to, and its film.
    pub sick: (&'a Trial, &'a Screening),
    /// The same with the cure.
    pub cured: Option<(&'a Trial, &'a Screening)>,
    /// Where the site has this world, with what to turn.
    pub address: Option<&'a str>,
}

impl Report<'_> {
    /// The file.
    pub fn page(&self) -> String {
        let (case, cause) = (self.case, self.cause);
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n\
             <title>{title} · Valet</title>\n<style>\n{STYLE}\n{colors}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{}</p>\n",
            escape(cause.says()),
            title = escape(cause.title()),
            colors = still::colors(":root", ""),
        );
        self.found(&mut text);
        text.push_str("<h2>Watch it</h2>\n<p>Requests are cars, connections are bays, and the pool is the valet who keeps the keys. The numbers are those of the case; the pool does what SQLAlchemy’s does.</p>\n");
        let (before, film) = self.sick;
        figure("As it is", before, film, &mut text);
        if let (Some((after, film)), Some(cure)) = (self.cured, self.cure) {
            figure(&format!("The same requests, cured: {}", cure.title), after, film, &mut text);
        }
        self.helps(&mut text);
        let _ = write!(text, "<h2>What would refute it</h2>\n<p>{}</p>\n", escape(cause.refute()));
        let _ = write!(text, "<p>What the case does not tell: {}</p>\n", escape(cause.unknown()));
        let asks = case.diagnosis.causes.iter().map(|ranked| ranked.cause).filter(|other| *other != cause);
        let others: Vec<_> = asks.map(|other| other.title()).collect();
        if !others.is_empty() {
            let _ = write!(text, "<p>Less likely, and not shown here: {}.</p>\n", escape(&others.join("; ")));
        }
        if let Some(address) = self.address {
            let _ =
                write!(text, "<p><a href=\"{}\">Turn its settings in the playground.</a></p>\n", attribute(address));
        }
        let _ = write!(
            text,
            "<p class=\"quiet\">Made by Valet. This file needs no network and sends nothing.</p>\n</main>\n<script type=\"module\">\n{}\n{SCRIPT}</script>\n</body>\n</html>\n",
            PLAYER.replace("export ", "")
        );
        text
    }

    /// What was brought, and what speaks for the cause.
    fn found(&self, text: &mut String) {
        text.push_str("<h2>What was found</h2>\n<ul>\n");
        for finding in &self.case.paste.findings {
            let _ =
                writeln!(text, "<li><code>{}</code> ({})</li>", escape(&finding.excerpt), escape(finding.kind.name()));
        }
        text.push_str("</ul>\n");
        let Some(ranked) = self.case.diagnosis.causes.iter().find(|ranked| ranked.cause == self.cause) else { return };
        for (title, evidence) in [("For it", &ranked.speaks_for), ("Against it", &ranked.speaks_against)] {
            if !evidence.is_empty() {
                let said: Vec<_> = evidence.iter().map(|evidence| evidence.weight.says.trim_end_matches('.')).collect();
                let _ = writeln!(text, "<p><strong>{title}:</strong> {}.</p>", escape(&said.join("; ")));
            }
        }
    }

    /// The cure: what it changes, what it may break, and its code.
    fn helps(&self, text: &mut String) {
        let Some(cure) = self.cure else { return };
        let _ = write!(
            text,
            "<h2>What helps: {}</h2>\n<p>{}</p>\n<p><strong>What it may break:</strong> {}</p>\n",
            escape(cure.title),
            escape(cure.says),
            escape(cure.may_break)
        );
        if let Some((after, _)) = self.cured {
            text.push_str("<table>\n<thead><tr><th scope=\"col\">The same requests</th><th scope=\"col\">as it is</th><th scope=\"col\">with the cure</th></tr></thead>\n<tbody>\n");
            for effect in effects(self.sick.0, after) {
                let _ = writeln!(
                    text,
                    "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
                    escape(effect.figure.title),
                    escape(&effect.before.to_string()),
                    escape(&effect.after.to_string())
                );
            }
            text.push_str("</tbody>\n</table>\n");
        }
        for dialect in Dialect::ALL {
            let Some(diff) = cure.diff(dialect, Some(self.world), &self.case.diagnosis.numbers) else { continue };
            let _ = write!(text, "<h3>{}</h3>\n<pre>", escape(dialect.title()));
            for (mark, tag, lines) in [("-", "del", &diff.old), ("+", "ins", &diff.new)] {
                for line in lines {
                    let _ = writeln!(text, "<{tag}>{mark} {}</{tag}>", escape(line));
                }
            }
            text.push_str("</pre>\n");
        }
    }
}

/// A film in its place, with its still for where nothing plays.
fn figure(title: &str, trial: &Trial, Screening { film, frame, still }: &Screening, text: &mut String) {
    let said = trial.error.as_ref().map_or(String::new(), |error| format!(" The first error: {error}"));
    let data = film.text().replace("</", "<\\/");
    let _ = write!(
        text,
        "<figure data-frame=\"{frame}\">\n<figcaption>{title}</figcaption>\n<p>{failed} of {all} requests fail.{said}</p>\n\
         <div class=\"picture\" role=\"img\" aria-label=\"{label}: the lot from above\">\n{still}</div>\n\
         <div class=\"controls\" hidden><button type=\"button\">Play</button><input type=\"range\" min=\"0\" value=\"{frame}\" aria-label=\"Moment: {label}\"><output></output></div>\n\
         <script type=\"application/json\">{data}</script>\n</figure>\n",
        title = escape(title),
        label = attribute(title),
        said = escape(&said),
        failed = trial.measurement.tally.errors() + trial.measurement.tally.turned_away,
        all = trial.measurement.tally.arrived,
    );
}
