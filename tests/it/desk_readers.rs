//! What an editor does with a reader at the desk, what the reader hears of it, and taking it back; over real HTTP.

use mail_parser::MessageParser;
use reqwest::StatusCode;
use subscribers::{Act, ConsentEvent, SubscriptionState, SuppressionReason};
use zinas::newsroom::people::{self, Origin};
use zinas::store::{SubscriptionRow, address_hash};

use crate::support::desk::Desk;
use crate::support::letters::link;
use crate::support::site::{Site, body, header, now, on_both_databases};

on_both_databases! {
    who_is_added_at_the_desk_is_told_by_whom_and_how_to_leave
    the_way_of_a_consent_is_said_in_words
    stopping_a_reader_is_undone_exactly
    what_a_reader_says_herself_is_never_undone
    no_undo_goes_past_a_suppression_or_an_erasure
    what_is_done_at_the_desk_is_kept_as_done_there
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

/// Ends a subscription at the desk; gives the path of its page and the moment that its undo names.
async fn stop(desk: &Desk<'_>, row: &SubscriptionRow) -> (String, String) {
    let path = format!("/desk/readers/{}", row.id);
    assert_eq!(desk.post(&path, &[("do", "leave")]).await.status(), StatusCode::SEE_OTHER);
    let page = desk.page(&path).await;
    let field = page.split("name=\"stopped_at\" value=\"").nth(1).unwrap();
    (path, field[..field.find('"').unwrap()].to_owned())
}

async fn undo(desk: &Desk<'_>, (path, at): &(String, String)) -> reqwest::Response {
    desk.post(path, &[("do", "undo"), ("stopped_at", at)]).await
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

async fn stopping_a_reader_is_undone_exactly(site: Site) {
    let (confirmed, pending) =
        (site.confirmed("milda@example.lv").await, site.pending("velga@example.lv").await);
    let desk = site.desk(0).await;
    for row in [confirmed, pending] {
        let before = site.subscription(row.address.as_str()).await;
        let stopped = stop(&desk, &before).await;
        let now_left = site.subscription(before.address.as_str()).await;
        assert!(matches!(now_left.state, SubscriptionState::Unsubscribed { .. }));
        let page = desk.page(&stopped.0).await;
        assert!(page.contains("Sūtīt pārtrauca Anna"), "{page}");
        // Of another moment it is no undo of this.
        let other = (stopped.0.clone(), "1".to_owned());
        assert_eq!(undo(&desk, &other).await.status(), StatusCode::CONFLICT);
        let undone = undo(&desk, &stopped).await;
        assert_eq!(undone.status(), StatusCode::SEE_OTHER);
        let page = desk.page(&header(&undone, "location")).await;
        assert!(page.contains("Atsaukts. Šim lasītājam viss ir tāpat kā iepriekš."), "{page}");
        assert!(!page.contains("stopped_at"), "{page}");
        let after = site.subscription(before.address.as_str()).await;
        assert_eq!((&after.state, after.confirmed_at), (&before.state, before.confirmed_at));
        assert_eq!((&after.preferences, after.manner), (&before.preferences, before.manner));
        let consent = site.app.store.consent(before.id).await.unwrap();
        let acts: Vec<Act> = consent.iter().rev().take(2).map(|event| event.act).collect();
        assert_eq!(acts, [Act::Lifted, Act::Left], "both stay in the history");
        // A second click finds nothing, and says so.
        let again = undo(&desk, &stopped).await;
        assert_eq!(again.status(), StatusCode::CONFLICT);
        assert!(body(again).await.contains("Nekas nav atsaukts."));
    }
}

async fn what_a_reader_says_herself_is_never_undone(site: Site) {
    let desk = site.desk(0).await;
    // She left, and nobody at the desk had a hand in it.
    let own = site.confirmed("ilga@example.lv").await;
    people::leave(&site.app, own.public_id, Origin { channel: "link", from: "" }).await.unwrap();
    let path = format!("/desk/readers/{}", own.id);
    assert!(!desk.page(&path).await.contains("stopped_at"));
    let at = now().timestamp_millis().to_string();
    assert_eq!(undo(&desk, &(path, at)).await.status(), StatusCode::CONFLICT);
    // She says so too, after an editor did.
    for channel in ["one-click", "mail"] {
        let row = site.confirmed(&format!("{channel}@example.lv")).await;
        let stopped = stop(&desk, &row).await;
        people::leave(&site.app, row.public_id, Origin { channel, from: "" }).await.unwrap();
        assert!(!desk.page(&stopped.0).await.contains("stopped_at"));
        assert_eq!(undo(&desk, &stopped).await.status(), StatusCode::CONFLICT);
        let row = site.subscription(row.address.as_str()).await;
        assert!(matches!(row.state, SubscriptionState::Unsubscribed { .. }));
        let last = site.app.store.consent(row.id).await.unwrap().pop().unwrap();
        assert_eq!((last.act, last.channel.as_str()), (Act::Left, channel));
    }
    // She came back by herself: nothing is put back to what it was.
    let row = site.confirmed("zane@example.lv").await;
    let stopped = stop(&desk, &row).await;
    people::rejoin(&site.app, row.public_id, "Piekrītu.", Origin { channel: "page", from: "" })
        .await
        .unwrap();
    let back = site.subscription("zane@example.lv").await;
    assert_eq!(undo(&desk, &stopped).await.status(), StatusCode::CONFLICT);
    assert_eq!(site.subscription("zane@example.lv").await.state, back.state);
}

async fn no_undo_goes_past_a_suppression_or_an_erasure(site: Site) {
    let desk = site.desk(0).await;
    for (number, reason) in
        [SuppressionReason::Complaint, SuppressionReason::HardBounce, SuppressionReason::Editor]
            .into_iter()
            .enumerate()
    {
        let row = site.confirmed(&format!("reader{number}@example.lv")).await;
        let stopped = stop(&desk, &row).await;
        suppress(&site, &row, reason).await;
        assert!(!desk.page(&stopped.0).await.contains("stopped_at"), "{reason:?}");
        assert_eq!(undo(&desk, &stopped).await.status(), StatusCode::CONFLICT, "{reason:?}");
        let state = site.subscription(row.address.as_str()).await.state;
        assert!(matches!(state, SubscriptionState::Unsubscribed { .. }), "{state:?}");
    }
    // Of an address that came on the list without its subscription.
    let row = site.confirmed("zane@example.lv").await;
    let stopped = stop(&desk, &row).await;
    let mut write = site.app.store.write().await.unwrap();
    let hash = address_hash(&row.address);
    let complaint = SuppressionReason::Complaint;
    people::suppress(&site.app, &mut write, &hash, None, complaint, "").await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(undo(&desk, &stopped).await.status(), StatusCode::CONFLICT);

    let row = site.confirmed("milda@example.lv").await;
    let stopped = stop(&desk, &row).await;
    people::erase(&site.app, &row.address).await.unwrap();
    assert_eq!(undo(&desk, &stopped).await.status(), StatusCode::NOT_FOUND);
    let kept = site.dump().await;
    let stops = kept.iter().filter(|line| line.starts_with("desk_stop:")).count();
    assert_eq!(stops, 1, "what was erased leaves no stop behind; the address on the list alone has one");
}

async fn what_is_done_at_the_desk_is_kept_as_done_there(site: Site) {
    let desk = site.desk(0).await;
    let row = site.confirmed("milda@example.lv").await;
    let name = site.app.config.editors[0].name.clone();
    let last = async || {
        let event = site.app.store.consent(row.id).await.unwrap().pop().unwrap();
        (event.act, event.channel, event.origin)
    };
    let done = |act: Act| (act, "desk".to_owned(), name.clone());
    suppress(&site, &row, SuppressionReason::HardBounce).await;
    let path = format!("/desk/readers/{}", row.id);
    desk.post(&path, &[("do", "lift"), ("reason", "Zvanīja")]).await;
    assert_eq!(last().await, done(Act::Lifted));
    let stopped = stop(&desk, &row).await;
    assert_eq!(last().await, done(Act::Left));
    let state = site.subscription("milda@example.lv").await.state;
    assert!(matches!(&state, SubscriptionState::Unsubscribed { how, .. } if how == "desk"), "{state:?}");
    undo(&desk, &stopped).await;
    assert_eq!(last().await, done(Act::Lifted));
    add(&desk, "velga@example.lv").await;
    let added = site.subscription("velga@example.lv").await;
    assert!(
        matches!(&added.state, SubscriptionState::Confirmed { how, .. } if how == "desk"),
        "{:?}",
        added.state
    );
    let event = site.app.store.consent(added.id).await.unwrap().pop().unwrap();
    assert_eq!((event.act, event.channel, event.origin), done(Act::Imported));
}
