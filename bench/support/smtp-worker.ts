// A Worker that has our SMTP transport and nothing else: it hands messages of an edition over, one after
// the other, on one connection.
import { createSmtpTransport } from "../../src/mail/smtp.ts";
import { makeEdition, makeMessages } from "./edition.ts";

/** What a request to it asks for, as JSON; it answers with the number of those that were submitted. */
export interface Wanted {
	readonly port: number;
	readonly releases: number;
	readonly messages: number;
}

export default {
	async fetch(request) {
		const { port, releases, messages } = (await request.json()) as Wanted;
		const server = new URL(`smtp://127.0.0.1:${port}`);
		const line = createSmtpTransport({ server, requireTls: false }).open();
		let submitted = 0;
		for (const message of makeMessages(makeEdition(releases), messages)) {
			await line.ready();
			const [outcome] = await line.submit([message]);
			if (outcome?.kind === "submitted") submitted += 1;
		}
		await line.close();
		return Response.json(submitted);
	},
} satisfies ExportedHandler;
