//! Who may know whom. Cargo keeps the browser out of the engine; this keeps the rooms apart.

use std::path::Path;

/// Each room, and the rooms whose doors it may use.
const ROOMS: [(&str, &[&str]); 12] = [
    ("time", &[]),
    ("pool", &["time"]),
    ("sim", &["pool", "time"]),
    ("python", &["pool", "time"]),
    ("theory", &[]),
    ("measure", &["pool", "sim", "theory", "time"]),
    ("lot", &["pool", "sim", "time"]),
    ("travel", &["lot", "pool", "sim", "time"]),
    ("still", &["lot", "pool", "sim", "time", "travel"]),
    ("database", &["pool", "time"]),
    ("app", &["database", "lot", "measure", "pool", "python", "sim", "still", "theory", "time", "travel"]),
    ("lib", &["time", "pool", "sim", "python", "theory", "measure", "lot", "still", "database", "app", "travel"]),
];

/// Words of the metaphor, which only these rooms speak.
const METAPHOR: [&str; 5] = ["car", "bay", "kerb", "valet", "parking"];
const SPEAKERS: [&str; 5] = ["lot", "app", "still", "lib", "travel"];

fn each_file(room: &str, visit: &mut dyn FnMut(&Path, &str)) {
    let src = Path::new("src");
    let file = src.join(format!("{room}.rs"));
    let paths: Vec<_> = if file.exists() {
        vec![file]
    } else {
        std::fs::read_dir(src.join(room)).expect("a room").map(|entry| entry.unwrap().path()).collect()
    };
    assert!(!paths.is_empty(), "{room} is empty");
    for path in paths {
        visit(&path, &std::fs::read_to_string(&path).unwrap());
    }
}

#[test]
fn rooms_use_only_the_doors_they_may() {
    for (room, may) in ROOMS {
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
        assert!(name == "main" || ROOMS.iter().any(|(room, _)| *room == name), "{name} is not in ROOMS");
    }
}

#[test]
fn the_metaphor_stays_in_the_picture() {
    for (room, _) in ROOMS.iter().filter(|(room, _)| !SPEAKERS.contains(room)) {
        each_file(room, &mut |path, text| {
            for (number, line) in text.lines().enumerate() {
                let lower = line.to_lowercase().replace("valet::", "").replace("\"valet\"", "");
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
