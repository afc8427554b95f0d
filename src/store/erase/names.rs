//! Does a text name a person by her address?

/// Does the head of a raw mail say that this person sent it?
pub(super) fn head_names(content: &[u8], key: &str) -> bool {
    let text = String::from_utf8_lossy(content).to_ascii_lowercase().replace("\r\n", "\n");
    let head = text.split("\n\n").next().unwrap_or("").replace("\n ", " ").replace("\n\t", " ");
    head.lines().any(|line| {
        ["from:", "sender:", "reply-to:", "return-path:"].iter().any(|name| line.starts_with(name))
            && has_word(line, key)
    })
}

/// Does the address stand in a text, and not as the end of a longer one?
fn has_word(text: &str, key: &str) -> bool {
    let words = text.split(|c: char| c.is_whitespace() || "<>,;:\"()[]{}".contains(c));
    words.map(|word| word.trim_matches(['.', '\''])).any(|word| word == key)
}

/// Does any text of a report hold the address?
pub(super) fn report_names(report: &serde_json::Value, key: &str) -> bool {
    match report {
        serde_json::Value::String(text) => has_word(&text.to_lowercase(), key),
        serde_json::Value::Array(values) => values.iter().any(|value| report_names(value, key)),
        serde_json::Value::Object(fields) => fields.values().any(|value| report_names(value, key)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_fields_of_the_sender_make_a_mail_somebodys() {
        let key = "anna@pasts.example";
        assert!(head_names(b"Subject: x\r\nFROM: Anna\r\n <Anna@Pasts.example>\r\n\r\nText", key));
        assert!(head_names(b"From: anna@pasts.example\n", key));
        assert!(!head_names(b"From: x@y.example\r\nTo: anna@pasts.example\r\n\r\n", key));
        assert!(!head_names(b"From: x@y.example\r\n\r\nFrom: anna@pasts.example\r\n", key));
        assert!(!head_names(b"From: joanna@pasts.example\r\n\r\n", key));
        let report =
            |text: &str| report_names(&serde_json::json!({ "bounces": [{ "diagnostic": text }] }), key);
        assert!(report("550 <Anna@pasts.example>: unknown") && report("failed for\nanna@pasts.example."));
        assert!(!report("550 joanna@pasts.example"));
    }
}
