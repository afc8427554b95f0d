// What people send in the month of the story, with days that lie ahead whenever it is told.

const DAY = 86_400_000

// The first Saturday (6) or other weekday from so many days on.
function ahead(today, days, weekday) {
  const day = new Date(+today + days * DAY)
  while (day.getUTCDay() !== weekday) day.setUTCDate(day.getUTCDate() + 1)
  return day
}

const named = new Intl.DateTimeFormat('lv', { timeZone: 'UTC', day: 'numeric', month: 'long' })
// “23. janvārī”
const inMonth = date => named.format(date).replace(/is$/, 'ī').replace(/s$/, 'ā')
const iso = date => date.toISOString().slice(0, 10)

export function news(today) {
  const snow = ahead(today, 30, 6)
  const sunday = ahead(today, 32, 0)
  const skis = ahead(today, 35, 6)
  return {
    snow: {
      from: 'rasma@ritesbiblioteka.example', name: 'Rites bibliotēka', subject: 'Sniega skulptūras Ritē', photo: true, day: iso(snow),
      text: `Labdien!\n\nSestdien, ${inMonth(snow)}, plkst. 11.00 pie Rites bibliotēkas veidosim sniega skulptūras. Lāpstas un karsta tēja būs uz vietas.`,
    },
    // A Sunday that is called a Saturday.
    ball: {
      from: 'pils@viesite.example', name: 'Viesītes kultūras pils', subject: 'Masku balle Viesītē', day: iso(sunday),
      text: `Labdien!\n\nSestdien, ${inMonth(sunday)}, plkst. 20.00 Viesītes kultūras pilī būs masku balle. Spēlēs pašu ļaudis, groziņus līdzi!\n\nInformāciju sagatavoja:\nIlga Vītolkalne`,
    },
    thanks: {
      from: 'kopa@akniste.example', name: 'Aknīstes ļaudis', subject: 'Paldies par pirmo ledu',
      text: 'Sveiki!\n\nPaldies visiem, kas palīdzēja noklāt Aknīstes slidotavu. Ledus turas, slidot var katru dienu līdz tumsai.',
    },
    advert: {
      from: 'zabaki@tirgus.example', name: 'Zābaku namiņš', subject: 'Ziemas zābaku izpārdošana',
      text: 'Sveiki!\n\nTikai šomēnes visiem ziemas zābakiem atlaide. Pērciet divus pārus, trešo atdosim lētāk.',
    },
    skis: {
      from: 'centrs@nereta.example', name: 'Neretas kultūras centrs', subject: 'Slēpojam ap Neretu',
      text: `Labdien!\n\nSestdien, ${inMonth(skis)}, plkst. 10.00 no Neretas kultūras centra dosimies slēpojumā apkārt ezeram.`,
    },
    club: {
      from: 'sunakste@biblioteka.example', name: 'Sunākstes bibliotēka', subject: 'Lasītāju klubs Sunākstē',
      text: 'Sveiki!\n\nLasītāju klubs Sunākstē aicina jaunus biedrus - lasām lēni, strīdamies laipni...',
    },
    choir: {
      from: 'koris@zalve.example', name: 'Zalves koris', subject: 'Zalves koris meklē balsis',
      text: 'Sveiki!\n\nZalves koris meklē divus basus un vienu tenoru. Mēģinājumi notiek tautas namā.',
    },
    account: {
      from: 'pazinojumi@novads.example', name: 'Novada ziņas', subject: 'Mainās konta numurs', fails: true,
      text: 'Cienījamie iedzīvotāji!\n\nTurpmāk maksājumus lūdzam ieskaitīt jaunā kontā. Numuru pateiksim pa tālruni.',
    },
  }
}
