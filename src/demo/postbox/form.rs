//! The form of a letter, with its files.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use subscribers::{clean_line, clean_text};

use super::compose::Attached;
use super::problem::Problem;

const FIELDS_MAX: usize = 100;

#[derive(Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    pub files: Vec<Attached>,
}

impl Form {
    /// One line.
    pub fn line(&self, name: &str) -> String {
        clean_line(self.field(name))
    }

    pub fn text(&self, name: &str) -> String {
        clean_text(self.field(name))
    }

    fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value)
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let mut multipart = Multipart::from_request(request, state).await.map_err(|_| Problem::Refused)?;
        let mut form = Self::default();
        while let Some(field) = multipart.next_field().await.map_err(refused)? {
            let name = field.name().unwrap_or("").to_owned();
            let file = field.file_name().map(clean_line);
            let media_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
            let bytes = field.bytes().await.map_err(refused)?;
            if form.fields.len() + form.files.len() >= FIELDS_MAX {
                return Err(Problem::Refused);
            }
            match file {
                // A field for files in which none was chosen.
                Some(name) if name.is_empty() && bytes.is_empty() => {}
                Some(name) => form.files.push(Attached { name, media_type, bytes: bytes.to_vec() }),
                None => form.fields.push((name, String::from_utf8_lossy(&bytes).into_owned())),
            }
        }
        Ok(form)
    }
}

fn refused(error: axum::extract::multipart::MultipartError) -> Problem {
    match error.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::Refused,
    }
}
