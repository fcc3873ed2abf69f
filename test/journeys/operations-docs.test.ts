import { readFileSync } from "node:fs";
import { fromRoot } from "../../scripts/local/paths.ts";
import { readExamples } from "./examples.ts";
import { describeExamples } from "./page-of-examples.ts";

/** The section of docs/operations.md that can be run anywhere. */
const section = readFileSync(fromRoot("docs", "operations.md"), "utf8")
	.split(/^(?=## )/m)
	.find((part) => part.startsWith("## Subscribers\n"));

describeExamples("docs/operations.md, Subscribers", readExamples(section ?? ""), { moreThan: 12 });
