//! What an address of ours becomes in somebody else's editor, as <https://oembed.com> has it: a file a scene, for readers that
//! follow `<link rel="alternate">`.

use super::heights::{Heights, WIDTH};
use super::page::SITE;
use super::{Body, Page};
use html_escape::encode_double_quoted_attribute as attribute;
use serde_json::json;

/// Where the description of a page's scene stands, from the site's root; `None` if the page has no scene.
pub(super) fn place(page: &Page) -> Option<String> {
    let name = match &page.body {
        Body::Embed { id, .. } => id.clone(),
        _ => page.embeds().into_iter().next()?.0,
    };
    Some(format!("oembed/{name}.json"))
}

/// The description of the scene of an embed's page, on the site at this address.
pub(super) fn description(page: &Page, site: &str, heights: &Heights) -> Option<String> {
    let Body::Embed { id, .. } = &page.body else { return None };
    // A frame is as wide as its place.
    let [height, _] = heights.offered(id).ok()?;
    let title = &page.title;
    let html = format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{height}\" loading=\"lazy\" frameborder=\"0\" \
         sandbox=\"allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox\" \
         allow=\"fullscreen; clipboard-write\"></iframe>",
        attribute(&format!("{site}embed/{id}.html")),
        attribute(title)
    );
    let said = json!({
        "version": "1.0", "type": "rich", "title": title, "provider_name": SITE, "provider_url": site,
        "width": WIDTH, "height": height, "html": html,
    });
    Some(said.to_string())
}
