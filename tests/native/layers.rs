//! Who may know whom. Cargo keeps the browser out of the engine; this keeps the rooms apart.

use std::path::{Path, PathBuf};

/// Each room, and the rooms whose doors it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("time", &[]),
    ("pool", &["time"]),
    ("theory", &[]),
    ("sql", &["pool"]),
    ("apps", &["pool", "sql", "time"]),
    ("service", &["apps", "pool", "sql", "time"]),
    ("sim", &["apps", "pool", "service", "sql", "time"]),
    ("search", &["pool", "service", "sim", "time"]),
    ("measure", &["pool", "service", "sim", "theory", "time"]),
    ("python", &["pool", "time"]),
    ("link", &["apps", "pool", "python", "service", "sim", "time"]),
    ("lot", &["pool", "service", "sim", "time"]),
    ("travel", &["lot", "pool", "service", "sim", "time"]),
    ("lesson", &["apps", "link", "lot", "pool", "python", "service", "sim", "theory", "time", "travel"]),
    ("run", &["apps", "link", "lot", "pool", "service", "sim", "sql", "time", "travel"]),
    ("progress", &[]),
    ("still", &["apps", "lesson", "link", "lot", "pool", "service", "sim", "time", "travel"]),
    ("database", &["pool", "sql", "time"]),
    ("storage", &["progress", "run"]),
    (
        "app",
        &[
            "apps", "database", "storage", "lesson", "link", "lot", "measure", "pool", "progress", "python", "run",
            "search", "service", "sim", "sql", "still", "theory", "time", "travel",
        ],
    ),
];
/// What has no doors to keep: the map of all rooms, and the two programs.
const OUTSIDE: [&str; 3] = ["lib", "main", "bin"];

/// Words of the metaphor, which only these rooms speak.
const METAPHOR: [&str; 5] = ["car", "bay", "kerb", "valet", "parking"];
const SPEAKERS: [&str; 4] = ["lot", "app", "still", "lesson"];

fn each_file(room: &str, visit: &mut dyn FnMut(&Path, &str)) {
    let src = Path::new("src");
    let file = src.join(format!("{room}.rs"));
    let paths = if file.exists() { vec![file] } else { files(&src.join(room)) };
    assert!(!paths.is_empty(), "{room} is empty");
    for path in paths {
        visit(&path, &std::fs::read_to_string(&path).unwrap());
    }
}

/// The files of a folder and of the folders in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a room").map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn rooms_use_only_the_doors_they_may() {
    for &(room, may) in ROOMS {
        each_file(room, &mut |path, text| {
            for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
                for used in line.match_indices("crate::").map(|(at, _)| &line[at + 7..]) {
                    let used: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                    let known = ROOMS.iter().any(|(other, _)| *other == used);
                    assert!(
                        !known || used == room || may.contains(&used.as_str()),
                        "{}:{}: {room} may not use {used}",
                        path.display(),
                        number + 1
                    );
                }
            }
        });
    }
}

#[test]
fn every_room_is_on_the_list() {
    let src = Path::new("src");
    for entry in std::fs::read_dir(src).unwrap() {
        let name = entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            OUTSIDE.contains(&name.as_str()) || ROOMS.iter().any(|(room, _)| *room == name),
            "{name} is not in ROOMS"
        );
    }
}

#[test]
fn the_metaphor_stays_in_the_picture() {
    for &(room, _) in ROOMS.iter().filter(|(room, _)| !SPEAKERS.contains(room)) {
        each_file(room, &mut |path, text| {
            for (number, line) in text.lines().enumerate() {
                // The program's own name, in code, in its files and in its codes.
                let names = ["valet::", "\"valet\"", "valet_run", "valet-"];
                let lower = names.iter().fold(line.to_lowercase(), |line, name| line.replace(name, ""));
                let words = lower.split(|c: char| !c.is_ascii_alphabetic());
                for word in words {
                    assert!(
                        !METAPHOR.iter().any(|metaphor| word == *metaphor || word == format!("{metaphor}s")),
                        "{}:{}: \"{word}\" is the picture's word",
                        path.display(),
                        number + 1
                    );
                }
            }
        });
    }
}
