//! A tutorial's configuration, read from its Python code, and what Flask-SQLAlchemy 3.1.1 makes of it.

use crate::pool::Settings;
use crate::python::{Argument, flask_sqlalchemy};

/// The settings for a snippet that cannot be read. No tutorial has such a pool, so a failure is noticed.
const UNREAD: Settings = Settings { pool_size: 1, max_overflow: 0, ..Settings::DEFAULT };

/// The pool settings of the default engine.
pub(super) fn settings(snippet: &str) -> Settings {
    let config = configuration(snippet);
    let config: Vec<_> = config.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
    let engine = flask_sqlalchemy(&[], &config).ok().and_then(|engines| engines.into_iter().next());
    engine.map_or(UNREAD, |(_, engine)| engine.settings)
}

/// Reads the lines `app.config['KEY'] = VALUE`, where the value is a string, a whole number, `True`, `False`, or a dictionary of
/// these over several lines. Other lines are skipped: this is not a Python parser, but these configurations have no more.
fn configuration(snippet: &str) -> Vec<(String, Argument)> {
    let mut config = Vec::new();
    let mut lines = snippet.lines();
    while let Some(line) = lines.next() {
        let Some((key, written)) = line.strip_prefix("app.config[").and_then(|rest| rest.split_once("] = ")) else {
            continue;
        };
        let value = if written == "{" {
            let inside = lines.by_ref().take_while(|line| *line != "}");
            let pairs = inside.filter_map(|line| line.trim().split_once(": "));
            Some(Argument::Dict(
                pairs.filter_map(|(key, written)| Some((Some(text(key)?.into()), value(written)?))).collect(),
            ))
        } else {
            value(written)
        };
        config.extend(text(key).map(str::to_owned).zip(value));
    }
    config
}

fn value(written: &str) -> Option<Argument> {
    let written = written.split_once(" #").map_or(written, |(written, _)| written).trim().trim_end_matches(',');
    match written {
        "True" => Some(true.into()),
        "False" => Some(false.into()),
        _ => text(written).map(Argument::from).or_else(|| written.parse::<i64>().ok().map(Argument::from)),
    }
}

fn text(written: &str) -> Option<&str> {
    written.strip_prefix('\'')?.strip_suffix('\'')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apps::{Application, Form, Framework};

    #[test]
    fn a_configuration_is_read_as_the_applications_have_it() {
        for application in Framework::Flask.applications() {
            for form in [Form::Original, Form::Corrected] {
                assert_eq!(settings(application.source(form)), application.settings(form), "{application:?} {form:?}");
            }
        }
        let read = configuration(Application::Example.source(Form::Original));
        assert_eq!(read[1], ("SQLALCHEMY_POOL_SIZE".to_owned(), Argument::Int(3)));
        assert_eq!(settings("app.config['SQLALCHEMY_POOL_SIZE'] = 3"), UNREAD);
    }
}
