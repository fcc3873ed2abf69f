import type { OpenApiDocument } from "./openapi.ts";

/** An OpenAPI document as a person reads it; words in backquotes are code. */
export interface ApiReference {
	readonly operations: readonly OperationView[];
	/** What the operations take and answer. */
	readonly objects: readonly ObjectView[];
}

export interface OperationView {
	readonly id: string;
	readonly method: string;
	readonly path: string;
	readonly summary: string;
	readonly description: string;
	/** In the path, the query and the headers. */
	readonly parameters: readonly FieldView[];
	readonly bodies: readonly { readonly type: string; readonly words: string }[];
	readonly answers: readonly AnswerView[];
}

export interface AnswerView {
	readonly status: string;
	readonly words: string;
	/** What the body holds, in words. */
	readonly holds: string;
	readonly headers: readonly string[];
}

export interface ObjectView {
	readonly name: string;
	readonly description: string;
	readonly fields: readonly FieldView[];
}

export interface FieldView {
	/** By its path: `event.starts`, `attachments[].url`. */
	readonly name: string;
	/** What may stand there, in words. */
	readonly takes: string;
	readonly isRequired: boolean;
	readonly words: string;
}

/** As much of JSON Schema 2020-12 as our documents have. */
interface Schema {
	readonly $ref?: string;
	readonly type?: string | readonly string[];
	readonly format?: string;
	readonly enum?: readonly (string | null)[];
	readonly description?: string;
	readonly default?: unknown;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly maxLength?: number;
	readonly maxItems?: number;
	readonly pattern?: string;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly required?: readonly string[];
	readonly items?: Schema;
	readonly additionalProperties?: boolean | Schema;
	readonly anyOf?: readonly Schema[];
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Operation {
	readonly operationId: string;
	readonly summary: string;
	readonly description: string;
	readonly parameters?: readonly {
		readonly name: string;
		readonly in: string;
		readonly required: boolean;
		readonly schema: Schema;
	}[];
	readonly requestBody?: { readonly content: Content };
	readonly responses: Readonly<
		Record<
			string,
			{
				readonly description: string;
				readonly headers?: Readonly<Record<string, unknown>>;
				readonly content: Content;
			}
		>
	>;
}

export function readReference(document: OpenApiDocument): ApiReference {
	// The library's types leave open what our document always has.
	const paths = document.paths as Record<string, Record<string, Operation>>;
	const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
	return {
		operations: Object.entries(paths).flatMap(([path, methods]) =>
			Object.entries(methods).map(([method, operation]) => viewOperation(path, method, operation)),
		),
		objects: Object.entries(schemas).map(([name, schema]) => viewObject(name, schema)),
	};
}

function viewOperation(path: string, method: string, operation: Operation): OperationView {
	const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
	return {
		id: operationId,
		method: method.toUpperCase(),
		path,
		summary,
		description,
		parameters: parameters.map(({ name, in: where, required, schema }) => ({
			name: where === "query" ? `?${name}` : name,
			takes: takesOf(schema),
			isRequired: required,
			words: schema.description ?? "",
		})),
		bodies: Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => ({
			type,
			words: schema.description ?? holdsOf(schema),
		})),
		answers: Object.entries(responses).map(([status, answer]) => ({
			status,
			words: answer.description,
			holds: Object.values(answer.content)
				.map(({ schema }) => holdsOf(schema))
				.join(", "),
			headers: Object.keys(answer.headers ?? {}),
		})),
	};
}

function viewObject(name: string, schema: Schema): ObjectView {
	const values = schema.additionalProperties;
	const fields =
		typeof values === "object"
			? viewFields({ ...values, properties: values.properties ?? {} }, "FIELD.")
			: viewFields(schema, "");
	return { name, description: schema.description ?? "", fields };
}

function viewFields({ properties = {}, required = [] }: Schema, prefix: string): FieldView[] {
	return Object.entries(properties).flatMap(([key, schema]) => {
		const name = prefix + key;
		const isRequired = required.includes(key);
		const own = { name, takes: takesOf(schema), isRequired, words: schema.description ?? "" };
		const within = schema.items?.properties
			? viewFields(schema.items, `${name}[].`)
			: viewFields(schema, `${name}.`);
		return [own, ...within];
	});
}

const FORMATS: Readonly<Record<string, string>> = {
	date: "day, `YYYY-MM-DD`",
	"date-time": "moment (RFC 3339)",
	uri: "address",
	uuid: "UUID",
};

/** What a value may be, in few words. */
function takesOf(schema: Schema): string {
	if (schema.$ref) return nameOf(schema.$ref);
	const types = [schema.type ?? []].flat();
	const words = types.filter((type) => type !== "null").map((type) => wordsOf(type, schema));
	const orNull = types.includes("null") ? ["null"] : [];
	const isDefault = schema.default === undefined ? "" : `; otherwise \`${schema.default}\``;
	return ([...words, ...orNull].join(" or ") || "anything") + isDefault;
}

function wordsOf(type: string, schema: Schema): string {
	if (schema.enum)
		return schema.enum
			.filter((value) => value !== null)
			.map((value) => `\`${value}\``)
			.join(", ");
	if (type === "array") return `list of ${itemsOf(schema)}${upTo(schema.maxItems, "")}`;
	if (type === "integer") return `number${range(schema)}`;
	if (type !== "string") return type;
	return FORMATS[schema.format ?? ""] ?? `text${upTo(schema.maxLength, " characters")}`;
}

function itemsOf({ items = {} }: Schema): string {
	if (items.properties && !items.$ref) return "objects";
	return items.$ref ? `${nameOf(items.$ref)}` : `${takesOf(items)}`;
}

function upTo(most: number | undefined, unit: string): string {
	return most === undefined ? "" : `, up to ${most}${unit}`;
}

function range({ minimum, maximum }: Schema): string {
	if (minimum === undefined) return "";
	return maximum === undefined ? `, ${minimum} or more` : `, ${minimum} to ${maximum}`;
}

/** What the body of an answer holds: `release` (Release), `inferred` (Inferred). */
function holdsOf(schema: Schema): string {
	if (schema.$ref) return nameOf(schema.$ref);
	if (schema.anyOf) return schema.anyOf.map(holdsOf).join("; or ");
	if (schema.type === "string") return schema.description ?? takesOf(schema);
	return Object.entries(schema.properties ?? {})
		.map(([key, value]) => `\`${key}\`: ${takesOf(value)}`)
		.join(", ");
}

function nameOf(reference: string): string {
	return reference.slice(reference.lastIndexOf("/") + 1);
}
