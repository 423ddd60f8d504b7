//! Writes the still pictures of the lot: the one that stands in the page before the scene arrives, and those of the lessons.
//!
//! `cargo run --profile test --example still` writes `public/still/*.svg`; a test holds them against this.

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all("public/still")?;
    for (name, svg) in valet::still::all() {
        std::fs::write(format!("public/still/{name}.svg"), svg)?;
    }
    Ok(())
}
