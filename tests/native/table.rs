//! What a row of the table of settings needs besides itself. Whoever adds one is told here what is missing.

use valet::link::{FRAME_OPTIONS, Link};
use valet::lot::Format;
use valet::run::{Label, Run};
use valet::settings::{Group, SETTINGS, Scope, Setting, SettingValue, ValueKind};
use valet::sim::Setup;
use valet::travel::Travel;

/// Values of a setting as text, the ends of its kind among them, and texts that are none.
fn texts(kind: ValueKind) -> (Vec<String>, Vec<&'static str>) {
    let list = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
    match kind {
        ValueKind::Pool(_) => (list(&["7", "0"]), vec!["", "x"]),
        ValueKind::Whole(from, to) => (list(&[&from.to_string(), &to.to_string()]), vec!["", "x", "0.5"]),
        ValueKind::Number(from, to) => (list(&[&from.to_string(), &to.to_string()]), vec!["", "x", "1e3"]),
        ValueKind::Percent => (list(&["0", "12.5", "100"]), vec!["", "x", "101", "-1"]),
        ValueKind::Seconds => (list(&["0", "0.000001", "86400"]), vec!["", "x", "86401", "-1"]),
        ValueKind::Millis(most) => (list(&["0", &most.to_string()]), vec!["", "x", "0.5", "-1"]),
        ValueKind::OrNone(kind) => {
            let (mut texts, wrong) = texts(*kind);
            texts.insert(0, "None".into());
            (texts, wrong)
        }
        ValueKind::Word(words) => (list(words), vec!["", "x"]),
        ValueKind::Switch => (list(&["0", "1"]), vec!["", "x", "2"]),
        ValueKind::Moments => (list(&["", "0.5 1 1.25"]), vec!["x", "1 -1"]),
    }
}

/// Of a setting each world that it can make of `setup`, with the text of its value.
fn worlds<'a>(setting: &'a Setting, setup: &'a Setup) -> impl Iterator<Item = (String, Setup)> + 'a {
    texts(setting.kind).0.into_iter().map(move |text| {
        let mut setup = setup.clone();
        let set = setting.set_text(&mut setup, &text);
        assert!(
            set.is_ok(),
            "{}: its kind says {text:?} is a value, and it is refused: {}",
            setting.name,
            set.unwrap_err()
        );
        (text, setup)
    })
}

#[test]
fn each_has_a_name_a_hint_and_a_knob() {
    for (place, setting) in SETTINGS.iter().enumerate() {
        let name = setting.name;
        assert_eq!(setting.id as usize, place, "{name}: its id is at another place than its row");
        let again = SETTINGS.iter().filter(|other| other.name == name).count();
        assert_eq!(again, 1, "{name}: two settings have this name; links and files could not tell them apart");
        let plain = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        assert!(
            plain,
            "{name}: a name in a link has lower-case letters and _ only, since an act is written 1000-name-value"
        );
        let taken = [
            "v", "app", "embed", "scene", "seed", "at", "acts", "b", "choice", "restart", "failover", "cut", "cancel",
            "kill", "send", "arrive",
        ];
        let is_taken = taken.contains(&name) || FRAME_OPTIONS.contains(&name);
        assert!(!is_taken && !name.starts_with("b_"), "{name}: links use this name for something else");
        assert!(setting.hint.ends_with('.'), "{name}: its hint under the knob is a sentence and ends with a full stop");
        let is_number = !matches!(setting.kind, ValueKind::Word(_) | ValueKind::Switch | ValueKind::Moments);
        assert_eq!(setting.slider.is_some(), is_number, "{name}: a number's knob is a slider, and nothing else's is");
        if let Some(slider) = setting.slider {
            for end in [slider.from, slider.to] {
                let parsed = setting.parse(&end.to_string());
                assert!(parsed.is_ok(), "{name}: its slider goes to {end}, which is refused: {}", parsed.unwrap_err());
            }
            assert!(slider.step > 0.0 && slider.from < slider.to, "{name}: its slider has no positions");
        }
        // The playground's knobs are these groups, so no setting can be forgotten there.
        let shown = Group::ALL.iter().filter(|group| group.settings().any(|other| other.id == setting.id)).count();
        assert_eq!(shown, 1, "{name}: its group is not in Group::ALL, so the playground would not show its knob");
    }
}

#[test]
fn each_changes_its_own_field_and_no_other() {
    let first = Setup::default();
    for setting in SETTINGS {
        let name = setting.name;
        let mut changed = false;
        for (text, after) in worlds(setting, &first) {
            assert_eq!(setting.text(&after), text, "{name}: what it writes is not what it was set to");
            changed |= after != first;
            for other in SETTINGS.iter().filter(|other| other.id != setting.id) {
                assert!(other.is_same(&first, &after), "{name} and {} share a field of Setup", other.name);
            }
            let about_the_pool = setting.scope == Scope::Pool;
            let world = Setup { settings: first.settings, ..after.clone() };
            assert!(
                !about_the_pool || world == first,
                "{name}: its scope is the pool, and it changes the world around it"
            );
            let pool = after.settings == first.settings;
            assert!(about_the_pool || pool, "{name}: its scope is the world, and it changes the pool");
        }
        assert!(changed, "{name}: whatever it is set to, the world is the same");
    }
}

#[test]
fn each_refuses_what_it_does_not_take_in_a_sentence_about_itself() {
    for setting in SETTINGS {
        for text in texts(setting.kind).1 {
            let mut setup = Setup::default();
            let Err(error) = setting.set_text(&mut setup, text) else { panic!("{} takes {text:?}", setting.name) };
            assert_eq!((error.setting, error.value.as_str()), (setting.id, text));
            let sentence = error.to_string();
            assert!(sentence.starts_with(setting.name) && sentence.ends_with('.'), "{sentence}");
            assert_eq!(setup, Setup::default(), "{}: refused, and changed all the same", setting.name);
        }
    }
}

#[test]
fn each_is_the_same_in_a_link_an_act_and_a_file() {
    let first = Setup::default();
    for setting in SETTINGS {
        for (text, setup) in worlds(setting, &first) {
            let name = setting.name;
            let link = Link {
                scene: None,
                setup: setup.clone(),
                acts: Vec::new(),
                at: None,
                choices: Vec::new(),
                rival: None,
            };
            let pairs = link.write(&first);
            let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let (read, errors) = Link::read(first.clone(), pairs);
            assert!(errors.is_empty() && read == link, "{name}={text}: a link with it reads otherwise: {errors:?}");
            let act = format!("1000-{name}-{text}");
            let (read, errors) = Link::read(first.clone(), [("acts", act.as_str())]);
            assert!(
                errors.is_empty() && read.acts.len() == 1,
                "{name}: the act {act} in a link is not read: {errors:?}"
            );
            let run = Run::of(&Travel::new(setup.clone(), Format::Wide), Label::new("", "", ""));
            let run = Run::read(&run.expect("a run that can be kept").write()).expect("a file that can be read");
            assert_eq!(run.setup, setup, "{name}={text}: a kept run with it is another when it is read");
        }
    }
}

#[test]
fn defaults_are_sqlalchemys() {
    let default = |name: &str| valet::settings::setting(name).unwrap().default();
    let found = ["pool_size", "max_overflow", "pool_timeout", "pool_recycle", "pool_reset_on_return"].map(default);
    assert_eq!(found, ["5", "10", "30", "-1", "rollback"].map(|text| Some(text.to_string())));
    assert_eq!(default("workers"), None);
    assert_eq!(SETTINGS.iter().filter(|setting| setting.scope == Scope::Pool).count(), 8);
    let none = valet::settings::setting("gives_up").unwrap().parse("none").unwrap();
    assert_eq!(none, SettingValue::None);
}
