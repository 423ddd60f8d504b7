//! The link of an embed: a page of its own, in a frame of somebody else's page, that shows one scene alone.

/// What a teacher sets in the address of a frame besides the state of its scene: `public/frame.js` reads it, docs/embedding.md
/// promises it.
pub const FRAME_OPTIONS: [&str; 17] = [
    "theme",
    "text",
    "compact",
    "panels",
    "lock",
    "hide",
    "show",
    "links",
    "solution",
    "keys",
    "projector",
    "task",
    "goal",
    "hint",
    "ask",
    "answers",
    "decides",
];

/// Which of these scenes of an embed the page around it speaks with: the one that the link names, or else the first.
///
/// ```
/// use valet::link::addressed;
///
/// let scenes = ["lazy-run", "lazy-challenge"];
/// assert_eq!(addressed(Some("lazy-challenge"), &scenes), Some("lazy-challenge"));
/// assert_eq!(addressed(Some("lazy"), &scenes), Some("lazy-run"));
/// assert_eq!(addressed(None, &scenes), Some("lazy-run"));
/// ```
pub fn addressed<'a>(named: Option<&str>, scenes: &[&'a str]) -> Option<&'a str> {
    let is_named = |scene: &&&str| Some(**scene) == named;
    scenes.iter().find(is_named).or_else(|| scenes.first()).copied()
}

/// What the link of the embed of `shown` says: what the page's link says (`pairs`), if that is about `shown` or a scene inside
/// it, such as `lazy-run` in `lazy`; else nothing but the scene's name. A page's link that names no scene is about `nameless`.
///
/// ```
/// use valet::link::embedded;
///
/// let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
/// let page = [pair("v", "1"), pair("scene", "lazy-run"), pair("pool_size", "3")];
/// let whole = [pair("scene", "lazy-run"), pair("v", "1"), pair("pool_size", "3")];
/// assert_eq!(embedded("lazy", "lot", page.clone()), whole);
/// assert_eq!(embedded("flask", "lot", page), [pair("scene", "flask")]);
/// ```
pub fn embedded(
    shown: &str,
    nameless: &str,
    pairs: impl IntoIterator<Item = (String, String)>,
) -> Vec<(String, String)> {
    let (mut scene, mut said) = (nameless.to_string(), Vec::new());
    for (name, value) in pairs {
        match name.as_str() {
            "embed" => {}
            "scene" => scene = value,
            _ => said.push((name, value)),
        }
    }
    let is_inside = scene.strip_prefix(shown).is_some_and(|rest| rest.starts_with('-'));
    if scene != shown && !is_inside {
        (scene, said) = (shown.to_string(), Vec::new());
    }
    let mut link = vec![("scene".to_string(), scene)];
    link.append(&mut said);
    link
}

#[cfg(test)]
mod tests {
    use super::embedded;
    use crate::link::Link;
    use crate::sim::Setup;

    type Pairs = Vec<(String, String)>;

    fn pairs(said: &[(&str, &str)]) -> Pairs {
        said.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }

    fn read(said: &Pairs) -> (Link, Vec<String>) {
        let (link, errors) =
            Link::read(Setup::default(), said.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        (link, errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn an_embed_says_of_its_scene_what_the_page_does() {
        for scene in ["lot", "playground", "lazy-run", "lazy-challenge"] {
            let page = pairs(&[("v", "1"), ("scene", scene), ("pool_size", "3")]);
            let link = embedded(scene, "lot", page.clone());
            assert_eq!(link[..1], pairs(&[("scene", scene)]));
            let (there, complaints) = read(&link);
            assert_eq!((there, complaints), (read(&page).0, Vec::new()));
        }
    }

    #[test]
    fn an_embed_of_an_embed_is_the_same() {
        for (shown, scene) in [("lot", "lot"), ("lazy", "lazy-run"), ("trial", "trial-run")] {
            let link = embedded(shown, "lot", pairs(&[("scene", scene), ("rate", "8")]));
            assert_eq!(embedded(shown, "lot", link.clone()), link);
        }
    }

    #[test]
    fn a_link_that_names_no_scene_is_about_the_page_s_own() {
        let page = pairs(&[("v", "1"), ("rate", "8")]);
        assert_eq!(embedded("lot", "lot", page.clone()), pairs(&[("scene", "lot"), ("v", "1"), ("rate", "8")]));
        assert_eq!(embedded("flask", "lot", page.clone()), pairs(&[("scene", "flask")]));
        assert_eq!(embedded("flask", "flask", page)[0], pairs(&[("scene", "flask")])[0]);
    }

    #[test]
    fn a_name_that_only_begins_alike_is_another_scene() {
        let page = pairs(&[("scene", "lazyness-run"), ("rate", "8")]);
        assert_eq!(embedded("lazy", "lot", page), pairs(&[("scene", "lazy")]));
    }
}
