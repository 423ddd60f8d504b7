//! A cause's world as an address of the playground.

use super::cause::Cause;
use super::cure::Cure;
use super::numbers::Numbers;
use super::world::World;
use crate::link::Link;
use crate::settings::{set_application, site_name};
use crate::still::playground;

impl Cause {
    /// The query, without its `?`, with which the playground opens at the telling moment of this cause's world. With a cure that
    /// changes the pool, its pool stands beside it.
    pub fn link(self, numbers: &Numbers, cure: Option<&Cure>) -> Option<String> {
        Some(self.world(numbers)?.link(numbers, cure))
    }
}

impl World {
    /// The same of a world.
    pub fn link(&self, numbers: &Numbers, cure: Option<&Cure>) -> String {
        let setup = self.plan.setup.clone();
        let rival = cure.map(|cure| cure.cured(self, numbers).setup.settings).filter(|after| *after != setup.settings);
        // A link without a word about latencies means the playground's own.
        let mut first = playground();
        if let Some(site) = setup.site {
            // Naming an application sets its pool; what differs from that must be said.
            let _ = set_application(&mut first, &site_name(site));
            first.site = None;
        }
        let link = Link {
            scene: Some("playground".into()),
            setup,
            acts: self.plan.acts.clone(),
            at: Some(self.moment()),
            rival,
            choices: Vec::new(),
        };
        query(&link.write(&first))
    }
}

/// Names and values as a query. What settings and acts are written with needs no more than this.
fn query(pairs: &[(String, String)]) -> String {
    let mut query = String::new();
    for (name, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        for c in value.chars() {
            match c {
                ' ' => query.push('+'),
                '%' | '&' | '+' | '#' | '=' => query.push_str(&format!("%{:02X}", u32::from(c))),
                _ => query.push(c),
            }
        }
    }
    query
}
