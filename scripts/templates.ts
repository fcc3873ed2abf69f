// Checks the templates and the words of mails, before every build too. Says nothing where they are
// sound; else each fault with its file and line, and ends with an error. A copy of the folder may be
// named instead of it.
import { fromRoot } from "./local/paths.ts";
import { checkTemplates } from "./templates/check.ts";
import { inWords } from "./templates/folder.ts";

const faults = await checkTemplates(process.argv[2] ?? fromRoot("templates"));
for (const fault of faults) console.error(inWords(fault));
if (faults.length > 0) process.exitCode = 1;
