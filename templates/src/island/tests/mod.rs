//! Islands and horizons against the files in `golden/island/`, and what holds for any slug.

mod svg;

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{STYLESHEET, golden, item_slug};
use svg::{Checked, Element, check_inside, elements};

/// The bounds that pages may count on, in octets.
const SALA_MAX: usize = 2_000;
const HORIZON_MAX: usize = 20_000;

const PLACES: [&str; 21] = [
    "Sunākste",
    "Rite",
    "Kaplava",
    "Dviete",
    "Ilgas",
    "Viesīte",
    "Nereta",
    "Aknīste",
    "Zasa",
    "Sauka",
    "Eglaine",
    "Prode",
    "Subate",
    "Ilūkste",
    "Gārsene",
    "Bebrene",
    "Pilskalne",
    "Jaunjelgava",
    "Medumi",
    "Elkšņi",
    "Sece",
];

/// The slugs of the first so many places.
fn places(count: usize) -> Vec<String> {
    PLACES[..count].iter().map(|place| item_slug(place)).collect()
}

fn hostile() -> [(&'static str, String); 4] {
    [
        ("script", "\"/><script>alert(1)</script><svg onload='a()'>&amp;".to_owned()),
        ("long", "ķ".repeat(10_000)),
        ("empty", String::new()),
        ("emoji", "👩‍👩‍👧🏝\u{202e}\u{0}".to_owned()),
    ]
}

/// Name and SVG of every golden.
fn goldens() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut add = |name: String, svg: String| files.push((format!("island/{name}.svg"), svg));
    for slug in places(8).iter().chain([&item_slug("Jaunjelgava")]) {
        add(format!("sala.{slug}"), sala(slug).into_string());
    }
    for (name, slug) in hostile() {
        add(format!("sala.hostile-{name}"), sala(&slug).into_string());
    }
    for month in 1..=12 {
        let svg = horizon(Shape::Card, &places(4), month);
        add(format!("horizon.month-{month:02}"), svg.into_string());
    }
    for count in [0, 1, 9, 21] {
        let svg = horizon(Shape::Masthead, &places(count), 11);
        add(format!("horizon.islands-{count:02}"), svg.into_string());
    }
    for shape in Shape::ALL {
        let name = format!("horizon.{shape:?}").to_lowercase();
        add(name, horizon(shape, &places(5), 12).into_string());
    }
    let hostile = hostile().map(|(_, slug)| slug);
    add("horizon.hostile".to_owned(), horizon(Shape::Slim, &hostile, 0).into_string());
    for (name, count, month) in [("december", 5, 12), ("june", 9, 6), ("empty", 0, 3)] {
        add(format!("picture.{name}"), horizon_picture(&places(count), month));
    }
    add("picture.hostile".to_owned(), horizon_picture(&hostile, u32::MAX));
    files
}

#[test]
fn every_island_looks_as_it_did_when_somebody_looked() {
    golden::compare(&["island"], &goldens());
}

/// Sound, small, inside its box, and fit for pages with a strict policy.
fn check(svg: &str, octets_max: usize) -> Checked<Vec<Element>> {
    prop_assert!(svg.len() <= octets_max, "{} octets", svg.len());
    prop_assert!(svg.is_ascii());
    let elements = elements(svg)?;
    check_inside(&elements)?;
    Ok(elements)
}

/// Decoration that nobody hears of or tabs to, in colours of the stylesheet alone.
fn check_for_page(svg: &str, octets_max: usize) -> Checked<()> {
    let elements = check(svg, octets_max)?;
    prop_assert_eq!(elements[0].get("aria-hidden"), Some("true"));
    prop_assert_eq!(elements[0].get("focusable"), Some("false"));
    prop_assert!(elements.iter().all(|element| element.get("fill").or(element.get("stroke")).is_none()));
    Ok(())
}

/// A file that needs nothing beside it: opaque, in its own colours.
fn check_for_mail(svg: &str) -> Checked<()> {
    let elements = check(svg, HORIZON_MAX)?;
    prop_assert!(elements.iter().all(|element| element.get("class").is_none()));
    prop_assert_eq!([elements[0].get("width"), elements[0].get("height")], [Some("1200"), Some("240")]);
    let size = [elements[1].get("width"), elements[1].get("height"), elements[1].get("fill")];
    prop_assert_eq!(size, [Some("6000"), Some("1200"), Some("#0e3529")]);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_slug_has_a_sound_island(slug in any::<String>()) {
        let svg = sala(&slug).into_string();
        check_for_page(&svg, SALA_MAX)?;
        prop_assert_eq!(svg, sala(&slug).into_string());
    }

    #[test]
    fn any_slugs_have_a_sound_horizon(slugs in prop::collection::vec(any::<String>(), 0..24), month in any::<u32>()) {
        for shape in Shape::ALL {
            check_for_page(&horizon(shape, &slugs, month).into_string(), HORIZON_MAX)?;
        }
        check_for_mail(&horizon_picture(&slugs, month))?;
    }
}

#[test]
fn all_places_and_counts_are_sound() {
    let slugs = places(PLACES.len());
    for count in 0..=slugs.len() {
        for month in [1, 6, 12] {
            for shape in Shape::ALL {
                check_for_page(&horizon(shape, &slugs[..count], month).into_string(), HORIZON_MAX).unwrap();
            }
            check_for_mail(&horizon_picture(&slugs[..count], month)).unwrap();
        }
    }
    for number in 0..1_000 {
        check_for_page(&sala(&format!("vieta-{number}")).into_string(), SALA_MAX).unwrap();
    }
}

#[test]
fn the_nearest_island_is_inside_with_its_reflection() {
    // As near and as high as can be.
    let slug = "**\u{119d4}0﷏q%𐭐#\\.dn*`9\u{10eac}g🞺-𑌽TdჍ\"𐭝<'=𝒽ೞ*";
    for shape in Shape::ALL {
        check_for_page(&horizon(shape, &[slug], 0).into_string(), HORIZON_MAX).unwrap();
    }
}

#[test]
fn only_the_first_nine_places_have_islands() {
    let slugs = places(21);
    let horizon = |slugs: &[String]| horizon(Shape::Masthead, slugs, 5).into_string();
    assert_eq!(horizon(&slugs), horizon(&slugs[..ISLANDS_MAX]));
    assert_ne!(horizon(&slugs), horizon(&slugs[..8]));
}

/// The left end and the right end of the sun, and its middle from above.
fn sun(svg: &str) -> [i32; 3] {
    let number =
        |name: &str| -> i32 { svg.split_once(name).unwrap().1.split_once('"').unwrap().0.parse().unwrap() };
    let [x, y, r] = [number("cx=\""), number("cy=\""), number(" r=\"")];
    [x - r, x + r, y]
}

#[test]
fn the_sun_climbs_until_june_and_sinks_until_december() {
    let heights: Vec<_> =
        (1..=12).map(|month| -sun(&horizon(Shape::Masthead, &places(5), month).into_string())[2]).collect();
    assert!(heights[..6].is_sorted() && heights[5..].iter().rev().is_sorted(), "{heights:?}");
    let sun_of = |month| sun(&horizon(Shape::Card, &places(3), month).into_string());
    assert_eq!([sun_of(0), sun_of(13), sun_of(u32::MAX)], [sun_of(1), sun_of(12), sun_of(12)]);
}

/// On a phone the band is 84 pixels high, which shows this much of the middle of the masthead, in tenths.
const PHONE_SHOWS: std::ops::RangeInclusive<i32> = 3400..=9400;

#[test]
fn a_phone_sees_the_sun() {
    for count in 0..=ISLANDS_MAX {
        let [left, right, _] = sun(&horizon(Shape::Masthead, &places(count), 12).into_string());
        assert!(PHONE_SHOWS.contains(&left) && PHONE_SHOWS.contains(&right), "{count}: {left}..{right}");
    }
}

#[test]
fn every_class_has_a_rule_and_the_picture_has_the_colours_of_the_band() {
    let attributes = |name: &str| -> BTreeSet<String> {
        let svgs: String = goldens().into_iter().map(|(_, svg)| svg).collect();
        svgs.split(&format!(" {name}=\""))
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect()
    };
    for class in attributes("class").iter().flat_map(|classes| classes.split(' ')) {
        assert!(STYLESHEET.contains(&format!(".{class}{{")), ".{class} has no rule");
    }
    let light = STYLESHEET.split("@media").next().unwrap();
    let band = STYLESHEET.lines().find(|line| line.starts_with(".band .horizon")).unwrap();
    for colour in attributes("fill").union(&attributes("stroke")) {
        // The mirrored island is mixed with the water, which the stylesheet does by opacity.
        let known = ["none", "#5d7c70"].contains(&colour.as_str());
        assert!(known || light.contains(colour) || band.contains(colour), "{colour}");
    }
}
