//! Files that hold what is expected. `UPDATE_EXPECT=1` rewrites them; look at them before committing.

use std::{fs, path::Path};

#[track_caller]
pub fn expect(name: &str, found: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read(&path).unwrap_or_default();
    assert!(expected == found, "{name} is not as expected; found:\n{}", String::from_utf8_lossy(found));
}
