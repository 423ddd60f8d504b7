//! Writes the pages beside the `index.html` that Trunk has built: Trunk.toml runs this after each build.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    match write() {
        Ok(number) => {
            println!("{number} pages are written.");
            std::process::ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("The pages are not written: {error}.");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn write() -> Result<usize, valet::site::SiteError> {
    use std::path::{Path, PathBuf};
    use valet::site::{Shell, Site, SiteError, Sources, sheet};

    let put = |file: &Path, text: &str| {
        let error = |why| SiteError::Write { file: file.display().to_string(), why };
        file.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(error)?;
        std::fs::write(file, text).map_err(error)
    };
    let folder =
        |variable: &str, otherwise: &str| PathBuf::from(std::env::var_os(variable).unwrap_or(otherwise.into()));
    let (output, sources) = (folder("TRUNK_STAGING_DIR", "dist"), Sources::of(folder("TRUNK_SOURCE_DIR", ".")));
    let shell = Shell::new(&Sources::of(&output).read("index.html")?)?;
    let (name, text) = sheet(&sources)?;
    put(&output.join(&name), &text)?;
    let address = std::env::var("VALET_SITE").ok().filter(|address| !address.is_empty());
    let site = Site::new(sources, shell, &name, address.as_deref())?;
    for page in site.pages() {
        put(&output.join(page.output()), &site.html(page)?)?;
    }
    if let Some(map) = site.map() {
        put(&output.join("sitemap.xml"), &map)?;
    }
    Ok(site.pages().len())
}

#[cfg(target_arch = "wasm32")]
fn main() {}
