//! The prose as a browser reads it.

use scraper::{ElementRef, Html, Node, Selector};

/// A file of prose.
pub struct Prose {
    pub name: String,
    html: Html,
}

impl Prose {
    pub fn read(name: &str) -> Prose {
        let path = format!("src/lesson/{name}.html");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let html = Html::parse_fragment(&text);
        // A fragment's root and body are no errors of ours; anything else is.
        let errors: Vec<_> = html.errors.iter().filter(|error| !error.contains("Unexpected token")).collect();
        assert!(errors.is_empty(), "{path}: {errors:?}");
        Prose { name: name.to_owned(), html }
    }

    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&Selector::parse(selector).expect("a selector")).collect()
    }

    /// The only element like this.
    pub fn one(&self, selector: &str) -> ElementRef<'_> {
        match self.all(selector)[..] {
            [one] => one,
            ref some => panic!("{}: {} of {selector}", self.name, some.len()),
        }
    }

    /// Every number that stands outside what is checked: `data-*` facts, code, quoted output, and names of links.
    pub fn loose_numbers(&self) -> Vec<String> {
        let mut found = Vec::new();
        for node in self.html.tree.nodes() {
            let Node::Text(text) = node.value() else { continue };
            let checked = node.ancestors().filter_map(ElementRef::wrap).any(|element| {
                let element = element.value();
                ["data-fact", "data-goal", "data-solution", "data-from", "data-count"]
                    .iter()
                    .any(|name| element.attr(name).is_some())
                    || matches!(element.name(), "code" | "samp" | "pre" | "kbd" | "cite")
                    || element.attr("href").is_some_and(|href| href.starts_with("http"))
            });
            if !checked && text.chars().any(|c| c.is_ascii_digit()) {
                found.push(text.trim().to_owned());
            }
        }
        found
    }
}

/// An element's words.
pub fn words(element: ElementRef) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A fact as prose may write it: number words, thin and hard spaces, units in full.
pub fn plain(text: &str) -> String {
    const NUMBERS: [(&str, &str); 25] = [
        ("no", "0"),
        ("none", "0"),
        ("nobody", "0"),
        ("nothing", "0"),
        ("zero", "0"),
        ("one", "1"),
        ("once", "1"),
        ("two", "2"),
        ("twice", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("eleven", "11"),
        ("twelve", "12"),
        ("fifteen", "15"),
        ("twenty", "20"),
        ("thirty", "30"),
        ("seconds", "s"),
        ("second", "s"),
        ("milliseconds", "ms"),
    ];
    // A space between thousands is no space.
    let text = text.replace(['\u{202f}', '\u{2009}'], "").to_lowercase();
    let word = |word: &str| {
        NUMBERS.iter().find(|(name, _)| *name == word).map_or(word.to_owned(), |(_, sign)| (*sign).to_owned())
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// Holds every `data-fact` in the element against what the engine says.
pub fn facts_hold(prose: &Prose, inside: &str, fact: impl Fn(&str) -> Result<String, String>) -> Vec<String> {
    let mut odd = Vec::new();
    for element in prose.all(&format!("{inside} [data-fact]")) {
        let expression = element.value().attr("data-fact").unwrap_or_default();
        match fact(expression) {
            Ok(found) if plain(&words(element)) == plain(&found) => {}
            Ok(found) => {
                odd.push(format!("{}: {expression} is {found:?}, and the prose says {:?}", prose.name, words(element)))
            }
            Err(sentence) => odd.push(format!("{}: {sentence}", prose.name)),
        }
    }
    odd
}
