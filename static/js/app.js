// The one entry: each module binds one behaviour to data- attributes. Every page reads and works without them.
import { startComposer } from "./composer.js";
import { startDialogs } from "./dialogs.js";
import { startLive } from "./live.js";
import { startPasswords } from "./passwords.js";
import { startSimilar } from "./similar.js";
import { startTheme } from "./theme.js";
import { startThread } from "./thread.js";

for (const start of [startTheme, startDialogs, startComposer, startPasswords, startSimilar, startThread, startLive]) start();
