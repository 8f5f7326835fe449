/* Before anything is painted: the reader's own choice of colours. */
try {
  document.documentElement.dataset.theme = localStorage.theme || ""
} catch {}
