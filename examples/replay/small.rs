use std::io::Write;
use super::cli::Run;
use super::complaints::Complaints;
use super::failure::Failure;
pub(crate) fn run(_run: Run, _out: &mut dyn Write, _complaints: &mut Complaints<'_>) -> Result<(), Failure> { Ok(()) }
