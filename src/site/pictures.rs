//! What stands in a scene's picture until the scene lives.

use crate::still;

/// How a place for a picture begins, and what follows its scene's name.
const PLACE: [&str; 2] = ["<div class=\"picture\" id=\"", "-picture\""];

/// When a picture is tall: on phones, and where the run of a lesson stands beside its text (`style/lesson.css`).
const TALL: &str = "(max-width: 40rem)";
const TALL_BESIDE: &str = "(max-width: 40rem), (min-width: 80rem)";
/// On a page of its own it is tall on a phone on its side, too (`style/lot.css`).
const TALL_ON_ITS_SIDE: &str =
    "(max-width: 40rem), (max-width: 59.99rem) and (max-height: 30rem) and (orientation: landscape)";

/// The stills of a page that stands in no frame.
pub(super) fn of_a_page(html: &str) -> String {
    html.replace(&format!("media=\"{TALL}"), &format!("media=\"{TALL_ON_ITS_SIDE}"))
}

/// HTML with the still of each scene in the place of its picture. They are loaded when they come near, but that of the scene that
/// the page is `about` at once.
pub(super) fn with_stills(html: &str, about: &str) -> String {
    let mut parts = html.split(PLACE[0]);
    let mut made = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        made.push_str(PLACE[0]);
        let scene = part.split_once(PLACE[1]).map_or("", |(scene, _)| scene);
        match (still::of_scene(scene), part.split_once("></div>")) {
            (Some([wide, tall]), Some((place, rest))) => {
                let is_beside = scene.ends_with("-run") && ![about, "trial-run"].contains(&scene);
                let media = if is_beside { TALL_BESIDE } else { TALL };
                let lazy = if scene == about { "" } else { " loading=\"lazy\"" };
                made.push_str(&format!(
                    "{place}><picture><source media=\"{media}\" srcset=\"still/{tall}.svg\">\
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
    use super::{TALL, TALL_BESIDE, of_a_page, with_stills};

    #[test]
    fn only_a_scene_with_a_still_has_one() {
        let place = |name: &str| format!("<div class=\"picture\" id=\"{name}-picture\" role=\"img\"></div><p></p>");
        let made = with_stills(&place("why-run"), "why-run");
        assert!(
            made.contains("srcset=\"still/why-1.svg\"><img src=\"still/why-1-wide.svg\"") && !made.contains("lazy"),
            "{made}"
        );
        assert!(made.contains(TALL) && !made.contains(TALL_BESIDE), "{made}");
        assert!(with_stills(&place("why-run"), "why").contains(TALL_BESIDE));
        let of_a_page = of_a_page(&with_stills(&place("why-run"), "why"));
        assert!(of_a_page.contains("media=\"(max-width: 40rem), (max-width: 59.99rem) and"), "{of_a_page}");
        assert!(of_a_page.contains("(orientation: landscape), (min-width: 80rem)\""), "{of_a_page}");
        assert!(made.ends_with("</picture></div><p></p>"), "{made}");
        assert!(
            with_stills(&place("flask"), "")
                .contains("still/flask-wide.svg\" alt=\"\" width=\"1200\" height=\"660\" loading=\"lazy\"")
        );
        assert_eq!(with_stills(&place("unknown"), "unknown"), place("unknown"));
    }
}
