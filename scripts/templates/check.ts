import type { Fault } from "./folder.ts";
import { checkWords } from "./words.ts";

/**
 * What is wrong with the templates and words of mails: the words first, since mails are made of them.
 *
 * @param folder the folder templates, or a copy of it.
 */
export async function checkTemplates(folder: string): Promise<Fault[]> {
	const faults = checkWords(folder);
	if (faults.length > 0) return faults;
	// What follows is made with the words, which could not even be loaded where they are faulty.
	const { checkMails } = await import("./mails.ts");
	return checkMails(folder);
}
