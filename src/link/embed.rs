//! The link of an embed: a frame in another page that shows one part of this one alone.

/// The scene of a link that names none.
const NAMELESS: &str = "lot";

/// What a link says that shows only `shown`: what the page's link says (`pairs`), if that is about `shown` or a scene inside
/// it, such as `lazy-run` in `lazy`; else that part as it opens.
///
/// ```
/// use valet::link::embedded;
///
/// let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
/// let page = [pair("v", "1"), pair("scene", "lazy-run"), pair("pool_size", "3")];
/// let whole = [pair("embed", "lazy"), pair("scene", "lazy-run"), pair("v", "1"), pair("pool_size", "3")];
/// assert_eq!(embedded("lazy", page.clone()), whole);
/// assert_eq!(embedded("flask", page), [pair("embed", "1"), pair("scene", "flask")]);
/// ```
pub fn embedded(shown: &str, pairs: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    let (mut scene, mut said) = (NAMELESS.to_string(), Vec::new());
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
    let embed = if scene == shown { "1" } else { shown };
    let mut link = vec![("embed".to_string(), embed.to_string()), ("scene".to_string(), scene)];
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
            let link = embedded(scene, page.clone());
            assert_eq!(link[..2], pairs(&[("embed", "1"), ("scene", scene)]));
            let (there, complaints) = read(&link);
            assert_eq!((there, complaints), (read(&page).0, Vec::new()));
        }
    }

    #[test]
    fn an_embed_of_an_embed_is_the_same() {
        for (shown, scene) in [("lot", "lot"), ("lazy", "lazy-run"), ("trial", "trial-run")] {
            let link = embedded(shown, pairs(&[("scene", scene), ("rate", "8")]));
            assert_eq!(embedded(shown, link.clone()), link);
        }
    }

    #[test]
    fn a_link_that_names_no_scene_is_about_the_lot() {
        let page = pairs(&[("v", "1"), ("rate", "8")]);
        assert_eq!(embedded("lot", page.clone())[1..], pairs(&[("scene", "lot"), ("v", "1"), ("rate", "8")]));
        assert_eq!(embedded("flask", page), pairs(&[("embed", "1"), ("scene", "flask")]));
    }

    #[test]
    fn a_name_that_only_begins_alike_is_another_scene() {
        let page = pairs(&[("scene", "lazyness-run"), ("rate", "8")]);
        assert_eq!(embedded("lazy", page), pairs(&[("embed", "1"), ("scene", "lazy")]));
    }
}
