//! The link that leads to what a scene shows.

use super::Stage;
use super::source::Source;
use crate::link::{Link, MOST_ACTS};
use crate::settings::Act;
use crate::sim::WorldAct;

/// The link to what a stage shows, in the scene of this name: settings, and where a link can say it also what was done and the
/// moment. Of a real database it says the settings only: its answers do not fit. `stands`: the scene stands still. Also returns
/// whether more was done than a link can say.
pub fn link_to(stage: &Stage, scene: &str, stands: bool) -> (Link, bool) {
    let travel = stage.travel();
    let scene = Some(scene.to_string()).filter(|scene| scene != "lot");
    let setup = travel.world().setup().clone();
    let mut link = Link { scene, setup, acts: Vec::new(), at: None, choices: Vec::new(), rival: None };
    match stage.source() {
        Source::Plan(player) => {
            // The plan is the scene's own: the link says what is otherwise, and what was done.
            link.setup = player.plan().setup.clone();
            let chosen = player.plan().choices.iter();
            link.choices = chosen.map(|&(name, place)| (name.to_string(), place + 1)).collect();
            link.acts = player.mine().to_vec();
            link.at = Some(travel.now()).filter(|_| stands);
        }
        Source::Simulated if stands => {
            let mut setup = travel.first_setup().clone();
            link.setup = setup.clone();
            for entry in travel.acts() {
                link.acts.extend(Act::all_of(&entry.act, &setup).into_iter().map(|act| (entry.at, act)));
                if link.acts.len() > MOST_ACTS {
                    let setup = travel.world().setup().clone();
                    return (Link { setup, acts: Vec::new(), at: None, ..link }, true);
                }
                if let WorldAct::Change(after) = &entry.act {
                    setup = (**after).clone();
                }
            }
            link.at = Some(travel.now());
        }
        Source::Simulated | Source::Live(_) | Source::Replay(_) => {}
    }
    (link, false)
}
