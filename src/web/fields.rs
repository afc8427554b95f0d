//! The fields of a form, urlencoded or multipart: mail programs may send one-click requests either way (RFC 8058
//! section 3.1). Files stay as they came.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use subscribers::{clean_line, clean_text};
use url::form_urlencoded;

use super::errors::Problem;

/// Fields of one form; the decision page of an item with many photos has a few dozen.
const FIELDS_MAX: usize = 1_000;

/// Bullets of the fonts Symbol and Wingdings.
const FONT_BULLETS: [char; 5] = ['\u{f0b7}', '\u{f0a7}', '\u{f0d8}', '\u{f0fc}', '\u{f076}'];

#[derive(Debug, Default)]
pub struct Fields {
    texts: Vec<(String, String)>,
    files: Vec<(String, File)>,
}

/// A file as a browser sent it.
#[derive(Debug)]
pub struct File {
    /// As the person's machine calls it.
    pub name: String,
    pub content: Bytes,
}

impl Fields {
    /// As if a form had been sent.
    #[cfg(test)]
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        let texts = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { texts, files: Vec::new() }
    }

    /// The first value of a field, `None` where the form has none of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.texts.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// The first file of a field; `None` where none was chosen.
    pub fn file(&self, name: &str) -> Option<&File> {
        self.files.iter().find(|(of, _)| of == name).map(|(_, file)| file)
    }

    pub fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
        let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
        let (mut fields, mut files) = (Vec::new(), Vec::new());
        match kind.as_str() {
            "application/x-www-form-urlencoded" => {
                let body =
                    Bytes::from_request(request, state).await.map_err(|why| unread(why.into_response()))?;
                let pairs = form_urlencoded::parse(&body).take(FIELDS_MAX);
                fields.extend(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())));
            }
            "multipart/form-data" => {
                let mut form = Multipart::from_request(request, state)
                    .await
                    .map_err(|why| unread(why.into_response()))?;
                while let Some(field) = form.next_field().await.map_err(|why| unread(why.into_response()))? {
                    let Some(name) = field.name().map(str::to_owned) else { continue };
                    let file = field.file_name().map(clean_line);
                    let value = field.bytes().await.map_err(|why| unread(why.into_response()))?;
                    if fields.len() + files.len() >= FIELDS_MAX {
                        continue;
                    }
                    if let Some(file) = file {
                        // A field without a chosen file is sent as one without name and content.
                        if !value.is_empty() {
                            files.push((clean_line(&name), File { name: file, content: value }));
                        }
                    } else {
                        fields.push((name, String::from_utf8_lossy(&value).into_owned()));
                    }
                }
            }
            _ => return Err(Problem::Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE)),
        }
        // Whatever a program sends: nothing that the database or a reader's eye cannot take comes in by a form.
        fields.iter_mut().for_each(|(name, value)| {
            *name = clean_line(name);
            // Of a word processor: its line breaks, and the bullets of its fonts, which have places for private use.
            let value_of = value.replace(['\u{b}', '\u{c}'], "\n").replace(FONT_BULLETS, "•");
            *value = clean_text(&value_of);
        });
        Ok(Self { texts: fields, files })
    }
}

fn unread(why: Response) -> Problem {
    Problem::Refused(why.status())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    async fn read(kind: &str, body: &str) -> Result<Fields, StatusCode> {
        let request =
            Request::post("/").header(CONTENT_TYPE, kind).body(Body::from(body.to_owned())).unwrap();
        Fields::from_request(request, &()).await.map_err(|problem| problem.into_response().status())
    }

    #[tokio::test]
    async fn both_encodings_of_a_form_are_read_alike() {
        let plain = read("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click&x=%C4%81+b").await;
        let parts = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n\
                     --b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nā b\r\n--b--\r\n";
        let parts = read("multipart/form-data; boundary=b", parts).await;
        for fields in [plain.unwrap(), parts.unwrap()] {
            assert_eq!(fields.get("List-Unsubscribe"), Some("One-Click"));
            assert_eq!(fields.get("x"), Some("ā b"));
            assert_eq!(fields.get("y"), None);
        }
    }

    #[tokio::test]
    async fn what_is_no_form_is_refused() {
        assert_eq!(read("application/json", "{}").await.unwrap_err(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(read("multipart/form-data", "x").await.unwrap_err(), StatusCode::BAD_REQUEST);
    }
}
