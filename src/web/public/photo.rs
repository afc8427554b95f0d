//! `/photo/SHA256.jpg`: photos of what has been published or stands in the issue that is being made, and no other blob.
//! The latter an editor has approved; nobody knows their names but who looks at the issue or gets a test mail, in which
//! pictures load by the same addresses as in the readers' mail.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};

use crate::app::{App, SharedApp};
use crate::web::errors::Problem;
use crate::web::reply::{Keep, kept};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/photo/{file}", get(show))
}

async fn show(
    State(app): State<SharedApp>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let sha256 = sha256_of(&file).ok_or(Problem::NotFound)?;
    if !app.store.photo_is_public(sha256).await? {
        return Err(Problem::NotFound);
    }
    picture(&app, sha256, &headers).await
}

/// The bytes of a picture that the asker may see. Only pictures leave here, whatever a row may name.
pub async fn picture(app: &App, sha256: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    let blob = app.store.blob(sha256).await?.ok_or(Problem::NotFound)?;
    if !matches!(blob.media_type.as_str(), "image/jpeg" | "image/png" | "image/webp" | "image/gif") {
        return Err(Problem::NotFound);
    }
    Ok(kept(headers, &blob.media_type, blob.content, Keep::Day))
}

/// The name in `NAME.jpg` if it is a SHA-256 in lower-case hexadecimal.
pub fn sha256_of(file: &str) -> Option<&str> {
    file.strip_suffix(".jpg").filter(|name| is_sha256(name))
}

/// Is it a SHA-256 in lower-case hexadecimal?
pub fn is_sha256(name: &str) -> bool {
    let hexadecimal = |octet: u8| octet.is_ascii_digit() || (b'a'..=b'f').contains(&octet);
    name.len() == 64 && name.bytes().all(hexadecimal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hash_names_a_photo() {
        let name = "0123456789abcdef".repeat(4);
        assert_eq!(sha256_of(&format!("{name}.jpg")), Some(name.as_str()));
        for other in
            [format!("{name}.png"), "%.jpg".into(), format!("{}%.jpg", &name[1..]), name.to_uppercase()]
        {
            assert_eq!(sha256_of(&other), None, "{other}");
        }
    }
}
