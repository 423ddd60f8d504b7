//! Who may know whom. Cargo keeps the browser out of the engine; this keeps the rooms apart.

use crate::rooms::{ROOMS, Room, WASM, table};
use std::fs::{read_dir, read_to_string, write};
use std::path::{Path, PathBuf};

/// What has no doors to keep: the map of all rooms, and the programs.
const OUTSIDE: [&str; 3] = ["lib", "main", "bin"];

/// Words of the metaphor, which only these rooms speak.
const METAPHOR: [&str; 5] = ["car", "bay", "kerb", "valet", "parking"];
const SPEAKERS: [&str; 6] = ["lot", "app", "still", "lesson", "report", "site"];

fn each_file(room: &str, visit: &mut dyn FnMut(&Path, &str)) {
    let src = Path::new("src");
    let file = src.join(format!("{room}.rs"));
    let paths = if file.exists() { vec![file] } else { files(&src.join(room)) };
    assert!(!paths.is_empty(), "{room} is empty");
    for path in paths.iter().filter(|path| path.extension().is_some_and(|kind| kind == "rs" || kind == "html")) {
        visit(path, &read_to_string(path).unwrap());
    }
}

/// The files of a folder and of the folders in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = read_dir(folder).unwrap_or_else(|_| panic!("{}: a room", folder.display()));
    entries
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

/// The rooms that a file's code names, each with its line: in `crate::room::...` and in `use crate::{room, ...}` alike.
fn doors(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let code: Vec<&str> =
        text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line }).collect();
    let code = code.join("\n");
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        let names = match rest.strip_prefix('{') {
            Some(list) => top_level(list),
            None => vec![identifier(rest)],
        };
        let line = code[..at].matches('\n').count() + 1;
        found.extend(names.into_iter().map(|name| (line, name)));
    }
    found
}

fn identifier(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect()
}

/// The names that a braced list begins its members with.
fn top_level(list: &str) -> Vec<String> {
    let (mut names, mut depth) = (vec![identifier(list)], 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(identifier(&list[at + 1..])),
            _ => {}
        }
    }
    names
}

#[test]
fn a_door_is_seen_however_it_is_written() {
    let text = "use crate::{pool::{self, Pool}, time, sim::World};\n// crate::app\nlet now = crate::link::Link::new();\nuse crate::{\n    lot,\n};";
    let names: Vec<_> = doors(text).into_iter().filter(|(_, name)| !name.is_empty()).collect();
    let expected = [(1, "pool"), (1, "time"), (1, "sim"), (3, "link"), (4, "lot")];
    assert_eq!(names, expected.map(|(line, name)| (line, name.to_string())));
}

#[test]
fn rooms_use_only_the_doors_they_may() {
    for Room { name: room, uses, .. } in ROOMS {
        each_file(room, &mut |path, text| {
            for (line, used) in doors(text) {
                let known = ROOMS.iter().any(|other| other.name == used);
                assert!(
                    !known || used == *room || uses.contains(&used.as_str()),
                    "{}:{line}: {room} may not use {used} (tests/native/rooms.rs)",
                    path.display(),
                );
            }
        });
    }
}

#[test]
fn no_room_may_use_one_that_it_does_not() {
    for Room { name: room, uses, .. } in ROOMS {
        let mut used = Vec::new();
        each_file(room, &mut |_, text| used.extend(doors(text).into_iter().map(|(_, name)| name)));
        for may in uses.iter() {
            assert!(
                used.iter().any(|name| name == may),
                "{room} does not use {may}: tests/native/rooms.rs says more than is so"
            );
        }
    }
}

#[test]
fn rooms_use_only_rooms_above_them() {
    for (place, room) in ROOMS.iter().enumerate() {
        for used in room.uses {
            assert!(
                ROOMS[..place].iter().any(|above| above.name == *used),
                "{} uses {used}, which is not above it",
                room.name
            );
        }
    }
}

#[test]
fn every_room_is_on_the_list() {
    for entry in read_dir("src").unwrap() {
        let name = entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            OUTSIDE.contains(&name.as_str()) || ROOMS.iter().any(|room| room.name == name),
            "{name} is not in tests/native/rooms.rs"
        );
    }
}

/// Where the table is shown: the file, what begins and what ends it there, what stands before each line, and a room's name.
type Shown = (&'static str, &'static str, &'static str, &'static str, fn(&Room) -> String);
const SHOWN: [Shown; 2] = [
    ("src/lib.rs", "//! # The rooms\n//!\n", "//!\n//! Cargo keeps", "//! ", |room| match room.only {
        Some(WASM) => format!("`{}`", room.name), // the host's documentation has no such page
        _ => format!("[`{0}`](mod@{0})", room.name),
    }),
    ("ARCHITECTURE.md", "## The rooms\n\n", "\n<!-- the end of the rooms -->", "", |room| format!("`{}`", room.name)),
];

/// The table is written anew where it is shown when `WRITE_ROOMS` is set (`make rooms`).
#[test]
fn the_table_is_shown_as_it_is() {
    for (file, begin, end, prefix, link) in SHOWN {
        let text = read_to_string(file).unwrap_or_else(|_| panic!("{file}"));
        let from = text.find(begin).unwrap_or_else(|| panic!("{file}: no {begin:?}")) + begin.len();
        let to = from + text[from..].find(end).unwrap_or_else(|| panic!("{file}: no {end:?}"));
        let lines: String = table(link).lines().map(|line| format!("{prefix}{line}\n")).collect();
        if std::env::var_os("WRITE_ROOMS").is_some() {
            write(file, format!("{}{lines}{}", &text[..from], &text[to..])).unwrap();
        } else {
            assert!(text[from..to] == lines, "{file} shows another table of rooms: make rooms");
        }
    }
}

#[test]
fn the_metaphor_stays_in_the_picture() {
    for room in ROOMS.iter().filter(|room| !SPEAKERS.contains(&room.name)) {
        each_file(room.name, &mut |path, text| {
            for (number, line) in text.lines().enumerate() {
                // The program's own name, in code, in its files and in its codes.
                let names = ["valet::", "\"valet\"", "valet_run", "valet_pool_log", "valet-"];
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
