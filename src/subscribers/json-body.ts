import type { Context } from "hono";
import type { z } from "zod";
import { mediaTypeOf } from "../releases/decoding.ts";
import { toFieldFaults } from "../releases/request.ts";
import type { Fault } from "../shared/fault.ts";
import { err, ok, type Result } from "../shared/result.ts";

/** Reads a JSON body by a schema. */
export async function readJsonBody<Schema extends z.ZodType>(
	{ req }: Context,
	schema: Schema,
): Promise<Result<z.infer<Schema>, Fault>> {
	if (mediaTypeOf(req.header("Content-Type")) !== "application/json")
		return err({ kind: "unsupported-type", detail: "Send application/json." });
	const json = parse(await req.text());
	if (json === undefined) return err({ kind: "malformed", detail: "The body is not JSON." });
	const parsed = schema.safeParse(json);
	if (parsed.success) return ok(parsed.data);
	const detail = "Mend these fields and send it again.";
	return err({ kind: "invalid", detail, faults: toFieldFaults(parsed.error) });
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
