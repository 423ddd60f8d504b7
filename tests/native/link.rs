//! What a link says, and what is said of a link that cannot be taken as it is.

use valet::link::Link;
use valet::sim::Setup;
use valet::time::{Instant, Span};

fn read(pairs: &[(&str, &str)]) -> (Link, Vec<String>) {
    Link::read(Setup::default(), pairs.iter().copied())
}

#[test]
fn of_a_setting_that_is_given_twice_the_first_counts_and_it_is_said() {
    let (link, complaints) = read(&[("pool_size", "3"), ("rate", "2"), ("pool_size", "4"), ("pool_size", "9")]);
    assert_eq!(link.setup.settings.pool_size, 3);
    assert_eq!(complaints, ["The link has pool_size more than once. The first counts, pool_size=3."]);
    let (link, complaints) =
        read(&[("acts", "1-restart"), ("acts", "2-cut"), ("b_pool_size", "7"), ("b_pool_size", "8")]);
    assert_eq!((link.deeds.len(), link.rival.unwrap().pool_size, complaints.len()), (1, 7, 2));
}

#[test]
fn a_day_fits() {
    let day = Span::from_secs(86_400);
    let (link, complaints) =
        read(&[("wait_timeout", "28800"), ("firewall", "86400"), ("at", "86400"), ("acts", "86400000000-restart")]);
    assert_eq!(complaints, [""; 0]);
    assert_eq!(link.setup.database.wait_timeout, Some(Span::from_secs(28_800)));
    assert_eq!((link.setup.database.firewall, link.at), (Some(day), Some(Instant::ZERO + day)));
    assert_eq!(link.deeds.len(), 1);
    let (_, complaints) = read(&[("wait_timeout", "86401"), ("at", "86401"), ("acts", "86400000001-restart")]);
    assert_eq!(
        complaints,
        [
            "The link has wait_timeout=86401. It takes None, or seconds, from 0 to 86400. The page's own value is used.",
            "The link has at=86401. A moment is seconds from 0 to 86400. The page begins at 0.",
            "The link has the act 86400000001-restart, which means nothing here. It is left out.",
        ]
    );
}

#[test]
fn a_thousand_workers_are_refused() {
    let (link, complaints) = read(&[("workers", "1000")]);
    assert_eq!(link.setup.workers, 1);
    assert_eq!(
        complaints,
        ["The link has workers=1000. It takes a whole number from 1 to 64. The page's own value is used."]
    );
}
