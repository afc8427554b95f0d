//! Secrets come from the environment or from files of their own, and are never shown.

use std::fmt;
use std::path::Path;

use anyhow::{Context as _, bail};

/// Where a configuration stands: what its paths are relative to, and where its variables are looked up.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub folder: &'a Path,
    pub variable: &'a dyn Fn(&str) -> Option<String>,
}

/// A text that no log and no error may show.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(String);

impl SecretText {
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The secret itself, for the protocol that asks for it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// From the environment variable or the file that the configuration names.
    ///
    /// # Errors
    /// Neither or both are named, or what is named is not there.
    pub fn find(
        what: &str,
        variable: Option<&str>,
        file: Option<&str>,
        place: Place<'_>,
    ) -> anyhow::Result<Self> {
        match (variable, file) {
            (Some(variable), None) => (place.variable)(variable).map(Self).with_context(|| {
                // The daemon may have what a shell beside it has not.
                format!(
                    "{what}: the environment variable {variable} is not set here; a file named by {what}_file is \
                     found by the daemon and by every command"
                )
            }),
            (None, Some(file)) => {
                let path = place.folder.join(file);
                let text = std::fs::read_to_string(&path)
                    .with_context(|| format!("{what}: read the file {}", path.display()))?;
                Ok(Self(text.trim_end_matches(['\r', '\n']).to_owned()))
            }
            _ => bail!("{what}: give either {what}_env or {what}_file"),
        }
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}
