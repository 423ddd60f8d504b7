//! The daily outage: each day's is fair, the same for everybody, and told truly.

use std::collections::{BTreeMap, BTreeSet};
use valet::clinic::Cause;
use valet::daily::{CAUSES, Change, Date, DateError, Diary, Evidence, FIX, Outage, Record, Score, cause_of, certify};
use valet::figures::ERRORS;

fn day(text: &str) -> Date {
    Date::read(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn days(from: &str, many: usize) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(day(from)), |date| date.after()).take(many)
}

/// Two rounds: each cause at least once.
fn sample() -> impl Iterator<Item = Date> {
    days("2026-11-20", 22)
}

/// What is wrong with the outage of a day.
fn odd(date: Date) -> Vec<String> {
    let (outage, certificate) = match Outage::of(date) {
        Ok(found) => found,
        Err(error) => return vec![error.to_string()],
    };
    let mut odd = Vec::new();
    let mut check = |is_so: bool, what: &str| {
        if !is_so {
            odd.push(format!("{date}, {:?}: {what}", outage.cause));
        }
    };
    // The certificate's own words, asked again without it.
    let judged = |plan: valet::lesson::Plan| outage.judge(&plan.outcome());
    check(!judged(outage.plan()).is_cured(), "nothing is wrong");
    check(judged(outage.good_day()).is_well(), "the good day is not good");
    for &cause in &outage.offered {
        let is_cured = judged(outage.without(cause)).is_cured();
        check(is_cured == (cause == outage.cause), &format!("{cause:?} and its absence"));
    }
    check((4..=5).contains(&outage.offered.len()), "too few or too many to choose from");
    check(outage.offered.iter().collect::<BTreeSet<_>>().len() == outage.offered.len(), "a cause twice");
    check(outage.suspects.len() >= 2, "the cause is alone");
    let attempt = |changes: &[Change]| outage.attempt(changes).map(judged);
    check(!certificate.cures.is_empty(), "no cure");
    for cure in &certificate.cures {
        check(attempt(cure).is_ok_and(|judged| judged.is_well()), &format!("{cure:?} is no cure"));
    }
    check(certificate.wrong.len() >= 6, "hardly any wrong moves");
    for wrong in &certificate.wrong {
        check(attempt(wrong).is_ok_and(|judged| !judged.is_well()), &format!("{wrong:?} helps"));
    }
    // What the reader sees is what happened.
    let Some(evidence) = Evidence::of(&outage) else { return vec![format!("{date}: no evidence")] };
    check(i64::from(evidence.failed) == ERRORS.number(&outage.plan().outcome()), "failures are miscounted");
    check(i64::from(evidence.failed) == certificate.failed, "the certificate counts others");
    let stretches = evidence.stretches.iter();
    check(stretches.map(|stretch| stretch.failed).sum::<u32>() == evidence.failed, "a stretch is missing");
    check(evidence.good_day.failed == 0, "requests fail on a good day");
    let last = evidence.log_until.last();
    check(last.is_some_and(|entry| entry.at == evidence.first.at && entry.text.contains("Error")), "the log ends late");
    check(evidence.log_until.is_sorted_by_key(|entry| entry.at), "the log is not in order");
    let mut said = BTreeSet::new();
    for &guess in &outage.offered {
        let reply = outage.reply(&evidence, guess);
        check(reply.is_right == (guess == outage.cause), &format!("the reply to {guess:?} is wrong"));
        let text = format!("{} {}", reply.says, reply.without);
        let is_fine = reply.says.ends_with('.') && !text.contains(['{', '}']) && !text.contains(" 1 requests");
        check(is_fine && said.insert(text.clone()), &format!("{guess:?} gets: {text}"));
    }
    for suspect in &outage.suspects {
        check(suspect.note().ends_with('.'), &format!("{suspect:?} has no note"));
    }
    odd
}

fn all_are_fair(days: impl Iterator<Item = Date>) {
    let odd: Vec<String> = days.flat_map(odd).collect();
    assert!(odd.is_empty(), "{}", odd.join("\n"));
}

#[test]
fn a_sample_of_days_is_fair() {
    all_are_fair(sample());
    assert_eq!(sample().map(cause_of).collect::<BTreeSet<_>>().len(), CAUSES.len(), "a cause is not in the sample");
}

/// `make soak-daily`.
#[test]
#[ignore = "takes minutes: make soak-daily"]
fn each_day_of_two_years_is_fair() {
    all_are_fair(days("2026-07-01", 730));
}

/// Addresses of days are shared: what a day is about may not change. Another generator needs another key in the address.
#[test]
fn days_that_were_shared_stay_as_they_were() {
    let told = |date: &str| {
        let (outage, certificate) = Outage::of(day(date)).expect(date);
        format!("{date} {:?} {} {} {}", outage.cause, outage.attempt, certificate.failed, outage.service)
    };
    assert_eq!(
        ["2026-01-01", "2026-11-26", "2026-11-27", "2026-11-28", "2027-12-31"].map(told),
        [
            "2026-01-01 HeldAcrossSlowWork 0 307 the plant nursery",
            "2026-11-26 Restart 0 6 the ferry bookings",
            "2026-11-27 EnginePerRequest 0 1033 the clinic’s appointments",
            "2026-11-28 ServerSlow 0 39 the clinic’s appointments",
            "2027-12-31 HeldAcrossSlowWork 0 395 the ticket shop",
        ]
    );
}

#[test]
fn a_day_is_the_same_for_everybody() {
    for date in sample().step_by(4) {
        let (first, again) = (Outage::of(date).expect("an outage"), Outage::of(date).expect("an outage"));
        assert_eq!(first, again, "{date}");
        assert_eq!(Evidence::of(&first.0), Evidence::of(&again.0), "{date}");
        assert_eq!(certify(&first.0).as_ref(), Ok(&first.1), "{date}");
    }
}

#[test]
fn each_cause_has_its_day_in_turn() {
    let causes: Vec<Cause> = days("2026-01-01", 4_000).map(cause_of).collect();
    assert!(causes.windows(2).all(|pair| pair[0] != pair[1]), "a cause two days in a row");
    let mut many: BTreeMap<Cause, usize> = BTreeMap::new();
    causes.iter().for_each(|cause| *many.entry(*cause).or_default() += 1);
    assert_eq!(many.len(), CAUSES.len());
    assert!(many.values().all(|many| (362..=366).contains(many)), "{many:?}");
}

#[test]
fn a_day_is_written_as_the_calendar_has_it() {
    let all: Vec<Date> = std::iter::successors(Some(Date::FIRST), |date| date.after()).collect();
    assert_eq!((all[0].to_string(), all[all.len() - 1].to_string()), ("2026-01-01".into(), "2099-12-31".into()));
    assert_eq!(all.len(), 74 * 365 + 18, "years with 29 February");
    for date in &all {
        assert_eq!(Date::read(&date.to_string()), Ok(*date));
        assert_eq!(date.after().and_then(Date::before).unwrap_or(*date), *date);
    }
    assert!(all.iter().any(|date| date.to_string() == "2028-02-29"));
    assert_eq!(day("2026-11-27").in_words(), "27 November 2026");
    assert_eq!(Date::of_millis(1_795_737_600_000.0 - 1.0), day("2026-11-26"));
    assert_eq!(Date::of_millis(1_795_737_600_000.0), day("2026-11-27"));
    assert_eq!(Date::of_millis(f64::NAN), Date::FIRST);
    assert_eq!(Date::of_millis(0.0), Date::FIRST);
    for text in ["", "today", "2026-11", "2026-11-1", "27.11.2026", "2026-11-27-1", "+026-11-27", "2026-11-２7"] {
        assert_eq!(Date::read(text), Err(DateError::NoDate), "{text}");
    }
    for text in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2025-12-31", "2100-01-01", "0000-01-01"] {
        assert_eq!(Date::read(text), Err(DateError::OutOfRange), "{text}");
    }
}

#[test]
fn the_score_counts_guesses_and_runs() {
    let cause = Cause::Leak;
    let record = |guesses: &[Cause], runs, broken| Record {
        guesses: guesses.to_vec(),
        runs,
        broken,
        is_cured: true,
        ..Record::default()
    };
    let score = |record: Record| record.score(cause).expect("a score");
    assert_eq!(Record::default().score(cause), None);
    assert_eq!(score(record(&[Cause::Leak], 1, 0)), Score { cause: 3, cure: 3, broken: 0 });
    assert_eq!(score(record(&[Cause::TooSmall, Cause::Leak], 2, 1)), Score { cause: 2, cure: 2, broken: 1 });
    let lost = [Cause::TooSmall, Cause::ServerSlow, Cause::NestedCheckout];
    assert_eq!(score(record(&lost, 9, 0)), Score { cause: 0, cure: 1, broken: 0 });
    assert!(record(&lost, 0, 0).is_decided(cause) && !record(&lost[1..], 0, 0).is_decided(cause));
    assert_eq!(score(Record { is_shown: true, ..record(&[Cause::Leak], 1, 0) }).cure, 0);
    let line =
        score(record(&[Cause::Leak], 2, 0)).line("Valet", day("2026-11-27"), "https://example.org/daily/#2026-11-27");
    assert_eq!(
        line,
        "Valet 2026-11-27 · cause 3/3 · cure 2/3 · nothing broken · https://example.org/daily/#2026-11-27"
    );
    assert!(CAUSES.iter().all(|cause| !line.contains(cause.title())), "the line says the cause");
    assert!(Score { cause: 3, cure: 1, broken: 2 }.to_string().ends_with("broke something 2 times"));
}

#[test]
fn what_was_done_is_kept_and_read_again() {
    let mut diary = Diary::default();
    let record = Record {
        guesses: vec![Cause::TooSmall, Cause::HeldAcrossSlowWork],
        runs: 2,
        broken: 1,
        is_cured: true,
        is_shown: false,
        changes: vec![("pool_size", "4".into()), (FIX.name, FIX.options[2].into()), ("pool_timeout", "None".into())],
    };
    diary.note(day("2026-11-27"), record.clone());
    diary.note(day("2026-11-26"), Record { is_shown: true, ..Record::default() });
    let text = diary.text();
    assert_eq!(Diary::read(&text), diary);
    assert!(text.starts_with("2026-11-26 ") && text.lines().count() == 2, "{text}");
    assert_eq!(diary.of(day("2026-11-27")), record);
    assert_eq!(diary.of(day("2026-11-25")), Record::default());
    // What is not understood is left out, and nothing else with it.
    for bad in [
        "",
        "2026-11-25",
        "x 1/0/00 guesses=",
        "2026-11-25 1/0/00 guesses=nobody",
        "2026-11-25 1/0/00 guesses= a=1",
        "2026-11-25 1/0/00 guesses= fix=9",
        "2026-11-25 -1/0/00 guesses=",
    ] {
        assert_eq!(Diary::read(&format!("{bad}\n{text}")), diary, "{bad}");
    }
}
