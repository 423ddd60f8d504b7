//! A run as the text of a file.

use super::act::ActLine;
use super::card::{Card, Label};
use super::error::RunFileError;
use super::kept::{LAST, Run};
use super::place::line_of;
use super::settings_text::SettingsText;
use crate::sim::{Setup, WorldAct};
use crate::travel::{MOST_ENTRIES, MOST_EVENTS};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// The version of the files that this program writes. It does not read newer ones.
const VERSION: u32 = 1;
/// The highest number of bytes in a file.
pub const MOST_TEXT: usize = 40_000_000;

/// The contents of a file. The version comes first, so that a newer file is reported as newer, not as wrong in some other place.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RunFile {
    #[serde(rename = "valet_run", deserialize_with = "known")]
    _version: u32,
    run: Card,
    setup: SettingsText,
    acts: Vec<ActLine>,
}

fn known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        VERSION => Ok(VERSION),
        0 => Err(D::Error::custom("there is no version 0")),
        newer => Err(D::Error::custom(format!(
            "this run is of version {newer}, and this page knows version {VERSION}: a newer page wrote it"
        ))),
    }
}

impl Run {
    /// The run as JSON, with each setting and each act on a line of its own.
    pub fn write(&self) -> String {
        // This cannot fail: there are only strings and whole numbers.
        let json = |text: Result<String, serde_json::Error>| text.unwrap_or_default();
        let mut text = format!("{{\n\"valet_run\":{VERSION},\n\"run\":{},\n", self.card.write());
        text.push_str("\"setup\":{");
        for (number, (name, value)) in SettingsText::all(&self.setup).iter().enumerate() {
            text.push_str(if number == 0 { "\n" } else { ",\n" });
            text.push_str(&format!("\"{name}\":{}", json(serde_json::to_string(value))));
        }
        text.push_str("\n},\n\"acts\":[");
        let mut before = &self.setup;
        for (number, entry) in self.acts.iter().enumerate() {
            text.push_str(if number == 0 { "\n" } else { ",\n" });
            text.push_str(&json(serde_json::to_string(&ActLine::of(entry, before))));
            if let WorldAct::Change(after) = &entry.act {
                before = after;
            }
        }
        text.push_str("\n]\n}\n");
        text
    }

    /// Reads a file that [`Run::write`] or a person wrote. Whether its acts are possible is checked only when the run is
    /// [played](Run::travel).
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn read(text: &str) -> Result<Run, RunFileError> {
        if text.len() > MOST_TEXT {
            return Err(RunFileError::Whole(format!(
                "A run has at most {} million bytes of text.",
                MOST_TEXT / 1_000_000
            )));
        }
        let file: RunFile = serde_json::from_str(text)?;
        let RunFile { run: mut card, setup, acts: lines, .. } = file;
        card.label = Label::new(&card.label.name, &card.label.made, &card.label.scene);
        let at_act =
            |number: usize, reason: String| RunFileError::At { line: line_of(text, number), column: 1, reason };
        if lines.len() > MOST_ENTRIES {
            return Err(at_act(MOST_ENTRIES, format!("A run has at most {MOST_ENTRIES} acts.")));
        }
        if !(0..=LAST).contains(&card.head.at) || card.head.events > MOST_EVENTS {
            return Err(RunFileError::Whole(format!(
                "The run ends later than can be played: at most a day, and {MOST_EVENTS} events, from its beginning."
            )));
        }
        let mut run = Run { card, setup: setup.on(&Setup::default()), acts: Vec::with_capacity(lines.len()) };
        let (mut before, mut last) = (run.setup.clone(), (0, None));
        for (number, line) in lines.iter().enumerate() {
            if line.at < last.0 || Some(line.after) <= last.1 {
                return Err(at_act(number, "This act does not come after the one before it.".into()));
            }
            if line.at > run.card.head.at || line.after >= run.card.head.events {
                return Err(at_act(number, "This act comes after the end of the run.".into()));
            }
            last = (line.at, Some(line.after));
            let entry = line.entry(&before).map_err(|reason| at_act(number, reason))?;
            if let WorldAct::Change(after) = &entry.act {
                before = (**after).clone();
            }
            run.acts.push(entry);
        }
        Ok(run)
    }
}
