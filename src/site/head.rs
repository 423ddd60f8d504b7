//! What a page says of itself, for tabs, search engines and whoever shares it.

use super::page::SITE;
use super::{Card, Page, oembed};
use html_escape::encode_double_quoted_attribute as attribute;
use html_escape::encode_text as text;
use serde_json::json;

/// What `public/social.png` shows.
const OF_ALL: &str = "A parking lot seen from above: seven cars in seven bays, nine waiting in line.";

/// The part of a page's `<head>` that is its own. `site` is where the site will be, if that is known.
pub(super) fn head(page: &Page, card: Option<&Card>, site: Option<&str>) -> String {
    let Page { title, description, .. } = page;
    let root = site.map_or_else(|| page.root(), str::to_owned);
    let mut lines = vec![
        format!("<title>{}</title>", text(title)),
        format!("<meta name=\"description\" content=\"{}\">", attribute(description)),
    ];
    if page.is_embed() || !page.is_found() {
        lines.push("<meta name=\"robots\" content=\"noindex\">".into());
    }
    if let Some(site) = site {
        let address = format!("{site}{}", page.whole());
        lines.push(format!("<link rel=\"canonical\" href=\"{}\">", attribute(&address)));
        lines.push(property("url", &address));
        if let Some(place) = oembed::place(page) {
            let (place, title) = (format!("{site}{place}"), attribute(title));
            let kind = "application/json+oembed";
            lines.push(format!(
                "<link rel=\"alternate\" type=\"{kind}\" href=\"{}\" title=\"{title}\">",
                attribute(&place)
            ));
        }
    }
    if !page.is_embed() && page.is_found() {
        let (picture, shown) = match card {
            Some(card) => (format!("social/{}.png", card.name), card.alt.as_str()),
            None => ("social.png".to_owned(), OF_ALL),
        };
        lines.push(format!("<link rel=\"manifest\" href=\"{}manifest.webmanifest\">", page.root()));
        lines.extend([
            property("type", if page.path.is_empty() { "website" } else { "article" }),
            property("site_name", SITE),
            property("title", title),
            property("description", description),
            property("image", &format!("{root}{picture}")),
            property("image:width", "1200"),
            property("image:height", "630"),
            property("image:alt", shown),
            "<meta name=\"twitter:card\" content=\"summary_large_image\">".into(),
            // In a script nothing is escaped, and nothing may end it.
            format!("<script type=\"application/ld+json\">{}</script>", structured(page, site).replace("</", "<\\/")),
        ]);
    }
    lines.join("\n")
}

fn property(name: &str, content: &str) -> String {
    format!("<meta property=\"og:{name}\" content=\"{}\">", attribute(content))
}

/// The page as <https://schema.org> describes it.
fn structured(page: &Page, site: Option<&str>) -> String {
    let mut said = json!({
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": page.title,
        "description": page.description,
        "learningResourceType": ["Tutorial", "Simulation"],
        "educationalLevel": "Intermediate",
        "inLanguage": "en",
        "isAccessibleForFree": true,
        "license": "https://spdx.org/licenses/MIT.html",
    });
    if page.path.is_empty() {
        said["teaches"] = json!([
            "What a database connection pool does, and what it costs to go without",
            "What pool_size, max_overflow, pool_timeout and pool_recycle mean in SQLAlchemy",
            "Where \"QueuePool limit reached, connection timed out\" comes from",
            "When a Flask-SQLAlchemy session takes a connection and when it gives it back",
            "How to choose the size of a pool by measuring",
        ]);
    }
    if page.lesson().is_some() {
        said["timeRequired"] = json!("PT10M");
    }
    if let Some(site) = site {
        said["url"] = json!(format!("{site}{}", page.path));
    }
    said.to_string()
}

#[cfg(test)]
mod tests {
    use super::OF_ALL;

    #[test]
    fn what_is_said_of_the_picture_is_in_it() {
        // scripts/social makes it of this still.
        let still = include_str!("../../public/still/wide.svg");
        assert!(OF_ALL.contains("seven cars in seven bays") && still.contains("Current Checked out connections: 7"));
        assert!(OF_ALL.contains("nine waiting") && still.contains(">9 wait<"), "{still}");
    }
}
