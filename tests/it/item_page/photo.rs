//! Photos of an item: turned, cut, and shown to nobody else.

use reqwest::StatusCode;
use zinas::newsroom::moderate::{self, Act, Who};

use super::{path, pictured, press, row};
use crate::support::site::{PICTURE, Site, header, on_both_databases};

on_both_databases! {
    a_photo_is_turned_and_cut_and_undone
    only_pictures_of_the_item_are_shown
}

async fn a_photo_is_turned_and_cut_and_undone(site: Site) {
    let id = pictured(&site).await;
    let desk = site.desk(0).await;
    let came = row(&site, id).await.item.content.photos[0].clone();
    assert_eq!((came.width, came.height), (900, 600));
    let turned = press(&desk, id, &[("do", "turn:0"), ("photos.0.alt", "Taka")]).await;
    assert_eq!(header(&turned, "location"), format!("/desk/item/{id}?done=edit&item={id}#photo-0"));
    let photo = row(&site, id).await.item.content.photos[0].clone();
    assert_eq!((photo.width, photo.height, photo.alt.as_str()), (600, 900, "Taka"));
    assert_ne!(photo.sha256, came.sha256);
    let page = desk.page(&path(id)).await;
    let shown = format!("/desk/item/{id}/photo/{}.jpg", photo.sha256);
    assert!(page.contains(&shown) && page.contains("Pagriezta."), "{page}");
    let bytes = desk.get(&shown).await.bytes().await.unwrap();
    let picture = image::load_from_memory(&bytes).unwrap().into_rgb8();
    assert!(picture.get_pixel(300, 50).0[0] < 60 && picture.get_pixel(300, 850).0[0] > 200);
    let frame = [
        ("do", "frame:0"),
        ("photos.0.shape", "square"),
        ("photos.0.focus", "7"),
        ("photos.0.closeness", "closest"),
    ];
    assert_eq!(press(&desk, id, &frame).await.status(), StatusCode::SEE_OTHER);
    let cut = row(&site, id).await.item.content.photos[0].clone();
    assert_eq!((cut.width, cut.height), (300, 300), "a part of the file, turned as before");
    // Undone one by one, down to the photo as it came.
    let who = Who { by: "Anna", channel: "desk" };
    for want in [&photo, &came] {
        moderate::decide(&site.app, id, None, Act::Undo, who).await.unwrap();
        let mut shown = row(&site, id).await.item.content.photos[0].clone();
        shown.alt.clone_from(&want.alt);
        assert_eq!(shown, *want);
    }
    // Four quarter turns are none, and cost no quality.
    for _ in 0..4 {
        assert_eq!(press(&desk, id, &[("do", "turn:0")]).await.status(), StatusCode::SEE_OTHER);
    }
    assert_eq!(row(&site, id).await.item.content.photos[0].sha256, came.sha256);
    assert_eq!(press(&desk, id, &[("do", "remove:0")]).await.status(), StatusCode::SEE_OTHER);
    assert!(row(&site, id).await.item.content.photos.is_empty());
}

async fn only_pictures_of_the_item_are_shown(site: Site) {
    let (one, _) = site.item("Talka", &["Taka"]).await;
    let (other, _) = site.item("Pirts", &["Pirts"]).await;
    let desk = site.desk(0).await;
    let sha256 = row(&site, one).await.item.content.photos[0].sha256.clone();
    let of = |id: i64| format!("/desk/item/{id}/photo/{sha256}.jpg");
    let picture = desk.get(&of(one)).await;
    assert_eq!(header(&picture, "content-type"), "image/jpeg");
    assert!(picture.bytes().await.unwrap().starts_with(PICTURE));
    assert_eq!(desk.get(&of(other)).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(site.get(&of(one)).await.status(), StatusCode::SEE_OTHER, "to the door");
    for nowhere in ["/desk/item/999", "/desk/item/x", "/desk/item/1/photo/x.jpg"] {
        assert_eq!(desk.get(nowhere).await.status(), StatusCode::NOT_FOUND, "{nowhere}");
    }
}
