//! The list of kept runs as HTML, and in sentences.

use crate::figures::{ERRORS, SERVED};
use crate::format::duration;
use crate::progress::Progress;
use crate::run::{CardDifference, Run, differences, sets_apart};
use crate::storage::StoredRun;
use crate::time::Span;
use html_escape::encode_double_quoted_attribute as escape;

/// Rows of the table as HTML, each with its run's number.
pub type RunRows = Vec<(u32, String)>;

/// What was done, in words.
const DONE: [(&str, &str); 5] = [
    ("kept-run", "kept a run"),
    ("replayed-run", "replayed one"),
    ("compared-runs", "compared two"),
    ("exported-run", "exported one"),
    ("imported-run", "imported one"),
];

/// Two rows a run, with its number: figures, and buttons under them.
pub fn rows(kept: &[StoredRun], renaming: Option<u32>) -> RunRows {
    kept.iter().map(|kept| (kept.id, row(kept, renaming == Some(kept.id)))).collect()
}

fn row(StoredRun { id, card }: &StoredRun, renaming: bool) -> String {
    let shown = card.label.shown();
    let name = escape(&shown);
    let real = if card.real { "real database, " } else { "" };
    let (scene, made) = (escape(&card.label.scene), escape(&card.label.made));
    let (length, served, errors) =
        (duration(Span::from_micros(card.head.at)), card.results.number(&SERVED), card.results.number(&ERRORS));
    let mut html = format!(
        "<tbody data-run=\"{id}\"><tr><th scope=\"row\"><bdi>{name}</bdi><small>{real}{scene}, {made}</small></th>\
         <td>{length}</td><td>{served}</td><td>{errors}</td></tr><tr><td colspan=\"4\"><div class=\"acts\">"
    );
    let mut button = |deed: &str, what: &str, more: &str| {
        html.push_str(&format!(
            "<button type=\"button\" data-do=\"{deed}\" aria-label=\"{what}: {name}\"{more}>{what}</button> "
        ));
    };
    button("replay", "Replay", "");
    button("export", "Export", "");
    button("rename", "Rename", if renaming { " aria-expanded=\"true\"" } else { " aria-expanded=\"false\"" });
    button("delete", "Delete", "");
    html.push_str(&format!(
        "<label><input type=\"checkbox\" data-do=\"compare\" aria-label=\"Compare: {name}\"> Compare</label></div>"
    ));
    if renaming {
        html.push_str(&format!(
            "<div class=\"sweep-form\"><input type=\"text\" data-field=\"rename\" maxlength=\"80\" \
             autocomplete=\"off\" aria-label=\"New name of {name}\" value=\"{name}\"> \
             <button type=\"button\" data-do=\"named\">Save the name</button></div>"
        ));
    }
    html + "</td></tr></tbody>"
}

/// Two runs beside each other, or what is missing for that.
pub fn compared(pair: Option<&(Run, Run)>, chosen: usize, can_watch: bool) -> String {
    let Some((a, b)) = pair else {
        let hint = if chosen == 1 { "Choose one more to compare it with." } else { "" };
        return format!("<p class=\"quiet\">{hint}</p>");
    };
    let (settings, only_pool) = sets_apart(&a.setup, &b.setup);
    let apart: Vec<String> = settings.iter().map(|[name, a, b]| format!("{name} {a} and {b}")).collect();
    let sentence = match (apart.is_empty(), only_pool) {
        (true, _) => "Both began with the same settings.".into(),
        (_, true) => format!("Different pools, same traffic: {}.", apart.join(", ")),
        _ => format!("They began with different settings: {}.", apart.join(", ")),
    };
    let intro = format!("A is “{}”, B is “{}”. {sentence}", a.card.label.shown(), b.card.label.shown());
    let intro = escape(&intro);
    let rows: String = differences(&a.card, &b.card).iter().map(difference).collect();
    let watch = if can_watch && !a.card.real && !b.card.real {
        "<p class=\"acts\"><button type=\"button\" data-do=\"watch\">Watch A, with B's pool beside it</button></p>"
    } else {
        ""
    };
    format!(
        "<p class=\"quiet\">{intro}</p><table class=\"found\"><thead><tr><th scope=\"col\">Figure</th><th scope=\"col\">A</th>\
         <th scope=\"col\">B</th><th scope=\"col\">B has more</th></tr></thead><tbody>{rows}</tbody></table>{watch}"
    )
}

fn difference(of: &CardDifference) -> String {
    let say = |value: i64| of.unit.value(value).in_panel();
    let more = match of.more() {
        0 => "–".into(),
        more => format!("{}{}", if more > 0 { "+" } else { "−" }, say(more.saturating_abs())),
    };
    format!("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{more}</td></tr>", of.title, say(of.a), say(of.b))
}

/// What the reader has done.
pub fn progress(progress: &Progress) -> String {
    let done: Vec<&str> = DONE.iter().filter(|(name, _)| progress.has(name)).map(|(_, words)| *words).collect();
    let known = progress.names().count();
    let learned = match known - done.len() {
        0 => String::new(),
        some => format!(" In the lessons and the trial: {some} predicted, solved or voted on."),
    };
    let more = match progress.count() - known {
        0 => learned,
        other => format!("{learned} {other} more that this page has no words for."),
    };
    match done.is_empty() {
        true => format!("No progress in this browser yet.{more}"),
        false => format!("So far you have {}.{more}", done.join(", ")),
    }
}

/// How many things a code brought.
pub fn news(count: usize) -> String {
    match count {
        0 => "The code holds nothing that is not known here.".into(),
        1 => "The code brought one thing more.".into(),
        more => format!("The code brought {more} things more."),
    }
}

/// Where the runs are, if not in the browser's database.
pub fn notice(why: &str, code: &str) -> String {
    format!(
        "Kept runs live in memory and go with this page: this browser does not keep them. ({why}) \
         Export what you want to have again; what you have done is in this code: {code}"
    )
}
