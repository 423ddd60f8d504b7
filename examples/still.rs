//! Writes the still pictures of the lot that stand in the page before the scene arrives: a moment of a simulated world.
//!
//! `cargo run --example still` writes `public/still/wide.svg` and `public/still/tall.svg`; a test holds them against this.

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all("public/still")?;
    for (name, svg) in valet::still::all() {
        std::fs::write(format!("public/still/{name}.svg"), svg)?;
    }
    Ok(())
}
