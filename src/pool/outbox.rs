//! Outputs that were not read yet, oldest first.

use super::Output;

/// A queue that is always read to its end, so it needs no ring buffer like `VecDeque`: it costs half as much.
#[derive(Debug, Clone, Default)]
pub(super) struct Outbox {
    outputs: Vec<Output>,
    read: usize,
}

impl Outbox {
    /// Adds an output.
    #[inline]
    pub fn push(&mut self, output: Output) {
        self.outputs.push(output);
    }

    /// The oldest output that was not read.
    #[inline]
    pub fn next(&mut self) -> Option<Output> {
        match self.outputs.get(self.read) {
            Some(&output) => {
                self.read += 1;
                Some(output)
            }
            None => {
                self.outputs.clear();
                self.read = 0;
                None
            }
        }
    }
}
