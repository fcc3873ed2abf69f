import type { Language } from "../language.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";
import { uz } from "./uz.ts";
import { uzCyrl } from "./uz-cyrl.ts";
import type { Words } from "./words.ts";

/** What pages, feeds and choices say; the words of mails are in templates/words. */
export const WORDS: Readonly<Record<Language, Words>> = { en, ru, uz, "uz-Cyrl": uzCyrl };
