// The one entry: each module binds one behaviour to data- attributes. Every page reads and works without them.
import { startComposer } from "./composer.js";
import { startDialogs } from "./dialogs.js";
import { startFailures } from "./failures.js";
import { startLive } from "./live.js";
import { startPasswords } from "./passwords.js";
import { startQueue } from "./queue.js";
import { startSimilar } from "./similar.js";
import { startTheme } from "./theme.js";
import { startThread } from "./thread.js";

const behaviours = [
  startTheme, startDialogs, startComposer, startPasswords, startQueue, startSimilar, startThread, startFailures, startLive,
];
for (const start of behaviours) start();
