//! Whatever is pasted: an answer, and in a time that grows with the text.

use crate::fixtures::{pastes, rendered};
use proptest::prelude::*;
use std::fs::read_to_string;
use valet::source::{read, work};

/// Pastes of ours, and programs that were recorded.
fn texts() -> Vec<String> {
    let fixtures = pastes().into_iter().map(|path| read_to_string(path).unwrap());
    let recorded = read_to_string("tests/sqlalchemy/programs.jsonl").unwrap();
    let programs = recorded.lines().step_by(9).map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line[0].as_str().unwrap().to_owned()
    });
    fixtures.chain(programs).collect()
}

/// What happens to a text on its way.
#[derive(Debug, Clone)]
enum Damage {
    CutBefore(prop::sample::Index),
    CutAfter(prop::sample::Index),
    Flip(prop::sample::Index, u8),
    Put(prop::sample::Index, &'static str),
    WithoutWord(prop::sample::Index),
    WordTwice(prop::sample::Index),
    WithoutLine(prop::sample::Index),
    OtherIndent(prop::sample::Index, usize),
}

const PIECES: [&str; 28] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "\"\"\"",
    "'''",
    "\\",
    "\n",
    "\t",
    "#",
    ":",
    "=",
    ",",
    "**",
    "f'{",
    "lambda",
    " if ",
    " else ",
    " for x in ",
    "not ",
    "\u{e000}",
    "\u{e001}",
    "”",
    "é\u{0}\u{feff}🅿",
];

fn damage() -> impl Strategy<Value = Damage> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        index().prop_map(Damage::CutBefore),
        index().prop_map(Damage::CutAfter),
        (index(), any::<u8>()).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        (index(), prop::sample::select(&PIECES[..])).prop_map(|(at, piece)| Damage::Put(at, piece)),
        index().prop_map(Damage::WithoutWord),
        index().prop_map(Damage::WordTwice),
        index().prop_map(Damage::WithoutLine),
        (index(), 0..9_usize).prop_map(|(at, by)| Damage::OtherIndent(at, by)),
    ]
}

fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_').collect()
}

fn damaged(text: &str, damage: &Damage) -> String {
    if text.is_empty() {
        return "pool".to_owned();
    }
    let place = |at: &prop::sample::Index| {
        let at = at.index(text.len());
        (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    };
    match damage {
        Damage::CutBefore(at) => text[place(at)..].to_owned(),
        Damage::CutAfter(at) => text[..place(at)].to_owned(),
        Damage::Flip(at, bits) => {
            let mut bytes = text.as_bytes().to_vec();
            let at = at.index(bytes.len());
            bytes[at] ^= bits;
            String::from_utf8_lossy(&bytes).into_owned()
        }
        Damage::Put(at, piece) => format!("{}{piece}{}", &text[..place(at)], &text[place(at)..]),
        Damage::WithoutWord(at) | Damage::WordTwice(at) => {
            let mut words = words(text);
            let at = at.index(words.len());
            match damage {
                Damage::WithoutWord(_) => drop(words.remove(at)),
                _ => words.insert(at, words[at]),
            }
            words.concat()
        }
        Damage::WithoutLine(at) | Damage::OtherIndent(at, _) => {
            let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
            let at = at.index(lines.len());
            match damage {
                Damage::OtherIndent(_, by) => lines[at].insert_str(0, &" ".repeat(*by)),
                _ => drop(lines.remove(at)),
            }
            lines.concat()
        }
    }
}

/// More steps than so many a byte would be one too many somewhere.
const STEPS: usize = 60;

fn holds(text: &str) {
    let steps = work(text);
    assert!(steps < 40_000 + STEPS * text.len(), "{steps} steps for {} bytes: {:.200}", text.len(), text);
    let _ = rendered(text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_damaged_is_read_all_the_same(
        which in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..12),
    ) {
        thread_local!(static TEXTS: Vec<String> = texts());
        let text = TEXTS.with(|texts| texts[which.index(texts.len())].clone());
        let text = damages.iter().fold(text, |text, damage| damaged(&text, damage));
        holds(&text);
    }

    #[test]
    fn what_is_no_text_at_all_is_read_all_the_same(text in "\\PC{0,200}", more in "[a-z_()\\[\\]{}'\"\\\\ \n\t:=,.#*0-9+-]{0,200}") {
        holds(&format!("pool {text}\n{more}"));
        holds(&format!("{more}engine"));
    }
}

/// Ways to write a text as long as one likes: what begins it, what is said again and again, what ends it.
const LONG: [(&str, &str, &str); 42] = [
    ("pool = ", "(", ""),
    ("pool = ", "[", "]"),
    ("pool = ", "{", "}}}"),
    ("pool = ", "(((", ")"),
    ("pool = ", "()", ""),
    ("pool", ")", ""),
    ("pool(", "(]", ""),
    ("pool = ", "{1: ", ""),
    ("pool = ", "x[", ""),
    ("pool = ", "f(a=", ""),
    ("pool = ", "-", "1"),
    ("pool = ", "not ", "1"),
    ("pool = ", "await ", "1"),
    ("pool = 1", "+1", ""),
    ("pool = 1", "**1", ""),
    ("pool = 1", " and 1", ""),
    ("pool = 1", " < 1", ""),
    ("pool = 1", " if x else 1", ""),
    ("pool = ", "lambda: ", "1"),
    ("pool = ", "lambda ", "1"),
    ("pool = a", ".b", ""),
    ("pool = a", "(1)", ""),
    ("pool = a", "[0]", ""),
    ("pool = ", "a = ", "1"),
    ("pool = ", "f'{", ""),
    ("pool = ", "f\"{f'{", ""),
    ("pool = ", "'a' ", ""),
    ("pool = ", "\"\"\"", ""),
    ("pool\n", "'''x\n", ""),
    ("pool\n", "\"\"\"\\\n", ""),
    ("pool\n", "\\\n", ""),
    ("pool\n", "if a:\n ", "pass"),
    ("if pool: pass\n", "elif x: pool = 1\n", ""),
    ("pool = {}\n", "if x(1): pool['a'] = x\n", "create_engine(u, **pool)"),
    ("pool = 1\n", "if a.b(pool): pool = pool + 1\n", "create_engine(u, pool_size=pool)"),
    ("pool = {}\n", "pool = {**pool, 'a': 1, x: 2}\n", ""),
    ("pool = []\n", "pool += [1]\n", ""),
    ("pool = 'ab'\n", "pool = pool + pool\n", ""),
    ("pool = 1\n", "def f(x): return f(f(x))\nf(1)\n", ""),
    ("pool = 1\n", "for x in (1, 2, 3): create_engine(x, pool_size=x)\n", ""),
    ("class pool: pass\n", "class A(A): SQLALCHEMY_POOL_SIZE = 5\n", ""),
    ("pool\n", "import a.b as c, d.e\nfrom .x import (y as z, w)\n", ""),
];

#[test]
fn length_costs_no_more_than_length() {
    for (begin, again, end) in LONG {
        for count in [10, 1_000, 100_000 / again.len().max(1)] {
            holds(&format!("{begin}{}{end}", again.repeat(count)));
        }
    }
    // Blocks in blocks, each on a line of its own.
    let nested: String = (0..700).map(|depth| format!("{}if pool({depth}):\n", " ".repeat(depth))).collect();
    holds(&nested);
    let nested: String = (0..700).map(|depth| format!("{}def f():\n", " ".repeat(depth))).collect();
    holds(&format!("{nested}{}create_engine(x)", " ".repeat(700)));
}

#[test]
fn a_hundred_thousand_brackets_do_not_deepen_the_stack() {
    for brackets in ["(", "[", "{", "([{"] {
        let deep = brackets.repeat(100_000 / brackets.len());
        let reading = read(&format!("a = {deep}\nengine = create_engine('sqlite://', pool_size=3)\n"));
        assert_eq!(reading.map(|reading| reading.engines.len()), Some(1), "{brackets}");
    }
}

#[test]
fn a_paste_twice_as_long_costs_twice_as_much() {
    let texts = texts().join("\n\n");
    let once = work(&texts);
    let eight = work(&texts.repeat(8));
    assert!(eight <= 9 * once, "{once} steps once, {eight} for eight times as much");
}
