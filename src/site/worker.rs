//! The service worker, which keeps the site for when there is no network.

use super::sources::unwritten;
use super::{SiteError, Sources};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Its file: at the root, so that it may answer for the whole site.
const FILE: &str = "worker.js";

/// Writes the service worker for what has been built in `output`.
///
/// # Errors
/// [`SiteError`] if a file cannot be read or written.
pub fn write_worker(sources: &Sources, output: &Path) -> Result<(), SiteError> {
    let mut files = BTreeMap::new();
    collect(output, "", &mut files)?;
    let files: Vec<String> = files.iter().map(|(file, hash)| format!("\"{file}\":\"{hash:08x}\"")).collect();
    let files = files.join(",");
    let text = sources.read("src/site/worker.js")?;
    let version = format!("{:08x}", fnv(format!("{text}{files}").as_bytes()));
    let text = text.replacen("/* version */", &version, 1).replacen("/* files */", &files, 1);
    let file = output.join(FILE);
    fs::write(&file, text).map_err(unwritten(&file))
}

/// The addresses of all files that are kept, below this folder, each with the hash of its bytes.
fn collect(output: &Path, folder: &str, files: &mut BTreeMap<String, u32>) -> Result<(), SiteError> {
    let here = output.join(folder);
    let unread = |why| SiteError::Read { file: here.display().to_string(), why };
    for entry in fs::read_dir(&here).map_err(unread)? {
        let entry = entry.map_err(unread)?;
        let name = format!("{folder}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(output, &format!("{name}/"), files)?;
        } else if is_kept(&name) {
            let bytes = fs::read(entry.path()).map_err(unread)?;
            files.insert(name.strip_suffix("index.html").unwrap_or(&name).to_owned(), fnv(&bytes));
        }
    }
    Ok(())
}

/// Whether a reader needs it without a network: pages and what they are made of, but no frames.
fn is_kept(file: &str) -> bool {
    let is_frame = file.starts_with("embed/") && file != "embed/index.html";
    let is_for_others =
        [FILE, "404.html", "missing.js", "social.png", "sitemap.xml", "embed.js", "frame.js", "_headers"];
    !(is_frame || is_for_others.contains(&file))
}

/// The hash FNV-1a, of 32 bits, which the worker works out too.
fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::{fnv, is_kept};

    #[test]
    fn the_hash_is_the_known_one() {
        assert_eq!([fnv(b""), fnv(b"a"), fnv(b"foobar")], [0x811c_9dc5, 0xe40c_292c, 0xbf9c_f968]);
    }

    #[test]
    fn what_is_kept() {
        for file in ["index.html", "lessons/why/index.html", "boot.js", "program-1/valet_bg.wasm", "still/wide.svg"] {
            assert!(is_kept(file), "{file}");
        }
        for file in ["worker.js", "embed/lot.html", "social.png"] {
            assert!(!is_kept(file), "{file}");
        }
    }
}
