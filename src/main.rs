//! The program `zinas`. Everything it does stands in the library, where tests reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    zinas::cli::main()
}
