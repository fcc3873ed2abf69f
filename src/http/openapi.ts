import { OpenAPIRegistry, OpenApiGeneratorV31 } from "@asteasolutions/zod-to-openapi";
import { OPERATIONS } from "./operations.ts";

export type OpenApiDocument = ReturnType<typeof openApiDocument>;

/**
 * The publisher's API as OpenAPI 3.1 tells it, made of the schemas that validate.
 *
 * @param origin origin of the publication, without a slash at its end.
 */
export function openApiDocument(origin: string) {
	const described = new OpenAPIRegistry();
	described.registerComponent("securitySchemes", "publisherKey", {
		type: "http",
		scheme: "bearer",
		description:
			"A publisher's key. Its scope is `publish`, `read` or `operate`; each may read, but for what is about subscribers and dead letters.",
	});
	for (const operation of OPERATIONS) described.registerPath(operation);
	return new OpenApiGeneratorV31(described.definitions).generateDocument({
		openapi: "3.1.0",
		info: {
			title: "Communiqué: the publisher's API",
			version: "1",
			description:
				"Publish, correct, embargo, translate and withdraw releases; and, for the operator, look after feeds, digests and subscribers.",
		},
		servers: [{ url: origin }],
		security: [{ publisherKey: [] }],
	});
}
