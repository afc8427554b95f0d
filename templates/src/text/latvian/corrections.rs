use crate::text::words::corrections::Corrections;

pub(super) const CORRECTIONS: Corrections = Corrections {
    title: "Labojumi",
    how: "Publicēto vairs nemainām. Labojums ar datumu uzreiz stāvēs ziņas lapā, un nākamā numura lasītājiem par to \
          pastāstīsim.",
    field: "Jauns labojums",
    hint: "Kas bija nepareizi un kā ir pareizi. Piemēram: “Koncerts sākas plkst. 18.00, nevis 17.00.”",
    missing: "Uzrakstiet, kas bija nepareizi un kā ir pareizi.",
    save: "Publicēt labojumu",
    by: |who, when| format!("{who}, {when}"),
    see: "Skatīt publicēto ziņu",
    said: |title| format!("Labojums ziņai “{title}” ir publicēts."),
    of_issue: "Numura ziņas",
    of_issue_how: "Ja ziņā ir kļūda, atveriet to un uzrakstiet labojumu.",
};
