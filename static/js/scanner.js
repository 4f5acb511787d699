// The door of an event: tickets are read by the camera where the browser can do that; else the code is typed.
const PAUSE = 250;

async function scan(form) {
  const video = form.querySelector("video");
  try {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.hidden = false;
    await video.play();
    look(form, video, detector);
  } catch {
    form.querySelector("[data-scan-failed]").hidden = false;
  }
}

async function look(form, video, detector) {
  const [found] = await detector.detect(video).catch(() => []);
  if (!found) {
    setTimeout(() => look(form, video, detector), PAUSE);
    return;
  }
  for (const track of video.srcObject.getTracks()) track.stop();
  form.elements.code.value = found.rawValue;
  form.elements.scanning.checked = true;
  form.requestSubmit();
}

// Some browsers have the interface and nothing behind it: they name no format that they read.
async function reads(format) {
  const formats = await window.BarcodeDetector?.getSupportedFormats().catch(() => []);
  return Boolean(formats?.includes(format) && navigator.mediaDevices);
}

export async function startScanner() {
  const form = document.querySelector("[data-scanner]");
  if (!form || !(await reads("qr_code"))) return;
  const button = form.querySelector("[data-scan]");
  button.hidden = false;
  button.addEventListener("click", () => { button.hidden = true; scan(form); });
  if ("scanNow" in form.dataset) button.click();
}
