/** The languages that Communiqué can publish in, as BCP 47 tags. `uz` is Uzbek in Latin script. */
export const LANGUAGES = ["en", "ru", "uz", "uz-Cyrl"] as const;
export type Language = (typeof LANGUAGES)[number];
