//! A code says what was done, and notices when it is mistyped.

use proptest::prelude::*;
use valet::progress::{CodeError, LAST, NAMES, Progress};

fn of(numbers: &[u16]) -> Progress {
    let mut progress = Progress::default();
    for &number in numbers {
        progress.add_number(number);
    }
    progress
}

const CHARACTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The characters of a code that can be mistyped.
fn places(code: &str) -> Vec<usize> {
    (6..code.len()).filter(|&place| code.as_bytes()[place] != b'-').collect()
}

#[test]
fn a_name_keeps_its_number() {
    let first = ["kept-run", "replayed-run", "compared-runs", "exported-run", "imported-run"];
    assert_eq!(NAMES[..5], first, "a code in somebody's drawer means these");
    let mut distinct = NAMES.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), NAMES.len());
    assert!(NAMES.len() <= usize::from(LAST));
    let mut progress = Progress::default();
    assert!(!progress.add("danced") && progress.count() == 0, "what has no number is not noted");
    assert!(progress.add("imported-run") && !progress.add("imported-run"));
    assert!(progress.has("imported-run") && !progress.has("kept-run"));
    assert_eq!(progress.names().collect::<Vec<_>>(), ["imported-run"]);
}

#[test]
fn codes_are_short_and_forgiving() {
    assert_eq!(of(&[]).code(), "VALET-168");
    assert_eq!(of(&[0, 1, 2, 3, 4]).code().len(), "VALET-1234".len());
    let twenty = of(&(0..20).collect::<Vec<_>>()).code();
    assert!(twenty.len() <= 15, "{twenty}");
    let code = of(&[0, 5, 11]).code();
    let sloppy = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    assert_eq!(Progress::of_code(&format!("  {sloppy} ")).unwrap(), of(&[0, 5, 11]));
    for (typed, slip) in [
        ("", CodeError::Beginning),
        ("VALOT-11F", CodeError::Beginning),
        ("VALET-", CodeError::Length),
        ("VALET-1U1", CodeError::Character('U')),
        ("VALET-1é1", CodeError::Character('é')),
        ("VALET-11G", CodeError::Sum),
        (&format!("VALET-{}", "0".repeat(500)), CodeError::Length),
    ] {
        assert_eq!(Progress::of_code(typed), Err(slip), "{typed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Numbers that this page has no name for are kept, and passed on.
    #[test]
    fn a_code_says_what_it_was_made_of(numbers in prop::collection::vec(0..=LAST, 0..60)) {
        let progress = of(&numbers);
        let read = Progress::of_code(&progress.code()).unwrap();
        prop_assert_eq!(read.code(), progress.code());
        prop_assert_eq!(read, progress);
    }

    #[test]
    fn one_wrong_character_or_two_that_changed_places_are_noticed(
        numbers in prop::collection::vec(0u16..100, 0..20), which in any::<prop::sample::Index>(), other in 0usize..32
    ) {
        let code = of(&numbers).code();
        let places = places(&code);
        let place = places[which.index(places.len())];
        let mut wrong = code.clone().into_bytes();
        wrong[place] = CHARACTERS.as_bytes()[other];
        let wrong = String::from_utf8(wrong).unwrap();
        prop_assert_eq!(Progress::of_code(&wrong).is_ok(), wrong == code, "{}", wrong);
        for pair in places.windows(2) {
            let mut swapped = code.clone().into_bytes();
            swapped.swap(pair[0], pair[1]);
            let swapped = String::from_utf8(swapped).unwrap();
            prop_assert_eq!(Progress::of_code(&swapped).is_ok(), swapped == code, "{}", swapped);
        }
    }
}

#[test]
fn a_lost_or_doubled_character_is_noticed_nearly_always() {
    let (mut tried, mut missed) = (0, 0);
    for seed in 0u64..400 {
        let numbers: Vec<u16> = (0..40).filter(|n| seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> n & 1 == 1).collect();
        let code = of(&numbers).code();
        for place in places(&code) {
            let (mut short, mut long) = (code.clone(), code.clone());
            let character = short.remove(place);
            long.insert(place, character);
            for typed in [short, long] {
                tried += 1;
                missed += u32::from(Progress::of_code(&typed).is_ok_and(|read| read != of(&numbers)));
            }
        }
    }
    assert!(tried > 5_000 && missed * 300 < tried, "{missed} of {tried}");
}
