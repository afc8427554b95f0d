//! Letters and readers at the desk, over real HTTP.

use reqwest::{Method, StatusCode};
use subscribers::SubscriptionState;
use zinas::clock::random_id;
use zinas::inbound::intake::{Intake as _, Source};
use zinas::newsroom::intake::Door;
use zinas::store::NewLetter;

use crate::month::phone_photo;
use crate::support::desk::Desk;
use crate::support::newsroom::{arrival, mail, route_all};
use crate::support::site::{Site, body, header, now, on_both_databases};

on_both_databases! {
    a_letter_is_answered_in_its_thread
    two_editors_settle_a_letter_once_and_lose_no_text
    an_item_is_made_of_a_letter
    what_a_letter_brought_comes_along_into_its_item
    a_forged_letter_makes_nobody_a_contributor
    what_was_set_aside_is_taken_back
    readers_are_found_by_words_that_mean_themselves
    a_reader_is_added_with_her_consent_and_leaves
    a_suppression_is_lifted_with_a_reason
    a_person_is_erased_after_a_second_look
    a_list_is_looked_through_before_it_is_taken
    what_readers_write_is_inert_at_the_desk
}

/// A letter that came as a mail of Ilze's.
async fn letter(site: &Site, subject: &str, text: &str) -> i64 {
    letter_of(site, mail("X-Letter: 1\r\n", text), subject, text).await
}

async fn letter_of(site: &Site, bytes: Vec<u8>, subject: &str, text: &str) -> i64 {
    let arrival = arrival(bytes, Source::Smtp);
    Door(site.app.clone()).store(arrival).await.unwrap();
    route_all(&site.app).await;
    let message = site.app.store.messages(site.app.publication, "", "").await.unwrap().pop().unwrap();
    let mut write = site.app.store.write().await.unwrap();
    let new = NewLetter {
        public_id: random_id(),
        publication: site.app.publication,
        message: message.id,
        issue: None,
        subscription: None,
        from_address: "ilze@biblioteka.example",
        from_name: "Ilze",
        subject,
        text,
        received_at: now(),
    };
    let id = write.keep_letter(&new).await.unwrap();
    write.commit().await.unwrap();
    id
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let field = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
    field[..field.find('"').unwrap()].to_owned()
}

async fn settle(desk: &Desk<'_>, id: i64, shown: &str, what: &str, text: &str) -> reqwest::Response {
    desk.post(&format!("/desk/letters/{id}"), &[("shown", shown), ("do", what), ("text", text)]).await
}

async fn a_letter_is_answered_in_its_thread(site: Site) {
    let id = letter(&site, "Par talku", "Cikos sākas talka?").await;
    let desk = site.desk(0).await;
    let page = desk.page("/desk/letters").await;
    assert!(page.contains("Par talku") && page.contains(&format!("/desk/letters/{id}")), "{page}");
    let page = desk.page(&format!("/desk/letters/{id}")).await;
    let shown = hidden(&page, "shown");
    let empty = settle(&desk, id, &shown, "answer", "  ").await;
    assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(empty).await.contains("id=\"text-error\""));
    let done = settle(&desk, id, &shown, "answer", "Plkst. 10.00.").await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let list = desk.page(&header(&done, "location")).await;
    assert!(list.contains("role=\"status\"") && list.contains("Atbilde ir ceļā."), "{list}");
    let answer = String::from_utf8(site.mails("answer").await.pop().unwrap()).unwrap();
    assert!(answer.contains("In-Reply-To: <talka@biblioteka.example>"), "{answer}");
    let page = desk.page(&format!("/desk/letters/{id}")).await;
    assert!(page.contains("Plkst. 10.00.") && page.contains("Rakstīt vēlreiz"), "{page}");
    // What is too long comes back as it was typed.
    let long = "Garš stāsts. ".repeat(900);
    let refused = settle(&desk, id, &hidden(&page, "shown"), "answer", &long).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = body(refused).await;
    assert!(page.contains("id=\"text-error\"") && page.contains(long.trim_end()), "what was typed stays");
    assert_eq!(site.mails("answer").await.len(), 1);
    // A second answer does not take the place of the first.
    let done = settle(&desk, id, &hidden(&page, "shown"), "answer", "Līdzi jāņem cimdi.").await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let page = desk.page(&format!("/desk/letters/{id}")).await;
    assert!(page.contains("Plkst. 10.00.") && page.contains("Līdzi jāņem cimdi."), "{page}");
    // Nor do news that are made of it.
    let made = settle(&desk, id, &hidden(&page, "shown"), "make_item", "").await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER);
    let page = desk.page(&format!("/desk/letters/{id}")).await;
    assert!(page.contains("Plkst. 10.00.") && page.contains("Līdzi jāņem cimdi."), "{page}");
}

async fn two_editors_settle_a_letter_once_and_lose_no_text(site: Site) {
    let id = letter(&site, "Par talku", "Cikos?").await;
    let (anna, ilze) = (site.desk(0).await, site.desk(0).await);
    let path = format!("/desk/letters/{id}");
    let shown = hidden(&anna.page(&path).await, "shown");
    assert_eq!(shown, hidden(&ilze.page(&path).await, "shown"));
    assert_eq!(settle(&anna, id, &shown, "answer", "Desmitos.").await.status(), StatusCode::SEE_OTHER);
    let late = settle(&ilze, id, &shown, "answer", "Laikam vienos?").await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let page = body(late).await;
    assert!(page.contains("Desmitos.") && page.contains("Laikam vienos?"), "both are seen: {page}");
    assert_eq!(site.mails("answer").await.len(), 1);
    // With the page as it is now the second answer is meant.
    let again = settle(&ilze, id, &hidden(&page, "shown"), "answer", "Līdzi jāņem cimdi.").await;
    assert_eq!(again.status(), StatusCode::SEE_OTHER);
    assert_eq!(site.mails("answer").await.len(), 2);
}

async fn an_item_is_made_of_a_letter(site: Site) {
    let id = letter(&site, "Par talku", "Talka būs sestdien.").await;
    let desk = site.desk(0).await;
    let shown = hidden(&desk.page(&format!("/desk/letters/{id}")).await, "shown");
    let made = settle(&desk, id, &shown, "make_item", "").await;
    assert!(header(&made, "location").starts_with("/desk/item/"), "{}", header(&made, "location"));
    let again = settle(&desk, id, &shown, "make_item", "").await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    // One of the mail itself, one of the letter.
    assert_eq!(site.app.store.items(site.app.publication, "pending").await.unwrap().len(), 2);
    assert!(
        !desk.page(&format!("/desk/letters/{id}")).await.contains("name=\"do\""),
        "nothing is left to do"
    );
    assert_eq!(desk.get("/desk/letters/999").await.status(), StatusCode::NOT_FOUND);
}

async fn what_a_letter_brought_comes_along_into_its_item(site: Site) {
    let id = letter_of(&site, phone_photo(), "Re: Decembra ziņas", "Lasām pasakas.").await;
    let desk = site.desk(0).await;
    let shown = hidden(&desk.page(&format!("/desk/letters/{id}")).await, "shown");
    let begun = settle(&desk, id, &shown, "make_item", "Paldies par").await;
    assert_eq!(begun.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(begun).await.contains("Paldies par</textarea>"), "what was begun is not lost");
    let made = settle(&desk, id, &shown, "make_item", "").await;
    let item = header(&made, "location").rsplit('/').next().unwrap().parse().unwrap();
    let row = site.app.store.item(item).await.unwrap().unwrap();
    assert_eq!(row.item.content.photos.len(), 1, "{:?}", row.item.content);
    assert!(row.contributor.is_some());
    let letter = site.app.store.letter(id).await.unwrap().unwrap();
    assert_eq!(row.received_at, letter.received_at, "it waits as long as the letter did");
}

async fn a_forged_letter_makes_nobody_a_contributor(site: Site) {
    let forged = "Authentication-Results: mail.selija.com; dmarc=fail header.from=biblioteka.example\r\n";
    let id = letter_of(&site, mail(forged, "Talka atcelta!"), "Talka", "Talka atcelta!").await;
    let desk = site.desk(0).await;
    let page = desk.page(&format!("/desk/letters/{id}")).await;
    assert!(page.contains("Pirms atbildat, pārliecinieties"), "{page}");
    let made = settle(&desk, id, &hidden(&page, "shown"), "make_item", "").await;
    let item = header(&made, "location").rsplit('/').next().unwrap().parse().unwrap();
    assert_eq!(site.app.store.item(item).await.unwrap().unwrap().contributor, None);
}

async fn what_was_set_aside_is_taken_back(site: Site) {
    let id = letter(&site, "Par talku", "Cikos?").await;
    let desk = site.desk(0).await;
    let path = format!("/desk/letters/{id}");
    let page = desk.page(&path).await;
    assert!(!page.contains("value=\"reopen\""), "{page}");
    settle(&desk, id, &hidden(&page, "shown"), "set_aside", "").await;
    let page = desk.page(&path).await;
    let back = settle(&desk, id, &hidden(&page, "shown"), "reopen", "").await;
    assert_eq!(header(&back, "location"), "/desk/letters?done=open");
    assert!(desk.page("/desk/letters?done=open").await.contains("Vēstule atkal gaida."));
    assert!(desk.page(&path).await.contains("value=\"set_aside\""));
}

async fn readers_are_found_by_words_that_mean_themselves(site: Site) {
    for address in ["milda@example.lv", "m_lda@example.lv", "100%@example.lv"] {
        site.confirmed(address).await;
    }
    let desk = site.desk(0).await;
    let found = async |words: &str| -> Vec<bool> {
        let query = url::form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>();
        let page = desk.page(&format!("/desk/readers?q={query}")).await;
        ["milda@", "m_lda@", "100%@"].iter().map(|address| page.contains(&format!(">{address}"))).collect()
    };
    assert_eq!(found("MILDA").await, [true, false, false]);
    assert_eq!(found("m_l").await, [false, true, false]);
    assert_eq!(found("%").await, [false, false, true]);
    assert_eq!(found("").await, [true, true, true]);
    assert_eq!(found("\\").await, [false, false, false]);
    let fields = [
        ("email", "ilga@example.lv"),
        ("consent", "Zvanīja"),
        ("municipality", "Ērgļu novads"),
        ("language", "lv"),
    ];
    desk.post("/desk/readers/add", &fields).await;
    for words in ["ērg", "ĒRGĻU", "Novads"] {
        let query = url::form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>();
        let page = desk.page(&format!("/desk/readers?q={query}")).await;
        assert!(page.contains(">ilga@"), "{words}");
    }
}

async fn a_reader_is_added_with_her_consent_and_leaves(site: Site) {
    let desk = site.desk(0).await;
    let add = async |address: &str, consent: &str| {
        let fields =
            [("email", address), ("consent", consent), ("municipality", "Neretas"), ("language", "en")];
        desk.post("/desk/readers/add", &fields).await
    };
    for (address, consent, words) in [
        ("nobody", "Zvanīja", "id=\"email-error\""),
        ("noreply@example.lv", "Zvanīja", "id=\"email-error\""),
        ("milda@example.lv", " ", "id=\"consent-error\""),
    ] {
        let refused = add(address, consent).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        let page = body(refused).await;
        assert!(page.contains(words) && page.contains(&format!("value=\"{address}\"")), "{page}");
    }
    let added = add("milda@example.lv", "Zvanīja 3. maijā").await;
    let path = header(&added, "location");
    let page = desk.page(&path).await;
    assert!(page.contains("“Zvanīja 3. maijā”") && page.contains("Neretas"), "{page}");
    let path = path.split('?').next().unwrap();
    let left = desk.post(path, &[("do", "leave")]).await;
    assert!(desk.page(&header(&left, "location")).await.contains("Šim lasītājam vairs nesūtīsim."));
    let row = site.subscription("milda@example.lv").await;
    assert!(matches!(row.state, SubscriptionState::Unsubscribed { .. }));
    let again = add("milda@example.lv", "Zvanīja").await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(again).await.contains("Atgriezties var tikai pats."));
}

async fn a_suppression_is_lifted_with_a_reason(site: Site) {
    let row = site.confirmed("milda@example.lv").await;
    let mut write = site.app.store.write().await.unwrap();
    let hash = zinas::store::address_hash(&row.address);
    let reason = subscribers::SuppressionReason::HardBounce;
    let suppress = zinas::newsroom::people::suppress;
    suppress(&site.app, &mut write, &hash, Some(row.id), reason, "550 no such user").await.unwrap();
    write.commit().await.unwrap();
    let desk = site.desk(0).await;
    let path = format!("/desk/readers/{}", row.id);
    assert!(desk.page(&path).await.contains("adrese neeksistē"));
    let refused = desk.post(&path, &[("do", "lift"), ("reason", " ")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let lifted = desk.post(&path, &[("do", "lift"), ("reason", "Zvanīja, pastkaste bija pilna")]).await;
    let page = desk.page(&header(&lifted, "location")).await;
    assert!(page.contains("Aizliegums atcelts.") && page.contains("Zvanīja, pastkaste bija pilna"), "{page}");
}

async fn a_person_is_erased_after_a_second_look(site: Site) {
    let row = site.confirmed("milda@example.lv").await;
    let desk = site.desk(0).await;
    let path = format!("/desk/readers/{}/erase", row.id);
    let before = site.dump().await;
    for method in [Method::GET, Method::HEAD] {
        let looked = site.request(method, &path).header("Cookie", &desk.cookie).send().await.unwrap();
        assert_eq!(looked.status(), StatusCode::OK);
    }
    let unsure = desk.post(&path, &[]).await;
    assert_eq!(unsure.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(before, site.dump().await);
    let erased = desk.post(&path, &[("sure", "yes")]).await;
    assert!(desk.page(&header(&erased, "location")).await.contains("Viss par šo cilvēku ir dzēsts."));
    assert!(!site.dump().await.iter().any(|row| row.contains("milda")));
    assert_eq!(desk.post(&path, &[("sure", "yes")]).await.status(), StatusCode::NOT_FOUND);
}

async fn a_list_is_looked_through_before_it_is_taken(site: Site) {
    let left = site.confirmed("left@example.lv").await;
    let origin = zinas::newsroom::people::Origin { channel: "link", from: "" };
    zinas::newsroom::people::leave(&site.app, left.public_id, origin).await.unwrap();
    let desk = site.desk(0).await;
    // As a spreadsheet in Latvia writes it.
    let list: &[u8] = b"epasts;novads\r\nmilda@example.lv;J\xe7kabpils\r\nnobody\r\nleft@example.lv;\r\n\"milda@example.lv\";\r\n";
    let before = site.dump().await;
    let looked =
        desk.upload("/desk/import", &[("do", "look"), ("consent", "Uz lapas")], "list", "lasitaji.csv", list);
    let page = body(looked.await).await;
    assert!(page.contains("Vēl nekas nav saglabāts.") && page.contains("Pievienot 1"), "{page}");
    assert!(
        page.contains("3. rinda: tā nav e-pasta adrese.")
            && page.contains("4. rinda: šis lasītājs ir atteicies")
    );
    assert_eq!(before, site.dump().await, "looking keeps nothing");
    let rows =
        page.split("<textarea hidden name=\"rows\">\n").nth(1).unwrap().split("</textarea>").next().unwrap();
    assert!(rows.contains("Jēkabpils"), "{rows}");
    let rows = rows.replace("&quot;", "\"");
    let fields = [("do", "take"), ("consent", "Uz lapas"), ("name", "lasitaji.csv"), ("rows", rows.as_str())];
    let taken = body(desk.post("/desk/import", &fields).await).await;
    assert!(taken.contains("Saraksts ielasīts"), "{taken}");
    let row = site.subscription("milda@example.lv").await;
    assert_eq!(row.preferences.municipality, "Jēkabpils");
    let consent = site.app.store.consent(row.id).await.unwrap();
    assert!(consent[0].words == "Uz lapas" && consent[0].origin.starts_with("lasitaji.csv ("), "{consent:?}");
    let no_column =
        desk.upload("/desk/import", &[("do", "look")], "list", "x.csv", b"milda@example.lv\n").await;
    assert_eq!(no_column.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(desk.post("/desk/import", &[("do", "look")]).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

async fn what_readers_write_is_inert_at_the_desk(site: Site) {
    let hostile = "<script>alert(1)</script></textarea><img src=x onerror=alert(1)>";
    let id =
        letter(&site, hostile, &format!("{hostile}\n\njavascript:alert(1) https://example.lv/\"x")).await;
    let desk = site.desk(0).await;
    for path in ["/desk/letters".to_owned(), format!("/desk/letters/{id}")] {
        let page = desk.page(&path).await;
        assert!(page.contains("&lt;script&gt;"), "{path}");
        for never in ["<script>alert", "<img", "href=\"javascript"] {
            assert!(!page.contains(never), "{path}: {never}");
        }
    }
}
