//! The Markdown of our own documents as HTML: headings, paragraphs, lists, tables, code, and in a line code, emphasis and links.

use html_escape::{encode_double_quoted_attribute as attribute, encode_text as text};

/// A kind of stretch of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    None,
    Paragraph,
    List,
    Table,
}

impl Block {
    fn of(line: &str) -> Block {
        match line.as_bytes() {
            [] | [b'#', ..] => Block::None,
            [b'-', b' ', ..] => Block::List,
            [b'|', ..] => Block::Table,
            _ => Block::Paragraph,
        }
    }

    fn opening(self, label: &str) -> String {
        match self {
            Block::None => String::new(),
            Block::Paragraph => "<p>".into(),
            Block::List => "<ul>\n".into(),
            Block::Table => {
                format!("<div class=\"scrolls\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\"><table>\n")
            }
        }
    }

    fn closing(self) -> &'static str {
        match self {
            Block::None => "",
            Block::Paragraph => "</p>\n",
            Block::List => "</ul>\n",
            Block::Table => "</table></div>\n",
        }
    }
}

/// Markdown as HTML. `## A` becomes an `h3`, and so on; with `names` each heading has a name that begins so, and leads to itself.
/// Tables are called `label`.
pub(super) fn html(markdown: &str, names: Option<&str>, label: &str) -> String {
    let mut html = String::new();
    let mut open = Block::None;
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        let is = if line.starts_with("```") { Block::None } else { Block::of(line) };
        let begins = is != open;
        if begins {
            html.push_str(open.closing());
            html.push_str(&is.opening(label));
        }
        open = is;
        if line.starts_with("```") {
            let code: Vec<_> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
            // Quotes too, so that nobody takes what stands in it for attributes.
            html.push_str(&format!("<pre tabindex=\"0\"><code>{}</code></pre>\n", attribute(&code.join("\n"))));
        } else if let Some((level, title)) = heading(line) {
            html.push_str(&headed(level, title, names));
        } else if let Some(item) = line.strip_prefix("- ") {
            html.push_str(&format!("<li>{}</li>\n", inline(item)));
        } else if is == Block::Table {
            html.push_str(&row(line, begins));
        } else if is == Block::Paragraph {
            html.push_str(if begins { "" } else { " " });
            html.push_str(&inline(line));
        }
    }
    html + open.closing()
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let title = line.get(level..)?.strip_prefix(' ')?;
    (level >= 1).then_some((level, title))
}

fn headed(level: usize, title: &str, names: Option<&str>) -> String {
    let level = level + 1;
    match names {
        None => format!("<h{level}>{}</h{level}>\n", inline(title)),
        Some(begins) => {
            let words = title.to_lowercase();
            let words: Vec<_> = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            let name = format!("{begins}{}", words.join("-"));
            format!("<h{level} id=\"{name}\"><a class=\"anchor\" href=\"#{name}\">{}</a></h{level}>\n", inline(title))
        }
    }
}

fn row(line: &str, is_head: bool) -> String {
    if line.starts_with("|---") {
        return String::new();
    }
    let (tag, scope) = if is_head { ("th", " scope=\"col\"") } else { ("td", "") };
    let cells = line.trim_matches('|').split('|').map(|cell| format!("<{tag}{scope}>{}</{tag}>", inline(cell.trim())));
    format!("<tr>{}</tr>\n", cells.collect::<String>())
}

/// A line in which code stands in backticks.
fn inline(words: &str) -> String {
    let parts = words.split('`').enumerate();
    let part = |(place, part): (usize, &str)| {
        if place % 2 == 1 { format!("<code>{}</code>", text(part)) } else { emphasised(&linked(part)) }
    };
    parts.map(part).collect()
}

/// Links to elsewhere are links; of a file beside the document its name is given.
fn linked(words: &str) -> String {
    let link = |words: &str| -> Option<String> {
        let (before, rest) = words.split_once('[')?;
        let (title, rest) = rest.split_once("](")?;
        let (address, after) = rest.split_once(')')?;
        let link = if address.starts_with("https://") {
            format!("<a href=\"{}\">{}</a>", attribute(address), text(title))
        } else if title == address {
            format!("<code>docs/{}</code> of the source", text(address))
        } else {
            format!("{} (<code>docs/{}</code> of the source)", text(title), text(address))
        };
        Some(format!("{}{link}{}", text(before), linked(after)))
    };
    link(words).unwrap_or_else(|| text(words).into_owned())
}

fn emphasised(html: &str) -> String {
    let strong: String = html.split("**").enumerate().map(|(place, part)| pair(place, part, "strong")).collect();
    strong.split('*').enumerate().map(|(place, part)| pair(place, part, "em")).collect()
}

fn pair(place: usize, part: &str, tag: &str) -> String {
    match place {
        0 => part.to_owned(),
        place if place % 2 == 1 => format!("<{tag}>{part}"),
        _ => format!("</{tag}>{part}"),
    }
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn headings_lists_and_tables_are_read() {
        let markdown = "## A & b\n\n- `x`: 1\n- two\n\n| `a` | b |\n|---|---|\n| 1 | < 2 |\n";
        let table = "<div class=\"scrolls\" tabindex=\"0\" role=\"group\" aria-label=\"T\"><table>\n\
                     <tr><th scope=\"col\"><code>a</code></th><th scope=\"col\">b</th></tr>\n<tr><td>1</td><td>&lt; 2</td></tr>\n</table></div>\n";
        let expected = format!("<h3>A &amp; b</h3>\n<ul>\n<li><code>x</code>: 1</li>\n<li>two</li>\n</ul>\n{table}");
        assert_eq!(html(markdown, None, "T"), expected);
    }

    #[test]
    fn paragraphs_code_and_links_are_read() {
        let markdown = "One\n**two** *three*, [here](https://a.b/?c&d) and [there](e.md).\n\n```html\n<a href=\"x\">\n\n</a>\n```\n\n### As it is";
        let expected = "<p>One <strong>two</strong> <em>three</em>, <a href=\"https://a.b/?c&amp;d\">here</a> and there (<code>docs/e.md</code> of the source).</p>\n\
                        <pre tabindex=\"0\"><code>&lt;a href=&quot;x&quot;&gt;\n\n&lt;/a&gt;</code></pre>\n\
                        <h4 id=\"n-as-it-is\"><a class=\"anchor\" href=\"#n-as-it-is\">As it is</a></h4>\n";
        assert_eq!(html(markdown, Some("n-"), "T"), expected);
    }
}
