//! What the operations and the pages cost: the code that carries their names.
//!
//! A wasm file that still names its functions tells how long each one is. A function counts for a
//! service, or for a page, when its path goes through that crate or module. Generic code counts for
//! the libraries, where it is written, although some of it is there for one service alone. The lengths
//! are those before the optimizer and before compression, without the tables.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::coverage;

/// Prints the code of each service beside the number of its operations, the code of the other crates,
/// and what an operation takes of the compressed wasm.
pub(crate) fn print_operations(worker: &Path, compressed: usize) -> Result<()> {
    let mut operations = coverage::implemented_counts()?;
    operations.retain(|_, count| *count > 0);
    // A service is a crate, or a module of the broker.
    let owner = |path: &[&str]| {
        let at = path.iter().position(|name| name.starts_with("cognitab_"))?;
        let own = path.get(at)?.strip_prefix("cognitab_")?.replace('_', "-");
        let module = path.get(at + 1).map(|name| name.replace('_', "-"));
        Some(module.filter(|name| operations.contains_key(name)).unwrap_or(own))
    };
    let mut code =
        code_by(&fs::read(worker)?, owner).context("cannot parse the worker's wasm file")?;
    println!("\n{:<17} {:>10} {:>8} {:>13}   code", "", "operations", "kB", "per operation");
    for (service, count) in &operations {
        let size = code.remove(service).unwrap_or(0);
        let each = kilobytes(size / count);
        println!("{service:<17} {count:>10} {:>8} {each:>13}", kilobytes(size));
    }
    for (name, size) in &code {
        println!("{name:<17} {:>10} {:>8}", "", kilobytes(*size));
    }
    let total: usize = operations.values().sum();
    let each = kilobytes(compressed / total.max(1));
    println!("{:<17} {total:>10} {:>8} {each:>13}", "compressed", kilobytes(compressed));
    Ok(())
}

/// Prints the code of each page, and of what the pages share.
pub(crate) fn print_pages(page: &Path) -> Result<()> {
    let owner = |path: &[&str]| {
        let at = path.iter().position(|name| name.starts_with("cognitab"))?;
        match path.get(at..)? {
            ["cognitab", "pages", name, ..] => Some(format!("page {name}")),
            ["cognitab", module, ..] => Some((*module).to_owned()),
            [name, ..] => name.strip_prefix("cognitab_").map(str::to_owned),
            [] => None,
        }
    };
    let code = code_by(&fs::read(page)?, owner).context("cannot parse the page's wasm file")?;
    println!("\n{:<17} {:>10}   page code", "", "kB");
    for (name, size) in &code {
        println!("{name:<17} {:>10}", kilobytes(*size));
    }
    Ok(())
}

const LIBRARIES: &str = "libraries";

fn kilobytes(bytes: usize) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}

/// The lengths of the functions, summed by what their path belongs to.
fn code_by(
    wasm: &[u8],
    owner: impl Fn(&[&str]) -> Option<String>,
) -> Option<BTreeMap<String, usize>> {
    let mut sums = BTreeMap::new();
    for (name, size) in functions(wasm)? {
        let path: Vec<&str> = name
            .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
            .filter(|part| !part.is_empty() && !is_hash(part))
            .collect();
        *sums.entry(owner(&path).unwrap_or(LIBRARIES.to_owned())).or_default() += size;
    }
    Some(sums)
}

/// The compiler puts a hash behind a crate's name, as in `core[c5930c85a12de822]::num`.
fn is_hash(part: &str) -> bool {
    part.len() == 16 && part.chars().all(|digit| digit.is_ascii_hexdigit())
}

const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const CODE: u8 = 10;

/// The functions of a wasm file with their names and lengths.
fn functions(wasm: &[u8]) -> Option<Vec<(String, usize)>> {
    let mut file = Reader(wasm.strip_prefix(b"\0asm\x01\0\0\0")?);
    let (mut imported, mut lengths, mut names) = (0, Vec::new(), BTreeMap::new());
    while let Some(id) = file.byte() {
        let length = file.number()?;
        let mut section = Reader(file.bytes(length)?);
        match id {
            IMPORTS => imported = imported_functions(&mut section)?,
            CODE => {
                for _ in 0..section.number()? {
                    let length = section.number()?;
                    section.bytes(length)?;
                    lengths.push(length);
                }
            }
            CUSTOM if section.text()? == "name" => names = function_names(&mut section)?,
            _ => {}
        }
    }
    let named = lengths
        .into_iter()
        .enumerate()
        .map(|(index, length)| (names.remove(&(imported + index)).unwrap_or_default(), length));
    Some(named.collect())
}

/// Imported functions are numbered before the file's own.
fn imported_functions(section: &mut Reader<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        match section.byte()? {
            0 => {
                section.number()?;
                functions += 1;
            }
            1 => {
                section.byte()?;
                section.limits()?;
            }
            2 => section.limits()?,
            3 => {
                section.bytes(2)?;
            }
            _ => return None,
        }
    }
    Some(functions)
}

fn function_names(section: &mut Reader<'_>) -> Option<BTreeMap<usize, String>> {
    const FUNCTIONS: u8 = 1;
    let mut names = BTreeMap::new();
    while let Some(kind) = section.byte() {
        let length = section.number()?;
        let mut list = Reader(section.bytes(length)?);
        if kind == FUNCTIONS {
            for _ in 0..list.number()? {
                let index = list.number()?;
                names.insert(index, list.text()?);
            }
        }
    }
    Some(names)
}

/// Reads the encodings of the wasm format.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number in LEB128.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()?;
        String::from_utf8(self.bytes(length)?.to_vec()).ok()
    }

    fn limits(&mut self) -> Option<()> {
        let has_maximum = self.byte()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_read_with_their_names() {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        // An imported function `m.f` of type 0, and two bodies of three and two bytes.
        wasm.extend([IMPORTS, 7, 1, 1, b'm', 1, b'f', 0, 0]);
        wasm.extend([CODE, 8, 2, 3, 0, 1, 0x0b, 2, 0, 0x0b]);
        let name = "cognitab_broker[0123456789abcdef]::sts::run";
        let length = u8::try_from(name.len()).unwrap();
        wasm.extend([CUSTOM, length + 10, 4]);
        wasm.extend(b"name");
        wasm.extend([1, length + 3, 1, 1, length]);
        wasm.extend(name.as_bytes());
        assert_eq!(functions(&wasm).unwrap(), [(name.to_owned(), 3), (String::new(), 2)]);
        let second = |path: &[&str]| path.get(1).map(|&name| name.to_owned());
        let sums = code_by(&wasm, second).unwrap();
        assert_eq!(sums, [("libraries".to_owned(), 2), ("sts".to_owned(), 3)].into());
    }
}
