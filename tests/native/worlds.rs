//! The judge of whole worlds: requests, a pool and a server that restarts, as real SQLAlchemy saw them end.
//! `tests/sqlalchemy/worlds.py` played them; what is compared, and what would be chance, is said in FORMAT.md there.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use valet::pool::{ConnectionId, Output};
use valet::service::{Borrow, Failure, News, RequestSpec};
use valet::settings::setting;
use valet::sim::{Journal, Setup, Traffic, World, WorldAct};
use valet::sql::Vendor;
use valet::time::{Instant, Span};

/// What a world has where its recording says nothing: the recorder's own defaults.
fn setup(config: &Value) -> Setup {
    let mut setup = Setup { traffic: Traffic::poisson(0.0), borrow: Borrow::Session, ..Setup::default() };
    setup.database.vendor = Vendor::Postgresql;
    let mut set = |name: &str, text: &str| {
        let set = setting(name).unwrap_or_else(|| panic!("no setting {name}")).set_text(&mut setup, text);
        set.unwrap_or_else(|error| panic!("{error}"));
    };
    for (key, value) in config.as_object().expect("a config") {
        let text = match value {
            Value::Null => "None".to_owned(),
            Value::Bool(true) => "on".to_owned(),
            Value::Bool(false) => "off".to_owned(),
            Value::String(text) => text.clone(),
            number => number.to_string(),
        };
        let seconds = || match value.as_i64() {
            None => text.clone(),
            Some(millis) => format!("{}.{:03}", millis / 1_000, millis % 1_000),
        };
        match key.as_str() {
            "pool" => set("poolclass", &text),
            // `create_engine` takes fractions of a second here, settings take whole ones.
            "timeout" | "recycle" => {}
            "pre_ping" | "use_lifo" | "reset_on_return" => set(&format!("pool_{key}"), &text),
            "outage_ms" | "wait_timeout_ms" | "firewall_ms" | "keepalive_ms" | "tcp_timeout_ms" | "cancel_after_ms" => {
                set(key.trim_end_matches("_ms"), &seconds());
            }
            _ => set(key, &text),
        }
    }
    if let Some(timeout) = config.get("timeout") {
        setup.settings.pool_timeout = timeout.as_i64().map(Span::from_millis);
    }
    if let Some(recycle) = config["recycle"].as_i64() {
        setup.settings.pool_recycle = if recycle < 0 { Span::from_secs(-1) } else { Span::from_millis(recycle) };
    }
    setup
}

/// A world while it is played, and what is noted of its requests.
struct Play {
    world: World,
    journal: Journal,
    /// When each client's request came, and its place in the list.
    here: BTreeMap<u32, (usize, Instant)>,
    waits: BTreeMap<usize, i64>,
    ends: Vec<Value>,
    texts: Vec<String>,
    most_out: i64,
}

fn at(millis: i64) -> Instant {
    Instant::ZERO + Span::from_millis(millis)
}

impl Play {
    fn new(recorded: &Value) -> Play {
        let requests = recorded["requests"].as_array().expect("requests").len();
        Play {
            world: World::new(setup(&recorded["config"])),
            journal: Journal::new(),
            here: BTreeMap::new(),
            waits: BTreeMap::new(),
            ends: vec![json!(["waiting"]); requests],
            texts: Vec::new(),
            most_out: 0,
        }
    }

    /// Everything that happens until then.
    fn go_on(&mut self, until: Instant) {
        while self.world.next_at().is_some_and(|next| next <= until) && self.world.step(&mut self.journal) {
            self.hear();
        }
        self.world.run_until(until, &mut self.journal);
    }

    fn act(&mut self, act: WorldAct) {
        self.world.act(act, &mut self.journal);
        self.hear();
    }

    fn hear(&mut self) {
        let now = self.world.now();
        while let Some((_, news)) = self.world.news() {
            match news {
                News::Arrived(client, number) => {
                    self.here.insert(client.0, (number as usize - 1, now));
                }
                // It waited for a thread before.
                News::Asks(client) => {
                    if let Some((_, since)) = self.here.get_mut(&client.0) {
                        *since = now;
                    }
                }
                News::Pool(_, Output::Return(client, Ok(Some(_)))) => {
                    let (place, since) = self.here[&client.0];
                    self.waits.entry(place).or_insert((now - since).as_micros());
                }
                News::Left(client, outcome) => self.left(client.0, now, outcome),
                _ => {}
            }
        }
        let service = &self.world.services()[0];
        let has_queue = service.pool().settings().class.has_queue();
        let out = if has_queue { service.pool().checkedout() } else { service.tally().holding.into() };
        self.most_out = self.most_out.max(out);
    }

    fn left(&mut self, client: u32, now: Instant, outcome: Result<(), Failure>) {
        let Some((place, since)) = self.here.remove(&client) else { return };
        let wait = self.waits.get(&place).copied().unwrap_or((now - since).as_micros());
        let (ended, wait) = (millis((now - Instant::ZERO).as_micros()), millis(wait));
        self.ends[place] = match outcome {
            Ok(()) => json!(["served", ended, wait]),
            Err(failure) => {
                let text = failure.to_string();
                let text = format!("{}: {}", failure.class(), text.split(" at:\n").next().unwrap_or(&text));
                let number = self.texts.iter().position(|other| *other == text).unwrap_or(self.texts.len());
                if number == self.texts.len() {
                    self.texts.push(text);
                }
                let word = if failure.is_timeout() { "timed out" } else { "failed" };
                json!([word, ended, wait, number])
            }
        };
    }

    fn result(mut self, recorded: &Value) -> Value {
        let list = |key: &str| recorded[key].as_array().cloned().unwrap_or_default();
        let mut todo: Vec<(i64, Value)> = Vec::new();
        for entry in list("requests").into_iter().chain(list("acts")) {
            todo.push((entry[0].as_i64().expect("a time"), entry[1].clone()));
        }
        todo.sort_by_key(|&(millis, _)| millis);
        for (millis, what) in todo {
            self.go_on(at(millis));
            self.act(match what.as_str() {
                Some("restart") => WorldAct::Restart,
                Some("failover") => WorldAct::Failover,
                Some("cut") => WorldAct::Cut,
                Some(other) => {
                    let number = other.strip_prefix("kill-").and_then(|number| number.parse().ok());
                    WorldAct::Kill(ConnectionId(number.unwrap_or_else(|| panic!("no act {other}"))))
                }
                None => {
                    let takes = Span::from_millis(what.as_i64().expect("how long it holds"));
                    let work = self.world.setup().work;
                    let (outside, returns_early) = (work.outside, !work.outside_holds);
                    WorldAct::Arrive(RequestSpec { takes, outside, returns_early, ..RequestSpec::default() })
                }
            });
        }
        while self.world.step(&mut self.journal) {
            self.hear();
        }
        let (tally, status) = (self.world.tally(), self.world.services()[0].pool().status().to_string());
        let texts: Vec<_> = in_order(&self.ends, &self.texts);
        let ends: Vec<_> = self.ends.iter().map(|end| numbered(end, &self.texts, &texts)).collect();
        json!({
            "ends": ends, "texts": texts, "opened": tally.opened, "closed": tally.closed, "most_out": self.most_out,
            "status": status,
        })
    }
}

/// Whole milliseconds as such; a fraction shows itself as one.
fn millis(micros: i64) -> Value {
    if micros % 1_000 == 0 { json!(micros / 1_000) } else { json!(micros as f64 / 1_000.0) }
}

/// The texts in the order of the requests that end with them.
fn in_order(ends: &[Value], texts: &[String]) -> Vec<String> {
    let mut order: Vec<String> = Vec::new();
    for number in ends.iter().filter_map(|end| end[3].as_u64()) {
        let text = &texts[number as usize];
        if !order.contains(text) {
            order.push(text.clone());
        }
    }
    order
}

fn numbered(end: &Value, before: &[String], after: &[String]) -> Value {
    let mut end = end.clone();
    if let Some(number) = end[3].as_u64() {
        end[3] = json!(after.iter().position(|text| *text == before[number as usize]));
    }
    end
}

/// What of a recorded world is otherwise here.
fn differences(recorded: &Value) -> Vec<String> {
    let found = Play::new(recorded).result(recorded);
    let keys = ["ends", "texts", "opened", "closed", "most_out", "status"].into_iter();
    let differing = keys.filter(|&key| found[key] != recorded[key]);
    differing.map(|key| format!("  {key}\n    real {}\n    here {}", recorded[key], found[key])).collect()
}

fn read(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).expect("a world")).collect()
}

#[test]
fn worlds_end_as_real_programs_end() {
    let mut worlds = read(Path::new("tests/sqlalchemy/worlds.jsonl"));
    assert!(worlds.len() >= 100, "only {} worlds", worlds.len());
    if let Some(path) = std::env::var_os("POOL_WORLDS") {
        worlds.extend(read(Path::new(&path)));
    }
    let mut differing = Vec::new();
    for world in &worlds {
        let found = differences(world);
        if !found.is_empty() {
            let about = ["name", "seed", "config", "requests", "acts"].map(|key| format!("{}", world[key])).join(" ");
            differing.push(format!("{about}\n{}", found.join("\n")));
        }
    }
    println!("worlds: {} of {} end as with SQLAlchemy", worlds.len() - differing.len(), worlds.len());
    if let Some(report) = std::env::var_os("WORLDS_REPORT") {
        let found = json!({ "worlds": worlds.len(), "differences": differing.len() });
        std::fs::write(&report, found.to_string()).expect("a place for the report");
    }
    let shown = std::env::var("SHOWN_WORLDS").ok().and_then(|text| text.parse().ok()).unwrap_or(3);
    let first = &differing[..differing.len().min(shown)];
    assert!(differing.is_empty(), "{} differ; the first:\n{}", differing.len(), first.join("\n\n"));
}
