import { createSocket } from "node:dgram";
import { type Answer, decode, encode } from "dns-packet";

export interface TestDns {
	/** Address and port, as `--dns` takes them. */
	readonly server: string;
	stop(): Promise<void>;
}

/**
 * A DNS server on this machine (RFC 1035, over UDP) that knows some TXT and MX records; of every
 * other name it says that there is none.
 */
export async function startDnsServer(zone: {
	readonly txt?: Readonly<Record<string, readonly string[]>>;
	readonly mx?: Readonly<Record<string, readonly string[]>>;
}): Promise<TestDns> {
	const socket = createSocket("udp4");
	socket.on("message", (packet, from) => {
		const query = decode(packet);
		const [question] = query.questions ?? [];
		const answers = question ? answersTo(question, zone) : [];
		const reply = encode({
			type: "response",
			...(query.id === undefined ? {} : { id: query.id }),
			flags: answers.length > 0 ? 0 : NAME_ERROR,
			questions: query.questions ?? [],
			answers,
		});
		socket.send(reply, from.port, from.address);
	});
	await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
	return {
		server: `127.0.0.1:${socket.address().port}`,
		stop: () => new Promise((resolve) => socket.close(() => resolve())),
	};
}

/** RFC 1035, section 4.1.1: the name does not exist. */
const NAME_ERROR = 3;

function answersTo(
	{ name, type }: { readonly name: string; readonly type: string },
	{ txt = {}, mx = {} }: Parameters<typeof startDnsServer>[0],
): Answer[] {
	const key = name.toLowerCase();
	if (type === "TXT")
		// A record of more than 255 bytes comes in several strings.
		return (txt[key] ?? []).map((text) => ({
			type: "TXT",
			name,
			data: text.match(/.{1,200}/gs) ?? [],
		}));
	if (type === "MX")
		return (mx[key] ?? []).map((exchange) => ({
			type: "MX",
			name,
			data: { exchange, preference: 10 },
		}));
	return [];
}
