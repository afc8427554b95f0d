//! Who may ask, and what every answer says about itself. The postbox has no sign-in: it is for the person at this
//! machine, so a request must name this machine (a foreign name that points here is another site's trick, DNS
//! rebinding), and a form must come from a page of the postbox.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, ORIGIN,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_DNS_PREFETCH_CONTROL,
};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";
const THIS_MACHINE: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

pub async fn stand(State(port): State<u16>, request: Request, next: Next) -> Response {
    let mut response = if let Some(why) = refusal(request.method(), request.headers(), port) {
        (StatusCode::FORBIDDEN, [(CONTENT_TYPE, "text/plain; charset=utf-8")], why).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    let mut set = |name, value| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    // A frame has brought a policy of its own.
    set(CONTENT_SECURITY_POLICY, POLICY);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, "no-referrer");
    set(X_DNS_PREFETCH_CONTROL, "off");
    set(CACHE_CONTROL, "no-store");
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    response
}

/// Why a request is not for us.
fn refusal(method: &Method, headers: &HeaderMap, port: u16) -> Option<&'static str> {
    let header = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let host = header(HOST.as_str()).unwrap_or("");
    if !THIS_MACHINE.iter().any(|name| host == format!("{name}:{port}")) {
        return Some("Open the postbox at the address that the terminal shows.\n");
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    // Programs that say nothing of both gain nothing that they could not do anyway.
    let ours = match (header("sec-fetch-site"), header(ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == format!("http://{host}"),
        (None, None) => true,
    };
    (!ours).then_some("This form was sent by another site.\n")
}

pub async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], templates::STYLESHEET).into_response()
}

/// There is none; saying so spares an error page.
pub async fn no_icon() -> StatusCode {
    StatusCode::NO_CONTENT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(method: Method, lines: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.insert(*name, value.parse().unwrap());
        }
        refusal(&method, &headers, 8026).is_some()
    }

    #[test]
    fn only_this_machine_is_named() {
        for host in ["127.0.0.1:8026", "localhost:8026", "[::1]:8026"] {
            assert!(!refused(Method::GET, &[("host", host)]), "{host}");
        }
        for host in ["evil.example:8026", "127.0.0.1", "127.0.0.1:80", "localhost.evil.example:8026", ""] {
            assert!(refused(Method::GET, &[("host", host)]), "{host}");
        }
        assert!(refused(Method::GET, &[]));
    }

    #[test]
    fn a_form_is_taken_only_from_a_page_of_the_postbox() {
        let host = ("host", "127.0.0.1:8026");
        let post = |lines: &[(&'static str, &str)]| refused(Method::POST, &[&[host], lines].concat());
        assert!(!post(&[("sec-fetch-site", "same-origin")]));
        assert!(!post(&[("origin", "http://127.0.0.1:8026")]));
        assert!(!post(&[]));
        for site in ["cross-site", "same-site", "none"] {
            assert!(post(&[("sec-fetch-site", site)]), "{site}");
        }
        for origin in ["null", "http://127.0.0.1:8025", "http://localhost:8026", "https://evil.example"] {
            assert!(post(&[("origin", origin)]), "{origin}");
        }
    }
}
