//! Sentences that tutorials say, on trial: the reader votes, the pool decides. Their words stand in `trial.html`.

mod claim;

pub use claim::{Claim, Ruling};

/// All of them, in the order in which they are heard.
pub static CLAIMS: &[&Claim] = &[];

/// The claim of this name.
pub fn claim(name: &str) -> Option<&'static Claim> {
    CLAIMS.iter().copied().find(|claim| claim.name == name)
}
