interface Watched {
	readonly DOCUMENTS: KVNamespace;
	readonly LEDGER: D1Database;
}

/** What each use of a binding goes through. */
interface Watch {
	readonly read: (run: () => unknown) => unknown;
	readonly write: (run: () => unknown) => unknown;
}

/** Fails at one of the writes that go through its bindings. */
export interface Saboteur {
	/** Bindings as they are, but for the write that fails. */
	readonly documents: KVNamespace;
	readonly ledger: D1Database;
	/** How many writes there were, the failing one among them. */
	readonly writes: () => number;
}

/**
 * Bindings whose n-th write (from 0) throws: before it is done, or after, as when only the answer is
 * lost. After it the Worker is dead: every further call throws too.
 */
export function sabotage(bindings: Watched, nth: number, when: "before" | "after"): Saboteur {
	let writes = 0;
	let isDead = false;
	const die = (): never => {
		isDead = true;
		throw new Error("the worker was killed");
	};
	const read = (run: () => unknown) => (isDead ? die() : run());
	const write = async (run: () => unknown) => {
		if (isDead) die();
		const isFatal = writes === nth;
		writes += 1;
		if (isFatal && when === "before") die();
		const result = await run();
		if (isFatal) die();
		return result;
	};

	return { ...watch(bindings, { read, write }), writes: () => writes };
}

/** Bindings as they are, whose every use goes through a watch. */
export function watch({ DOCUMENTS, LEDGER }: Watched, { read, write }: Watch) {
	/** A statement writes where its SQL does; it keeps what `batch` needs of the real one. */
	const statement = (real: D1PreparedStatement, sql: string): D1PreparedStatement => {
		const run = /^\s*SELECT/i.test(sql) ? read : write;
		return new Proxy(real, {
			get(target, name) {
				const member = Reflect.get(target, name);
				if (typeof member !== "function") return member;
				if (name === "bind")
					return (...values: unknown[]) => statement(target.bind(...values), sql);
				return (...given: unknown[]) => run(() => member.apply(target, given));
			},
		});
	};

	const ledger = new Proxy(LEDGER, {
		get(target, name) {
			if (name === "prepare") return (sql: string) => statement(target.prepare(sql), sql);
			if (name === "batch")
				return (statements: D1PreparedStatement[]) => write(() => target.batch(statements));
			return Reflect.get(target, name);
		},
	});
	const documents = new Proxy(DOCUMENTS, {
		get(target, name) {
			const member = Reflect.get(target, name);
			if (typeof member !== "function") return member;
			const run = name === "put" || name === "delete" ? write : read;
			return (...given: unknown[]) => run(() => member.apply(target, given));
		},
	});
	return { documents, ledger };
}
