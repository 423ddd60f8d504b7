//! The program in parts: what every page needs, and what is loaded when a page asks for it.

use super::SiteError;
use super::sources::unwritten;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::process::Command;
use wasm_split_cli_support::{Options, transform};

/// What Rust's compiler may use of WebAssembly: each browser of the last years has it.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The program's files, as a page has to know them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Program {
    /// Their folder, with a slash at its end; its name says what is in it, so that no two builds are ever mixed.
    pub folder: String,
    /// The files that each part needs beside `valet.js`, `valet_bg.wasm` and `valet_parts.js`.
    pub parts: BTreeMap<String, Vec<String>>,
}

impl Program {
    /// Splits what the linker has made, `linked`, at the functions that say `wasm_split`; writes the parts into a folder
    /// of `output`. `is_small` takes the time to make them small.
    ///
    /// # Errors
    /// [`SiteError`] if a tool is missing or fails, or a file cannot be read or written.
    pub fn build(linked: &Path, output: &Path, is_small: bool) -> Result<Program, SiteError> {
        let input = fs::read(linked).map_err(|why| SiteError::Read { file: linked.display().to_string(), why })?;
        let mut hasher = DefaultHasher::new();
        (&input, is_small).hash(&mut hasher);
        let folder = format!("program-{:016x}/", hasher.finish());
        let output = output.join(&folder);
        fs::create_dir_all(&output).map_err(unwritten(&output))?;

        let main = output.join("valet.wasm");
        let mut options = Options::new(&input);
        (options.output_dir, options.main_out_path) = (&output, &main);
        (options.main_module, options.link_name) = ("./valet.js", "./valet_parts.js");
        options.target.web();
        let split = transform(options).map_err(|why| SiteError::Split { why: format!("{why:#}") })?;
        run(
            "wasm-bindgen",
            [
                OsStr::new("--target=web"),
                "--keep-lld-exports".as_ref(), // the parts share its table
                "--no-typescript".as_ref(),
                "--out-dir".as_ref(),
                output.as_ref(),
                main.as_ref(),
            ],
        )?;
        fs::remove_file(&main).map_err(unwritten(&main))?;
        if is_small {
            for part in split.split_modules.iter().chain([&output.join("valet_bg.wasm")]) {
                let arguments = [OsStr::new("-Oz"), part.as_ref(), "-o".as_ref(), part.as_ref()];
                run("wasm-opt", FEATURES.iter().map(OsStr::new).chain(arguments))?;
            }
        }
        let parts = split
            .prefetch_map
            .into_iter()
            .map(|(part, files)| (part, files.into_iter().map(|file| file + ".wasm").collect()));
        Ok(Program { folder, parts: parts.collect() })
    }
}

/// Runs a tool of `scripts/setup`.
fn run<'a>(tool: &'static str, arguments: impl IntoIterator<Item = &'a OsStr>) -> Result<(), SiteError> {
    let output = Command::new(tool).args(arguments).output().map_err(|why| SiteError::NoTool { tool, why })?;
    if output.status.success() {
        return Ok(());
    }
    Err(SiteError::Tool { tool, said: String::from_utf8_lossy(&output.stderr).trim().to_owned() })
}
