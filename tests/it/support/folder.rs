//! A folder of a test's own, gone when it is.

use std::{fs::Permissions, os::unix::fs::PermissionsExt as _, path::Path};

use tempfile::TempDir;

/// Below `/tmp`, with a short name: the path of a UNIX socket has room for 107 octets.
#[derive(Debug)]
pub struct Folder(TempDir);

impl Folder {
    pub fn new(name: &str) -> Self {
        let made = tempfile::Builder::new().prefix(&format!("zinas-{name}-")).tempdir_in("/tmp");
        Self(made.expect("a folder below /tmp"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Lets servers that run as another user reach what is theirs in it.
    pub fn open_to_all(&self) {
        std::fs::set_permissions(self.path(), Permissions::from_mode(0o755)).expect("the folder is ours");
    }
}
