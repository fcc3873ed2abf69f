import { SMTPServer } from "smtp-server";

/** A message as the server took it. */
export interface TakenMail {
	readonly from: string;
	readonly to: readonly string[];
	/** The MIME source. */
	readonly source: string;
}

export interface TestSmtpServer {
	readonly url: string;
	readonly taken: TakenMail[];
	stop(): Promise<void>;
}

/** A real SMTP server on this machine, with a login, that keeps what it takes. */
export async function startSmtpServer(): Promise<TestSmtpServer> {
	const taken: TakenMail[] = [];
	const server = new SMTPServer({
		// The session runs over loopback without a certificate.
		disabledCommands: ["STARTTLS"],
		allowInsecureAuth: true,
		onAuth: ({ username, password }, _session, done) =>
			username === "press" && password === "p@$s wo$rd"
				? done(null, { user: username })
				: done(new Error("Invalid login")),
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on("data", (chunk: Buffer) => chunks.push(chunk));
			stream.on("end", () => {
				const { mailFrom, rcptTo } = session.envelope;
				taken.push({
					from: mailFrom ? mailFrom.address : "",
					to: rcptTo.map(({ address }) => address),
					source: Buffer.concat(chunks).toString("utf8"),
				});
				done();
			});
		},
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
	const address = server.server.address();
	const port = typeof address === "object" && address ? address.port : 0;
	return {
		url: `smtp://press:p%40$s%20wo$rd@127.0.0.1:${port}`,
		taken,
		stop: () => new Promise((resolve) => server.close(() => resolve())),
	};
}
