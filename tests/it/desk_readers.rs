//! What an editor does with a reader at the desk, what the reader hears of it, and taking it back; over real HTTP.

use mail_parser::MessageParser;
use reqwest::StatusCode;
use subscribers::{Act, ConsentEvent, SubscriptionState, SuppressionReason};
use zinas::newsroom::people;
use zinas::store::{SubscriptionRow, address_hash};

use crate::support::desk::Desk;
use crate::support::letters::link;
use crate::support::site::{Site, now, on_both_databases};

on_both_databases! {
    who_is_added_at_the_desk_is_told_by_whom_and_how_to_leave
    the_way_of_a_consent_is_said_in_words
}

async fn add(desk: &Desk<'_>, address: &str) -> reqwest::Response {
    let fields = [("email", address), ("consent", "Zvanīja 3. maijā"), ("language", "lv")];
    desk.post("/desk/readers/add", &fields).await
}

async fn suppress(site: &Site, row: &SubscriptionRow, reason: SuppressionReason) {
    let mut write = site.app.store.write().await.unwrap();
    let hash = address_hash(&row.address);
    people::suppress(&site.app, &mut write, &hash, Some(row.id), reason, "550").await.unwrap();
    write.commit().await.unwrap();
}

async fn who_is_added_at_the_desk_is_told_by_whom_and_how_to_leave(site: Site) {
    let desk = site.desk(0).await;
    assert_eq!(add(&desk, "milda@example.lv").await.status(), StatusCode::SEE_OTHER);
    let mails = site.mails("welcome").await;
    let [bytes] = mails.as_slice() else { panic!("{} mails", mails.len()) };
    let mail = MessageParser::default().parse(bytes).unwrap();
    let name = &site.app.config.editors[0].name;
    let text = mail.body_text(0).unwrap().into_owned();
    assert!(text.contains(name.as_str()) && text.contains("Zvanīja 3. maijā"), "{text}");
    assert!(mail.body_html(0).unwrap().contains("Zvanīja 3. maijā"));
    let head = String::from_utf8_lossy(bytes).split("\r\n\r\n").next().unwrap().to_owned();
    for line in ["Auto-Submitted: auto-generated", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"] {
        assert!(head.contains(line), "{head}");
    }
    // Who is a reader already hears nothing, nor does who must not be mailed.
    add(&desk, "milda@example.lv").await;
    site.confirmed("velga@example.lv").await;
    add(&desk, "velga@example.lv").await;
    let gone = site.confirmed("ilga@example.lv").await;
    suppress(&site, &gone, SuppressionReason::Complaint).await;
    assert_eq!(add(&desk, "ilga@example.lv").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    // A list is no single person.
    let list =
        [("do", "take"), ("consent", "Uz lapas"), ("name", "x.csv"), ("rows", "epasts\nanna@example.lv\n")];
    desk.post("/desk/import", &list).await;
    site.subscription("anna@example.lv").await;
    assert_eq!(site.mails("welcome").await.len(), 1);
    // Who had asked and not confirmed yet is a reader only now.
    site.pending("zane@example.lv").await;
    add(&desk, "zane@example.lv").await;
    assert_eq!(site.mails("welcome").await.len(), 2);

    let public = site.app.config.public_url.as_str().trim_end_matches('/');
    let leave = link(&text, &format!("{public}/leave/"));
    let path = leave.strip_prefix(public).unwrap().to_owned();
    assert!(head.replace("\r\n", "").contains(&leave), "{head}");
    let left = site.post(&path, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(left.status(), StatusCode::OK);
    let row = site.subscription("milda@example.lv").await;
    assert!(matches!(row.state, SubscriptionState::Unsubscribed { .. }), "{:?}", row.state);
}

async fn the_way_of_a_consent_is_said_in_words(site: Site) {
    let row = site.confirmed("milda@example.lv").await;
    let mut write = site.app.store.write().await.unwrap();
    for channel in
        ["import", "desk", "command", "mail", "page", "one-click", "hard_bounce", "<pasta balodis>"]
    {
        let event = ConsentEvent {
            at: now(),
            act: Act::Imported,
            words: String::new(),
            channel: channel.to_owned(),
            origin: String::new(),
        };
        write.keep_consent(row.id, &event).await.unwrap();
    }
    write.commit().await.unwrap();
    let desk = site.desk(0).await;
    let page = desk.page(&format!("/desk/readers/{}", row.id)).await;
    for words in [
        "ar veidlapu, 192.0.2.0/24",
        "ar saiti no vēstules",
        "no saraksta",
        ">redakcijā<",
        ">komandrindā<",
        ">pa e-pastu<",
        ">iestatījumu lapā<",
        ">ar pogu pasta programmā<",
        ">adrese neeksistē<",
        // One without words is shown as it is, and inert.
        "&lt;pasta balodis&gt;",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains(">form") && !page.contains(">import<"), "{page}");
}
