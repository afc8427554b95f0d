//! Places that a publication looks for in its mail: a list of ours by its name, or a file of the publication's own.
//!
//! A list has a line a place: its name, its municipality, the forms in which texts name it, between semicolons, and
//! `ordinary` where the name is an ordinary word too. A list for another region is a file, not code.

use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use issues::reading::KnownPlace;
use serde::Deserialize;

/// The 42 parishes and 9 towns of the historical land of Sēlija, with a few villages.
const SELIJA: &str = include_str!("places/selija.csv");
/// A country has some tens of thousands of villages.
const PLACES_MAX: usize = 100_000;

#[derive(Deserialize)]
struct Line {
    place: String,
    municipality: String,
    forms: String,
    #[serde(default)]
    ordinary: String,
}

/// `selija`, or a path.
pub(super) fn load(named: &str, folder: &Path) -> anyhow::Result<Vec<KnownPlace>> {
    if named == "selija" {
        return read(SELIJA).context("the list of places \"selija\"");
    }
    let path = folder.join(named);
    let text = std::fs::read_to_string(&path).with_context(|| {
        format!(
            "publication.places = {named:?}: neither a list of ours (\"selija\") nor a file at {}",
            path.display()
        )
    })?;
    read(&text).with_context(|| format!("publication.places, {}", path.display()))
}

fn read(text: &str) -> anyhow::Result<Vec<KnownPlace>> {
    let mut places = Vec::new();
    let mut lines = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    for line in lines.deserialize() {
        let line: Line = line.context("columns place, municipality, forms, ordinary")?;
        let number = places.len() + 2;
        ensure!(places.len() < PLACES_MAX, "more than {PLACES_MAX} places");
        ensure!(!line.place.is_empty(), "line {number}: a place has no name");
        let ordinary = match line.ordinary.as_str() {
            "" => false,
            "ordinary" => true,
            other => bail!("line {number}: {other:?} in the last column; it is \"ordinary\" or empty"),
        };
        let mut forms: Vec<String> = line.forms.split(';').map(|form| form.trim().to_owned()).collect();
        forms.retain(|form| !form.is_empty());
        if forms.is_empty() {
            forms.push(line.place.clone());
        }
        places.push(KnownPlace { place: line.place, municipality: line.municipality, forms, ordinary });
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_list_is_whole() {
        let places = load("selija", Path::new("/")).unwrap();
        assert!(places.len() > 50);
        assert!(places.iter().all(|place| place.forms.len() > 2 && place.municipality.contains(' ')));
    }

    #[test]
    fn a_list_with_a_fault_says_where() {
        let wrong = |text: &str| format!("{:#}", read(text).unwrap_err());
        assert!(wrong("place,municipality,forms\n,x,y\n").contains("line 2: a place has no name"));
        assert!(wrong("place,municipality,forms,ordinary\nRite,x,y,yes\n").contains("line 2: \"yes\""));
        assert!(wrong("name\nRite\n").contains("columns place"));
        let path = format!("{:#}", load("absent.csv", Path::new("/srv/zinas")).unwrap_err());
        assert!(path.contains("/srv/zinas/absent.csv") && path.contains("selija"), "{path}");
    }

    #[test]
    fn a_place_without_forms_is_named_as_it_is() {
        let places = read("place,municipality,forms\nValka,Valkas novads,\n").unwrap();
        assert_eq!(places[0].forms, ["Valka"]);
    }
}
