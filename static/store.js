// The lab world's rows in IndexedDB. A commit builds on a generation and is refused where that is
// no longer the newest: two tabs, or two service workers during an update, never write past each
// other. What the browser has reported complete survives the death of every tab.
"use strict";

(() => {
  const SCHEMA = 1;

  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  let opened;
  const database = () => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("cognitab", SCHEMA);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("rows");
        request.result.createObjectStore("meta");
      };
      request.onsuccess = () => {
        // A newer build must be able to change the form; this one then opens anew.
        request.result.onversionchange = () => {
          request.result.close();
          opened = undefined;
        };
        request.result.onclose = () => (opened = undefined);
        resolve(request.result);
      };
      request.onerror = () => {
        opened = undefined;
        reject(request.error);
      };
    });
    return opened;
  };

  const load = async () => {
    const transaction = (await database()).transaction(["rows", "meta"]);
    const rows = transaction.objectStore("rows");
    const [generation, keys, texts] = await Promise.all([
      asked(transaction.objectStore("meta").get("generation")),
      asked(rows.getAllKeys()),
      asked(rows.getAll()),
    ]);
    return { generation: generation ?? 0, keys, texts };
  };

  const commit = async (generation, keys, texts) => {
    const transaction = (await database()).transaction(["rows", "meta"], "readwrite", {
      durability: "relaxed",
    });
    return new Promise((resolve, reject) => {
      let written = false;
      transaction.oncomplete = () => resolve(written);
      transaction.onabort = () => reject(transaction.error);
      const meta = transaction.objectStore("meta");
      const current = meta.get("generation");
      current.onsuccess = () => {
        if ((current.result ?? 0) !== generation) return;
        const rows = transaction.objectStore("rows");
        keys.forEach((key, i) => (texts[i] === null ? rows.delete(key) : rows.put(texts[i], key)));
        meta.put(generation + 1, "generation");
        written = true;
      };
    });
  };

  self.cognitabStore = { load, commit };
})();
