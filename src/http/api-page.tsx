import { Layout } from "../site/layout.tsx";
import type { Publication } from "../site/publication.ts";
import {
	type AnswerView,
	type FieldView,
	type ObjectView,
	type OperationView,
	readReference,
} from "./api-reference.ts";
import { openApiDocument } from "./openapi.ts";

/** The publisher's API, for people: one page, made of the same document that programs get. */
export function apiPage(publication: Publication) {
	const document = openApiDocument(publication.url);
	const { operations, objects } = readReference(document);
	const example = `curl ${publication.url}/api/releases \\
  -H "Authorization: Bearer $KEY" -H 'Content-Type: text/plain' \\
  --data-binary @release.txt`;
	return (
		<Layout
			publication={publication}
			language="en"
			title="Publisher’s API"
			path="/api/docs"
			description={document.info.description ?? ""}
		>
			<div class="frame api">
				<h1>Publisher’s API</h1>
				<p class="lead">{document.info.description}</p>
				<p>
					Each request carries a publisher’s key. This publishes a text as it was written; with{" "}
					<code>?dry_run=true</code> behind the address it only shows what would be published:
				</p>
				<pre>
					<code>{example}</code>
				</pre>
				<p>
					The same for programs: <a href="/api/openapi.json">OpenAPI 3.1</a>
				</p>
				<ul>
					{operations.map(({ id, summary }) => (
						<li>
							<a href={`#${id}`}>{summary}</a>
						</li>
					))}
				</ul>
				{operations.map((operation) => (
					<OperationSection operation={operation} />
				))}
				<h2>What is in the answers</h2>
				{objects.map((object) => (
					<ObjectSection object={object} />
				))}
			</div>
		</Layout>
	);
}

function OperationSection({ operation }: { operation: OperationView }) {
	const { id, method, path, summary, description, parameters, bodies, answers } = operation;
	return (
		<section aria-labelledby={id}>
			<h2 id={id}>{summary}</h2>
			<p>
				<code>
					{method} {path}
				</code>
			</p>
			<p>
				<Words text={description} />
			</p>
			{parameters.length > 0 && (
				<>
					<h3>In the address and the headers</h3>
					<Fields fields={parameters} />
				</>
			)}
			{bodies.length > 0 && (
				<>
					<h3>In the body</h3>
					<dl>
						{bodies.map(({ type, words }) => (
							<>
								<dt>
									<code>{type}</code>
								</dt>
								<dd>
									<Words text={words} />
								</dd>
							</>
						))}
					</dl>
				</>
			)}
			<h3>Answers</h3>
			<dl>
				{answers.map((answer) => (
					<Answer answer={answer} />
				))}
			</dl>
		</section>
	);
}

function Answer({ answer: { status, words, holds, headers } }: { answer: AnswerView }) {
	return (
		<>
			<dt>
				<code>{status}</code>
			</dt>
			<dd>
				<Words text={words} /> <Words text={holds} />
				{headers.length > 0 && `. Headers: ${headers.join(", ")}`}
			</dd>
		</>
	);
}

function ObjectSection({ object: { name, description, fields } }: { object: ObjectView }) {
	return (
		<section aria-labelledby={name}>
			<h3 id={name}>{name}</h3>
			<p>
				<Words text={description} />
			</p>
			<Fields fields={fields} />
		</section>
	);
}

function Fields({ fields }: { fields: readonly FieldView[] }) {
	return (
		<dl>
			{fields.map(({ name, takes, isRequired, words }) => (
				<>
					<dt>
						<code>{name}</code>
					</dt>
					<dd>
						<Words text={takes} />
						{isRequired ? "" : "; may be left out"}
						{words && ". "}
						<Words text={words} />
					</dd>
				</>
			))}
		</dl>
	);
}

/** Text in which words in backquotes are code. */
function Words({ text }: { text: string }) {
	return text.split("`").map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part));
}
