//! A case as one file of HTML: it opens from disk without a network, and what it shows still plays.

use super::reel::Screening;
use crate::clinic::{Case, Cause, Cure, Dialect, Trial, World, effects};
use crate::format::rounded;
use crate::still;
use crate::time::Span;
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
        let cause = self.cause;
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n\
             <title>A likely cause: {title} · Valet</title>\n<style>\n{STYLE}\n{colors}</style>\n</head>\n<body>\n<main>\n<h1>A likely cause: {title}</h1>\n<p>{}</p>\n",
            escape(cause.says()),
            title = escape(cause.title()),
            colors = still::colors(":root", ""),
        );
        self.found(&mut text);
        self.model(&mut text);
        let (before, film) = self.sick;
        figure("In the model, as it is", before, film, &mut text);
        if let (Some((after, film)), Some(cure)) = (self.cured, self.cure) {
            figure(&format!("The same requests in the model, cured: {}", cure.title), after, film, &mut text);
        }
        self.helps(&mut text);
        let _ = write!(text, "<h2>What would refute it</h2>\n<p>{}</p>\n", escape(cause.refute()));
        let _ = writeln!(text, "<p>What the case does not tell: {}</p>", escape(cause.unknown()));
        self.others(&mut text);
        if let Some(address) = self.address {
            let _ =
                writeln!(text, "<p><a href=\"{}\">Turn its settings in the playground.</a></p>", attribute(address));
        }
        let _ = write!(
            text,
            "<p class=\"quiet\">Made by Valet. This file needs no network and sends nothing.</p>\n</main>\n<script type=\"module\">\n{}\n{SCRIPT}</script>\n</body>\n</html>\n",
            PLAYER.replace("export ", "")
        );
        text
    }

    /// What the films show, and where their numbers are from.
    fn model(&self, text: &mut String) {
        let setup = &self.world.plan.setup;
        let settings = &setup.settings;
        let timeout = settings.pool_timeout.map_or("None".to_owned(), |timeout| format!("{} s", timeout.in_secs()));
        let _ = write!(
            text,
            "<h2>Watch it</h2>\n<p>Requests are cars, connections are bays, and the pool is the valet who keeps the keys. It does what SQLAlchemy 2.1.9’s does. This is a model of one cause, not a recording of your program.</p>\n\
             <p><strong>The pool:</strong> pool_size {}, max_overflow {}, pool_timeout {timeout}, as far as the case says them; what it does not say is SQLAlchemy’s default.</p>\n\
             <p><strong>Assumed, so that the cause shows:</strong> {} requests per second, each of which holds its connection for {} on average.</p>\n",
            settings.pool_size,
            settings.max_overflow,
            tenths(setup.traffic.rate),
            rounded(Span::from_secs_f64(setup.work.mean_secs())),
        );
    }

    /// The other causes, as the case ranks them.
    fn others(&self, text: &mut String) {
        let ranked: Vec<Cause> = self.case.diagnosis.causes.iter().map(|ranked| ranked.cause).collect();
        let Some(place) = ranked.iter().position(|cause| *cause == self.cause) else { return };
        for (title, causes) in [("More likely", &ranked[..place]), ("Less likely", &ranked[place + 1..])] {
            if !causes.is_empty() {
                let titles: Vec<_> = causes.iter().map(|cause| cause.title()).collect();
                let titles = titles.join("; ");
                let _ = writeln!(text, "<p>{title} by what was found, and not shown here: {}.</p>", escape(&titles));
            }
        }
    }

    /// What was brought, and what speaks for the cause.
    fn found(&self, text: &mut String) {
        text.push_str("<h2>What was found</h2>\n<ul>\n");
        for finding in &self.case.paste.findings {
            let lines: Vec<_> = finding.lines.iter().map(u32::to_string).collect();
            let place = if lines.is_empty() { String::new() } else { format!(" (line {})", lines.join(", ")) };
            let _ = writeln!(text, "<li><code>{}</code>{place}</li>", escape(&finding.excerpt));
        }
        text.push_str("</ul>\n");
        let Some(ranked) = self.case.diagnosis.causes.iter().find(|ranked| ranked.cause == self.cause) else { return };
        for (title, evidence) in [("For it", &ranked.speaks_for), ("Against it", &ranked.speaks_against)] {
            if !evidence.is_empty() {
                let said: Vec<_> = evidence.iter().map(|evidence| evidence.weight.says).collect();
                let _ = writeln!(text, "<p><strong>{title}:</strong> {}</p>", escape(&said.join(" ")));
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
        if !self.cause.wrong_moves().is_empty() {
            text.push_str("<h2>What does not help</h2>\n<ul>\n");
            for wrong in self.cause.wrong_moves() {
                let _ = writeln!(text, "<li><strong>{}:</strong> {}</li>", escape(wrong.title), escape(wrong.says));
            }
            text.push_str("</ul>\n");
        }
        text.push_str("<h2>The cure as code</h2>\n");
        for dialect in Dialect::ALL {
            let Some(diff) = cure.diff(dialect, Some(self.world), &self.case.diagnosis.numbers) else { continue };
            let _ = write!(text, "<h3>With {}</h3>\n<pre tabindex=\"0\">", escape(dialect.title()));
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
fn figure(title: &str, trial: &Trial, screening: &Screening, text: &mut String) {
    let Screening { film, frame, still, says } = screening;
    let said = trial.error.as_ref().map_or(String::new(), |error| format!(" The model’s first error: {error}"));
    let tally = &trial.measurement.tally;
    let failed = tally.errors() + tally.turned_away;
    let left = match tally.arrived.saturating_sub(tally.served + failed) {
        0 => String::new(),
        left => format!(" {left} were still under way when the model ended."),
    };
    let moment = film.begins + f64::from(*frame) / f64::from(film.rate) * film.pace;
    let data = film.text().replace("</", "<\\/");
    let _ = write!(
        text,
        "<figure data-frame=\"{frame}\">\n<figcaption>{title}</figcaption>\n<p>{failed} of {all} requests fail.{left}{said}</p>\n\
         <div class=\"picture\" role=\"img\" aria-label=\"{label}, seen from above at {moment:.1} s: {says}\">\n{still}</div>\n<p class=\"quiet\">At {moment:.1} s: {says_text}</p>\n\
         <div class=\"controls\" hidden><button type=\"button\">Play</button><input type=\"range\" min=\"0\" value=\"{frame}\" aria-label=\"Moment: {label}\"><output></output></div>\n\
         <script type=\"application/json\">{data}</script>\n</figure>\n",
        title = escape(title),
        label = attribute(title),
        said = escape(&said),
        says = attribute(says),
        says_text = escape(says),
        all = tally.arrived,
    );
}

/// A number as a person reads it.
fn tenths(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
