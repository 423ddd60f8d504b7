//! What the pool has to say and nobody has read yet, oldest first.

use super::Output;

/// A queue that is always read to its end, so it need not go round like a `VecDeque`: that costs half as much.
#[derive(Debug, Clone, Default)]
pub(super) struct Outbox {
    outputs: Vec<Output>,
    read: usize,
}

impl Outbox {
    /// Says one more thing.
    #[inline]
    pub fn push(&mut self, output: Output) {
        self.outputs.push(output);
    }

    /// The oldest that was not read.
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
