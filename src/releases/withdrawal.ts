import type { Context } from "hono";
import * as z from "zod";
import type { Fault } from "../shared/fault.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { foldSpace } from "../shared/text.ts";
import { mediaTypeOf } from "./decoding.ts";
import { toXmlText } from "./release.ts";
import { toFieldFaults } from "./request.ts";

/** What a request to take a release back says. */
export const withdrawal = z.strictObject({
	reason: z
		.string({ error: "is needed: say why, readers are told" })
		.overwrite(toXmlText)
		.overwrite(foldSpace)
		.min(1, "must not be empty")
		.max(1000)
		.meta({ description: "Why it is taken back. Readers see it." }),
});

/** The reason for taking a release back: from the query, or from a JSON body. */
export async function readWithdrawal({ req }: Context): Promise<Result<string, Fault>> {
	const body =
		mediaTypeOf(req.header("Content-Type")) === "application/json" ? await req.text() : "";
	const given = { ...req.query(), ...parse(body) };
	const parsed = withdrawal.safeParse(given);
	if (parsed.success) return ok(parsed.data.reason);
	const detail = "Give the reason, as ?reason=… or as JSON.";
	return err({ kind: "invalid", detail, faults: toFieldFaults(parsed.error) });
}

function parse(body: string): object {
	try {
		const value: unknown = JSON.parse(body);
		return typeof value === "object" && value !== null ? value : {};
	} catch {
		return {};
	}
}
