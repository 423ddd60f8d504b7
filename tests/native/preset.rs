//! The worlds that the playground offers to begin with show what they say.

use valet::link::{Link, PRESETS};
use valet::lot::Format;
use valet::service::Tally;
use valet::still;
use valet::time::{Instant, Span};
use valet::travel::Travel;

/// What has happened `more` seconds after the moment with which a preset begins.
fn tally(title: &str, more: i64) -> Tally {
    let preset = PRESETS.iter().find(|preset| preset.title == title).expect("a preset");
    let (link, errors) = Link::read(still::playground(), preset.pairs());
    assert!(errors.is_empty(), "{title}: {errors:?}");
    assert_eq!(link, preset.link(still::playground()), "{title}");
    let mut travel = Travel::new(link.setup, Format::Wide);
    for (at, act) in link.acts {
        travel.seek(at);
        let act = act.on(travel.world().setup());
        travel.act(act).expect("a simulated world");
    }
    let at = link.at.expect("a moment");
    assert!(at > Instant::ZERO, "{title} begins in the middle of life");
    travel.seek(at + Span::from_secs(more));
    travel.world().tally()
}

#[test]
fn each_preset_shows_what_it_says() {
    let open = tally("As it opens", 0);
    assert!(open.served > 10 && open.in_system > 3);
    let noon = tally("A web application at noon", 60);
    assert!(noon.served > 4_000 && noon.timeouts == 0, "{noon:?}");
    let (before, after) = (tally("After a restart", 0), tally("After a restart", 5));
    assert!(before.lost == 0 && after.lost > 0, "{after:?}");
    let leak = tally("A leak", 0);
    assert!(leak.leaked >= 2 && leak.timeouts == 0, "{leak:?}");
    assert!(tally("A leak", 60).timeouts > 0);
    let outage = tally("An outage that goes on", 0);
    let later = tally("An outage that goes on", 26);
    assert!(later.served > outage.served + 50 && later.wasted - outage.wasted > 50, "{later:?}");
    let serverless = tally("Serverless", 0);
    assert!(serverless.refused > 0, "{serverless:?}");
}
