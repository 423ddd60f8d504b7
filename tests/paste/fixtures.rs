//! Every text of `fixtures/` is recognised: what it is, with which numbers, from what, and what is the likeliest cause.

use std::fs::{read_dir, read_to_string};
use std::path::PathBuf;
use valet::paste::{Gone, Kind, Paste, Version, Wrapping, read};

/// A fixture's name, its text, and what is expected of it.
type Fixture = (String, String, Vec<(String, String)>);

/// The fixtures: the name, the text without the line that says where such a text comes from, and what is expected.
pub fn fixtures() -> Vec<Fixture> {
    let mut paths: Vec<PathBuf> =
        read_dir("tests/paste/fixtures").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "txt"));
    paths.sort();
    let each = paths.into_iter().map(|path| {
        let text = read_to_string(&path).unwrap();
        let (place, text) = text.split_once('\n').unwrap();
        assert!(place.starts_with("# "), "{}: the first line says what kind of place it is from", path.display());
        let expected = read_to_string(path.with_extension("expected")).unwrap();
        let expected = expected.lines().map(|line| line.split_once(": ").unwrap());
        let expected = expected.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect();
        (path.file_stem().unwrap().to_string_lossy().into_owned(), text.to_owned(), expected)
    });
    each.collect()
}

fn kinds(paste: &Paste) -> String {
    let mut names: Vec<&str> = Vec::new();
    for finding in &paste.findings {
        if !names.contains(&finding.kind.name()) {
            names.push(finding.kind.name());
        }
    }
    names.join(",")
}

/// What a paste shows under a name of the expectations.
fn shown(paste: &Paste, name: &str) -> Option<String> {
    let limit = paste.limit();
    let status = paste.findings.iter().find_map(|finding| match finding.kind {
        Kind::Status(status) => Some(status),
        _ => None,
    });
    let context = &paste.context;
    Some(match name {
        "kinds" => kinds(paste),
        "size" => limit.map(|limit| limit.size).or(status.map(|status| status.size))?.to_string(),
        "overflow" => limit.map(|limit| limit.overflow).or(status.map(|status| status.overflow))?.to_string(),
        "timeout" => limit?.timeout_text()?,
        "class" => context.class?.name().to_owned(),
        "database" => context.database?.name().to_owned(),
        "version" => match context.version? {
            Version::Before14 => "before-1.4".into(),
            Version::V14 => "1.4".into(),
            Version::V20 => "2.0".into(),
            Version::V21 => "2.1".into(),
        },
        "count" => paste.findings.first()?.count.to_string(),
        "lasted" => paste.findings.first()?.lasted()?.to_string(),
        "frame" => context.checkout.as_ref().map(|frame| format!("{}:{}", frame.file, frame.line))?,
        "masked" => paste.masked.total().to_string(),
        "terminated" => match paste.findings.first()?.kind {
            Kind::NotCheckedIn(Some(true)) => "yes".into(),
            Kind::NotCheckedIn(Some(false)) => "no".into(),
            _ => return None,
        },
        "names" => match &paste.findings.first()?.kind {
            Kind::InvalidArguments { names, .. } => names.join(","),
            _ => return None,
        },
        "wrapping" => paste.wrappings.iter().map(|wrapping| said(*wrapping)).collect::<Vec<_>>().join(","),
        _ => panic!("{name} is no expectation"),
    })
}

/// A wrapping as an expectation names it.
fn said(wrapping: Wrapping) -> &'static str {
    match wrapping {
        Wrapping::Compose => "compose",
        Wrapping::Kubernetes => "kubernetes",
        Wrapping::Journald => "journald",
        Wrapping::Heroku => "heroku",
        Wrapping::PythonLog => "python-log",
        Wrapping::BasicConfig => "basic-config",
        Wrapping::Airflow => "airflow",
        Wrapping::Structlog => "structlog",
        Wrapping::Gunicorn => "gunicorn",
        Wrapping::Uvicorn => "uvicorn",
        Wrapping::Loguru => "loguru",
        Wrapping::Json => "json",
        Wrapping::Bytes => "bytes",
        Wrapping::Rich => "rich",
        Wrapping::BetterExceptions => "better-exceptions",
        Wrapping::Tracker => "tracker",
        Wrapping::Html => "html",
        Wrapping::Csv => "csv",
        Wrapping::Colours => "colours",
    }
}

#[test]
fn every_fixture_is_recognised() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 60, "{}", fixtures.len());
    let mut wrong = Vec::new();
    for (fixture, text, expected) in fixtures {
        let paste = read(&text);
        for (name, value) in expected.iter().filter(|(name, _)| name != "cause") {
            let shown = shown(&paste, name).unwrap_or_default();
            let right = if name == "wrapping" { shown.split(',').any(|one| one == value) } else { shown == *value };
            if !right {
                wrong.push(format!("{fixture}: {name} is {shown:?}, not {value:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_finding_says_where_it_stands() {
    for (fixture, text, _) in fixtures() {
        let paste = read(&text);
        let lines: Vec<&str> = paste.text.split('\n').collect();
        assert_eq!(lines.len(), text.split('\n').count(), "{fixture}: masking keeps the lines");
        for finding in &paste.findings {
            let first = finding.lines.first().copied().unwrap_or_default() as usize;
            assert!((1..=lines.len()).contains(&first), "{fixture}: {finding:?}");
            assert!(!finding.excerpt.is_empty(), "{fixture}: {finding:?}");
        }
    }
}

#[test]
fn a_moment_goes_with_what_follows_it() {
    let paste = read(
        "2026-01-01 10:00:00,000 ERROR app x\nOperationalError: server closed the connection unexpectedly\n2026-01-01 10:00:05,000 ERROR app server closed the connection unexpectedly",
    );
    let finding = &paste.findings[0];
    assert_eq!((&finding.kind, finding.count, finding.lasted()), (&Kind::Gone(Gone::ServerClosed), 2, Some(5_000)));
    assert_eq!(finding.lines, [2, 3]);
}

#[test]
fn settings_are_no_time_out() {
    for text in [
        "create_engine(url, poolclass=QueuePool, pool_size=5, max_overflow=10, pool_timeout=30)",
        "the QueuePool has pool_size 5 and max_overflow 10",
        "Pool size: 5  Connections in pool: 0 Current Overflow: -5 Current Checked out connections: 0",
        "raise exc.TimeoutError(\"QueuePool limit of size %d overflow %d reached, \"",
    ] {
        assert_eq!(read(text).limit(), None, "{text}");
    }
}
