//! Letters of readers.

use serde_json::json;
use zinas::clock::random_id;
use zinas::newsroom::letters::{answer, set_aside};
use zinas::store::NewLetter;

use super::Example;
use super::content::{ENDLESS, HARM, take};
use crate::support::newsroom::mail;
use crate::support::site::{Site, now};

async fn letter(site: &Site, from: (&str, &str), subject: &str, text: &str) -> i64 {
    let message = take(site, mail(&format!("X-Letter: {subject}\r\n"), text)).await;
    let mut write = site.app.store.write().await.unwrap();
    let new = NewLetter {
        public_id: random_id(),
        publication: site.app.publication,
        message,
        issue: Some(1),
        subscription: None,
        from_address: from.0,
        from_name: from.1,
        subject,
        text,
        received_at: now(),
    };
    let id = write.keep_letter(&new).await.unwrap();
    write.commit().await.unwrap();
    id
}

pub async fn examples(site: &Site) -> Vec<Example> {
    let ilze = ("ilze@biblioteka.example", "Ilze Ozola");
    let text = "Labdien!\n\nCikos sākas talka pie ezera, un vai jāņem līdzi cimdi?\n\nIlze";
    let open = letter(site, ilze, "Re: Decembra ziņas", text).await;
    let long_text =
        format!("{HARM}{ENDLESS}\n\njavascript:owned()\n\n{}", "Teikums pēc teikuma. ".repeat(80));
    let long =
        letter(site, ("nobody", &format!("{HARM}{ENDLESS}")), &format!("{HARM}{ENDLESS}"), &long_text).await;
    let answered = letter(site, ilze, "Par koncertu", "Vai koncerts būs?").await;
    answer(&site.app, answered, None, &format!("Būs gan, plkst. 18.00. {HARM}"), "Anna Miglasēta")
        .await
        .unwrap();
    let aside = letter(site, ilze, "Sveiciens", "Jauku dienu!").await;
    set_aside(&site.app, aside, None, "Anna Miglasēta").await.unwrap();
    let (list, one) = ("/desk/letters", "/desk/letters/{id}");
    let of = |name, id: i64| Example::new(name, one, format!("/desk/letters/{id}"));
    vec![
        Example::new("letters", list, "/desk/letters"),
        Example::new("letters-en", list, "/desk/letters").english(),
        Example::new("letters-answered", list, "/desk/letters?state=answered"),
        of("letter", open),
        of("letter-en", open).english(),
        of("letter-long", long),
        of("letter-answered", answered),
        of("letter-aside", aside),
        of("letter-empty", open).press("answer").status(422),
        of("letter-nobody", long).fill(json!({ "text": HARM })).press("answer").status(422),
        of("letter-late", answered)
            .fill(json!({ "shown": "open-0", "text": "Laikam plkst. 19.00?" }))
            .press("answer")
            .status(409),
    ]
}
