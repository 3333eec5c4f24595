/** Work that only one page or worker of this origin does at a time. */

/** Of all pages and workers of this origin only one at a time; a file that is open elsewhere cannot be opened. */
export async function withLock<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  let isBegun = false;
  try {
    return await navigator.locks.request(name, () => {
      isBegun = true;
      return work();
    });
  } catch (problem) {
    if (isBegun) throw problem;
    return work(); // no locks here, or barred with all other storage: then there is nothing that pages could share
  }
}
