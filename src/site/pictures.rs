//! What stands in a scene's picture until the scene lives.

use crate::still;

/// How a place for a picture begins, and what follows its scene's name.
const PLACE: [&str; 2] = ["<div class=\"picture\" id=\"", "-picture\""];

/// HTML with the still of each scene in the place of its picture. They are loaded when they come near, unless the scene is what
/// the page is about: then `at_once`.
pub(super) fn with_stills(html: &str, at_once: bool) -> String {
    let mut parts = html.split(PLACE[0]);
    let mut made = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        made.push_str(PLACE[0]);
        let scene = part.split_once(PLACE[1]).map_or("", |(scene, _)| scene);
        match (still::of_scene(scene), part.split_once("></div>")) {
            (Some([wide, tall]), Some((place, rest))) => {
                let lazy = if at_once { "" } else { " loading=\"lazy\"" };
                made.push_str(&format!(
                    "{place}><picture><source media=\"(max-width: 40rem)\" srcset=\"still/{tall}.svg\">\
                     <img src=\"still/{wide}.svg\" alt=\"\" width=\"1200\" height=\"660\"{lazy}></picture></div>{rest}"
                ));
            }
            _ => made.push_str(part),
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::with_stills;

    #[test]
    fn only_a_scene_with_a_still_has_one() {
        let place = |name: &str| format!("<div class=\"picture\" id=\"{name}-picture\" role=\"img\"></div><p></p>");
        let made = with_stills(&place("why-run"), true);
        assert!(
            made.contains("srcset=\"still/why-1.svg\"><img src=\"still/why-1-wide.svg\"") && !made.contains("lazy"),
            "{made}"
        );
        assert!(made.ends_with("</picture></div><p></p>"), "{made}");
        assert!(
            with_stills(&place("flask"), false)
                .contains("still/flask-wide.svg\" alt=\"\" width=\"1200\" height=\"660\" loading=\"lazy\"")
        );
        assert_eq!(with_stills(&place("unknown"), true), place("unknown"));
    }
}
