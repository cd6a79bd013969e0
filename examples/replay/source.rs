//! Files, gzipped or not, and standard input.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use owed::Rulebook;

use super::failure::Failure;

/// Something to read line by line, and what to call it.
pub(crate) struct Source<'a> {
    pub(crate) name: String,
    pub(crate) reader: Box<dyn BufRead + 'a>,
}

const BUFFER: usize = 1 << 16;

impl<'a> Source<'a> {
    /// Opens a file, or standard input for "-". What is gzipped is unpacked.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        if path.as_os_str() == "-" {
            return Ok(Self { name: "standard input".into(), reader: Box::new(BufReader::new(io::stdin())) });
        }
        let file = File::open(path).map_err(|error| Failure::of(path, error))?;
        Self::of(path, file)
    }

    /// Reads from what has been opened at a path.
    pub(crate) fn of(path: &Path, bytes: impl Read + 'a) -> Result<Self, Failure> {
        let mut bytes = BufReader::with_capacity(BUFFER, bytes);
        let gzipped = bytes.fill_buf().map_err(|error| Failure::of(path, error))?.starts_with(&[0x1f, 0x8b]);
        let reader: Box<dyn BufRead + 'a> = if gzipped {
            Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(bytes)))
        } else {
            Box::new(bytes)
        };
        Ok(Self { name: path.display().to_string(), reader })
    }
}

/// Reads a rulebook. Everything that is wrong with it is told at once.
pub(crate) fn rulebook(path: &Path) -> Result<Rulebook, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::of(path, error))?;
    serde_json::from_str(&text).map_err(|error| Failure::of(path, format_args!("this is no rulebook\n{error}")))
}

/// A file that comes with the example: beneath the current directory, or else where the package was built.
pub(crate) fn own(name: &str) -> PathBuf {
    let here = Path::new("examples/data").join(name);
    if here.exists() { here } else { Path::new(env!("CARGO_MANIFEST_DIR")).join(here) }
}
