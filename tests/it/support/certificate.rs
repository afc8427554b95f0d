//! A certificate that a server shows and a client is told to trust.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::program;

#[derive(Debug, Clone)]
pub struct Certificate {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// For `localhost` and 127.0.0.1. It says that it is no authority, or rustls would not take it for a server's.
pub fn make(folder: &Path) -> Certificate {
    let made = Certificate { certificate: folder.join("cert.pem"), key: folder.join("key.pem") };
    program::run(
        Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "30",
            ])
            .args(["-subj", "/CN=localhost", "-addext", "basicConstraints=critical,CA:FALSE"])
            .args(["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"])
            .arg("-keyout")
            .arg(&made.key)
            .arg("-out")
            .arg(&made.certificate),
    );
    made
}
