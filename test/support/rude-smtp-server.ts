import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import path from "node:path";
import { createSecureContext, type SecureContext, TLSSocket } from "node:tls";
import { converse, type Greeting, type Heard } from "./rude-smtp-session.ts";

/** A port's certificate, by its file in `certificates`, and when it is shown. */
interface Encryption {
	readonly from: "the start" | "STARTTLS";
	readonly certificate: "good" | "wrong-name" | "expired" | "self-signed";
}

interface Manner {
	readonly greeting?: Greeting;
	readonly encryption?: Encryption;
}

const atOnce = (certificate: Encryption["certificate"]): Manner => ({
	encryption: { from: "the start", certificate },
});
const later = (certificate: Encryption["certificate"]): Manner => ({
	encryption: { from: "STARTTLS", certificate },
});

/** Ports of the server, and how it behaves at each before it hears of a message. */
const MANNERS = {
	polite: {},
	pipelining: { greeting: "pipelining" },
	mute: { greeting: "mute" },
	busy: { greeting: "busy" },
	refusing: { greeting: "refusing" },
	garbage: { greeting: "garbage" },
	endless: { greeting: "endless" },
	hangingUp: { greeting: "hanging up" },
	deaf: { greeting: "deaf" },
	dripping: { greeting: "dripping" },
	tls: atOnce("good"),
	tlsWrongName: atOnce("wrong-name"),
	tlsExpired: atOnce("expired"),
	tlsSelfSigned: atOnce("self-signed"),
	startTls: later("good"),
	startTlsPipelining: { ...later("good"), greeting: "pipelining" },
	tlsPipelining: { ...atOnce("good"), greeting: "pipelining" },
	startTlsWrongName: later("wrong-name"),
	startTlsExpired: later("expired"),
	startTlsSelfSigned: later("self-signed"),
	startTlsRefused: { greeting: "refusing STARTTLS" },
	startTlsMute: { greeting: "mute at STARTTLS" },
	startTlsInjected: { ...later("good"), greeting: "injecting at STARTTLS" },
} as const satisfies Record<string, Manner>;

export type RudePorts = Readonly<Record<keyof typeof MANNERS, number>>;

export interface RudeSmtpServer {
	readonly ports: RudePorts;
	/** Of HTTP: `GET /<port>` tells what was heard there, as a JSON array of {@link Heard}. */
	readonly heardPort: number;
	stop(): Promise<void>;
}

/**
 * An SMTP server, spoken byte by byte, that misbehaves as its port says, and does to a message what
 * the local parts of its sender and recipient say.
 */
export async function startRudeSmtpServer(): Promise<RudeSmtpServer> {
	const sockets = new Set<Socket>();
	const heard = new Map<number, Heard[]>();
	const servers: Server[] = [];
	const ports: Record<string, number> = {};
	for (const [name, manner] of Object.entries<Manner>(MANNERS)) {
		const lines: Heard[] = [];
		const server = createServer((socket) => {
			sockets.add(socket);
			socket.on("close", () => sockets.delete(socket));
			socket.on("error", () => socket.destroy());
			receive(socket, manner, (line) => lines.push(line));
		});
		servers.push(server);
		const port = await listen(server);
		ports[name] = port;
		heard.set(port, lines);
	}
	const telling = createHttpServer((request, response) => {
		response.end(JSON.stringify(heard.get(Number(request.url?.slice(1))) ?? []));
	});
	return {
		ports: ports as RudePorts,
		heardPort: await listen(telling),
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			telling.closeAllConnections();
			for (const server of [...servers, telling])
				await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Ports of `localhost`, whose name the good certificate has. */
async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return (server.address() as AddressInfo).port;
}

function receive(
	socket: Socket,
	{ greeting = "polite", encryption }: Manner,
	hear: (heard: Heard) => void,
): void {
	const encrypt = () => {
		const secureContext = contextOf(encryption?.certificate ?? "good");
		const secured = new TLSSocket(socket, { isServer: true, secureContext });
		// Who does not trust the certificate hangs up.
		secured.on("error", () => socket.destroy());
		return secured;
	};
	if (encryption?.from === "the start") converse(encrypt(), { greeting, hear, isEncrypted: true });
	else converse(socket, { greeting, hear, ...(encryption ? { encrypt } : {}) });
}

function contextOf(certificate: Encryption["certificate"]): SecureContext {
	const file = path.join(import.meta.dirname, "certificates", `${certificate}.pem`);
	const pem = readFileSync(file);
	return createSecureContext({ cert: pem, key: pem });
}
