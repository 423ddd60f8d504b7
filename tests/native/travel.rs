//! Going back and forth in a run shows what was, and nothing else.

use proptest::prelude::*;
use valet::apps::View;
use valet::figures::Milestone;
use valet::link::Link;
use valet::lot::{Format, Picture};
use valet::pool::{Answer, Class, Command, ConnectionId, Settings};
use valet::service::{Job, Order, Report, RequestSpec, Tally};
use valet::settings;
use valet::sim::{Distribution, Journal, Latency, ServerSetup, Setup, Traffic, Work, WorldAct};
use valet::sql::{Rows, Tables};
use valet::time::{Instant, Span};
use valet::travel::{ReadOnlyPastError, Travel};

/// As far on the scale as any of these runs.
const FAR: Span = Span::from_secs(60);

pub fn at(ms: i64) -> Instant {
    Instant::from_micros(ms * 1_000)
}

pub fn setup(seed: u64, rate: f64, pool_size: i64) -> Setup {
    let ms = Span::from_millis;
    Setup {
        seed,
        settings: Settings {
            pool_size,
            max_overflow: 2,
            pool_timeout: Some(ms(1_500)),
            pool_recycle: Span::from_secs(4),
            ..Settings::default()
        },
        traffic: Traffic::poisson(rate),
        work: Work { shape: Distribution::Exponential, nested_share: 0.1, ..Work::constant(ms(400)) },
        database: ServerSetup {
            latency: Latency { connect: ms(60), ping: ms(2), reset: ms(2), close: ms(2) },
            outage: ms(700),
            ..ServerSetup::default()
        },
        ..Setup::default()
    }
}

/// All that is to be seen of a moment. What differs is said without the pictures, which are long.
#[derive(PartialEq)]
pub struct Look {
    now: Instant,
    events: u64,
    tally: Tally,
    pictures: [Picture; 2],
    written: (usize, usize),
}

impl std::fmt::Debug for Look {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let cars = self.pictures[0].cars.iter().map(|car| (car.number, car.pose.x, car.pose.y)).take(3);
        write!(f, "{:?} {} {:?} {:?} {:?}", self.now, self.events, self.tally, cars.collect::<Vec<_>>(), self.written)
    }
}

pub fn look(travel: &Travel) -> Look {
    let pictures = [false, true].map(|still| travel.picture(0, still));
    let written = (travel.journal().waits().len(), travel.journal().samples().len());
    Look { now: travel.now(), events: travel.world().events(), tally: travel.world().tally(), pictures, written }
}

pub fn same_journal(one: &Journal, other: &Journal) -> bool {
    one.waits() == other.waits() && one.samples() == other.samples()
}

/// A run that was played at once, with these acts.
pub fn fresh(setup: &Setup, acts: &[(i64, WorldAct)], until: i64) -> Travel {
    let mut travel = Travel::new(setup.clone(), Format::Wide);
    for (when, act) in acts.iter().filter(|(when, _)| *when <= until) {
        travel.seek(at(*when));
        travel.act(act.clone()).unwrap();
    }
    travel.seek(at(until));
    travel
}

/// Some visits to one of the views.
pub fn visits(which: usize, times: u32) -> WorldAct {
    let view = View::all().nth(which * 7 % 18);
    WorldAct::Send(
        RequestSpec { takes: Span::from_millis(200), view, ..RequestSpec::default() },
        times,
        Span::from_millis(70),
    )
}

fn acts(first: &Setup) -> impl Strategy<Value = Vec<(i64, WorldAct)>> + use<> {
    let first = first.clone();
    let act = (0usize..7, 1i64..9).prop_map(move |(which, size)| match which {
        0 => WorldAct::Restart,
        1 => WorldAct::Failover,
        2 => WorldAct::Cut,
        4 => visits(size as usize, 3),
        5 => WorldAct::Kill(ConnectionId(size as u32)),
        3 => WorldAct::Arrive(RequestSpec { takes: Span::from_millis(900), ..RequestSpec::default() }),
        _ => WorldAct::Change(Box::new(Setup {
            settings: Settings { pool_size: size, ..first.settings },
            ..first.clone()
        })),
    });
    prop::collection::vec((0i64..12_000, act), 0..4).prop_map(|mut acts| {
        acts.sort_by_key(|(when, _)| *when);
        acts
    })
}

pub fn stories() -> impl Strategy<Value = (Setup, Vec<(i64, WorldAct)>)> {
    (any::<u64>(), 20i32..300, 1i64..5).prop_flat_map(|(seed, rate, size)| {
        let setup = setup(seed, f64::from(rate) / 10.0, size); // as a link can say it
        (Just(setup.clone()), acts(&setup))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// However one got to a moment, by frames, by jumps or by steps, it is the same.
    #[test]
    fn a_moment_is_the_same_whatever_way_leads_to_it(
        (setup, acts) in stories(), jumps in prop::collection::vec(0i64..14_000, 1..8), frame in 5i64..120, steps in 1usize..40
    ) {
        let end = 14_000;
        let mut travel = fresh(&setup, &acts, end);
        for jump in jumps {
            travel.seek(at(jump));
            let direct = fresh(&setup, &acts, jump);
            prop_assert_eq!(look(&travel), look(&direct), "jumped to {}", jump);
            prop_assert!(same_journal(travel.journal(), direct.journal()));
            let before = travel.world().events();
            for _ in 0..steps { travel.step(); }
            let after = travel.world().events();
            let seen = look(&travel);
            for _ in 0..after - before { prop_assert!(travel.step_back()); }
            prop_assert_eq!(travel.world().events(), before);
            for _ in 0..after - before { travel.step(); }
            prop_assert_eq!(look(&travel), seen, "there and back");
        }
        // Frame by frame, looking all the time.
        let mut framed = Travel::new(setup.clone(), Format::Wide);
        let (mut now, mut acts) = (0, acts.into_iter().peekable());
        while now < end {
            now = (now + frame).min(end);
            while let Some((when, act)) = acts.next_if(|(when, _)| *when <= now) {
                framed.play(at(when), &mut |_, _| {});
                framed.act(act).unwrap();
            }
            framed.play(at(now), &mut |_, _| {});
            let _ = framed.picture(0, false);
        }
        travel.seek(at(end));
        prop_assert_eq!(look(&framed), look(&travel));
    }

    /// Whoever turns his phone sees what he would have seen had he held it so from the beginning.
    #[test]
    fn a_format_is_as_if_it_had_always_been((setup, acts) in stories(), until in 0i64..14_000, back in 0i64..14_000) {
        let mut travel = fresh(&setup, &acts, until);
        travel.set_format(Format::Tall);
        let mut tall = Travel::new(setup.clone(), Format::Tall);
        for (when, act) in acts.iter().filter(|(when, _)| *when <= until) {
            tall.seek(at(*when));
            tall.act(act.clone()).unwrap();
        }
        tall.seek(at(until));
        prop_assert_eq!(look(&travel), look(&tall));
        let back = back.min(until);
        travel.seek(at(back));
        tall.seek(at(back));
        prop_assert_eq!(look(&travel), look(&tall));
    }

    /// What is done in the past is as if it had been done at first.
    #[test]
    fn acting_in_the_past_makes_another_future((setup, acts) in stories(), back in 1_000i64..10_000) {
        let mut travel = fresh(&setup, &acts, 12_000);
        travel.seek(at(back));
        travel.act(WorldAct::Restart).unwrap();
        prop_assert_eq!(travel.head(), at(back));
        travel.seek(at(13_000));
        let mut other: Vec<_> = acts.into_iter().filter(|(when, _)| *when <= back).collect();
        other.push((back, WorldAct::Restart));
        prop_assert_eq!(look(&travel), look(&fresh(&setup, &other, 13_000)));
    }

    /// A link says a moment: opened, it shows the same.
    #[test]
    fn a_link_leads_to_the_same_moment((setup, acts) in stories(), until in 0i64..14_000) {
        let travel = fresh(&setup, &acts, until);
        let mut before = setup.clone();
        let mut link = Link { scene: None, setup: setup.clone(), acts: Vec::new(), at: Some(travel.now()), choices: Vec::new(), rival: None };
        for entry in travel.acts() {
            link.acts.extend(settings::Act::all_of(&entry.act, &before).into_iter().map(|act| (entry.at, act)));
            if let WorldAct::Change(after) = &entry.act { before = (**after).clone(); }
        }
        let pairs = link.write(&Setup::default());
        let (read, complaints) = Link::read(Setup::default(), pairs.iter().map(|(name, value)| (&name[..], &value[..])));
        prop_assert!(complaints.is_empty(), "{complaints:?}");
        let mut opened = Travel::new(read.setup.clone(), Format::Wide);
        for (when, act) in &read.acts {
            opened.seek(*when);
            let act = act.on(opened.world().setup());
            opened.act(act).unwrap();
        }
        opened.seek(read.at.unwrap());
        prop_assert_eq!(look(&opened), Look { events: opened.world().events(), ..look(&travel) });
    }
}

/// A driver that is a little slow, in the world's own time.
fn drive(travel: &mut Travel, until: i64, opened: &mut u32) {
    let mut due: Vec<(Instant, Order)> = Vec::new();
    let mut tables = Tables::default();
    loop {
        while let Some(order) = travel.order() {
            let takes = match order.job {
                Job::Work(_, takes) | Job::Execute(_, _, takes) => takes,
                Job::Pool(_) | Job::Rollback(_) => Span::from_millis(7),
            };
            due.push((travel.now() + takes, order));
        }
        due.sort_by_key(|(when, order)| (*when, order.client));
        let next = due.first().map(|(when, _)| *when).filter(|when| *when <= at(until));
        let step = travel.now() + Span::from_millis(16);
        travel.play(next.unwrap_or(step).min(step).min(at(until)), &mut |_, _| {});
        if next == Some(travel.now()) {
            let (_, Order { generation, client, job }) = due.remove(0);
            let mut found = Rows::default();
            let report = match job {
                Job::Work(..) | Job::Rollback(_) => Report::Worked,
                Job::Execute(connection, statement, _) => {
                    let (reply, rows) = tables.execute(connection, statement);
                    found = rows;
                    Report::Executed(reply)
                }
                Job::Pool(Command::Open(_)) => {
                    *opened += 1;
                    Report::Answered(Answer::Opened(ConnectionId(*opened)))
                }
                Job::Pool(_) => Report::Answered(Answer::Done),
            };
            travel.act(WorldAct::Report { generation, client, report, rows: Some(*opened), found }).unwrap();
        } else if travel.now() >= at(until) {
            return;
        }
    }
}

#[test]
fn a_driven_world_replays_what_its_store_answered() {
    let mut travel = Travel::driven(setup(5, 9.0, 2), Format::Wide);
    drive(&mut travel, 20_000, &mut 0);
    let (present, events) = (look(&travel), travel.world().events());
    assert!(travel.is_at_head() && travel.world().tally().served > 50, "{:?}", travel.world().tally());
    assert!(!travel.step(), "nobody knows the future of a real store");
    assert_eq!(travel.run_to(Milestone::Timeout, at(60_000), FAR, 1_000), Some(false));

    travel.seek(at(7_000));
    assert!(travel.is_past() && travel.world().events() < events);
    assert_eq!(travel.act(WorldAct::Restart), Err(ReadOnlyPastError));
    let then = look(&travel);
    travel.play(at(9_000), &mut |_, _| {});
    assert!(travel.step_back());
    travel.seek(at(7_000));
    assert_eq!(look(&travel), then);
    assert!(travel.order().is_none(), "what is played again is not carried out again");

    travel.play(at(99_000), &mut |_, _| {});
    assert_eq!(travel.now(), at(20_000), "the past ends at the present");
    travel.return_to_present();
    assert!(!travel.is_past());
    assert_eq!(look(&travel), present);
    assert_eq!(travel.world().rows(), Some(present.tally.opened as u32));
    travel.set_format(Format::Tall);
    assert!(!travel.is_past() && look(&travel) != present, "the same in another format");
    travel.seek(at(7_000));
    travel.set_format(Format::Wide);
    assert!(travel.is_past());
    assert_eq!(look(&travel), then);
    travel.return_to_present();
    assert_eq!(look(&travel), present);
    for _ in 0..10 {
        assert!(travel.step_back());
    }
    while travel.step() {}
    assert_eq!(look(&travel), present);
    travel.act(WorldAct::Restart).unwrap();
}

/// The trial plays each of its plans from its beginning, and stands there: bays that were half way to their places stayed so.
#[test]
fn a_world_that_is_changed_as_it_begins_has_its_bays_in_their_places() {
    let (before, after) = (setup(3, 0.0, 9), setup(3, 0.0, 3));
    let mut travel = Travel::new(before.clone(), Format::Wide);
    travel.act(WorldAct::Change(Box::new(after.clone()))).unwrap();
    assert_eq!(travel.picture(0, false).plan, Travel::new(after.clone(), Format::Wide).picture(0, false).plan);
}

/// Cars used to fade for most of a second whenever a setting was turned: the lot was empty meanwhile.
#[test]
fn who_is_in_the_lot_stays_in_sight_when_it_changes() {
    let (before, after) = (setup(3, 6.0, 4), setup(3, 6.0, 5));
    let mut travel = Travel::new(before, Format::Wide);
    travel.seek(at(5_000));
    let seen = |travel: &Travel| travel.picture(0, false).cars.iter().filter(|car| car.opacity == 1.0).count();
    let was = seen(&travel);
    travel.act(WorldAct::Change(Box::new(after))).unwrap();
    let changed = travel.picture(0, false);
    assert!(was > 4 && seen(&travel) >= was, "{was} cars, then {}", seen(&travel));
    assert!(changed.bays.iter().all(|bay| bay.rect == changed.plan.bay(bay.spot)));
}

/// What cannot come is not searched for, and what is not searched for never comes.
#[test]
fn what_settings_prevent_never_happens() {
    let busy = setup(3, 12.0, 2);
    let with = |change: &dyn Fn(&mut Settings)| {
        let mut setup = busy.clone();
        change(&mut setup.settings);
        setup
    };
    let worlds = [
        busy.clone(),
        with(&|settings| settings.pool_recycle = Span::from_secs(-1)),
        with(&|settings| settings.pool_timeout = None),
        with(&|settings| settings.max_overflow = 0),
        with(&|settings| settings.max_overflow = -1),
        with(&|settings| settings.pool_size = 0),
        with(&|settings| settings.class = Class::NullPool),
        with(&|settings| settings.class = Class::StaticPool),
    ];
    let mut prevented = 0;
    for setup in worlds {
        let mut travel = Travel::new(setup.clone(), Format::Tall);
        travel.seek(at(60_000));
        for moment in Milestone::ALL {
            if let Some(why) = moment.prevented_by(&setup.settings) {
                assert_eq!(moment.count(&travel.world().tally()), 0, "{why}");
                prevented += 1;
            }
        }
    }
    assert!(prevented > 12, "{prevented}");
    assert!(Milestone::ALL.iter().all(|moment| moment.prevented_by(&busy.settings).is_none()));
}

#[test]
fn runs_to_the_next_of_each_kind() {
    let busy = setup(3, 12.0, 2);
    for moment in Milestone::ALL {
        let mut travel = Travel::new(busy.clone(), Format::Tall);
        if moment == Milestone::Disconnect {
            travel.seek(at(2_000));
            travel.act(WorldAct::Restart).unwrap();
        }
        let mut found = None;
        while found.is_none() {
            found = travel.run_to(moment, at(60_000), FAR, 7);
        }
        assert_eq!(found, Some(true), "{}", moment.name());
        assert_eq!(moment.count(&travel.world().tally()), 1, "{}: the first, and no further", moment.name());
        travel.step_back();
        assert_eq!(moment.count(&travel.world().tally()), 0, "{}: one event before", moment.name());
    }
    let mut quiet = Travel::new(Setup { traffic: Traffic::poisson(0.0), ..busy }, Format::Wide);
    assert_eq!(quiet.run_to(Milestone::Wait, at(60_000), FAR, 100), Some(false));
    assert_eq!(quiet.now(), at(60_000));
}
