//! The program in parts: what every page needs, and what is loaded when a page asks for it.

use super::SiteError;
use super::grouping::{Group, grouped};
use super::merge::merge;
use super::sources::unwritten;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
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

/// The script that loads the parts' files.
const LOADER: &str = "valet_parts.js";
/// The same as the program imports it.
const LINK: &str = "./valet_parts.js";

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
    /// of `output`, in few files. `is_small` takes the time to make them small.
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
        (options.main_module, options.link_name) = ("./valet.js", LINK);
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
        let files = put_together(&output, split.prefetch_map)?;
        if is_small {
            for file in files.keys().map(String::as_str).chain(["valet_bg.wasm"]) {
                let file = output.join(file);
                let arguments = [OsStr::new("-Oz"), file.as_ref(), "-o".as_ref(), file.as_ref()];
                run("wasm-opt", FEATURES.iter().map(OsStr::new).chain(arguments))?;
            }
        }
        let mut parts = BTreeMap::<String, Vec<String>>::new();
        for (file, part) in
            files.into_iter().flat_map(|(file, parts)| parts.into_iter().map(move |part| (file.clone(), part)))
        {
            parts.entry(part).or_default().push(file);
        }
        let loader = output.join(LOADER);
        fs::write(&loader, loader_of(&parts)).map_err(unwritten(&loader))?;
        Ok(Program { folder, parts })
    }
}

/// Puts the chunks that the splitter has written, and that each part `needs`, into few files; says which parts need each.
fn put_together(
    folder: &Path,
    needs: impl IntoIterator<Item = (String, Vec<String>)>,
) -> Result<BTreeMap<String, BTreeSet<String>>, SiteError> {
    let mut chunks = BTreeMap::<String, BTreeSet<String>>::new();
    for (chunk, part) in
        needs.into_iter().flat_map(|(part, needs)| needs.into_iter().map(move |chunk| (chunk, part.clone())))
    {
        chunks.entry(chunk).or_default().insert(part);
    }
    let mut read = BTreeMap::new();
    for chunk in chunks.keys() {
        let file = folder.join(chunk).with_extension("wasm");
        let bytes = fs::read(&file).map_err(|why| SiteError::Read { file: file.display().to_string(), why })?;
        fs::remove_file(&file).map_err(unwritten(&file))?;
        read.insert(chunk.clone(), bytes);
    }
    let groups =
        chunks.into_iter().map(|(chunk, parts)| Group { parts, size: read[&chunk].len(), chunks: vec![chunk] });
    let mut files = BTreeMap::new();
    for (number, Group { parts, chunks, .. }) in grouped(groups.collect()).into_iter().enumerate() {
        let name = match parts.first() {
            Some(part) if parts.len() == 1 => format!("part_{part}.wasm"),
            _ => format!("shared_{number}.wasm"),
        };
        let file = folder.join(&name);
        let merged = merge(chunks.iter().map(|chunk| &read[chunk][..])).map_err(SiteError::Merge)?;
        fs::write(&file, merged).map_err(unwritten(&file))?;
        files.insert(name, parts);
    }
    Ok(files)
}

/// The script that loads the files of parts. The program imports a function of it for each.
fn loader_of(parts: &BTreeMap<String, Vec<String>>) -> String {
    let files = serde_json::to_string(parts).unwrap_or_default();
    let exports = parts.keys().map(|part| {
        format!("export const __wasm_split_load_{part} = (told, data) => loadPart(\"{part}\", told, data);\n")
    });
    include_str!("loader.js").replace("const files = {};", &format!("const files = {files};"))
        + &exports.collect::<String>()
}

/// Runs a tool of `scripts/setup`.
fn run<'a>(tool: &'static str, arguments: impl IntoIterator<Item = &'a OsStr>) -> Result<(), SiteError> {
    let output = Command::new(tool).args(arguments).output().map_err(|why| SiteError::NoTool { tool, why })?;
    if output.status.success() {
        return Ok(());
    }
    Err(SiteError::Tool { tool, said: String::from_utf8_lossy(&output.stderr).trim().to_owned() })
}
