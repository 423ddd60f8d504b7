//! Several chunks of the split program as one module.
//!
//! A chunk imports the program's memory, its table and a few globals, and exports nothing: it puts its functions into the table
//! and its data into the memory, and the others find them there. So chunks become one module by standing one behind the other,
//! with their functions and types counted on.

use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, DataCountSection, DataSection, ElementSection, FunctionSection, ImportSection, Module, TypeSection,
};
use wasmparser::{BinaryReaderError, Import, Parser, Payload, TypeRef};

/// Why chunks do not become one module.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// It cannot be read.
    #[error("a chunk of the program cannot be read: {0}")]
    Unreadable(#[from] Error),
    /// It has what no chunk has.
    #[error("a chunk of the program has {0}, and should have none")]
    NotAChunk(String),
}

impl From<BinaryReaderError> for MergeError {
    fn from(error: BinaryReaderError) -> MergeError {
        MergeError::Unreadable(error.into())
    }
}

/// One module that does what all these chunks do.
///
/// # Errors
/// [`MergeError`] if one is no chunk.
pub(super) fn merge<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, MergeError> {
    let mut merged = Merged::default();
    for chunk in chunks {
        merged.add(chunk)?;
    }
    Ok(merged.module())
}

/// What was read so far.
#[derive(Default)]
struct Merged {
    types: TypeSection,
    imports: ImportSection,
    /// What is imported: `MODULE.NAME`, and whether it is a global.
    imported: Vec<(String, bool)>,
    functions: FunctionSection,
    elements: ElementSection,
    code: CodeSection,
    data: DataSection,
}

impl Merged {
    fn add(&mut self, chunk: &[u8]) -> Result<(), MergeError> {
        let mut numbers = Numbers {
            types: self.types.len(),
            functions: self.functions.len(),
            elements: self.elements.len(),
            data: self.data.len(),
            globals: Vec::new(),
        };
        for payload in Parser::new(0).parse_all(chunk) {
            match payload? {
                Payload::TypeSection(section) => numbers.parse_type_section(&mut self.types, section)?,
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        self.import(&mut numbers, import?)?;
                    }
                }
                Payload::FunctionSection(section) => numbers.parse_function_section(&mut self.functions, section)?,
                Payload::ElementSection(section) => numbers.parse_element_section(&mut self.elements, section)?,
                Payload::CodeSectionEntry(body) => numbers.parse_function_body(&mut self.code, body)?,
                Payload::DataSection(section) => numbers.parse_data_section(&mut self.data, section)?,
                // Names and features are the tools' business; the others say how much of something follows.
                Payload::Version { .. }
                | Payload::CustomSection(_)
                | Payload::CodeSectionStart { .. }
                | Payload::DataCountSection { .. }
                | Payload::End(_) => {}
                Payload::ExportSection(section) if section.count() == 0 => {}
                other => return Err(MergeError::NotAChunk(format!("{other:?}"))),
            }
        }
        Ok(())
    }

    /// What another chunk has imported already is imported once. There is one memory and one table, so these keep their number.
    fn import(&mut self, numbers: &mut Numbers, import: Import) -> Result<(), MergeError> {
        let name = format!("{}.{}", import.module, import.name);
        let is_global = match import.ty {
            TypeRef::Memory(_) | TypeRef::Table(_) => false,
            TypeRef::Global(_) => true,
            other => return Err(MergeError::NotAChunk(format!("an import of {other:?}"))),
        };
        if !self.imported.iter().any(|(known, _)| *known == name) {
            self.imports.import(import.module, import.name, numbers.entity_type(import.ty)?);
            self.imported.push((name.clone(), is_global));
        }
        if is_global {
            let mut globals = self.imported.iter().filter(|(_, is_global)| *is_global);
            numbers.globals.extend(globals.position(|(known, _)| *known == name).map(|place| place as u32));
        }
        Ok(())
    }

    fn module(self) -> Vec<u8> {
        let mut module = Module::new();
        let count = DataCountSection { count: self.data.len() };
        module.section(&self.types).section(&self.imports).section(&self.functions).section(&self.elements);
        module.section(&count).section(&self.code).section(&self.data);
        module.finish()
    }
}

/// What a chunk's own numbers become.
struct Numbers {
    types: u32,
    functions: u32,
    elements: u32,
    data: u32,
    /// The new number of each of its globals.
    globals: Vec<u32>,
}

impl Reencode for Numbers {
    type Error = Infallible;

    fn type_index(&mut self, of: u32) -> Result<u32, Error> {
        Ok(self.types + of)
    }

    fn function_index(&mut self, of: u32) -> Result<u32, Error> {
        Ok(self.functions + of)
    }

    fn element_index(&mut self, of: u32) -> Result<u32, Error> {
        Ok(self.elements + of)
    }

    fn data_index(&mut self, of: u32) -> Result<u32, Error> {
        Ok(self.data + of)
    }

    fn global_index(&mut self, of: u32) -> Result<u32, Error> {
        self.globals.get(of as usize).copied().ok_or(Error::InvalidConstExpr)
    }
}
