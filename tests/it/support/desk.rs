//! An editor at her desk: a browser with a session, as far as HTTP goes.

use reqwest::{Method, Response};
use zinas::newsroom::sign_in;

use super::site::{Site, body, header};

pub struct Desk<'a> {
    pub site: &'a Site,
    /// What the browser holds, as it sends it.
    pub cookie: String,
    /// What every form carries.
    pub form: String,
}

impl Site {
    /// The link that a command prints for the editor with this number in the configuration.
    pub async fn sign_in_link(&self, editor: usize) -> String {
        let editors = self.app.store.editors(self.app.publication).await.unwrap();
        let mut write = self.app.store.write().await.unwrap();
        let link = sign_in::link(&self.app, &mut write, &editors[editor]).await.unwrap();
        write.commit().await.unwrap();
        let public = self.app.config.public_url.as_str().trim_end_matches('/');
        link.url.strip_prefix(public).unwrap().to_owned()
    }

    /// An editor signed in by a link.
    pub async fn desk(&self, editor: usize) -> Desk<'_> {
        let link = self.sign_in_link(editor).await;
        let entered = self.post(&link, &[]).await;
        assert_eq!(entered.status(), 303, "{}", body(entered).await);
        let cookie = header(&entered, "set-cookie");
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let mut desk = Desk { site: self, cookie, form: String::new() };
        desk.form = desk.token_of(&body(desk.get("/desk/sessions").await).await);
        desk
    }
}

impl Desk<'_> {
    fn token_of(&self, page: &str) -> String {
        let field = page.split("name=\"form\" value=\"").nth(1).expect("a form with its token");
        field[..field.find('"').unwrap()].to_owned()
    }

    pub async fn get(&self, path: &str) -> Response {
        self.site.request(Method::GET, path).header("Cookie", &self.cookie).send().await.unwrap()
    }

    pub async fn page(&self, path: &str) -> String {
        let response = self.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        body(response).await
    }

    /// Sends a form that was shown in this session.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let mut all = vec![("form", self.form.as_str())];
        all.extend_from_slice(fields);
        self.post_bare(path, &all).await
    }

    /// Sends a form with a file.
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        field: &str,
        file: &str,
        content: &[u8],
    ) -> Response {
        const BOUNDARY: &str = "----a-boundary-of-a-browser";
        let mut body = Vec::new();
        for (name, value) in [("form", self.form.as_str())].iter().chain(fields) {
            let part =
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let request = self.site.request(Method::POST, path).header("Cookie", &self.cookie);
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        request.header("Content-Type", kind).body(body).send().await.unwrap()
    }

    /// Sends only these fields.
    pub async fn post_bare(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.site.request(Method::POST, path).header("Cookie", &self.cookie);
        request.header("Content-Type", "application/x-www-form-urlencoded").body(body).send().await.unwrap()
    }
}
