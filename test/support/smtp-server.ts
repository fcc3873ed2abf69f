import {
	type LocalSmtpServer,
	startSmtpServer as start,
	type TakenMail,
} from "../../scripts/local/smtp-server.ts";

export interface TestSmtpServer extends LocalSmtpServer {
	readonly taken: readonly TakenMail[];
}

/** A real SMTP server on this machine that keeps what it takes. */
export async function startSmtpServer(): Promise<TestSmtpServer> {
	const taken: TakenMail[] = [];
	const server = await start((mail) => taken.push(mail));
	return { ...server, taken };
}
