import type { FieldFault } from "../../shared/fault.ts";
import type { Inferred } from "../reading.ts";
import { type AskedField, type Door, missing } from "./asking.ts";
import { type Found, sureEnough, type THRESHOLDS } from "./finding.ts";

/** What was inferred so far, and what has to be asked. */
export class Notes {
	readonly inferred: Record<string, Inferred> = {};
	readonly asked: FieldFault[] = [];
	readonly #door: Door;

	constructor(door: Door) {
		this.#door = door;
	}

	/** The given value; else the one that was read, if it is sure enough; else it is asked for. */
	settle<Value>(
		field: AskedField & keyof typeof THRESHOLDS,
		given: Value | undefined,
		found: Found<Value> | null,
	): Value | undefined {
		const value = this.tell(field, given, found);
		if (value === undefined) this.ask(field);
		return value;
	}

	/** The given value; else the one that was read, if it is sure enough. */
	tell<Value>(
		field: keyof typeof THRESHOLDS,
		given: Value | undefined,
		found: Found<Value> | null,
	): Value | undefined {
		if (given !== undefined) return given;
		const sure = sureEnough(field, found);
		return sure === null ? undefined : this.note(field, sure);
	}

	/** Writes down what was inferred, and hands its value back. */
	note<Value>(field: string, { value, from, confidence }: Found<Value>): Value {
		this.inferred[field] = { value, from, confidence };
		return value;
	}

	/** Asks the sender for a field. */
	ask(field: AskedField): void {
		this.asked.push(missing(field, this.#door));
	}
}
