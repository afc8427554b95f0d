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
    not_saved: "Melnraksts nav saglabāts; mēģināsim vēlreiz.",
    too_long: "Melnrakstam teksts ir par garu. Lūdzu, saglabājiet to ar pogu.",
    kept: "Rakstītais nav zudis",
    kept_out: "Jūsu pieteikšanās šajā pārlūkprogrammā ir beigusies, tāpēc nekas vēl nav saglabāts. Neaizveriet šo lapu: rakstītais ir tajā.",
    kept_steps: "Ieejiet redakcijā jaunā cilnē, tad atgriezieties šeit un nospiediet “Sūtīt vēlreiz”.",
    kept_enter: "Ieiet redakcijā jaunā cilnē",
    kept_in: "Esat atkal redakcijā. Rakstītais vēl nav saglabāts; lai to nosūtītu, nospiediet “Sūtīt vēlreiz”.",
    kept_again: "Sūtīt vēlreiz",
    kept_file: "Izvēlētā datne šeit nav saglabājusies; lūdzu, izvēlieties to vēlreiz.",
    kept_yours: "Ko rakstījāt",
};
