"""Programs that write data of the package or pictures of its documentation; run by hand."""
