//! The claims: each experiment bears its ruling out, and the evidence quotes what was recorded.

use crate::prose::{Prose, facts_hold, plain, words};
use serde_json::Value;
use valet::lesson::trial::{CLAIMS, Ruling, STILL};

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
    let prose = Prose::read("trial");
    assert_eq!(prose.loose_numbers(), [""; 0], "numbers that nothing checks");
    let ids: Vec<_> =
        prose.all("li.claim").iter().map(|claim| claim.value().attr("id").unwrap_or_default().to_owned()).collect();
    let expected: Vec<_> = CLAIMS.iter().map(|claim| format!("claim-{}", claim.name)).collect();
    assert_eq!(ids, expected);
    let mut odd = Vec::new();
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
        odd.extend(facts_hold(&prose, &place, |expression| claim.fact(expression)));
        prose.one(&format!("{place} details.ruling > p:first-of-type [data-fact='{}']", claim.fact));
    }
    odd.extend(facts_hold(&prose, "#trial-run figcaption", |expression| STILL.fact(expression)));
    assert!(odd.is_empty(), "\n{}", odd.join("\n"));
    let facts = prose.all("li.claim [data-fact], #trial-run figcaption [data-fact]").len();
    assert_eq!(facts, prose.all("[data-fact]").len(), "facts of no claim");
}

#[test]
fn a_trial_has_all_its_parts() {
    let prose = Prose::read("trial");
    for part in [
        "section.prose.trial#trial[aria-labelledby=trial-title] > h2#trial-title > a.anchor[href='#trial']",
        "section.scene#trial-run[aria-label] > .stage > .picture#trial-run-picture[role=img][aria-label]",
        "#trial-run > .stage > figure.still > img[src='still/trial.svg'][alt][width='390'][height='580'][loading=lazy]",
        "#trial-run > .stage > .panel#trial-run-panel[aria-busy=true]",
        "#trial-run ~ ol.claims",
        "ol.claims + p.tally#trial-tally",
    ] {
        prose.one(part);
    }
    for vote in prose.all("form.vote input") {
        let name = vote.value().attr("name").unwrap_or_default();
        let place = vote.ancestors().filter_map(scraper::ElementRef::wrap).find(|item| item.value().name() == "li");
        assert_eq!(
            place.and_then(|item| item.value().attr("id").map(|id| format!("{id}-vote"))).as_deref(),
            Some(name)
        );
    }
}

#[test]
fn the_tally_counts_the_claims() {
    let prose = Prose::read("trial");
    let of = |ruling: Ruling| CLAIMS.iter().filter(|claim| claim.ruling == ruling).count();
    let counts = Ruling::ALL.iter().map(|&ruling| (ruling.name(), of(ruling)));
    for (name, count) in counts.chain([("all", CLAIMS.len())]) {
        assert!(count > 0, "nothing is {name}");
        let told = prose.one(&format!("#trial-tally [data-count='{name}']"));
        assert_eq!(plain(&words(told)), count.to_string(), "{name}");
    }
    assert_eq!(prose.all("[data-count]").len(), Ruling::ALL.len() + 1);
}

#[test]
fn an_experiment_is_short_enough_to_watch() {
    for claim in CLAIMS {
        let watched = (claim.plan)().length.as_secs_f64() / claim.speed;
        assert!((5.0..=12.0).contains(&watched), "{} takes {watched} s", claim.name);
    }
}

#[test]
fn evidence_quotes_recorded_traces() {
    let prose = Prose::read("trial");
    for quote in prose.all(".evidence samp[data-trace]") {
        let path = format!("tests/sqlalchemy/{}", quote.value().attr("data-trace").unwrap_or_default());
        let trace = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        for line in quote.text().collect::<String>().lines().map(str::trim).filter(|line| !line.is_empty()) {
            assert!(trace.contains(line), "{path} has no {line:?}");
        }
    }
}

/// `APP PATH` quotes what happened in the first recorded visit, one event after the other; `APP` quotes the pool that
/// Flask-SQLAlchemy made, and it warned of nothing.
#[test]
fn evidence_quotes_recorded_applications() {
    let path = "tests/flask/fixture.json";
    let fixture: Value = serde_json::from_str(&std::fs::read_to_string(path).expect(path)).expect(path);
    let prose = Prose::read("trial");
    for quote in prose.all(".evidence samp[data-flask]") {
        let (what, said) = (quote.value().attr("data-flask").unwrap_or_default(), words(quote));
        match what.split_once(' ') {
            Some((app, view)) => {
                let visit = format!("visit {view}");
                let sequences = fixture["sequences"].as_array().expect("sequences").iter();
                let steps = sequences.filter(|sequence| sequence["app"] == app).filter_map(|it| it["steps"].as_array());
                let step = steps.flatten().find(|step| step["do"] == visit.as_str()).expect(what);
                let happened: Vec<_> = step["events"].as_array().expect(what).iter().collect();
                let quoted: Vec<Value> = said.split(", ").map(Value::from).collect();
                let found = happened.windows(quoted.len()).any(|some| some.iter().zip(&quoted).all(|(a, b)| *a == b));
                assert!(found, "{what} has no {said:?} in {happened:?}");
            }
            None => {
                let quoted: Value = serde_json::from_str(&format!("{{{said}}}")).expect(what);
                for (name, value) in quoted.as_object().expect(what) {
                    assert_eq!(&fixture["apps"][what]["pool"][name], value, "{what}: {name}");
                }
                assert_eq!(fixture["apps"][what]["warnings"], serde_json::json!([]), "{what}");
            }
        }
    }
    assert!(prose.all(".evidence samp[data-flask]").len() > 5);
}
