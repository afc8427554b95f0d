use crate::text::words::drafts::Drafts;

pub(super) const DRAFTS: Drafts = Drafts {
    watching: |who| format!("{who} skatās"),
    saved: |when| format!("Melnraksts saglabāts {when}"),
    yours: |when| {
        format!(
            "Te ir Jūsu iepriekš rakstītais, kas vēl nav saglabāts ({when}). Citi to redzēs, kad to saglabāsiet."
        )
    },
    drop: "Atmest rakstīto",
};
