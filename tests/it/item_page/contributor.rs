//! The contributor of an item on its page: she is asked and told, answers, and her letter is inert.

use issues::ItemState;
use reqwest::StatusCode;

use super::{answer, contributed, mailed, path, pictured, press, read, row};
use crate::support::outbox::{keeping, outbox, until_idle};
use crate::support::sink::Sink;
use crate::support::site::{Site, body, header, on_both_databases};

on_both_databases! {
    a_ready_question_is_mailed_to_the_contributor
    asking_who_took_a_photo_opens_the_question
    an_approval_shows_the_contributor_her_edited_text
    an_undo_takes_the_mail_back_or_corrects_it
    an_answer_fills_who_took_the_photo_and_is_not_asked_again
    an_answer_to_an_editor_is_read_by_her_and_not_asked_again
    letters_are_inert_on_the_page
}

async fn a_ready_question_is_mailed_to_the_contributor(site: Site) {
    let id = contributed(&site, "rasma@biblioteka.example", "Grāmatas").await;
    let desk = site.desk(0).await;
    let page = desk.page(&path(id)).await;
    assert!(page.contains("Pirmā vēstule") && page.contains("Kas fotografēja?"), "{page}");
    let nothing = press(&desk, id, &[("do", "ask")]).await;
    assert_eq!(nothing.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(nothing).await.contains("question-error"));
    let fields =
        [("do", "ask"), ("ready_question", "where"), ("ready_question", "photo"), ("question", "Paldies!")];
    let asked = press(&desk, id, &fields).await;
    assert_eq!(header(&asked, "location"), format!("/desk?done=ask&item={id}"));
    let mails = site.mails("question").await;
    let mail = String::from_utf8(mails[0].clone()).unwrap();
    assert!(mail.contains("rasma@biblioteka.example"));
    let ItemState::Asked { question, .. } = row(&site, id).await.item.state else { panic!("asked") };
    assert_eq!(question.split("\n\n").count(), 3);
    let second = contributed(&site, "rasma@biblioteka.example", "Vakars").await;
    let page = desk.page(&path(second)).await;
    assert!(page.contains("1\u{a0}ziņa iepriekš") && page.contains(&format!("href=\"/desk/item/{id}\"")));
    let page = desk.page(&path(id)).await;
    assert!(page.contains("Jautāja Anna Miglasēta") && page.contains("Vai varat atsūtīt"));
}

async fn asking_who_took_a_photo_opens_the_question(site: Site) {
    let (id, _) = site.item("Talka", &["Taka"]).await;
    let desk = site.desk(0).await;
    let page = desk.page(&path(id)).await;
    assert!(page.contains("value=\"open:credit\"") && page.contains("<details id=\"ask\">"), "{page}");
    let opened = press(&desk, id, &[("do", "open:credit"), ("text", "Cits teksts.")]).await;
    assert_eq!(header(&opened, "location"), format!("/desk/item/{id}?open=credit#ask"));
    assert_eq!(row(&site, id).await.item.content.text, "Cits teksts.", "what was typed is kept");
    let page = desk.page(&format!("{}?open=credit", path(id))).await;
    assert!(page.contains("<details id=\"ask\" open>"), "{page}");
    assert!(page.contains("name=\"ready_question\" value=\"credit\" checked"), "{page}");
    assert!(!desk.page(&format!("{}?open=x", path(id))).await.contains("<details id=\"ask\" open>"));
    assert_eq!(press(&desk, id, &[("do", "open:x")]).await.status(), StatusCode::BAD_REQUEST);
}

async fn an_approval_shows_the_contributor_her_edited_text(site: Site) {
    let desk = site.desk(0).await;
    let heading = "Tekstu labojām. Tā to publicēsim";
    let as_it_came = contributed(&site, "rasma@biblioteka.example", "Grāmatas").await;
    assert_eq!(press(&desk, as_it_came, &[("do", "approve")]).await.status(), StatusCode::SEE_OTHER);
    let mail = read(site.mails("decision").await.last().unwrap()).0;
    assert!(
        !mail.to_lowercase().contains(&heading.to_lowercase()) && !mail.contains("lasām grāmatas"),
        "{mail}"
    );
    let edited = contributed(&site, "rasma@biblioteka.example", "Lasījumi").await;
    let fields = [
        ("do", "approve"),
        ("text", "Lasīsim skaļi.\r\n\r\nLīdzi paņemiet <grāmatu>."),
        ("title", "Skaļie lasījumi"),
    ];
    assert_eq!(press(&desk, edited, &fields).await.status(), StatusCode::SEE_OTHER);
    let mail = read(site.mails("decision").await.last().unwrap()).0;
    for words in ["Skaļie lasījumi", "Lasīsim skaļi.", "Līdzi paņemiet <grāmatu>.", "atbildiet uz šo vēstuli"]
    {
        assert!(mail.contains(words), "{words}: {mail}");
    }
    assert!(mail.to_lowercase().contains(&heading.to_lowercase()), "{mail}");
    // An answer to it belongs to the item.
    answer(&site, site.mails("decision").await.last().unwrap(), "Sākums tomēr plkst. 12.00.").await;
    assert_eq!(site.app.store.item_replies(edited).await.unwrap().len(), 1);
}

async fn an_undo_takes_the_mail_back_or_corrects_it(site: Site) {
    let sink =
        Sink::listen(&format!("127.0.0.1:{}", site.app.config.outbound.port), keeping(), None).unwrap();
    let mut outbox = outbox(&site.app).await;
    let id = contributed(&site, "rasma@biblioteka.example", "Grāmatas").await;
    until_idle(&mut outbox).await;
    let desk = site.desk(0).await;
    let undo = async || {
        let revision = row(&site, id).await.revision.to_string();
        let fields = [("item", id.to_string()), ("revision", revision)];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(desk.post("/desk/decisions/undo", &fields).await.status(), StatusCode::SEE_OTHER);
    };
    let to_rasma = || sink.mails().iter().filter(|mail| mail.to.contains("rasma@")).count();
    let later = || site.app.clock.advance_to(site.app.clock.now() + chrono::TimeDelta::minutes(1));
    let before = to_rasma();
    // It has not left: nobody hears of anything.
    assert_eq!(press(&desk, id, &[("do", "approve")]).await.status(), StatusCode::SEE_OTHER);
    undo().await;
    until_idle(&mut outbox).await;
    assert_eq!((to_rasma(), site.mails("undone").await.len()), (before, 0));
    later();
    // An edit tells nobody, and so does its undo.
    assert_eq!(
        press(&desk, id, &[("do", "save"), ("title", "Lasījumi")]).await.status(),
        StatusCode::SEE_OTHER
    );
    undo().await;
    assert_eq!(site.mails("undone").await.len(), 0);
    // It has left: a short mail corrects it.
    let reject = [("do", "reject"), ("ready_reason", "advert")];
    assert_eq!(press(&desk, id, &reject).await.status(), StatusCode::SEE_OTHER);
    until_idle(&mut outbox).await;
    later();
    undo().await;
    until_idle(&mut outbox).await;
    let (mail, _) = read(&site.mails("undone").await[0]);
    for words in ["ka ziņu “Grāmatas” nepublicēsim. Šo lēmumu atsaucām.", "izskatīs vēlreiz", "Atvainojamies"]
    {
        assert!(mail.contains(words), "{words}: {mail}");
    }
    // Of two decisions the earlier one holds again.
    assert_eq!(press(&desk, id, &[("do", "approve")]).await.status(), StatusCode::SEE_OTHER);
    until_idle(&mut outbox).await;
    later();
    assert_eq!(press(&desk, id, &reject).await.status(), StatusCode::SEE_OTHER);
    until_idle(&mut outbox).await;
    undo().await;
    let (mail, _) = read(&site.mails("undone").await[1]);
    assert!(mail.contains("Spēkā ir agrākais lēmums: ziņa būs decembra numurā."), "{mail}");
    assert_eq!(row(&site, id).await.item.state.name(), "approved");
}

async fn an_answer_fills_who_took_the_photo_and_is_not_asked_again(site: Site) {
    let id = pictured(&site).await;
    let asks = "kas fotografējis";
    let thanks = site.mails("thanks").await;
    assert!(read(&thanks[0]).0.contains(asks), "{}", read(&thanks[0]).0);
    answer(&site, &thanks[0], "Foto: Anna Liepa").await;
    let photo = row(&site, id).await.item.content.photos[0].clone();
    assert_eq!((photo.credit.as_str(), photo.credit_proposed), ("Anna Liepa", true));
    let thanks = site.mails("thanks").await;
    assert_eq!(thanks.len(), 2);
    assert!(!read(&thanks[1]).0.contains(asks), "{}", read(&thanks[1]).0);
    let desk = site.desk(0).await;
    let page = desk.page(&path(id)).await;
    for words in ["Ieteikums no iesūtītāja atbildes.", ">\nAnna Liepa</textarea>", "Foto: Anna Liepa"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Nav zināms."));
    let acts = site.app.store.revisions(id).await.unwrap();
    assert_eq!((acts[0].act.as_str(), acts[0].channel.as_str()), ("answered", "mail"));
    // A form that shows the proposal sends it back with whatever else is saved; that confirms nothing.
    let shown = [("do", "save"), ("photos.0.credit", "Anna Liepa")];
    let revision = row(&site, id).await.revision;
    assert_eq!(press(&desk, id, &shown).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(row(&site, id).await.revision, revision);
    let done = press(&desk, id, &[shown[0], shown[1], ("photos.0.alt", "Taka")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert!(row(&site, id).await.item.content.photos[0].credit_proposed, "still to be confirmed");
    let done = press(&desk, id, &[("do", "approve"), ("photos.0.credit", "Anna Liepa")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert!(!row(&site, id).await.item.content.photos[0].credit_proposed, "approving confirms it");
    // What is approved is not changed by a letter.
    answer(&site, &thanks[1], "Foto: Jānis Egle").await;
    assert_eq!(row(&site, id).await.item.content.photos[0].credit, "Anna Liepa");
}

async fn an_answer_to_an_editor_is_read_by_her_and_not_asked_again(site: Site) {
    let id = pictured(&site).await;
    let desk = site.desk(0).await;
    let asked = press(&desk, id, &[("do", "ask"), ("ready_question", "credit")]).await;
    assert_eq!(asked.status(), StatusCode::SEE_OTHER);
    let question = site.mails("question").await.remove(0);
    answer(
        &site,
        &question,
        "Labdien! To vairs neviens neatceras, bildi mums kāds iedeva pērnajā talkā pie ezera.",
    )
    .await;
    let row_now = row(&site, id).await;
    assert_eq!((row_now.item.state.name(), row_now.item.content.photos[0].credit.as_str()), ("pending", ""));
    let thanks = site.mails("thanks").await;
    assert!(!read(thanks.last().unwrap()).0.contains("kas fotografējis"));
    // The contributor herself, by the name she writes under.
    let asked = press(&desk, id, &[("do", "ask"), ("ready_question", "credit")]).await;
    assert_eq!(asked.status(), StatusCode::SEE_OTHER);
    let question = site.mails("question").await.pop().unwrap();
    answer(&site, &question, "Es pati!").await;
    assert_eq!(row(&site, id).await.item.content.photos[0].credit, "Rasma Egle");
}

async fn letters_are_inert_on_the_page(site: Site) {
    let mail = "From: \"<script>alert(1)</script>\" <ilze@b.example>\r\nTo: info@selija.example\r\n\
         Subject: </textarea><img src=x onerror=alert(1)>\r\nMessage-ID: <h@b.example>\r\n\
         Date: Fri, 20 Nov 2026 10:00:00 +0200\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         </textarea><script>alert(1)</script> Sestdien Ritē būs talka javascript:alert(1).\r\n";
    let id = mailed(&site, mail.as_bytes()).await;
    let desk = site.desk(0).await;
    let answer = desk.get(&path(id)).await;
    assert!(header(&answer, "content-security-policy").contains("script-src 'self'"));
    let page = body(answer).await;
    for never in ["<script>", "<img src=x", "onerror=alert(1)>", "href=\"javascript"] {
        assert!(!page.contains(never), "{never}");
    }
    assert!(page.contains("&lt;script&gt;"));
    let hostile = "</textarea><script>x</script>";
    let typed =
        press(&desk, id, &[("do", "approve"), ("title", ""), ("text", hostile), ("question", hostile)]).await;
    assert_eq!(typed.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!body(typed).await.contains("<script>"));
    let odd = desk.page(&format!("{}?done=%3Cscript%3E&item=1", path(id))).await;
    assert!(!odd.contains("role=\"status\"") && !odd.contains("<script>"));
}
