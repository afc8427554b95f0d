//! What every command begins with: which configuration, and the open installation.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use subscribers::clean_line;

use super::answer::Failure;
use crate::app::{App, Schema, SharedApp};
use crate::config::{Config, Place, SAMPLE};
use crate::demo;

/// The configuration file, in the current folder or in the folder that `--data` names.
const CONFIG_FILE: &str = "zinas.toml";

#[derive(Debug, Args)]
pub struct Global {
    /// The configuration file [default: zinas.toml]
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// A folder with a zinas.toml in it, such as the demo's
    #[arg(long, value_name = "FOLDER", global = true, conflicts_with = "config")]
    data: Option<PathBuf>,
    /// Print JSON for programs
    #[arg(long, global = true)]
    pub json: bool,
}

impl Global {
    fn config_file(&self) -> PathBuf {
        match (&self.config, &self.data) {
            (Some(file), _) => file.clone(),
            (None, Some(folder)) => folder.join(CONFIG_FILE),
            (None, None) => CONFIG_FILE.into(),
        }
    }

    /// The folder that `--data` names.
    pub fn folder(&self) -> Option<PathBuf> {
        self.data.clone()
    }

    pub fn config(&self) -> Result<Config, Failure> {
        Config::load(&self.config_file()).map_err(Failure::Use)
    }

    /// The configuration, or the sample's rules where none is named and none is here: for what only looks.
    pub fn config_or_sample(&self) -> Result<Config, Failure> {
        let file = self.config_file();
        if self.config.is_some() || self.data.is_some() || file.exists() {
            return Config::load(&file).map_err(Failure::Use);
        }
        let no_secret = |_: &str| Some(String::new());
        let place = Place { folder: Path::new("."), variable: &no_secret };
        Ok(Config::parse(SAMPLE, place).context("read the sample configuration")?)
    }

    /// The installation, beside a running daemon if there is one.
    pub async fn app(&self) -> Result<SharedApp, Failure> {
        let config = self.config()?;
        let file = self.config_file();
        // Beside a demo that goes on it is another day.
        let clock = demo::clock_of(file.parent().unwrap_or(Path::new("")))?;
        Ok(App::open(config, clock, Schema::Expect).await?)
    }
}

/// The name of who acts: what nobody did is the machine's.
///
/// # Errors
/// It is empty.
pub fn named(name: &str) -> Result<String, &'static str> {
    let name = clean_line(name);
    if name.is_empty() { Err("a name has at least one letter") } else { Ok(name) }
}

/// Who acts when nobody is named: the user of this machine.
pub fn os_user() -> String {
    let name = |variable| std::env::var(variable).ok().filter(|name| !name.trim().is_empty());
    name("USER").or_else(|| name("LOGNAME")).unwrap_or_else(|| "command".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_has_a_name() {
        assert_eq!(named(" Anna\tMiglasēta "), Ok("Anna Miglasēta".to_owned()));
        for nobody in ["", " \n"] {
            assert!(named(nobody).is_err(), "{nobody:?}");
        }
    }

    #[test]
    fn the_configuration_is_named_by_file_or_by_folder() {
        let global = |config: Option<&str>, data: Option<&str>| {
            let global = Global { config: config.map(Into::into), data: data.map(Into::into), json: false };
            global.config_file()
        };
        assert_eq!(global(None, None), Path::new("zinas.toml"));
        assert_eq!(global(Some("/etc/zinas.toml"), None), Path::new("/etc/zinas.toml"));
        assert_eq!(global(None, Some("./zinas-demo")), Path::new("./zinas-demo/zinas.toml"));
    }
}
