//! The claims: each experiment bears its ruling out, and the evidence quotes what was recorded.

use crate::prose::{Prose, facts_hold, words};
use valet::lesson::trial::{CLAIMS, Ruling};

#[test]
fn every_experiment_bears_its_ruling_out() {
    for claim in CLAIMS {
        let (found, as_said) = claim.try_it().expect(claim.name);
        let is_true = claim.ruling == Ruling::True;
        assert_eq!(
            as_said,
            is_true,
            "{} is {}, expects {}, and finds {found}",
            claim.name,
            claim.ruling.name(),
            claim.expects
        );
    }
}

#[test]
fn the_prose_of_the_trial_is_that_of_its_claims() {
    if CLAIMS.is_empty() {
        return;
    }
    let prose = Prose::read("trial");
    assert_eq!(prose.loose_numbers(), [""; 0], "numbers that nothing checks");
    let ids: Vec<_> =
        prose.all("li.claim").iter().map(|claim| claim.value().attr("id").unwrap_or_default().to_owned()).collect();
    let expected: Vec<_> = CLAIMS.iter().map(|claim| format!("claim-{}", claim.name)).collect();
    assert_eq!(ids, expected);
    for claim in CLAIMS {
        let place = format!("li#claim-{}", claim.name);
        for part in [
            "blockquote",
            "form.vote legend",
            "details.ruling > summary",
            "details.ruling .evidence",
            "details.ruling .corrected",
        ] {
            prose.one(&format!("{place} {part}"));
        }
        let votes: Vec<_> = prose.all(&format!("{place} form.vote input[type=radio]"));
        let votes: Vec<_> = votes.iter().filter_map(|vote| vote.value().attr("value")).collect();
        assert_eq!(votes, Ruling::ALL.map(Ruling::name), "{}", claim.name);
        let told = words(prose.one(&format!("{place} details.ruling strong.found")));
        assert_eq!(told.to_lowercase().trim_end_matches('.'), claim.ruling.name(), "{}", claim.name);
        let odd = facts_hold(&prose, &place, |expression| claim.fact(expression));
        assert!(odd.is_empty(), "\n{}", odd.join("\n"));
    }
}

#[test]
fn evidence_quotes_recorded_traces() {
    if CLAIMS.is_empty() {
        return;
    }
    let prose = Prose::read("trial");
    for quote in prose.all(".evidence samp[data-trace]") {
        let path = format!("tests/sqlalchemy/{}", quote.value().attr("data-trace").unwrap_or_default());
        let trace = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        for line in quote.text().collect::<String>().lines().map(str::trim).filter(|line| !line.is_empty()) {
            assert!(trace.contains(line), "{path} has no {line:?}");
        }
    }
}
