//! What a reader can do in the lessons can be noted.

use valet::lesson::{LESSONS, trial::CLAIMS};
use valet::progress::NAMES;

#[test]
fn every_prediction_challenge_and_claim_has_its_number() {
    let lessons =
        LESSONS.iter().flat_map(|lesson| ["guess", "challenge"].map(|what| format!("{what}-{}", lesson.name)));
    let claims = CLAIMS.iter().map(|claim| format!("claim-{}", claim.name));
    for name in lessons.chain(claims) {
        assert_eq!(NAMES.iter().filter(|known| **known == name).count(), 1, "{name}: the names in src/progress/mod.rs");
    }
}
