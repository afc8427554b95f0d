use crate::text::words::decided::Decided;

pub(super) const DECIDED: Decided = Decided {
    edited: "Tekstu labojām. Tā to publicēsim",
    if_wrong: "Ja kas nav pareizi vai līdz tam mainās, atbildiet uz šo vēstuli, un izlabosim.",
};
