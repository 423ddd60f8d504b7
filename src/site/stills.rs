//! The still of each scene at an address of its own, as SVG and as PNG: for paper, mail and whoever runs no scripts.

use super::{Body, Page};

/// The kinds of file that there are of each.
const KINDS: [&str; 2] = ["svg", "png"];

/// For each scene that stands in frames: the file of its still in `public`, and the file under its own name.
pub(super) fn stills(pages: &[Page]) -> Vec<(String, String)> {
    let names = pages.iter().filter_map(|page| match &page.body {
        Body::Embed { id, .. } => Some(id.as_str()),
        _ => None,
    });
    let files = |name: &str| {
        let drawn = drawn(name);
        KINDS.map(|kind| (format!("still/{drawn}.{kind}"), format!("still/{name}.{kind}")))
    };
    names.flat_map(files).collect()
}

/// The picture that shows a scene best.
fn drawn(name: &str) -> String {
    match name {
        "lot" => "wide".into(),
        "flask" | "fastapi" | "playground" => format!("{name}-wide"),
        "trial" => name.into(),
        _ if name.ends_with("-challenge") => name.into(),
        _ => format!("{}-1", name.strip_suffix("-run").unwrap_or(name)),
    }
}
