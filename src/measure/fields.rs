//! The counts of a run by name, for files.

use crate::service::Tally;

/// How many there are.
pub(super) const COUNT: usize = 21;

/// Every count of a tally with its name, in the order of the files.
pub(super) fn fields(tally: &Tally) -> [(&'static str, u64); COUNT] {
    // Taken apart by name, so that a new count cannot be forgotten here.
    let Tally {
        arrived,
        served,
        timeouts,
        refused,
        lost,
        failed,
        leaked,
        gave_up,
        wasted,
        retried,
        turned_away,
        waited,
        opened,
        overflowed,
        closed,
        recycled,
        disconnected,
        asking,
        holding,
        nesting,
        in_system,
    } = *tally;
    [
        ("arrived", arrived),
        ("served", served),
        ("timeouts", timeouts),
        ("refused", refused),
        ("lost", lost),
        ("failed", failed),
        ("leaked", leaked),
        ("gave_up", gave_up),
        ("wasted", wasted),
        ("retried", retried),
        ("turned_away", turned_away),
        ("waited", waited),
        ("opened", opened),
        ("overflowed", overflowed),
        ("closed", closed),
        ("recycled", recycled),
        ("disconnected", disconnected),
        ("asking", asking.into()),
        ("holding", holding.into()),
        ("nesting", nesting.into()),
        ("in_system", in_system.into()),
    ]
}
