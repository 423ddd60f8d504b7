//! Splits the program that Trunk has built, and writes the pages beside its `index.html`: Trunk.toml runs this after each build.

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
    use valet::film::Film;
    use valet::site::{Program, SCRIPTS, Shell, Site, SiteError, Sources, script, sheet, write_worker};
    use valet::still;

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
    let program = Program::build(&linked(), &output, is_release())?;
    remove_unsplit(&output);
    for name in SCRIPTS {
        put(&output.join(name), &script(&sources.read(&format!("public/{name}"))?))?;
    }
    let address = std::env::var("VALET_SITE").ok().filter(|address| !address.is_empty());
    let kept = sources.clone();
    let site = Site::new(sources, shell, &name, program, address.as_deref())?;
    for page in site.pages() {
        put(&output.join(page.output()), &site.html(page)?)?;
    }
    for (drawn, own) in site.stills().iter().filter(|(drawn, own)| drawn != own) {
        let file = output.join(own);
        std::fs::copy(output.join(drawn), &file)
            .map_err(|why| SiteError::Write { file: file.display().to_string(), why })?;
    }
    for (name, format) in still::OPENINGS {
        put(&output.join(format!("still/{name}.json")), &Film::of_opening(format).text())?;
    }
    for (file, text) in site.oembeds() {
        put(&output.join(file), &text)?;
    }
    if let Some(map) = site.map() {
        put(&output.join("sitemap.xml"), &map)?;
    }
    if is_release() {
        write_worker(&kept, &output)?; // while one works on the site nothing of it may be kept
    }
    Ok(site.pages().len())
}

#[cfg(not(target_arch = "wasm32"))]
fn is_release() -> bool {
    std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release")
}

/// What Trunk has made of the program in one piece, which no page loads.
#[cfg(not(target_arch = "wasm32"))]
fn remove_unsplit(output: &std::path::Path) {
    for file in std::fs::read_dir(output).into_iter().flatten().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if name.starts_with("valet-") && (name.ends_with(".js") || name.ends_with(".wasm")) {
            let _ = std::fs::remove_file(file.path()); // left there it harms nobody
        }
    }
}

/// What the linker has made for the browser: Cargo puts it beside this program.
#[cfg(not(target_arch = "wasm32"))]
fn linked() -> std::path::PathBuf {
    let here = std::env::current_exe().unwrap_or_default();
    let target = here.ancestors().nth(2).map(std::path::Path::to_owned).unwrap_or_default();
    target.join("wasm32-unknown-unknown").join(if is_release() { "release" } else { "fast" }).join("valet.wasm")
}

#[cfg(target_arch = "wasm32")]
fn main() {}
