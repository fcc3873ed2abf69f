/** No reply has more lines than anybody reads (RFC 5321, section 4.5.3.1.5, has 512 bytes a line). */
export const LONGEST_REPLY = 65_536;

/** A line of a reply that further lines follow (RFC 5321, section 4.2.1). */
const IS_CONTINUED = /^\d{3}-/;

/** What a server replies, one reply after the other, as its bytes come in. */
export class Replies {
	#heard = "";
	/** Of the reply that is coming in, and how long they are. */
	#lines: string[] = [];
	#length = 0;
	readonly #replies: string[] = [];
	#fault: Error | undefined;
	#wake: () => void = () => {};

	/** Takes bytes of the server. */
	take(bytes: Uint8Array): void {
		this.#heard += Buffer.from(bytes).toString("latin1");
		for (let end = this.#heard.indexOf("\n"); end >= 0; end = this.#heard.indexOf("\n")) {
			const line = this.#heard.slice(0, end).replace(/\r$/, "");
			this.#heard = this.#heard.slice(end + 1);
			this.#lines.push(line);
			this.#length += line.length;
			if (this.#length > LONGEST_REPLY) break;
			if (IS_CONTINUED.test(line)) continue;
			this.#replies.push(this.#lines.join("\n"));
			this.#lines = [];
			this.#length = 0;
		}
		if (this.#length + this.#heard.length > LONGEST_REPLY)
			this.fail(new Error("the reply is longer than the maximum"));
		this.#wake();
	}

	/** There is none to come after those that are there. */
	fail(fault: Error): void {
		this.#fault ??= fault;
		this.#wake();
	}

	/** Whether something was said that nobody has asked for yet. */
	hasMore(): boolean {
		return this.#replies.length > 0 || this.#lines.length > 0 || this.#heard !== "";
	}

	/**
	 * The next reply, its lines with line feeds between them.
	 *
	 * @throws Error where there will be none.
	 */
	async next(): Promise<string> {
		for (;;) {
			const reply = this.#replies.shift();
			if (reply !== undefined) return reply;
			if (this.#fault) throw this.#fault;
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
		}
	}
}
