//! The lessons: prose and engine say the same, challenges can be solved, and only by what solves them.
#![cfg(not(target_arch = "wasm32"))]

mod glossary;
mod lessons;
mod page;
mod progress;
mod proof;
mod prose;
mod scene;
mod sentences;
mod trial;
