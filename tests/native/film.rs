//! The film of the opening shows what the pictures of the opening show.

use valet::film::{Film, FilmMaker, Measure, Part};
use valet::lot::{Format, landscape, standing, traffic};
use valet::pool::Settings;
use valet::sim::{Setup, WorldAct};
use valet::still::{OPENINGS, opened};
use valet::time::Span;

/// A curve may be off by so much, and the numbers compared each by a digit that is dropped.
fn may_be_off(measure: Measure) -> f32 {
    measure.tolerance() + 0.11
}

#[test]
fn every_frame_has_the_shapes_of_its_picture_in_their_order() {
    for (name, format) in OPENINGS {
        let film = Film::of_opening(format);
        let mut travel = opened(format);
        let begins = travel.now();
        assert_eq!(film.begins, begins.as_secs_f64());
        let mut compared = 0;
        for frame in (0..film.frames).step_by(7) {
            travel.seek(begins + Span::from_micros(i64::from(frame) * 1_000_000 / i64::from(film.rate)));
            let picture = travel.picture(0, false);
            let layers = [landscape(&picture.plan), standing(&picture), traffic(&picture)];
            for (shots, shapes) in film.layers.iter().zip(layers) {
                let mut seen = shots.iter().filter(|shot| (shot.first..=shot.last).contains(&frame));
                for shape in &shapes {
                    let Part(look, numbers) = Part::of(shape);
                    let shot = seen.next().unwrap_or_else(|| panic!("{name}, frame {frame}: no {look:?}"));
                    assert_eq!(film.looks[shot.look], look, "{name}, frame {frame}");
                    let shown = shot.at(frame, &film.curves);
                    assert_eq!(shown.len(), numbers.len());
                    for (index, (shown, number)) in shown.iter().zip(&numbers).enumerate() {
                        let off = (shown - number).abs();
                        // A car that turns right round is as it was.
                        let off = off.min((off - std::f32::consts::TAU).abs());
                        let most = may_be_off(look.measure(index));
                        assert!(off <= most, "{name}, frame {frame}: {shown} instead of {number} of {look:?}");
                        compared += 1;
                    }
                }
                assert!(seen.next().is_none(), "{name}, frame {frame}: more than the picture has");
            }
        }
        assert!(compared > 20_000, "{name}: only {compared} numbers");
    }
}

#[test]
fn a_film_is_small_enough_to_come_before_the_program() {
    for (name, format) in OPENINGS {
        let film = Film::of_opening(format);
        // scripts/sizes asks for the rest.
        assert!(film.text().len() < 100_000, "{name}: {}", film.text().len());
        let (shots, moving) =
            (film.layers[2].len(), film.layers[2].iter().filter(|shot| !shot.moves.is_empty()).count());
        assert!(moving > 100 && shots > moving, "{name}: {moving} of {shots} move");
    }
}

/// When another pool takes over, bays of the one before stand on a strip of their own: another plan, and another landscape.
#[test]
fn a_film_goes_on_when_the_plan_changes() {
    let mut travel = opened(Format::Wide);
    let begins = travel.now();
    travel.seek(begins + Span::from_secs(2));
    let setup = travel.world().setup().clone();
    let settings = Settings { pool_size: 12, ..setup.settings };
    travel.act(WorldAct::Change(Box::new(Setup { settings, ..setup }))).expect("a simulated world");
    let mut maker = FilmMaker::new(begins, 1.0, 10);
    let mut pictures = Vec::new();
    for _ in 0..150 {
        travel.seek(maker.moment());
        let picture = travel.picture(0, false);
        maker.add(&picture);
        pictures.push(picture);
    }
    let film = maker.finish();
    assert!(pictures.windows(2).filter(|two| two[0].plan != two[1].plan).count() > 0, "the plan changes");
    for (frame, picture) in pictures.iter().enumerate() {
        let layers = [landscape(&picture.plan), standing(picture), traffic(picture)];
        for (shots, shapes) in film.layers.iter().zip(layers) {
            let frame = frame as u32;
            let seen: Vec<_> = shots.iter().filter(|shot| (shot.first..=shot.last).contains(&frame)).collect();
            let looks: Vec<_> = seen.iter().map(|shot| &film.looks[shot.look]).collect();
            let meant: Vec<_> = shapes.iter().map(|shape| Part::of(shape).0).collect();
            assert_eq!(looks, meant.iter().collect::<Vec<_>>(), "frame {frame}");
        }
    }
}
