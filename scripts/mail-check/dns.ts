import { Resolver } from "node:dns/promises";
import { NoAnswer, type Records } from "./findings.ts";

/** Codes that say that there is nothing of the kind (c-ares). */
const NOTHING = ["ENODATA", "ENOTFOUND"];

/**
 * Asks the DNS; `server` is an address and port to ask in place of the machine's own. Its questions fail
 * with {@link NoAnswer}.
 */
export function askDns(server?: string): Records {
	const resolver = new Resolver({ timeout: 3000, tries: 2 });
	if (server) resolver.setServers([server]);
	const orNothing = async <Found>(question: Promise<Found[]>): Promise<Found[]> =>
		question.catch((fault: NodeJS.ErrnoException) => {
			if (NOTHING.includes(fault.code ?? "")) return [];
			throw new NoAnswer(fault.code ?? fault.message);
		});
	return {
		txt: async (name) =>
			(await orNothing(resolver.resolveTxt(name))).map((parts) => parts.join("")),
		mx: async (domain) => (await orNothing(resolver.resolveMx(domain))).map((one) => one.exchange),
	};
}
