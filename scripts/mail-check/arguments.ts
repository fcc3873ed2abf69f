import { isIP } from "node:net";
import { parseArgs } from "node:util";

export const USAGE =
	"OPERATOR_KEY=… npm run mail:check -- ADDRESS [--at https://press.example.org] [--selector NAME] [--dns 1.1.1.1]";

/** What is to be checked, and how. */
export interface Asked {
	readonly address: string;
	/** Where the Worker is. */
	readonly at: string;
	/** Selectors of DKIM keys that the provider signs with. */
	readonly selectors: readonly string[];
	/** Name server to ask, with or without a port; absent for the machine's own. */
	readonly dns?: string;
}

/** Reads the arguments of `npm run mail:check`. Returns what is wrong with them in words. */
export function readArguments(words: readonly string[], key: string | undefined): Asked | string {
	let given: ReturnType<typeof parse>;
	try {
		given = parse(words);
	} catch (fault) {
		return (fault as Error).message.split(/\. |\n/, 1)[0] ?? "";
	}
	const { at, selector: selectors, dns } = given.values;
	const [address, ...more] = given.positionals;
	if (!key) return "give a key with the scope operate as OPERATOR_KEY";
	if (address === undefined || more.length > 0) return "give one address to mail to";
	if (!/^https?:$/.test(URL.parse(at)?.protocol ?? ""))
		return "--at must be the Worker's address, such as https://press.example.org";
	if (dns !== undefined && !isServer(dns))
		return "--dns must be the IP address of a name server, such as 1.1.1.1";
	return { address, at, selectors, ...(dns !== undefined && { dns }) };
}

function parse(words: readonly string[]) {
	return parseArgs({
		args: [...words],
		allowPositionals: true,
		options: {
			at: { type: "string", default: "http://localhost:8787" },
			selector: { type: "string", multiple: true, default: [] },
			dns: { type: "string" },
		},
	});
}

/** An IP address, of version 4 also with a port; of version 6 with one in brackets. */
function isServer(text: string): boolean {
	const bare = /^\[(.+)\]:\d{1,5}$|^([\d.]+):\d{1,5}$/.exec(text);
	return isIP(bare?.[1] ?? bare?.[2] ?? text) !== 0;
}
