//! Whatever is pasted: nothing panics, nothing takes more than its share of work, and what was masked stays masked.

use proptest::prelude::*;
use std::fs::{read_dir, read_to_string};
use valet::paste::{mask, read};

fn texts() -> Vec<String> {
    let mut paths: Vec<_> = read_dir("tests/paste/fixtures").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|kind| kind == "txt"))
        .map(|path| read_to_string(path).unwrap())
        .collect()
}

/// Pieces that mean something somewhere, to be put together in any order.
const PIECES: [&str; 40] = [
    "://",
    "user:pass@host",
    "%3A%2F%2F",
    "[parameters: ",
    "]",
    "(",
    "{",
    "'",
    "\"",
    "\\n",
    "\\",
    "\n",
    "\r\n",
    "password=",
    "Bearer ",
    "eyJhbGciOi.x",
    "[SQL: SELECT 1",
    "QueuePool limit of size ",
    "5",
    "overflow ",
    "timeout ",
    "30.00",
    "Pool size: ",
    "Connections in pool: ",
    "Invalid argument(s) ",
    "sent to create_engine()",
    "File \"",
    "\", line ",
    ", in ",
    "\u{1b}[31m",
    "&quot;",
    "\u{feff}",
    "é",
    "│",
    "  | ",
    "2026-01-01 10:00:00,000",
    "[58] ",
    "{\"timestamp\": \"",
    "-----BEGIN PRIVATE KEY-----",
    "garbage collector is trying to clean up",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,300}") {
        read(&text);
    }

    #[test]
    fn any_pieces_are_read(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)) {
        let paste = read(&pieces.concat());
        prop_assert_eq!(paste.text.matches('\n').count(), pieces.concat().matches('\n').count());
    }

    #[test]
    fn damaged_texts_are_read(which in any::<prop::sample::Index>(), cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<char>()), 0..20)) {
        let texts = texts();
        let mut chars: Vec<char> = which.get(&texts).chars().collect();
        for (at, char) in cuts {
            let place = at.index(chars.len());
            match u32::from(char) % 3 {
                0 => chars[place] = char,
                1 => chars.truncate(place.max(1)),
                _ => chars.insert(place, char),
            }
        }
        read(&chars.into_iter().collect::<String>());
    }

    #[test]
    fn what_is_masked_stays_masked(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40)) {
        let (once, _) = mask(&pieces.concat());
        let (twice, _) = mask(&once);
        prop_assert_eq!(once.matches('\n').count(), twice.matches('\n').count());
    }
}

/// Twice the text is twice the work, for texts that could tempt a reader to look at the same things again and again.
#[test]
fn the_work_grows_with_the_text() {
    let texts = [
        "://",
        "user:pass@host ",
        "%3A%2F%2F",
        "[parameters: (",
        "[parameters: '",
        "[no key ",
        "[SQL: '",
        "password: os.environ ",
        "password=",
        "a-",
        "eyJ-",
        "select ",
        "select 'x' from ",
        "duplicate entry '",
        ")=(",
        "\"postgresql://",
        "QueuePool limit of size 5 overflow 10 reached ",
        "overflow",
        "Connections in pool:",
        "Invalid argument(s) 'x' ",
        "garbage collector is trying to clean up ",
        "File \"",
        "-----BEGIN PRIVATE KEY-----",
        "2026-01-01 10:00:00 x | ",
        "{\"time\": \"x\" \\n ",
        "\\",
        "&quot;",
        "\u{1b}[",
        "é",
        "\n",
        " ",
        "[",
        "'",
    ];
    for piece in texts {
        let work = |times: usize| read(&piece.repeat(times)).steps as f64;
        let (little, much) = (work(2_000), work(8_000));
        assert!(much < 4.5 * little + 20_000.0, "{piece:?}: {little} steps, four times the text {much}");
        assert!(much < 400.0 * (piece.len() * 8_000) as f64, "{piece:?}: {much} steps");
    }
}
