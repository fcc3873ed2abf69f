import { SMTPServer } from "smtp-server";

/** A message as the server took it. */
export interface TakenMail {
	readonly from: string;
	readonly to: readonly string[];
	/** The MIME source. */
	readonly source: string;
	/** When the client began to hand it over (`MAIL FROM`), by `performance.now()`. */
	readonly begunAt: number;
}

export interface LocalSmtpServer {
	/** With user and password. */
	readonly url: string;
	stop(): Promise<void>;
}

/**
 * A real SMTP server on this machine, with a login.
 *
 * @param take gets each message that has come in full, just before the server says 250 (RFC 5321,
 *   section 4.2.5): from then on it is the server's, whether the client hears of it or not.
 */
export async function startSmtpServer(take: (mail: TakenMail) => void): Promise<LocalSmtpServer> {
	const begun = new WeakMap<object, number>();
	const server = new SMTPServer({
		// The session runs over loopback without a certificate.
		disabledCommands: ["STARTTLS"],
		allowInsecureAuth: true,
		onAuth: ({ username, password }, _session, done) =>
			username === "press" && password === "p@$s wo$rd"
				? done(null, { user: username })
				: done(new Error("Invalid login")),
		onMailFrom(_address, session, done) {
			begun.set(session, performance.now());
			done();
		},
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on("data", (chunk: Buffer) => chunks.push(chunk));
			// Where the client is gone before the end of the message, no end comes.
			stream.on("end", () => {
				const { mailFrom, rcptTo } = session.envelope;
				take({
					from: mailFrom ? mailFrom.address : "",
					to: rcptTo.map(({ address }) => address),
					source: Buffer.concat(chunks).toString("utf8"),
					begunAt: begun.get(session) ?? Number.NaN,
				});
				done();
			});
		},
	});
	// A client that is gone is nothing to end for.
	server.on("error", () => {});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
	const address = server.server.address();
	const port = typeof address === "object" && address ? address.port : 0;
	return {
		url: `smtp://press:p%40$s%20wo$rd@127.0.0.1:${port}`,
		stop: () => new Promise((resolve) => server.close(() => resolve())),
	};
}
