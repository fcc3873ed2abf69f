import { type Words, words } from "./words.ts";

/** Uzbek in Latin script. */
export const UZBEK_LATIN: Words = {
	consultation: words("konsultatsiya\\p{L}{0,12}|maslahatla(?:shuv|r)\\p{L}{0,12}"),
	meeting: words(
		"uchrashuv\\p{L}{0,12}|yig'ilish\\p{L}{0,12}|(?<!oliy )majlis\\p{L}{0,12}|anjuman\\p{L}{0,12}|" +
			"(?<!matbuot )konferensiya\\p{L}{0,12}|sessiya\\p{L}{0,12}|sammit\\p{L}{0,12}|forum\\p{L}{0,12}|" +
			"davra suhbat\\p{L}{0,12}|seminar\\p{L}{0,12}|simpozium\\p{L}{0,12}",
	),
	talks: words("muzokara(?:lar)?\\p{L}{0,8}"),
	announces: words(
		"ro'yxat\\p{L}{0,8}|akkreditatsiya\\p{L}{0,8}|ariza\\p{L}{0,8}|bayonot\\p{L}{0,8}|murojaat\\p{L}{0,8}|" +
			"tabri\\p{L}{1,10}|hamdardlik|tayinlan\\p{L}{2,4}|saylan\\p{L}{2,4}|e'lon\\p{L}{0,4}|" +
			"nashr|chop etil\\p{L}{2,4}|minnatdor\\p{L}{0,8}",
	),
	visit: words("tashrif\\p{L}{0,8}|safar\\p{L}{0,8}"),
	habitual: words("muntazam|odatda|an'anaviy|har (?:yili?|oyi?|oyda|hafta)"),
	call: words("telefon (?:orqali|suhbat\\p{L}{0,8}|muloqot\\p{L}{0,8})|telefonda"),
	happens: words(
		"bo'lib o't(?:di|adi|gan|moqda)|o'tkazil(?:di|adi|gan|moqda|ishi)|o'tkaz(?:di|adi|ildi)|" +
			"boshlan(?:di|adi)|yakunlan(?:di|gan)|ishtirok et(?:di|adi)|mezbonlik qil(?:di|adi)|uchrash(?:di|adi|dilar)|" +
			"qatnash(?:di|adi|dilar)|rejalashtiril\\p{L}{2,6}|yig'il(?:di|adi)|to'plan(?:di|adi)",
	),
	ends: words("yakunlan(?:di|gan)|nihoyasiga yetdi|tugadi"),
	lasts: words("(?:ikki|uch|to'rt|besh|olti|bir necha) kunlik|haftalik"),
	event: words(
		"tadbir\\p{L}{0,8}|unda|u|ular|tomonlar|ishtirokchilar\\p{L}{0,4}|delegatsiya\\p{L}{0,4}",
	),
	background: words(
		"kelishuv\\p{L}{0,8}|bitim\\p{L}{0,8}|memorandum\\p{L}{0,8}|tashkil (?:etilgan|topgan)|imzolan\\p{L}{2,4}|qabul qilin\\p{L}{2,4}|tasdiqlan\\p{L}{2,4}|" +
			"qaror\\p{L}{0,4}|farmon\\p{L}{0,4}|rezolyutsiya\\p{L}{0,4}|qadar",
	),
	past: words("avvalgi|oldingi|eslatib o'tamiz"),
	next: words("keyingi|navbatdagi|bo'lajak"),
	calledOff: words("qoldiril\\p{L}{2,5}|bekor qilin\\p{L}{2,5}|ko'chiril\\p{L}{2,5}"),
};

/** Uzbek in Cyrillic script. */
export const UZBEK_CYRILLIC: Words = {
	consultation: words("консультация\\p{L}{0,12}|маслаҳатла(?:шув|р)\\p{L}{0,12}"),
	meeting: words(
		"учрашув\\p{L}{0,12}|йиғилиш\\p{L}{0,12}|(?<!олий )мажлис\\p{L}{0,12}|анжуман\\p{L}{0,12}|" +
			"(?<!матбуот )конференция\\p{L}{0,12}|сессия\\p{L}{0,12}|саммит\\p{L}{0,12}|форум\\p{L}{0,12}|" +
			"давра суҳбат\\p{L}{0,12}|семинар\\p{L}{0,12}|симпозиум\\p{L}{0,12}",
	),
	talks: words("музокара(?:лар)?\\p{L}{0,8}"),
	announces: words(
		"рўйхат\\p{L}{0,8}|аккредитация\\p{L}{0,8}|ариза\\p{L}{0,8}|баёнот\\p{L}{0,8}|мурожаат\\p{L}{0,8}|" +
			"табри\\p{L}{1,10}|ҳамдардлик|тайинлан\\p{L}{2,4}|сайлан\\p{L}{2,4}|эълон\\p{L}{0,4}|" +
			"нашр|чоп этил\\p{L}{2,4}|миннатдор\\p{L}{0,8}",
	),
	visit: words("ташриф\\p{L}{0,8}|сафар\\p{L}{0,8}"),
	habitual: words("мунтазам|одатда|анъанавий|ҳар (?:йили?|ойи?|ойда|ҳафта)"),
	call: words("телефон (?:орқали|суҳбат\\p{L}{0,8}|мулоқот\\p{L}{0,8})|телефонда"),
	happens: words(
		"бўлиб ўт(?:ди|ади|ган|моқда)|ўтказил(?:ди|ади|ган|моқда|иши)|ўтказ(?:ди|ади)|" +
			"бошлан(?:ди|ади)|якунлан(?:ди|ган)|иштирок эт(?:ди|ади)|мезбонлик қил(?:ди|ади)|учраш(?:ди|ади|дилар)|" +
			"қатнаш(?:ди|ади|дилар)|режалаштирил\\p{L}{2,6}|йиғил(?:ди|ади)|тўплан(?:ди|ади)",
	),
	ends: words("якунлан(?:ди|ган)|ниҳоясига етди|тугади"),
	lasts: words("(?:икки|уч|тўрт|беш|олти|бир неча) кунлик|ҳафталик"),
	event: words(
		"тадбир\\p{L}{0,8}|унда|у|улар|томонлар|иштирокчилар\\p{L}{0,4}|делегация\\p{L}{0,4}",
	),
	background: words(
		"келишув\\p{L}{0,8}|битим\\p{L}{0,8}|меморандум\\p{L}{0,8}|ташкил (?:этилган|топган)|имзолан\\p{L}{2,4}|қабул қилин\\p{L}{2,4}|тасдиқлан\\p{L}{2,4}|" +
			"қарор\\p{L}{0,4}|фармон\\p{L}{0,4}|резолюция\\p{L}{0,4}|қадар",
	),
	past: words("аввалги|олдинги|эслатиб ўтамиз"),
	next: words("кейинги|навбатдаги|бўлажак"),
	calledOff: words("қолдирил\\p{L}{2,5}|бекор қилин\\p{L}{2,5}|кўчирил\\p{L}{2,5}"),
};
