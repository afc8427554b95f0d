use crate::text::words::senders::Senders;

pub(super) const SENDERS: Senders = Senders {
    sender: "Sūtītājs",
    block: "Vairs nepieņemt vēstules",
    block_how: "Turpmākās šī sūtītāja ziņas un vēstules nonāks karantīnā. Paziņojumu un atbilžu par tām nebūs. To varēs atsaukt.",
    blocked: |who, when| format!("Šī sūtītāja vēstules vairs nepieņemam. Tā izlēma {who}, {when}."),
    blocked_how: "Kas atnācis pa to laiku, ir karantīnā.",
    unblock: "Atkal pieņemt",
    unsure: "Sūtītāja pārbaude neizdevās: vēstuli varēja sūtīt kāds cits, tāpēc šo adresi te nevar bloķēt.",
    said_blocked: "Šī sūtītāja turpmākās vēstules nonāks karantīnā.",
    said_unblocked: "Šī sūtītāja vēstules atkal pieņemsim. Kas atnācis pa to laiku, paliek karantīnā.",
    why_here: "Kad šī vēstule atnāca, sūtītāja vēstules nepieņēmām.",
    list: |n| format!("Sūtītāji, kuru vēstules nepieņemam ({n})"),
    erased: "izdzēsta persona",
    mine: |since| format!("Jūsu atsūtītās ziņas un vēstules redakcija liek atsevišķi. Tā izlemts {since}."),
    waiting: |n| format!("Vēl gaida ({n})"),
    earlier: |n| format!("Jau izlemtās ({n})"),
};
