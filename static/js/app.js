// The one entry: each module binds one behaviour to data- attributes. Every page reads and works without them.
import { startBell } from "./bell.js";
import { startBadge } from "./chat/badge.js";
import { startInbox } from "./chat/inbox.js";
import { startCompletion } from "./completion.js";
import { startComposer } from "./composer.js";
import { startCopy } from "./copy.js";
import { startDialogs } from "./dialogs.js";
import { startDrafts } from "./drafts.js";
import { startFailures } from "./failures.js";
import { startLive } from "./live.js";
import { startPasswords } from "./passwords.js";
import { startPictures } from "./pictures.js";
import { startPrint } from "./print.js";
import { startQueue } from "./queue.js";
import { startQuotes } from "./quotes.js";
import { startReturns } from "./returns.js";
import { startScanner } from "./scanner.js";
import { startSwitches } from "./switches.js";
import { startTheme } from "./theme.js";
import { startThread } from "./thread.js";
import { startTyping } from "./typing.js";

const behaviours = [
  startTheme, startDialogs, startBell, startComposer, startCopy, startDrafts, startPictures, startCompletion, startQuotes,
  startPasswords, startPrint, startQueue, startReturns, startScanner, startSwitches, startTyping, startThread,
  startFailures, startLive, startInbox, startBadge,
];
for (const start of behaviours) start();
