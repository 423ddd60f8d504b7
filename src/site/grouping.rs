//! Which chunks of the split program stand in one file.
//!
//! The splitter makes a chunk for each set of parts that have something in common: with eight parts some eighty, most of them
//! tiny. A file for each would be as many requests. So chunks are put together, where what a part then loads without need is
//! less than a request is worth.

use std::collections::BTreeSet;

/// What a request less is worth, in bytes of wasm: headers, the worse compression of small files, and the browser's work for one.
const REQUEST: usize = 16_000;

/// Parts that few readers load, and only when they ask for them.
const ON_DEMAND: [&str; 1] = ["report"];

/// How much it matters what a part loads without need, and how often it asks: in tenths of a part that a page loads by itself.
fn weight<'a>(parts: impl Iterator<Item = &'a String>) -> usize {
    parts.map(|part| if ON_DEMAND.contains(&part.as_str()) { 1 } else { 10 }).sum()
}

/// Chunks that stand in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// The parts that need one of them.
    pub parts: BTreeSet<String>,
    /// Their names.
    pub chunks: Vec<String>,
    /// The sum of their sizes, in bytes.
    pub size: usize,
}

impl Group {
    /// What it costs to put two together, in tenths of bytes that parts load without need, less what the requests are worth that
    /// they save.
    fn cost(&self, other: &Group) -> isize {
        let without_need = |one: &Group, two: &Group| one.size * weight(two.parts.difference(&one.parts));
        let saved = REQUEST * weight(self.parts.intersection(&other.parts));
        (without_need(self, other) + without_need(other, self)) as isize - saved as isize
    }
}

/// Puts groups together for as long as that pays.
pub(super) fn grouped(mut groups: Vec<Group>) -> Vec<Group> {
    loop {
        let pairs = (0..groups.len()).flat_map(|two| (0..two).map(move |one| (one, two)));
        let best = pairs.min_by_key(|&(one, two)| (groups[one].cost(&groups[two]), one, two));
        let Some((one, two)) = best.filter(|&(one, two)| groups[one].cost(&groups[two]) < 0) else { return groups };
        let Group { parts, chunks, size } = groups.remove(two);
        groups[one].parts.extend(parts);
        groups[one].chunks.extend(chunks);
        groups[one].size += size;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(name: &str, parts: &str, size: usize) -> Group {
        let parts = parts.split(' ').map(str::to_owned).collect();
        Group { parts, chunks: vec![name.to_owned()], size }
    }

    fn files(groups: Vec<Group>) -> Vec<String> {
        grouped(groups).into_iter().map(|group| group.chunks.join("+")).collect()
    }

    #[test]
    fn what_the_same_parts_need_is_one_file() {
        assert_eq!(files(vec![group("a", "lot flask", 90_000), group("b", "flask lot", 70_000)]), ["a+b"]);
    }

    #[test]
    fn a_small_one_goes_where_few_load_it_without_need() {
        let small = group("small", "lot flask", 500);
        assert_eq!(files(vec![small, group("large", "lot flask clinic", 90_000)]), ["small+large"]);
    }

    #[test]
    fn nobody_loads_much_without_need() {
        assert_eq!(files(vec![group("a", "lot flask", 90_000), group("b", "lot", 70_000)]), ["a", "b"]);
    }

    #[test]
    fn what_is_asked_for_seldom_splits_no_file_of_the_others() {
        let shared = group("shared", "flask report", 12_000);
        assert_eq!(files(vec![shared.clone(), group("a", "flask", 90_000)]), ["shared+a"]);
        assert_eq!(files(vec![group("own", "report", 60_000), group("a", "flask report", 9_000)]), ["own", "a"]);
    }

    #[test]
    fn what_no_part_needs_together_stays_apart() {
        assert_eq!(files(vec![group("a", "lot", 10), group("b", "flask", 10)]), ["a", "b"]);
    }
}
