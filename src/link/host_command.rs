//! What the page around a frame asks of the scene in it, as `public/frame.js` hands it on.

use super::address::moment;
use crate::time::Instant;

/// What a host asks of a scene. docs/embedding.md says how it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostCommand {
    /// Lets the world go on.
    Play,
    /// Lets it stand.
    Pause,
    /// Goes one event further.
    Step,
    /// Goes one event back.
    StepBack,
    /// Goes to a moment.
    Seek(Instant),
    /// Gives a setting, by name, the value of a text.
    Set(String, String),
    /// Works out figures of the run, and shows nothing of that.
    Measure(Measure),
}

/// What a host wants to know of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// What the host calls the question; the answer has the same name.
    pub id: String,
    /// Until which moment the run is played; its end, if none is said.
    pub at: Option<Instant>,
    /// The figures, by name.
    pub figures: Vec<String>,
    /// Settings that are otherwise in it, and their values.
    pub settings: Vec<(String, String)>,
}

impl Measure {
    /// Reads `ID MOMENT FIGURE,FIGURE NAME=VALUE&NAME=VALUE`; the moment is `-` if there is none.
    fn read(text: &str) -> Option<Measure> {
        let mut parts = text.splitn(4, ' ');
        let (id, at, figures) = (parts.next()?, parts.next()?, parts.next()?);
        let at = if at == "-" { None } else { Some(moment(at)?) };
        let pairs = parts.next().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        let settings = pairs.map(|pair| pair.split_once('=').map(|(name, value)| (name.into(), value.into())));
        Some(Measure {
            id: id.into(),
            at,
            figures: figures.split(',').map(str::to_owned).collect(),
            settings: settings.collect::<Option<_>>()?,
        })
    }
}

impl HostCommand {
    /// Reads `play`, `pause`, `step`, `back`, `seek SECONDS`, `set NAME VALUE` or `measure ID MOMENT FIGURES SETTINGS`. `None` if it
    /// is none of them.
    ///
    /// ```
    /// use valet::link::HostCommand;
    ///
    /// assert_eq!(HostCommand::read("play"), Some(HostCommand::Play));
    /// assert_eq!(HostCommand::read("set rate 2"), Some(HostCommand::Set("rate".into(), "2".into())));
    /// assert_eq!(HostCommand::read("seek soon"), None);
    /// ```
    pub fn read(text: &str) -> Option<HostCommand> {
        let (what, rest) = text.split_once(' ').unwrap_or((text, ""));
        Some(match what {
            "play" => HostCommand::Play,
            "pause" => HostCommand::Pause,
            "step" => HostCommand::Step,
            "back" => HostCommand::StepBack,
            "seek" => HostCommand::Seek(moment(rest)?),
            "set" => {
                let (name, value) = rest.split_once(' ')?;
                HostCommand::Set(name.into(), value.into())
            }
            "measure" => HostCommand::Measure(Measure::read(rest)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{HostCommand, Measure};
    use crate::time::{Instant, Span};

    #[test]
    fn a_question_about_a_run_is_read() {
        let read = |text: &str| match HostCommand::read(text) {
            Some(HostCommand::Measure(measure)) => Some(measure),
            _ => None,
        };
        let all = read("measure q1 12.5 served,p95 pool_size=3&pool_timeout=None").unwrap();
        let setting = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let expected = Measure {
            id: "q1".into(),
            at: Some(Instant::ZERO + Span::from_millis(12_500)),
            figures: vec!["served".into(), "p95".into()],
            settings: vec![setting("pool_size", "3"), setting("pool_timeout", "None")],
        };
        assert_eq!(all, expected);
        let least = Measure { id: "a".into(), at: None, figures: vec!["served".into()], settings: Vec::new() };
        assert_eq!(read("measure a - served"), Some(least.clone()));
        assert_eq!(read("measure a - served "), Some(least));
        for odd in ["measure", "measure a", "measure a -", "measure a soon served", "measure a - served pool_size"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
