//! Pastes of ours, each with what is to be found in it beside it: `NAME.txt` and `NAME.found`.

use std::fmt::Write;
use std::fs::{read_dir, read_to_string, write};
use std::path::PathBuf;
use valet::pool::{Reset, Settings};
use valet::source::{EngineFound, read};
use valet::time::Span;

const FOLDER: &str = "tests/source/fixtures";

fn seconds(span: Span) -> String {
    format!("{}", span.as_secs_f64())
}

/// All settings that have an effect, in one line.
fn settings(settings: &Settings) -> String {
    let Settings { class, pool_size, max_overflow, pool_timeout, pool_recycle, .. } = settings;
    let reset = match settings.pool_reset_on_return {
        Reset::Rollback => "rollback",
        Reset::Commit => "commit",
        Reset::None => "none",
    };
    format!(
        "{} size {pool_size} overflow {max_overflow} timeout {} recycle {} ping {} lifo {} reset {reset}",
        class.name(),
        pool_timeout.map_or("None".into(), seconds),
        seconds(*pool_recycle),
        settings.pool_pre_ping,
        settings.pool_use_lifo,
    )
}

fn engine(found: &EngineFound, out: &mut String) -> std::fmt::Result {
    let EngineFound { call, place, bind, url, arguments, made, when, remarks } = found;
    write!(out, "{} {}:{}", call.name(), place.line, place.column)?;
    if let Some(bind) = bind {
        write!(out, " [{bind}]")?;
    }
    writeln!(out, " {}", url.as_deref().unwrap_or("-"))?;
    for given in arguments {
        writeln!(out, "  {} = {}", given.name, given.value)?;
    }
    for condition in when {
        writeln!(out, "  if {} is {}", condition.text, condition.holds)?;
    }
    match made {
        Ok(engine) => {
            writeln!(out, "  {} {}", engine.dialect, settings(&engine.settings))?;
            engine.notes.iter().try_for_each(|note| writeln!(out, "  note: {note}"))?;
            engine.later.iter().try_for_each(|later| writeln!(out, "  later: {later}"))?;
        }
        Err(raised) => writeln!(out, "  {}: {raised}", raised.class())?,
    }
    remarks.iter().try_for_each(|remark| writeln!(out, "  {remark}"))
}

/// A reading as text.
pub fn rendered(text: &str) -> String {
    let Some(reading) = read(text) else { return "nothing\n".into() };
    let mut out = format!("{:?}\n", reading.kind).to_lowercase();
    for found in &reading.engines {
        engine(found, &mut out).unwrap();
    }
    for remark in &reading.remarks {
        writeln!(out, "{remark}").unwrap();
    }
    out
}

pub fn pastes() -> Vec<PathBuf> {
    let mut paths: Vec<_> = read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    paths
}

/// With `WRITE_FOUND` set, what is missing is written, to be read by a person before it is kept.
#[test]
fn what_is_in_each_paste_is_found() {
    let mut wrong = Vec::new();
    for path in pastes() {
        let found = rendered(&read_to_string(&path).unwrap());
        let beside = path.with_extension("found");
        if std::env::var_os("WRITE_FOUND").is_some() && !beside.exists() {
            write(&beside, &found).unwrap();
        }
        let expected = read_to_string(&beside).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{}:\n{found}\n--- expected:\n{expected}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_are_enough_pastes_and_no_secret_is_shown() {
    let pastes = pastes();
    assert!(pastes.len() >= 40, "{}", pastes.len());
    let mut traps = 0;
    for path in pastes {
        let text = read_to_string(&path).unwrap();
        // Every password in a paste is called so.
        traps += text.matches("s3cr3t").count();
        let reading = read(&text);
        assert!(!rendered(&text).contains("s3cr3t"), "{}", path.display());
        assert!(!format!("{reading:?}").contains("s3cr3t"), "{}", path.display());
    }
    assert!(traps > 20, "{traps}");
}
