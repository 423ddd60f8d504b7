//! What an engine is given, settled: as it is shown, as the library is asked, and what is said about it.

use super::call::{Given, SPREAD};
use super::found::{Call, GivenArgument, GivenValue};
use super::given::usual;
use super::hole::{filled, has_hole, shown};
use super::interpreter::Interpreter;
use super::remark::{About, Remark};
use super::secret;
use super::spelling;
use super::value::{Value, What, Why};
use crate::python::Argument;

/// What a call is given, settled for one side of all conditions.
#[derive(Clone, Default)]
pub(super) struct Settled {
    pub(super) arguments: Vec<GivenArgument>,
    pub(super) remarks: Vec<Remark>,
    /// An argument that is given twice.
    pub(super) twice: Option<String>,
}

impl<'a> Interpreter<'a> {
    /// One argument: as it is shown, and what is said about it.
    pub(super) fn settle(&mut self, given: &Given, settled: &mut Settled) {
        let value = self.here(&given.value);
        let name = given.name.clone().unwrap_or_default();
        let place = self.place(given.at);
        self.say_assumed(&value, settled);
        if let (Some(text), What::Unknown(unknown, _)) = (name.strip_prefix(SPREAD), &value.what) {
            let text = if text.is_empty() { unknown } else { text };
            let text = format!("**{}", secret::masked(text));
            settled.remarks.push(Remark { place, about: About::UnknownArguments { text } });
            return;
        }
        let given = match self.given(&value, 0) {
            GivenValue::Known(argument) => GivenValue::Known(secret::masked_argument(&name, argument)),
            GivenValue::Unknown { text, why } => {
                if let Some(usual) = usual(&name).filter(|_| name.contains("pool") || name == "max_overflow") {
                    let taken = if name == "poolclass" || name == "pool" {
                        "of the dialect".to_owned()
                    } else {
                        usual.to_string()
                    };
                    let about = About::Unknown { name: name.clone(), text: text.clone(), why, taken };
                    settled.remarks.push(Remark { place, about });
                }
                GivenValue::Unknown { text, why }
            }
        };
        if let Some(meant) = spelling::meant(&name) {
            settled.remarks.push(Remark { place, about: About::Misspelt { name: name.clone(), meant } });
        }
        if let Some(twice) = settled.arguments.iter_mut().find(|other| other.name == name) {
            twice.value = given;
            settled.twice.get_or_insert(name);
        } else {
            settled.arguments.push(GivenArgument { name, value: given, place });
        }
    }

    fn say_assumed(&self, value: &Value, settled: &mut Settled) {
        for number in &value.assumed {
            let remark = self.assumptions[*number as usize].clone();
            if !settled.remarks.contains(&remark) {
                settled.remarks.push(remark);
            }
        }
    }

    /// The URL as it is shown, and as the library is asked about it.
    pub(super) fn settled_url(
        &mut self,
        call: Call,
        url: Option<&Given>,
        at: u32,
        settled: &mut Settled,
    ) -> (Option<String>, Argument) {
        let usual = call.usual_url();
        let Some(url) = url else {
            if !settled.remarks.iter().any(|remark| matches!(remark.about, About::UnknownArguments { .. })) {
                let about = About::NoUrl { key: "URL".to_owned(), taken: usual.to_owned() };
                settled.remarks.push(Remark { place: self.place(at), about });
            }
            return (None, usual.into());
        };
        let value = self.here(&url.value);
        self.say_assumed(&value, settled);
        let unknown = |text: &str, why: Why, settled: &mut Settled| {
            let about = About::UnknownUrl { text: text.to_owned(), why, taken: usual.to_owned() };
            settled.remarks.push(Remark { place: self.place(url.at), about });
        };
        match (&value.what, value.text()) {
            (_, Some(text)) => {
                let readable = secret::url(&shown(text));
                let (name, rest) = text.split_once("://").unwrap_or((text, ""));
                if !has_hole(name) {
                    let asked = format!("{name}{}", filled(&text[name.len()..], "0"));
                    return (Some(readable), secret::url(&asked).as_str().into());
                }
                // A driver that is not known: the database may be.
                let family = name.split('+').next().filter(|family| !has_hole(family));
                unknown(&readable, Why::Computed, settled);
                let asked = family.map_or(usual.to_owned(), |family| format!("{family}://{}", filled(rest, "0")));
                (Some(readable), secret::url(&asked).as_str().into())
            }
            (What::Plain(other), None) => (None, other.clone()),
            (What::Unknown(text, why), None) => {
                unknown(text, *why, settled);
                (None, usual.into())
            }
            _ => {
                unknown("an object", Why::Computed, settled);
                (None, usual.into())
            }
        }
    }
}
